"""Addresses within this app, made so that nobody is sent elsewhere."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Network, ip_address
from urllib.parse import quote, urlencode, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def local(target: str | None, otherwise: str = "/") -> str:
    """``target`` when it is a path of this app, else ``otherwise``: a link may not lead a person astray."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return otherwise
    parts = urlsplit(target)
    odd = any(ord(letter) < 33 or letter == "\\" for letter in target)
    return otherwise if parts.scheme or parts.netloc or odd else target


def caller_address() -> str:
    """Where the request comes from, for limits on tries.

    A proxy on this very machine may name its caller, in the last entry of ``X-Forwarded-For``; nobody else may. Of an
    IPv6 address the first half, which is one household's: it has as many of the other half as it likes.
    """
    peer = request.remote_addr or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return _household(named if named and peer in {"127.0.0.1", "::1"} else peer)


def this_page(**changed: str | None) -> str:
    """The address of the present page with some of its query changed; None takes a key away.

    A page that answered a form is asked for again by the same path when it can be, else by ``/``.
    """
    path = quote("/" + request.path.lstrip("/"))
    if request.method not in {"GET", "HEAD"} and not _can_be_asked_for(request.path):
        path = "/"
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in changed]
    query = kept + [(key, value) for key, value in changed.items() if value is not None]
    return f"{path}?{urlencode(query)}" if query else path


def _household(address: str) -> str:
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if isinstance(read, IPv4Address):
        return str(read)
    return str(read.ipv4_mapped or IPv6Network((read.packed, 64), strict=False))


def _can_be_asked_for(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
