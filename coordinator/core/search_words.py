"""What is searched for, and what is searched, without case and accents."""

import unicodedata


def searchable(text: str) -> str:
    """The text without case, accents and extra spaces."""
    characters = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(character for character in characters if not unicodedata.combining(character))


def is_found(words: str, *texts: str | None) -> bool:
    """Whether each of the words is somewhere in the texts; no words are found everywhere."""
    searched = " ".join(searchable(text) for text in texts if text)
    return all(word in searched for word in searchable(words).split())
