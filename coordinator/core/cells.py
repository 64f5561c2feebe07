"""Reads the cells of a table as people fill them in: yes and no, languages."""

from typing import Final

YES: Final = frozenset("yes y true 1 x si sí s ok agreed ✓ ✔ verdadero acepta".split())
NO: Final = frozenset(["", *"no n false 0 falso - –".split()])
SPOKEN: Final = {
    "en": frozenset("en eng english ingles inglés".split()),
    "es": frozenset("es esp spa spanish espanol español castellano".split()),
}


def read_yes(text: str) -> bool | None:
    """True for yes, False for no or an empty cell, None for anything else."""
    word = text.strip().casefold()
    if word in YES:
        return True
    return False if word in NO else None


def read_language(text: str) -> str | None:
    """``en`` or ``es``; None for any other language and for an empty cell."""
    word = text.strip().casefold()
    return next((code for code, words in SPOKEN.items() if word in words), None)
