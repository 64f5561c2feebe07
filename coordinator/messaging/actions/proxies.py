"""Whether callers are told apart behind a proxy: the public address is asked from here, and says how it sees us."""

from dataclasses import dataclass
from socket import AF_INET, AF_INET6, create_server
from typing import Final
from urllib.parse import urlsplit

from flask_babel import gettext as _
from requests import RequestException, get

from config import Settings

from .outside import NEAR, TIMEOUT, Finding

SEEN: Final = "seen"  # asks /healthz how the caller is seen
FORGED: Final = "198.51.100.7"  # an address that nobody has


def proxy_finding(settings: Settings, signed: str) -> Finding | None:
    """Whether callers are told apart behind a proxy; None where nothing stands in between, or answers.

    ``signed`` proves to the web process that this installation itself asks.
    """
    if not settings.https and urlsplit(settings.public_url).hostname not in NEAR:
        return None
    told = _seen(settings, signed)
    if told is None:
        return None
    if told.names and not told.trusted:
        return Finding(
            False,
            _(
                "requests come from a proxy at %(peer)s that isn't trusted, so "
                "everyone counts as one caller. Set TRUSTED_PROXIES=%(peer)s",
                peer=told.peer,
            ),
        )
    if not told.names and (told.trusted or settings.https):
        return Finding(
            False, _("the proxy at %(peer)s doesn't say who's calling. Have it send X-Forwarded-For", peer=told.peer)
        )
    return _forged(settings, signed, told.peer) if told.trusted else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """How the web process sees whoever asked: by which peer, whom that peer names, and who it takes the caller for."""

    peer: str
    trusted: bool
    caller: str
    named: tuple[str, ...]

    @property
    def names(self) -> bool:
        return bool(self.named)


def _seen(settings: Settings, signed: str, **headers: str) -> _Seen | None:
    """None where nobody answers, or not as Callboard does."""
    url = f"{settings.public_url}/healthz"
    try:
        told = get(url, params={SEEN: signed}, headers=headers, timeout=TIMEOUT, allow_redirects=False).json()
        named = tuple(str(name) for name in told["named"])
        return _Seen(str(told["peer"]), bool(told["trusted"]), str(told["caller"]), named)
    except (RequestException, ValueError, KeyError, TypeError):
        return None


def _forged(settings: Settings, signed: str, peer: str) -> Finding | None:
    """What becomes of a caller who writes the proxies' header: we ask once more, as if we were one."""
    told = _seen(settings, signed, **{"X-Forwarded-For": FORGED})
    if told is None:
        return None
    if told.caller != FORGED:
        return Finding(True, _("callers are told apart, behind a proxy at %(peer)s", peer=peer))
    after = told.named[told.named.index(FORGED) + 1 :] if FORGED in told.named else ()
    if after and _is_this_machine(after[0]):
        return Finding(
            None,
            _(
                "couldn't tell whether callers can claim any address: this machine (%(own)s) is itself in "
                "TRUSTED_PROXIES. Run flask doctor where PUBLIC_URL is reached as others reach it",
                own=after[0],
            ),
        )
    return Finding(
        False,
        _(
            "a caller can claim any address, so limits keep nobody out: the proxy at %(peer)s passes on the "
            "X-Forwarded-For it was sent. Have it write its own (nginx: proxy_set_header X-Forwarded-For $remote_addr)",
            peer=after[0] if after else peer,
        ),
    )


def _is_this_machine(address: str) -> bool:
    """Whether it is one of our own addresses: only those can be listened on."""
    try:
        with create_server((address, 0), family=AF_INET6 if ":" in address else AF_INET):
            return True
    except (OSError, ValueError):
        return False
