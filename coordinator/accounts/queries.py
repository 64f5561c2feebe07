"""Finding organisations, accounts and their memberships."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from coordinator.db import db
from coordinator.people.models import Person

from .models import (
    Account,
    AccountRole,
    AccountSession,
    Attempt,
    AuditEntry,
    Authenticator,
    Coordinator,
    Invitation,
    Organisation,
    Passkey,
    RecoveryCode,
    SignInLink,
)


def token_hash(token: str) -> str:
    """The hash under which a link's token is stored."""
    return sha256(token.encode()).hexdigest()


IDLE = timedelta(days=30)  # a browser that was not used for so long is signed out
ABSOLUTE = timedelta(days=180)  # and every browser, so long after it signed in
RUN_THE_NIGHT = (AccountRole.OWNER, AccountRole.COORDINATOR, AccountRole.STAGE_MANAGER)  # Permission.RUN_NIGHT
PROOF_LASTS = timedelta(minutes=30)  # then whoever sits there is asked again, before what no stranger may do


def account_by_email(email: str) -> Account | None:
    """The account that signs in with this e-mail, also when it is a member of nothing any more."""
    return db.session.scalars(select(Account).where(Account.email == email.strip().lower())).one_or_none()


def membership(account: Account, organisation_id: int) -> Coordinator | None:
    """What the account is in this organisation; None when it never was there, or has left."""
    return next((each for each in account.active_memberships if each.organisation_id == organisation_id), None)


def member_as(account: Account) -> Coordinator:
    """As which member the account acts when it signs in: as the last time, else as what it was first."""
    of_it = select(AccountSession.coordinator_id).where(AccountSession.account_id == account.id)
    last = db.session.scalar(of_it.order_by(AccountSession.last_seen_at.desc(), AccountSession.id.desc()).limit(1))
    return next((each for each in account.active_memberships if each.id == last), account.active_memberships[0])


def open_session(token: str, now: datetime) -> AccountSession | None:
    """The session of a browser's token, with its membership; None when it was ended, is too old, or never was.

    Somebody who left the organisation they acted for is signed out, whatever else they are a member of.
    """
    found = select(AccountSession).where(
        AccountSession.token_hash == token_hash(token),
        AccountSession.ended_at.is_(None),
        AccountSession.last_seen_at > now - IDLE,
        AccountSession.created_at > now - ABSOLUTE,
    )
    whose = joinedload(AccountSession.coordinator)
    with_all = (whose.joinedload(Coordinator.person), whose.joinedload(Coordinator.organisation))
    session = db.session.scalars(found.options(*with_all, whose.joinedload(Coordinator.account))).one_or_none()
    return session if session is not None and session.coordinator.is_active else None


def open_sessions(account: Account, now: datetime) -> list[AccountSession]:
    """Where the account is signed in, the last used first."""
    found = select(AccountSession).where(
        AccountSession.account_id == account.id,
        AccountSession.ended_at.is_(None),
        AccountSession.last_seen_at > now - IDLE,
        AccountSession.created_at > now - ABSOLUTE,
    )
    newest_first = found.order_by(AccountSession.last_seen_at.desc(), AccountSession.id.desc())
    return list(db.session.scalars(newest_first))


def is_proved(kept: AccountSession, now: datetime) -> bool:
    """Whether this browser proved lately enough whose it is."""
    return now - kept.proved_at < PROOF_LASTS


def has_signed_in(account: Account) -> bool:
    """Whether it ever was signed in, in whatever browser."""
    return (
        db.session.scalar(select(AccountSession.id).where(AccountSession.account_id == account.id).limit(1)) is not None
    )


def open_invitation(token: str, now: datetime, *, lock: bool = False) -> Invitation | None:
    """The invitation of this token while it can be accepted. ``lock`` keeps its row until the transaction ends."""
    found = select(Invitation).where(
        Invitation.token_hash == token_hash(token), Invitation.closed_at.is_(None), Invitation.expires_at > now
    )
    return db.session.scalars(found.with_for_update() if lock else found).one_or_none()


def open_invitations(organisation_id: int, now: datetime) -> list[Invitation]:
    """Those that nobody has accepted yet, oldest first."""
    theirs = select(Invitation).where(
        Invitation.organisation_id == organisation_id, Invitation.closed_at.is_(None), Invitation.expires_at > now
    )
    return list(db.session.scalars(theirs.order_by(Invitation.id)))


def account_of(person_id: int) -> Coordinator | None:
    """What this person is in their organisation; None when they have no account there, or have left."""
    of_them = select(Coordinator).where(Coordinator.person_id == person_id, Coordinator.left_at.is_(None))
    return db.session.scalars(of_them).one_or_none()


def past_membership(person_id: int) -> Coordinator | None:
    """What this person was in their organisation before they left it; None when they never were, or still are."""
    was = select(Coordinator).where(Coordinator.person_id == person_id, Coordinator.left_at.is_not(None))
    return db.session.scalars(was).one_or_none()


def coordinators_of(organisation_id: int) -> list[Coordinator]:
    """Who plans for the organization now, in the order they were added."""
    there = select(Coordinator).where(Coordinator.organisation_id == organisation_id, Coordinator.left_at.is_(None))
    return list(db.session.scalars(there.order_by(Coordinator.id)))


