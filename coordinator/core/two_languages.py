"""What organizers write for the public: in one language, or in English and in Spanish.

It is stored in two columns. The second, ``…_es``, is filled only when both languages were given; then the first is
English. Otherwise the first is in whatever language it was written.
"""

from typing import TypeVar

Words = TypeVar("Words", str, str | None)


def in_language(language: str, words: Words, spanish: str | None) -> Words:
    """The words for a reader of this language, or else the other ones. None: there are none."""
    return spanish if spanish and (language == "es" or not words) else words


def as_kept(words: str | None, spanish: str | None) -> tuple[str | None, str | None]:
    """The two columns for what was written. Spanish alone goes in the first. Empty becomes None."""
    words, spanish = words or None, spanish or None
    return (words, spanish) if words else (spanish, None)
