"""Clients that do not finish what they send, or do not read what they get, keep nobody else waiting."""

import socket
import threading
import time
from contextlib import suppress

from tests.attacks.server import Browser, Server

MANY = 200
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
UNFINISHED = b"POST /sign-in HTTP/1.1\r\nHost: x\r\n" + FORM + b"Content-Length: 9\r\n\r\n"
LITTLE, MUCH = 64 * 1024, 4_000_000
SPANISH = "es-MX,es;q=0.9"


def test_two_hundred_unfinished_bodies_do_not_slow_the_rest(server: Server) -> None:
    with server.crowd(MANY, UNFINISHED):
        assert server.seconds() < 1
        assert server.ask("/sign-in", method="POST", body="email=a&password=b").status == 400  # it has no token


def test_bodies_of_a_byte_a_second_do_not_slow_the_rest(server: Server) -> None:
    with server.crowd(MANY, UNFINISHED) as clients:
        for _ in range(4):
            for client in clients:
                client.sendall(b"a")
            assert server.seconds(times=3) < 1
            time.sleep(1)


def test_what_does_not_end_is_ended_and_meanwhile_slows_nobody(server: Server) -> None:
    began = time.monotonic()
    with (
        server.crowd(MANY, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ") as slow,
        server.crowd(MANY, b"") as silent,
        server.connect(UNFINISHED.replace(b"Host", b"Accept-Language: es\r\nHost") + b"email") as unfinished,
    ):
        assert server.seconds() < 1
        said, after = all_of(unfinished), time.monotonic() - began
        assert all_of(slow[0]) == all_of(silent[0]) == ""

    assert said.startswith("HTTP/1.1 408 ")
    assert "Tardó demasiado en llegar" in said
    assert (10 < after < 20, time.monotonic() - began < 30) == (True, True)


def test_idle_connections_that_are_kept_do_not_slow_the_rest(server: Server) -> None:
    with server.crowd(1000, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") as clients:
        assert {client.recv(12) for client in clients} == {b"HTTP/1.1 200"}
        assert server.seconds() < 1


def test_clients_that_never_read_do_not_slow_the_rest(server: Server) -> None:
    with server.crowd(MANY, b"GET /static/vendor/Sortable.min.js HTTP/1.1\r\nHost: x\r\n\r\n" * 20):
        assert server.seconds() < 1


def test_whoever_is_not_signed_in_sends_little(server: Server) -> None:
    for path in ("/sign-in", "/twilio/inbound", "/twilio/status/1", "/coordinate/new", "/e/none/volunteer"):
        answer = server.ask(path, method="POST", body="a" * (LITTLE + 1), Accept_Language=SPANISH)

        assert answer.status == 413, path
        assert "Es demasiado para enviar" in answer.text


def test_a_forged_cookie_gives_no_more_room(server: Server) -> None:
    for cookie in ("session=eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "remember_token=1|beef", "remember_token=1|\u00e9"):
        answer = server.ask("/coordinate/new", method="POST", body="a" * (LITTLE + 1), Cookie=cookie)

        assert answer.status == 413


def test_a_body_of_no_known_length_is_refused(server: Server) -> None:
    chunked = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n"
    with server.connect(chunked) as client:
        assert client.recv(100).startswith(b"HTTP/1.1 411 ")


def test_a_form_that_was_cut_off_is_not_taken_for_a_whole_one(server: Server) -> None:
    with server.connect(UNFINISHED + b"email=") as client:
        time.sleep(0.2)
        client.shutdown(1)
        client.settimeout(10)
        with suppress(OSError):
            assert client.recv(100)[:12] in {b"", b"HTTP/1.1 400"}

    assert server.seconds() < 1


def test_floods_of_large_bodies_are_turned_away_without_keeping_them(server: Server) -> None:
    large = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n" + b"a" * 100_000
    with server.crowd(50, b"") as clients:
        floods = [threading.Thread(target=_send, args=(client, large)) for client in clients]
        for flood in floods:
            flood.start()
        assert server.seconds() < 1
        for flood in floods:
            flood.join()


def test_a_coordinator_who_is_signed_in_sends_a_long_flyer(server: Server) -> None:
    alice = Browser(server)
    alice.press(server.link)

    long = alice.press("/coordinate/new", flyer="Doors 7pm\n" + "la " * 300_000, zone="America/New_York")
    too_long = alice.ask("/coordinate/new", "a" * (MUCH + 1), method="POST")

    assert (long.status, too_long.status) == (200, 413)


def all_of(connection: socket.socket) -> str:
    """What comes until the other side hangs up."""
    connection.settimeout(30)
    return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def _send(client: socket.socket, data: bytes) -> None:
    with suppress(OSError):
        client.sendall(data)
