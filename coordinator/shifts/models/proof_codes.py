"""Codes that prove a phone number or an email address."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.core.json_values import JsonObject
from coordinator.db import At, Base, Key, MaybeAt
from coordinator.people.models import Channel, channel_to


class ProofCode(Base):
    """A code that proves a number or an address: 6 digits, 15 minutes, 5 tries. Only its hash is stored.

    It belongs to the browser that asked for it (stored as a hash): it proves this to that browser alone.
    ``requested`` is the purpose of the page that asked; ``counted_tries`` are the tries of its address, credited back
    once the code was right.
    """

    __tablename__ = "proof_codes"

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    sent_to: Mapped[str] = mapped_column(String(254), index=True)  # a number in E.164, or an email address
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(200))
    consent_words: Mapped[str] = mapped_column(Text)  # the consent that was shown
    sent_at: Mapped[At]
    expires_at: Mapped[At]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[MaybeAt]
    browser: Mapped[str] = mapped_column(String(64), default="", server_default="")
    requested: Mapped[JsonObject | None] = mapped_column(JSON)
    counted_tries: Mapped[list[Any] | None] = mapped_column(JSON)

    @property
    def channel(self) -> Channel:
        return channel_to(self.sent_to)
