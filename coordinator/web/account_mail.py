"""Emails to whoever an account belongs to, when how it signs in has changed: somebody else may have done it."""

import logging
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.accounts.actions.sessions import SeenBrowser
from coordinator.accounts.labels import ROLES
from coordinator.accounts.models import Account, Coordinator
from coordinator.core.show_time import zone_named
from coordinator.events.queries import events_of
from coordinator.messaging.mail import NotMailed, send_apart
from coordinator.services import services
from coordinator.spoken import on_page

from .browser_names import browser_name

ELSEWHERE = "UTC"  # the zone of an organization without shows
CHANGED, SAID = _l("Your password was changed"), _l("The password of your account was changed.")


def tell(account: Account, subject: str, words: str) -> None:
    """Send it where emails are sent, while the caller goes on."""
    mailer = services().mailer
    if mailer.is_set_up:
        send_apart(mailer, account.email, subject, _whole(words))


def tell_member(member: Coordinator, subject: LazyString, words: LazyString, *, waits: bool = False) -> None:
    """The same in the member's own language, of lazy sentences. ``waits``: from a command, until it is sent."""
    with force_locale(member.person.language):
        (tell_now if waits else tell)(member.account, str(subject), str(words))


def tell_of_role(member: Coordinator, *, waits: bool = False) -> None:
    """Say what the member may do from now on."""
    where, role = member.organisation.name, ROLES[member.role]
    words = _l("Your role at %(where)s is now: %(role)s.", where=where, role=role)
    tell_member(member, _l("Your role has changed"), words, waits=waits)


def tell_of_removal(member: Coordinator, *, waits: bool = False) -> None:
    """Say where they are a member no more."""
    words = _l("You are no longer a member of %(where)s.", where=member.organisation.name)
    tell_member(member, _l("You were removed from an organization"), words, waits=waits)


def tell_of_new_browser(member: Coordinator, browser: SeenBrowser, at: datetime) -> None:
    """Say when and where the account was signed in, in a browser that it hadn't used before."""
    shows = events_of(member.organisation_id)
    zone, language = shows[0].zone if shows else ELSEWHERE, member.person.language
    says = on_page(zone, language)
    with force_locale(language):
        words = _(
            "Your account was signed in on %(day)s at %(time)s (%(zone)s), from a browser that you hadn't used before: "
            "%(browser)s, at the address %(address)s.",
            day=says.day(at.astimezone(zone_named(zone)).date()),
            time=says.clock(at),
            zone=says.zone_name(),
            browser=browser_name(browser.name),
            address=browser.address,
        )
        tell(member.account, _("A new browser is signed in to your account"), words)


def tell_now(account: Account, subject: str, words: str) -> None:
    """The same from a command, which waits until it is sent."""
    mailer = services().mailer
    if mailer.is_set_up:
        try:
            mailer.send(account.email, subject, _whole(words))
        except NotMailed as fault:
            logging.getLogger(__name__).warning("an email was not sent: %s", fault)


def _whole(words: str) -> str:
    """With what to do about it, if it was somebody else."""
    what_to_do = _(
        "If it wasn't you, change your password at once and sign out every browser you don't know: %(address)s",
        address=f"{services().settings.public_url}/coordinate/account",
    )
    return f"{words}\n\n{what_to_do}\n"
