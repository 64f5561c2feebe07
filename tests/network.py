"""Switches the network off: tests reach only addresses of this machine."""

import sys
from ipaddress import ip_address

CALLS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}


class NetworkIsOff(RuntimeError):
    """A connection to another machine was attempted. Not an OSError, so that no code handles it as an outage."""


attempts: list[str] = []


def switch_off() -> None:
    """Refuse every address of another machine until this process ends."""
    sys.addaudithook(_refuse_far_addresses)


def is_near(address: object) -> bool:
    """Whether an address, in the socket module's form, is local or a path."""
    host = address[0] if isinstance(address, tuple) else address
    if host is None or isinstance(host, bytes) or host in {"", "localhost"}:
        return True
    try:
        return ip_address(str(host)).is_loopback or ip_address(str(host)).is_unspecified
    except ValueError:
        return not isinstance(address, tuple) and str(host).startswith("/")


def _refuse_far_addresses(event: str, arguments: tuple[object, ...]) -> None:
    if event in CALLS and not is_near(arguments[CALLS[event]]):
        attempts.append(f"{event} {arguments[CALLS[event]]}")
        raise NetworkIsOff(attempts[-1])