def owners_of(organisation_id: int) -> list[Coordinator]:
    """Those of them who may do everything."""
    return members_with(organisation_id, [AccountRole.OWNER])


def members_with(organisation_id: int, roles: Collection[str]) -> list[Coordinator]:
    """Those of them who have one of these roles."""
    return [coordinator for coordinator in coordinators_of(organisation_id) if coordinator.role in roles]


def stage_managers_of(organisation_id: int, stage_id: int) -> list[Coordinator]:
    """The members whose role is to run this stage."""
    members = members_with(organisation_id, [AccountRole.STAGE_MANAGER])
    return [each for each in members if each.stage_ids is None or stage_id in each.stage_ids]


def runners_of(organisation_id: int, stage_id: int) -> list[Coordinator]:
    """The members who may press for this stage, whatever their role."""
    members = members_with(organisation_id, RUN_THE_NIGHT)
    return [each for each in members if each.stage_ids is None or stage_id in each.stage_ids]


def first_organisation() -> Organisation | None:
    return db.session.scalars(select(Organisation).order_by(Organisation.id).limit(1)).first()


def organisation_of(person: Person) -> Organisation:
    """The organization whose person this is."""
    return db.session.get_one(Organisation, person.organisation_id)


def organisations() -> list[Organisation]:
    """All of this installation, oldest first."""
    return list(db.session.scalars(select(Organisation).order_by(Organisation.id)))


def organisation_named(name: str) -> Organisation | None:
    """The organization with this name; the first one, if two have it."""
    return db.session.scalars(select(Organisation).where(Organisation.name == name).order_by(Organisation.id)).first()


def open_sign_in_link(token: str, now: datetime, *, lock: bool = False) -> SignInLink | None:
    """The link of this token while it can still be used: it says whom it signs in and whether it sets a password.

    ``lock`` locks its row until the transaction ends, so that only one of two simultaneous requests signs in.
    """
    found = select(SignInLink).where(
        SignInLink.token_hash == token_hash(token), SignInLink.used_at.is_(None), SignInLink.expires_at > now
    )
    link = db.session.scalars(found.with_for_update() if lock else found).one_or_none()
    return link if link is not None and link.account.active_memberships else None


def account_with_authenticator(account_id: int) -> Account | None:
    """The account, if it signs in with a time code; None when it does not, or is a member of nothing any more."""
    account = db.session.get(Account, account_id)
    signs_in = account is not None and bool(account.active_memberships) and authenticator_of(account) is not None
    return account if signs_in else None


def authenticator_of(account: Account, *, lock: bool = False) -> Authenticator | None:
    """What makes the account's time codes; None when a password is enough. ``lock`` keeps its row until the commit."""
    found = select(Authenticator).where(Authenticator.account_id == account.id)
    return db.session.scalars(found.with_for_update() if lock else found).one_or_none()


def unused_recovery_code(account: Account, code_hash: str) -> RecoveryCode | None:
    """The recovery code with this hash, while it still works."""
    theirs = RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    return db.session.scalars(select(RecoveryCode).where(*theirs, RecoveryCode.code_hash == code_hash)).one_or_none()


def recovery_codes_left(account: Account) -> int:
    """How many of them still work."""
    theirs = RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    return db.session.scalars(select(func.count()).select_from(RecoveryCode).where(*theirs)).one()


def passkeys_of(account: Account) -> list[Passkey]:
    """Oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.id)))


def passkey_with(credential_id: str, *, lock: bool = False) -> Passkey | None:
    """The passkey of this credential, whosever it is. ``lock`` keeps its row until the transaction ends."""
    found = select(Passkey).where(Passkey.credential_id == credential_id)
    return db.session.scalars(found.with_for_update() if lock else found).one_or_none()


def last_record(organisation_id: int, what: str, event_id: int | None = None) -> AuditEntry | None:
    """The newest audit entry with this verb, of an event or of none."""
    said = select(AuditEntry).where(AuditEntry.organisation_id == organisation_id, AuditEntry.what == what)
    of_it = said.where(AuditEntry.event_id == event_id if event_id is not None else AuditEntry.event_id.is_(None))
    return db.session.scalars(of_it.order_by(AuditEntry.id.desc()).limit(1)).first()


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` of one kind for one subject within any period of ``within``."""

    kind: str
    tries: int
    within: timedelta = timedelta(minutes=15)


def tried_until(limit: Limit, subject: str, now: datetime) -> datetime | None:
    """When the next try counts again; None while a try is left."""
    whose = (Attempt.kind == limit.kind) & (Attempt.subject == subject_of(subject))
    recent = select(Attempt.at).where(whose, Attempt.at > now - limit.within).order_by(Attempt.at.desc())
    last_that_fits = db.session.scalar(recent.offset(limit.tries - 1).limit(1))
    return None if last_that_fits is None else last_that_fits + limit.within


def subject_of(text: str) -> str:
    """The hash stored in place of the email, phone or address."""
    return sha256(text.strip().lower().encode()).hexdigest()
