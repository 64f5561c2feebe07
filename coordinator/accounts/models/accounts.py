"""Organizations and the people who plan for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from flask_login import UserMixin
from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coordinator.db import At, Base, Key, MaybeAt, one_of
from coordinator.people.models import Person

SHORTEST_PASSWORD = 10  # characters


class AccountRole(StrEnum):
    """What somebody with an account may do, in one organisation."""

    OWNER = auto()
    COORDINATOR = auto()
    STAGE_MANAGER = auto()
    CHECK_IN = auto()
    VIEWER = auto()


class Via(StrEnum):
    """How someone made a change."""

    COORDINATOR = auto()  # our pages, signed in
    SHEET = auto()  # the check-in sheet, signed in
    TEXT = auto()
    LINK = auto()  # the personal page
    DOOR = auto()  # a code scanned at the door
    KIOSK = auto()  # the tablet at the door
    OWN = auto()  # a person for themselves, in any of these ways
    DOCUMENT = auto()  # an event document that was loaded
    COMMAND = auto()
    JOB = auto()  # the app on its own


class Organisation(Base):
    """The organization that runs events: every row of a plan belongs to one."""

    __tablename__ = "organisations"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[At]
    texts_paused_at: Mapped[MaybeAt]  # not None: no text of this organization goes out


class Account(Base):
    """Whoever signs in with this e-mail: a member of one organisation or of several."""

    __tablename__ = "accounts"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)  # kept in lower case
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[At]

    memberships: Mapped[list[Coordinator]] = relationship(back_populates="account", order_by="Coordinator.id")

    @property
    def active_memberships(self) -> list[Coordinator]:
        """Of the organisations that the account has not left, oldest first. Without one, nobody is signed in."""
        return [membership for membership in self.memberships if membership.is_active]


class Coordinator(UserMixin, Base):
    """The membership of an account in one organisation: what it may do there.

    A coordinator is also a person of that organisation, which is how texts reach them.
    """

    __tablename__ = "coordinators"
    __table_args__ = (
        one_of("role", AccountRole),
        UniqueConstraint("account_id", "organisation_id"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    role: Mapped[str] = mapped_column(String(20), default="coordinator")
    stage_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))  # a stage manager's; None: every stage
    created_at: Mapped[At]
    left_at: Mapped[MaybeAt]

    organisation: Mapped[Organisation] = relationship()
    account: Mapped[Account] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()

    @property
    def email(self) -> str:
        return self.account.email

    @property
    def is_active(self) -> bool:
        return self.left_at is None


class AccountSession(Base):
    """A browser in which an account is signed in. The browser holds the token, and only its hash is kept."""

    __tablename__ = "account_sessions"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"))  # acts as which
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[At]
    last_seen_at: Mapped[At]  # to a few minutes
    proved_at: Mapped[At]  # when a password, a code or a passkey was last asked for
    ended_at: Mapped[MaybeAt]
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200))  # as it calls itself
    is_new: Mapped[bool] = mapped_column(default=False, server_default=false())  # the account didn't know the browser

    account: Mapped[Account] = relationship()
    coordinator: Mapped[Coordinator] = relationship()


class Invitation(Base):
    """A place in an organization, offered to an email address. The link holds the token; only its hash is stored."""

    __tablename__ = "invitations"
    __table_args__ = (one_of("role", AccountRole),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))  # in lower case
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    stage_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"))
    created_at: Mapped[At]
    expires_at: Mapped[At]
    closed_at: Mapped[MaybeAt]  # accepted, withdrawn, or replaced by a newer one

    organisation: Mapped[Organisation] = relationship()
    invited_by: Mapped[Coordinator] = relationship()


class SignInLink(Base):
    """A link that signs an account in once. Only the hash of its token is kept."""

    __tablename__ = "sign_in_links"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sets_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[At]
    expires_at: Mapped[At]
    used_at: Mapped[MaybeAt]

    account: Mapped[Account] = relationship()


class Attempt(Base):
    """One try at something with a limit: a sign-in, a code. Limits count these rows."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_kind_subject_at", "kind", "subject", "at"),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(120))  # a hash of an address, phone or email
    at: Mapped[At]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change: the name to record, the account if there is one, and how it was made."""

    name: str
    coordinator_id: int | None = None
    via: Via = Via.COORDINATOR
    person_id: int | None = None  # of someone without an account

    @classmethod
    def of(cls, coordinator: Coordinator, via: Via = Via.COORDINATOR) -> Actor:
        """Someone with an account, on the coordinators' pages unless stated otherwise."""
        return cls(coordinator.person.name, coordinator.id, via)

    @classmethod
    def person(cls, person: Person, via: Via = Via.OWN) -> Actor:
        """Someone without an account, acting for themselves."""
        return cls(person.name, via=via, person_id=person.id)

    @classmethod
    def command(cls, name: str) -> Actor:
        """A command on the machine, or a document that it loads."""
        return cls(name, via=Via.COMMAND)

    @classmethod
    def job(cls, name: str) -> Actor:
        """What the app does on its own when something is due."""
        return cls(name, via=Via.JOB)


class AuditEntry(Base):
    """One recorded change: who, how, when, what, before and after."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_event_id_at", "event_id", "at"), one_of("via", Via))

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None]
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    by: Mapped[str] = mapped_column(String(200))  # the name at the time, also of a person who answered by text
    via: Mapped[str] = mapped_column(String(20))
    at: Mapped[At]
    what: Mapped[str] = mapped_column(String(80))  # a noun and a verb: "slot.moved"
    subject: Mapped[str] = mapped_column(String(120))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
