"""Who was there, and the kiosks where they say so."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.accounts.models import Via
from coordinator.core.cover.presence import Sign
from coordinator.db import At, Base, Key, MaybeAt, MaybeLength, one_of
from coordinator.events.models import Event, PartOfEvent

from .shifts import SignUp


class Mark(PartOfEvent, Base):
    """One statement about someone's presence: ``key`` is made on the device, so a repetition is recognized."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("event_id", "key"), one_of("mark", Sign), one_of("via", Via))

    id: Mapped[Key]
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_ups.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    mark: Mapped[str] = mapped_column(String(20))
    at: Mapped[At]  # when it was so, by the device's clock
    received_at: Mapped[At]  # when we received it
    late_by: Mapped[MaybeLength]  # for "late": how long after the start of the shift; None withdraws it
    via: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(200))  # empty: the person's own statement, and they were forgotten since

    sign_up: Mapped[SignUp] = relationship()


class Kiosk(PartOfEvent, Base):
    """A tablet by the door on which people check in, until it is closed or the show's day is over."""

    __tablename__ = "kiosks"

    id: Mapped[Key]
    opened_at: Mapped[At]
    opened_by: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[MaybeAt]

    event: Mapped[Event] = relationship()
