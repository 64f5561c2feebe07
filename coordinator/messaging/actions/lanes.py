"""Several texts in the air at once: threads that each take one text after another, and what has landed in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, wait
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Final, Self

from .claiming import Claimed
from .outcomes import Answered

TOGETHER: Final = 0.01  # seconds that the first to land waits for others, so that they are written in one transaction


class Lanes:
    """So many lanes of a pool, open until the end of the block; a queue is ten times cheaper than a future a text."""

    def __init__(self, pool: Executor, number: int, send: Callable[[Claimed], Answered]) -> None:
        self.flying = 0
        self._send = send
        self._off: SimpleQueue[Claimed | None] = SimpleQueue()
        self._landed: SimpleQueue[Answered] = SimpleQueue()
        self._lanes: list[Future[None]] = [pool.submit(self._fly) for _ in range(number)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, track: TracebackType | None
    ) -> None:
        for _lane in self._lanes:
            self._off.put(None)
        wait(self._lanes)

    def take_off(self, texts: Iterable[Claimed]) -> None:
        for claimed in texts:
            self.flying += 1
            self._off.put(claimed)

    def landed(self, enough: int) -> list[Answered]:
        """At least one if any flies, with those that land within a moment until they are ``enough``."""
        if not self.flying:
            return []
        answers, last_call = [self._landed.get()], time.monotonic() + TOGETHER
        try:
            while len(answers) < self.flying:
                left = last_call - time.monotonic() if len(answers) < enough else 0
                answers.append(self._landed.get(timeout=left) if left > 0 else self._landed.get_nowait())
        except Empty:
            pass
        self.flying -= len(answers)
        return answers

    def _fly(self) -> None:
        while (claimed := self._off.get()) is not None:
            self._landed.put(self._send(claimed))
