"""Several texts in flight at once: threads that each send one text after another, and their results."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, wait
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Final, Self

from .claiming import Claimed
from .outcomes import SendResult

TOGETHER: Final = 0.01  # seconds that the first result waits for others, so that they are recorded in one transaction


class Lanes:
    """So many threads of a pool, each draining one queue until the block ends; cheaper than a future per text."""

    def __init__(self, pool: Executor, number: int, send: Callable[[Claimed], SendResult]) -> None:
        self.in_flight = 0
        self._send = send
        self._waiting: SimpleQueue[Claimed | None] = SimpleQueue()
        self._results: SimpleQueue[SendResult] = SimpleQueue()
        self._lanes: list[Future[None]] = [pool.submit(self._send_all) for _ in range(number)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for _lane in self._lanes:
            self._waiting.put(None)
        wait(self._lanes)

    def submit(self, texts: Iterable[Claimed]) -> None:
        for claimed in texts:
            self.in_flight += 1
            self._waiting.put(claimed)

    def completed(self, enough: int) -> list[SendResult]:
        """Results: at least one if any text is in flight, with those that follow within a moment, up to ``enough``."""
        if not self.in_flight:
            return []
        answers, last_call = [self._results.get()], time.monotonic() + TOGETHER
        try:
            while len(answers) < self.in_flight:
                left = last_call - time.monotonic() if len(answers) < enough else 0
                answers.append(self._results.get(timeout=left) if left > 0 else self._results.get_nowait())
        except Empty:
            pass
        self.in_flight -= len(answers)
        return answers

    def _send_all(self) -> None:
        while (claimed := self._waiting.get()) is not None:
            self._results.put(self._send(claimed))
