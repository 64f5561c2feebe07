"""Organisations and those who plan for them."""

from typing import Any

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import At, Base, Key, MaybeAt
from ..people.models import Person

ROLES = ("owner", "coordinator", "stage_manager")
SHORTEST_PASSWORD = 10  # letters


class Organisation(Base):
    """Whoever runs the events: every row of a plan belongs to one."""

    __tablename__ = "organisations"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[At]
    texts_paused_at: Mapped[MaybeAt]  # not None: no text of this organisation leaves


class Coordinator(UserMixin, Base):
    """Somebody with an account. A coordinator is also a person, which is how texts reach them."""

    __tablename__ = "coordinators"
    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # kept in lower case
    role: Mapped[str] = mapped_column(String(20), default="coordinator")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[At]
    left_at: Mapped[MaybeAt]

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def is_active(self) -> bool:
        return self.left_at is None


class SignInLink(Base):
    """A link that signs a coordinator in once. Only the hash of its token is kept."""

    __tablename__ = "sign_in_links"

    id: Mapped[Key]
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sets_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[At]
    expires_at: Mapped[At]
    used_at: Mapped[MaybeAt]

    coordinator: Mapped[Coordinator] = relationship()


class Attempt(Base):
    """Something that may be tried only so often: a sign-in, a code. Limits are counted in these rows."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_kind_subject_at", "kind", "subject", "at"),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(120))  # a hash of an address, phone or e-mail
    at: Mapped[At]


class AuditEntry(Base):
    """One change by a coordinator: who, when, what, before and after."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_event_id_at", "event_id", "at"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None]
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id"))
    by: Mapped[str] = mapped_column(String(200))  # name as it was, also of a person who answered by text
    at: Mapped[At]
    what: Mapped[str] = mapped_column(String(80))  # a verb and a noun: "slot.moved"
    subject: Mapped[str] = mapped_column(String(120))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
