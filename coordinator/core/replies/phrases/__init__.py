"""All understood phrases as tables: a few modules per language, one table per kind."""

from functools import cache

from ..patterns import Phrasebook
from . import english, english_opt_out, shared, spanish, spanish_opt_out


@cache
def phrasebook() -> Phrasebook:
    """Every phrase of both languages; built on first use."""
    book = Phrasebook()
    book.add(shared.PHRASES, None)
    book.add(english.ONLY_THERE, "en", only="en")
    book.add(spanish.ONLY_THERE, "es", only="es")
    book.add(english.PHRASES, "en", english.PIECES)
    book.add(english_opt_out.PHRASES, "en", english_opt_out.PIECES)
    book.add(spanish.PHRASES, "es", spanish.PIECES)
    book.add(spanish_opt_out.PHRASES, "es", spanish_opt_out.PIECES)
    return book
