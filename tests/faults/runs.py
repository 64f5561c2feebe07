"""The engines to rehearse, and the numbers of jobs processes."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Run:
    """One rehearsal. SQLite is for one machine with few processes, PostgreSQL for any number."""

    engine: str
    jobs: int

    def __str__(self) -> str:
        return f"{self.engine}-{self.jobs}"


SHORT: Final = [(Run("sqlite", 2), Run("postgresql", 3))]  # in parallel
LONG: Final = [(Run(*each),) for each in (("sqlite", 1), ("sqlite", 2), *(("postgresql", n) for n in (1, 2, 4)))]
