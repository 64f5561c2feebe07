"""Where an account is signed in: one row for each browser, which ends when somebody says so, or by itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from coordinator.db import transaction

from ..models import Account, AccountSession, Actor, Coordinator
from ..queries import open_sessions, token_hash
from .records import record

SEEN_EVERY = timedelta(minutes=5)  # a page that is read writes no more often that its reader was there


@dataclass(frozen=True, slots=True)
class SeenBrowser:
    """A browser as its requests tell of it: the address they come from, and what it calls itself."""

    address: str
    name: str
    is_new: bool = False  # to the account, which has signed in elsewhere before


def begin_session(
    coordinator: Coordinator, browser: SeenBrowser, now: datetime, *, proved_at: datetime | None = None
) -> str:
    """Sign the account of this membership in: the token that its browser keeps. Only its hash is kept here.

    ``proved_at`` is when it was last asked for a proof; None: for this session.
    """
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        session.add(
            AccountSession(
                account_id=coordinator.account_id,
                coordinator_id=coordinator.id,
                token_hash=token_hash(token),
                created_at=now,
                last_seen_at=now,
                proved_at=proved_at or now,
                address=browser.address[:64],
                browser=browser.name[:200],
                is_new=browser.is_new,
            )
        )
        told = {"browser": browser.name[:200], "address": browser.address}
        record(coordinator.organisation, Actor.of(coordinator), "session.begun", _who(coordinator), now=now, after=told)
    return token


def prove(kept: AccountSession, now: datetime) -> None:
    """Whoever sits at this browser has just shown again that it is theirs."""
    with transaction():
        kept.proved_at = now
        told = {"browser": kept.browser, "address": kept.address}
        by = Actor.of(kept.coordinator)
        record(kept.coordinator.organisation, by, "session.proved", _who(kept.coordinator), now=now, after=told)


def note_use(kept: AccountSession, browser: SeenBrowser, now: datetime) -> bool:
    """Write that the session is in use, unless that was written minutes ago; whether it was."""
    if now - kept.last_seen_at < SEEN_EVERY:
        return False
    with transaction():
        kept.last_seen_at, kept.address, kept.browser = now, browser.address[:64], browser.name[:200]
    return True


def act_as(kept: AccountSession, member: Coordinator, now: datetime) -> None:
    """From now on this browser acts for another organization of the same account."""
    with transaction():
        kept.coordinator_id, kept.coordinator = member.id, member
        told = {"browser": kept.browser, "address": kept.address}
        record(member.organisation, Actor.of(member), "session.begun", _who(member), now=now, after=told)


def end_session(kept: AccountSession, now: datetime, *, actor: Actor) -> None:
    """Sign this browser out."""
    with transaction():
        kept.ended_at = kept.ended_at or now
        told = {"browser": kept.browser, "address": kept.address}
        record(kept.coordinator.organisation, actor, "session.ended", _who(kept.coordinator), now=now, before=told)


def end_sessions(account: Account, now: datetime, *, actor: Actor, but: AccountSession | None = None) -> None:
    """Sign the account out everywhere, or everywhere but in this browser."""
    with transaction():
        for kept in open_sessions(account, now):
            if but is None or kept.id != but.id:
                end_session(kept, now, actor=actor)


def _who(coordinator: Coordinator) -> str:
    return f"coordinator:{coordinator.id}"
