"""Lazily translated text for forms."""

from typing import cast

from flask_babel import lazy_gettext


def lazy(words: str) -> str:
    """A lazy string that WTForms takes for a str. Import it as ``_l``, so that the strings are found and collected."""
    return cast("str", lazy_gettext(words))
