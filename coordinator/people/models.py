"""People, and what they agreed to."""

from datetime import date
from enum import StrEnum, auto

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db import At, Base, Key, MaybeAt, one_of

ARTICLES = frozenset({"the", "los", "las", "el", "la", "les", "le", "die", "der", "das"})

LANGUAGES = ("en", "es")  # languages of a person's texts and pages


class Channel(StrEnum):
    """How somebody is told."""

    TEXT = auto()
    EMAIL = auto()


def channel_to(address: str) -> Channel:
    """How one reaches it: a number in E.164 by text, an email address by email."""
    return Channel.EMAIL if "@" in address else Channel.TEXT


class Person(Base):
    """Someone who performs, helps or coordinates. Two people may share one phone, or one address."""

    __tablename__ = "people"
    __table_args__ = (one_of("prefers", Channel),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(20), index=True)  # E.164
    language: Mapped[str] = mapped_column(String(8), default="en")
    created_at: Mapped[At]
    agreed_at: Mapped[MaybeAt]  # when the person agreed to texts; None: never
    agreed_how: Mapped[str | None] = mapped_column(String(80))
    agreed_words: Mapped[str | None] = mapped_column(Text)
    stays_on_list: Mapped[bool] = mapped_column(default=False)  # False: forgotten 30 days after the last show
    phone_trouble: Mapped[str | None] = mapped_column(String(80))  # why texts to this number fail, a reason's key
    phone_trouble_at: Mapped[MaybeAt]
    email: Mapped[str | None] = mapped_column(String(254), index=True)  # lower case
    email_agreed_at: Mapped[MaybeAt]  # when the person agreed to emails; None: never, or stopped since
    email_agreed_how: Mapped[str | None] = mapped_column(String(80))
    email_agreed_words: Mapped[str | None] = mapped_column(Text)
    email_trouble: Mapped[str | None] = mapped_column(String(300))  # what the server said of this address
    email_trouble_at: Mapped[MaybeAt]
    prefers: Mapped[str | None] = mapped_column(String(5))  # a channel; None: texts, where they can be sent
    notes: Mapped[str | None] = mapped_column(Text)  # coordinators' own, which the person can read in their export
    forgotten_at: Mapped[MaybeAt]
    skills: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    born_on: Mapped[date | None]  # asked only where a shift has a minimum age
    pin_hash: Mapped[str | None] = mapped_column(String(200))  # what GO and DONE by text need; None: nothing
    link_version: Mapped[int] = mapped_column(default=1, server_default="1")  # a new one ends the personal links before

    @property
    def first_name(self) -> str:
        """How a text greets the person; a name that begins with an article is kept whole."""
        first, *rest = self.name.split() or [self.name]
        return self.name if rest and first.lower() in ARTICLES else first

    @property
    def can_be_texted(self) -> bool:
        return self.phone is not None and self.agreed_at is not None and self.forgotten_at is None

    @property
    def can_be_mailed(self) -> bool:
        return self.email is not None and self.email_agreed_at is not None and self.forgotten_at is None

    @property
    def can_be_reached(self) -> bool:
        """Whether anything may be sent to the person, by text or by email."""
        return self.can_be_texted or self.can_be_mailed

    @property
    def channel(self) -> Channel:
        """How the person is told first: as they prefer, if that is possible."""
        by_mail = self.can_be_mailed and (self.prefers == Channel.EMAIL or not self.can_be_texted)
        return Channel.EMAIL if by_mail else Channel.TEXT


class PastAgreement(Base):
    """A past agreement to texts or emails, kept as proof. The current ones are in Person."""

    __tablename__ = "past_agreements"
    __table_args__ = (one_of("channel", Channel),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(5), default=Channel.TEXT)
    agreed_at: Mapped[At]
    agreed_how: Mapped[str | None] = mapped_column(String(80))
    agreed_words: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[At]
