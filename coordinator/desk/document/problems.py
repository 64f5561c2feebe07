"""What is wrong with a document: every sentence names the place and says what would be right."""

from __future__ import annotations

import json
from collections.abc import Sequence

MOST_SHOWN = 10
LONGEST_SHOWN = 60


class BadDocument(ValueError):
    """A document that cannot be loaded; ``problems`` are all of them, the message shows the first ten."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(_printable(problem) for problem in problems)
        super().__init__(_told(self.problems))


class Problems:
    """Gathers what is wrong, so that one reading names every mistake."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.paths: list[str] = []

    def add(self, path: str, sentence: str) -> None:
        self.found.append(f"{path} {sentence}")
        self.paths.append(path)

    def are_within(self, path: str) -> bool:
        """Whether anything was wrong in the thing at this path."""
        return any(wrong == path or wrong.startswith(f"{path}.") for wrong in self.paths)

    def refuse(self) -> None:
        """Raises BadDocument if anything is wrong."""
        if self.found:
            raise BadDocument(self.found)


def shown(value: object) -> str:
    """A value as the document writes it, cut short."""
    text = json.dumps(value, ensure_ascii=False, default=float)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _told(problems: Sequence[str]) -> str:
    if len(problems) == 1:
        return problems[0]
    first = problems[:MOST_SHOWN]
    few = "; the first ten:" if len(problems) > MOST_SHOWN else ":"
    return f"The document has {len(problems)} problems{few}\n" + "\n".join(f"  {problem}" for problem in first)


def _printable(problem: str) -> str:
    """Halves of characters, which JSON can hold, as they would be written in JSON."""
    return problem.encode("utf-8", "backslashreplace").decode()
