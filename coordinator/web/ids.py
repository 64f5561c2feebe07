"""Numbers of rows in addresses and forms: one bound for all of them, which is what the database can hold."""

from typing import Any, Final

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID: Final = 2**63 - 1
_DIGITS: Final = len(str(LARGEST_ID))


class IdConverter(IntegerConverter):
    """``<int:…>`` in an address; a number that no row can have leads nowhere."""

    regex = r"[0-9]{1,19}"

    def __init__(self, map: Map, **limits: Any) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, **{"max": LARGEST_ID, **limits})


def init_app(app: Flask) -> None:
    """Bound the numbers in all addresses. Call before the first address is added."""
    app.url_map.converters["int"] = IdConverter


def an_id(written: str | int) -> int:
    """The number that was written, for ``request.form.get(…, type=an_id)``. Raises ValueError for what is no id."""
    digits = str(written)[: _DIGITS + 1]
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS and int(digits) <= LARGEST_ID):
        raise ValueError("no id")
    return int(digits)
