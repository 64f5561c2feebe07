"""Skills that a task requires, in each organization's own words, such as "first aid" or "sound desk"."""

import re
from collections.abc import Iterable
from typing import Final

MOST_SKILLS: Final = 20
LONGEST_SKILL: Final = 60  # characters

_BETWEEN = re.compile(r"[,;/\n]")


def skills_of(words: str | Iterable[str]) -> list[str]:
    """The skills without duplicates, in order, in lowercase so that spellings match.

    A string is split at commas, semicolons, slashes and line ends.
    """
    named = _BETWEEN.split(words) if isinstance(words, str) else words
    plain = (" ".join(word.split()).casefold() for word in named)
    return list(dict.fromkeys(word for word in plain if word))
