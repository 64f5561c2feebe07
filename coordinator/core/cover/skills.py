"""What somebody must know for some work, in words of the house: "first aid", "sound desk"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

MOST_SKILLS: Final = 20
LONGEST_SKILL: Final = 60  # letters

_BETWEEN = re.compile(r"[,;/\n]")


def skills_of(words: str | Iterable[str]) -> list[str]:
    """The skills named, each once, in their order: in small letters, so that two ways of writing one are the same.

    A string is cut at commas, semicolons, slashes and line ends.
    """
    named = _BETWEEN.split(words) if isinstance(words, str) else words
    plain = (" ".join(word.split()).casefold() for word in named)
    return list(dict.fromkeys(word for word in plain if word))
