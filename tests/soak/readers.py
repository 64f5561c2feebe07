"""Eight readers who open one long page after another."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from typing import Final

READERS: Final = 8
PATIENCE: Final = 60  # seconds for one page
COLLECTIONS: Final = "/soak/collections"  # where the watched server reports garbage collections


@dataclass(frozen=True)
class Reading:
    """How many pages were read, and the failures, one line each."""

    pages: int
    failures: tuple[str, ...]


def read(port: int, paths: Sequence[str], cookie: str, seconds: float, *, most_failures: int = 8) -> Reading:
    """Read for ``seconds``, each reader on its own connection and starting with a different page.

    A reader stops after ``most_failures`` failures.
    """
    ends_at = time.monotonic() + seconds

    def one(reader: int) -> Reading:
        pages, failures = 0, list[str]()
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
            for path in islice(cycle(paths), reader, None):
                if time.monotonic() > ends_at or len(failures) >= most_failures:
                    break
                if wrong := _what_is_wrong(line, path, cookie):
                    failures.append(f"{path}: {wrong}")
                pages += not wrong
        return Reading(pages, tuple(failures))

    with ThreadPoolExecutor(READERS) as pool:
        readings = list(pool.map(one, range(READERS)))
    return Reading(sum(each.pages for each in readings), tuple(line for each in readings for line in each.failures))


def _what_is_wrong(line: HTTPConnection, path: str, cookie: str) -> str | None:
    try:
        line.request("GET", path, headers={"Cookie": cookie})
        answer = line.getresponse()
        answer.read()
    except (OSError, HTTPException) as failure:
        line.close()  # the next request reopens it
        return repr(failure)
    return None if answer.status == 200 else f"answers {answer.status}"
