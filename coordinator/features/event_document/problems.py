"""Problems of a document: every sentence names the place and says what would be right."""

import json
from collections.abc import Sequence

MOST_SHOWN = 10
MOST_ENTRIES = {  # several times what a festival has; the slots of all stages count together
    "people": 5_000,
    "acts": 2_000,
    "stages": 100,
    "slots": 2_000,
    "roles": 500,
    "shifts": 3_000,
    "sign_ups": 15_000,
    "rules": 100,
}
LONGEST_SHOWN = 60


class BadDocument(ValueError):
    """A document that cannot be loaded; ``problems`` are all of them, the message shows the first ten."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(_printable(problem) for problem in problems)
        super().__init__(_told(self.problems))


class Problems:
    """Collects problems, so that one reading names every mistake."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.paths: list[str] = []

    def add(self, path: str, sentence: str) -> None:
        self.found.append(f"{path} {sentence}")
        self.paths.append(path)

    def are_within(self, path: str) -> bool:
        """Whether anything was wrong in the entry at this path."""
        return any(wrong == path or wrong.startswith(f"{path}.") for wrong in self.paths)

    def refuse(self) -> None:
        """Raises BadDocument if anything is wrong."""
        if self.found:
            raise BadDocument(self.found)


def shortened(text: str) -> str:
    """A text, cut short."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def shown(value: object) -> str:
    """A value as the document writes it, cut short."""
    return shortened(json.dumps(value, ensure_ascii=False, default=float))


def _told(problems: Sequence[str]) -> str:
    if len(problems) == 1:
        return problems[0]
    first = problems[:MOST_SHOWN]
    few = "; the first ten:" if len(problems) > MOST_SHOWN else ":"
    return f"The document has {len(problems)} problems{few}\n" + "\n".join(f"  {problem}" for problem in first)


def _printable(problem: str) -> str:
    """Lone surrogates, which JSON can contain, written as JSON escapes."""
    return problem.encode("utf-8", "backslashreplace").decode()
