"""Whether the world reaches this installation: call its public URL from here, as the network would.

A URL that answers here can still be closed to the world (a firewall, a host name known only here); only an inbound text
proves that it isn't.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex
from typing import Final
from urllib.parse import urlsplit

from flask_babel import gettext as _
from requests import RequestException, Response, get, post
from requests.exceptions import ConnectTimeout, ReadTimeout, SSLError

from config import Settings, TwilioSettings

from ..listing import SenderSetUp, Unreachable
from ..twilio_gateway.webhooks import signature_of

PROOF: Final = "CallboardProof"  # the one field, beside the account, of a call that asks for nothing
HEARD: Final = "callboard heard "
QUERY: Final = "?proof=a%20b%2Fc&plus=%2B"  # a proxy that decodes or drops it breaks every signature
TIMEOUT: Final = (3.05, 5)  # seconds to connect, to respond
NEAR: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: whether it is well (None: unknown), and a sentence about it."""

    well: bool | None
    sentence: str


def address_findings(settings: Settings, twilio: TwilioSettings) -> Iterator[Finding]:
    """Whether the network can call ``PUBLIC_URL``, and whether this installation answers there."""
    address = settings.public_url
    parts = urlsplit(address)
    if parts.hostname in NEAR:
        if urlsplit(twilio.api_url).hostname not in NEAR:
            yield Finding(
                False,
                _("PUBLIC_URL is %(url)s, which Twilio can't reach. Set it to your public address", url=address),
            )
            return
    elif parts.scheme != "https":
        yield Finding(False, _("PUBLIC_URL is %(url)s; it should begin with https://", url=address))
        return
    alive = _is_alive(address)
    yield alive
    if alive.well:
        yield _takes_only_what_is_signed(address, twilio)
        yield _takes_what_is_signed(address, twilio)


def inbound_finding(settings: Settings, told: SenderSetUp | Unreachable) -> Finding:
    """Whether the network calls us with texts to our sender."""
    ours, fallback = f"{settings.public_url}/twilio/inbound", f"{settings.public_url}/twilio/fallback"
    if isinstance(told, Unreachable):
        return Finding(
            None,
            _("couldn't read where Twilio sends incoming messages; it should be %(url)s, by HTTP POST", url=ours),
        )
    if not told.is_ours:
        return Finding(False, _("the account doesn't have that number. Set TWILIO_FROM to a number on this account"))
    if told.inbound_url != ours:
        there = told.inbound_url or _("nowhere")
        return Finding(
            False, _("Twilio sends incoming messages to %(there)s. Have it send them to %(url)s", there=there, url=ours)
        )
    if told.fallback_url and told.fallback_url != fallback:
        return Finding(
            False,
            _(
                "when we don't answer, Twilio asks %(there)s. Have it ask %(url)s",
                there=told.fallback_url,
                url=fallback,
            ),
        )
    return Finding(True, _("Twilio sends incoming messages to %(url)s", url=ours))


def _is_alive(address: str) -> Finding:
    url = f"{address}/healthz"
    try:
        answer = get(url, timeout=TIMEOUT, allow_redirects=False)
    except RequestException as failure:
        return Finding(False, _why_not(address, failure))
    if answer.is_redirect:
        return Finding(False, _sent_on(address, answer))
    if answer.status_code != 200 or answer.text != "ok\n":
        return Finding(
            False,
            _(
                "%(url)s answers %(status)d, which isn't how Callboard answers. "
                "Have the proxy pass everything to Callboard",
                url=url,
                status=answer.status_code,
            ),
        )
    return Finding(True, _("%(url)s answers", url=address))


def _takes_only_what_is_signed(address: str, twilio: TwilioSettings) -> Finding:
    status = _call(f"{address}/twilio/inbound", twilio, signed=False)
    if status == 403:
        return Finding(True, _("an unsigned call is refused"))
    if status == 404:
        return Finding(
            False, _("the web process there is running without Twilio's settings. Restart it with the same settings")
        )
    return Finding(False, _("an unsigned call was answered %(status)s; it must be 403", status=status))


def _takes_what_is_signed(address: str, twilio: TwilioSettings) -> Finding:
    status = _call(f"{address}/twilio/inbound{QUERY}", twilio)
    if status == 200:
        return Finding(True, _("a call signed the way Twilio signs is accepted"))
    if status == 403 and _call(f"{address}/twilio/inbound", twilio) == 200:
        return Finding(
            False,
            _("a proxy changes what comes after the question mark in an address. Have it pass that through unchanged"),
        )
    if status == 403:
        return Finding(
            False,
            _(
                "a call signed with our token is refused there: the web process "
                "has a different TWILIO_AUTH_TOKEN or PUBLIC_URL, or a proxy "
                "changes the path. Start all processes with the same settings"
            ),
        )
    return Finding(False, _("a signed call was answered %(status)s; it must be 200", status=status))


def _call(url: str, twilio: TwilioSettings, *, signed: bool = True) -> int | str:
    """The status of a call that changes nothing; the kind of failure if there was no response."""
    fields = {"AccountSid": twilio.account_sid, PROOF: token_hex(16)}
    headers = {"X-Twilio-Signature": signature_of(twilio, url, fields)} if signed else {}
    try:
        answer = post(url, data=fields, headers=headers, timeout=TIMEOUT, allow_redirects=False)
    except RequestException as failure:
        return type(failure).__name__
    heard = answer.text == HEARD + fields[PROOF]
    return answer.status_code if heard or answer.status_code != 200 else _("something else")


def _why_not(address: str, failure: RequestException) -> str:
    if isinstance(failure, SSLError):
        return _("the certificate of %(url)s isn't one that others accept", url=address)
    if isinstance(failure, ConnectTimeout):
        return _("Can't reach %(url)s from here: nothing answers within 3 seconds", url=address)
    if isinstance(failure, ReadTimeout):
        return _("%(url)s takes the call but doesn't answer within 5 seconds", url=address)
    return _(
        "Can't reach %(url)s from here (%(why)s). Check the name, the proxy, and that Callboard is running",
        url=address,
        why=type(failure).__name__,
    )


def _sent_on(address: str, answer: Response) -> str:
    """Only the host: the rest of a URL may contain anything."""
    there = urlsplit(answer.headers.get("Location", ""))
    to = f"{there.scheme}://{there.netloc}" if there.netloc else address + there.path
    return _(
        "%(url)s redirects to %(to)s, and Twilio doesn't follow redirects. Set PUBLIC_URL to that address",
        url=address,
        to=to,
    )
