"""The network is off in tests."""

import socket

import pytest

from tests.network import NetworkIsOff, attempts, is_near


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "localhost", "", None, "0.0.0.0", ("127.0.0.2", 80), ("::1", 80, 0, 0), "/run/s", b"\0s"],
)
def test_this_machine_is_near(address: object) -> None:
    assert is_near(address)


@pytest.mark.parametrize(
    "address", ["192.0.2.1", "example.org", "localhost.example.org", ("192.0.2.1", 80), ("/example.org", 80)]
)
def test_every_other_machine_is_far(address: object) -> None:
    assert not is_near(address)


@pytest.mark.parametrize(("host", "call"), [("192.0.2.1", "socket.connect"), ("example.org", "socket.getaddrinfo")])
def test_a_call_to_another_machine_is_refused_and_remembered(host: str, call: str) -> None:
    with pytest.raises(NetworkIsOff), socket.socket() as line:
        socket.getaddrinfo(host, 80) if "info" in call else line.connect((host, 80))

    assert [attempt.split()[0] for attempt in attempts] == [call]
    attempts.clear()


def test_a_call_to_this_machine_goes_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        line.sendall(b"hello")
        answer, _ = server.accept()
        with answer:
            assert answer.recv(5) == b"hello"
