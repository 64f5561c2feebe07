"""People and their personal links."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import At, Base, Key, MaybeAt

ARTICLES = frozenset({"the", "los", "las", "el", "la", "les", "le", "die", "der", "das"})

LANGUAGES = ("en", "es")  # what a person's texts and pages can be written in


class Person(Base):
    """Somebody who performs, helps or coordinates. Two people may share one phone."""

    __tablename__ = "people"

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
    forgotten_at: Mapped[MaybeAt]
    skills: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    born_on: Mapped[date | None]  # asked only where a shift has a minimum age

    links: Mapped[list["PersonalLink"]] = relationship(back_populates="person", cascade="all, delete-orphan")

    @property
    def first_name(self) -> str:
        """How a text greets the person; a name that begins with an article is kept whole."""
        first, *rest = self.name.split() or [self.name]
        return self.name if rest and first.lower() in ARTICLES else first

    @property
    def can_be_texted(self) -> bool:
        return self.phone is not None and self.agreed_at is not None and self.forgotten_at is None


class PastAgreement(Base):
    """An agreement to texts that no longer holds, kept as proof that it did. The one that holds stands in Person."""

    __tablename__ = "past_agreements"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    agreed_at: Mapped[At]
    agreed_how: Mapped[str | None] = mapped_column(String(80))
    agreed_words: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[At]


class PersonalLink(Base):
    """The key to one person's own page; whoever holds it sees that person's things until it is revoked."""

    __tablename__ = "personal_links"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    created_at: Mapped[At]
    revoked_at: Mapped[MaybeAt]

    person: Mapped[Person] = relationship(back_populates="links")
