"""A phone network that accepts every text, at once or after a delay, in a process of its own.

It is so light that it never limits what is measured.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

ACCOUNT = "AC" + "0" * 32
SAID_AT = "Fri, 04 Dec 2026 23:45:00 +0000"
AN_ANSWER = {
    "account_sid": ACCOUNT,
    "api_version": "2010-04-01",
    "body": "You are on at 8:45 at The Old Chapel.",
    "date_created": SAID_AT,
    "date_sent": None,
    "date_updated": SAID_AT,
    "direction": "outbound-api",
    "error_code": None,
    "error_message": None,
    "from": "+12125550100",
    "messaging_service_sid": None,
    "num_media": "0",
    "num_segments": "1",
    "price": None,
    "price_unit": "USD",
    "status": "queued",
    "subresource_uris": {"media": "/media.json"},
    "to": "+12125550142",
    "uri": "/message.json",
}


class Line(asyncio.Protocol):
    """One connection: answers each complete request with an accepted text that has a unique id."""

    numbers = count(1)
    stamp = f"{os.getpid():08x}"
    delay = 0.0  # seconds before each answer

    def __init__(self) -> None:
        self.heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data
        while (ends := _request_ends(self.heard)) is not None:
            self.heard = self.heard[ends:]
            body = json.dumps({**AN_ANSWER, "sid": f"SM{self.stamp}{next(self.numbers):024x}"}).encode()
            head = f"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            asyncio.get_running_loop().call_later(self.delay, self._answer, head.encode() + body)

    def _answer(self, answer: bytes) -> None:
        assert isinstance(self.transport, asyncio.WriteTransport)
        self.transport.write(answer)


def _request_ends(heard: bytes) -> int | None:
    head, blank, _ = heard.partition(b"\r\n\r\n")
    if not blank:
        return None
    lengths = [line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    ends = len(head) + 4 + (int(lengths[0]) if lengths else 0)
    return ends if len(heard) >= ends else None


async def _listen() -> None:
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # until the parent has exited
    server.close()


@contextmanager
def an_instant_network(delay: float = 0) -> Iterator[str]:
    """Yields its local address until the end of the block; it answers after ``delay`` seconds."""
    command = [sys.executable, "-m", "bench.instant_network", str(delay)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        yield process.stdout.readline().strip()
        process.stdin.close()


if __name__ == "__main__":
    Line.delay = float(sys.argv[1])
    asyncio.run(_listen())
