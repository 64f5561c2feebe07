"""Addresses within this app, made so that nobody is sent elsewhere."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def local(target: str | None, otherwise: str = "/") -> str:
    """``target`` when it is a path of this app, else ``otherwise``: a link may not lead a person astray."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return otherwise
    parts = urlsplit(target)
    odd = any(ord(character) < 33 or character == "\\" for character in target)
    return otherwise if parts.scheme or parts.netloc or odd else target


def stay_here(response: Response) -> Response:
    """A redirect within this app, without a host: the one that the caller named may be anyone's.

    Werkzeug makes such redirects of its own, where a path lacks its last slash or has one too many.
    """
    target = urlsplit(response.headers.get("Location", ""))
    if target.netloc and target.netloc == request.host:
        response.headers["Location"] = urlunsplit(("", "", "/" + target.path.lstrip("/"), target.query, ""))
        response.set_data("")  # it names the host too
    return response


def caller_address() -> str:
    """Where the request comes from, for limits on tries: one IPv4 address, or the first half of an IPv6 address.

    That half is one household's: it has as many of the other half as it likes. ``X-Forwarded-For`` is walked from its
    right end, where the nearest proxy wrote whom it was asked by, past the proxies of ``TRUSTED_PROXIES``; what stands
    further left anyone may have written.
    """
    caller = _read(request.remote_addr or "")
    if caller is None:
        return request.remote_addr or ""
    for written in reversed(forwarded_for()):
        if not trusts(caller):
            break
        named = _read(written)
        if named is None:
            break
        caller = named
    return _household(caller)


def forwarded_for() -> list[str]:
    """Whom proxies, trusted or not, say they were asked by, the nearest proxy's word last; no more than 20."""
    return [entry.strip() for entry in request.headers.get("X-Forwarded-For", "").split(",")[-20:] if entry.strip()]


def trusts(address: Address) -> bool:
    """Whether the word of who has this address is taken for who asked it."""
    networks: tuple[Network, ...] = current_app.config.get("TRUSTED_PROXIES", ())
    return any(address in network for network in networks)


def peer_is_trusted() -> bool:
    """Whether whoever is connected to us is a proxy whose word is taken."""
    peer = _read(request.remote_addr or "")
    return peer is not None and trusts(peer)


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


def _read(written: str) -> Address | None:
    """An address, also with a port behind it (``203.0.113.9:4711``, ``[2001:db8::7]:4711``); None for anything else."""
    bare = written.partition("]")[0].lstrip("[") if written.startswith("[") else written
    if bare.count(":") == 1 and "." in bare:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _household(address: Address) -> str:
    return str(address if isinstance(address, IPv4Address) else IPv6Network((address.packed, 64), strict=False))


def _can_be_asked_for(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
