"""How a stage is named in a text: ``GO GARDEN``."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

SAY_NOTHING = frozenset({"stage", "stages", "escenario", "the", "el", "la", "los", "las", "de", "del", "a", "at", "in"})


def words_of(text: str) -> list[str]:
    """The words without accents, capitals and punctuation."""
    spelled = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in spelled if not unicodedata.combining(each))
    return re.findall(r"[\w-]+", kept)


def is_named(said: str, name: str) -> bool:
    """Whether these words could mean the stage of this name: some of its words, in any order."""
    return set(words_of(said)) <= set(words_of(name))


def short_name(name: str, others: Iterable[str]) -> str:
    """The least that tells the stage from the others, in capitals, as a text can name it; its whole name otherwise."""
    taken = {word for other in others for word in words_of(other)}
    own = [word for word in words_of(name) if word not in taken and not word.isdigit()]
    telling: Sequence[str] = [word for word in own if word not in SAY_NOTHING] or own
    return (telling[0] if telling else " ".join(words_of(name))).upper()
