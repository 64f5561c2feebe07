"""Decodes the bytes of a pasted or uploaded file, or says why that is not possible."""

import codecs
import unicodedata
from typing import Final

MOST_BYTES: Final = 1_000_000
MOST_CONTROLS: Final = 0.02  # the highest share of control characters in a text
LOOKED_AT: Final = 20_000  # characters that are checked; binary data shows early

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableFlyer(ValueError):
    """The bytes are not a flyer; the message is one sentence for the person who uploaded them."""


def decode_flyer(data: bytes) -> str:
    """The text in ``data``: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.

    Raises UnreadableFlyer when it is empty, over a million bytes, or not text.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFlyer("This flyer is over 1 MB; paste only its text.")
    text = _text(data)
    if not _visible(text):
        raise UnreadableFlyer("This flyer is empty; paste the text of the flyer.")
    if not _is_text(text):
        raise UnreadableFlyer("This isn't text, maybe a picture; paste the words from the flyer.")
    return text


def _text(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableFlyer("This isn't text, maybe a picture; paste the words from the flyer.") from problem


def _visible(text: str) -> bool:
    """Whether it has more than white space, direction marks and zero bytes."""
    return any(not char.isspace() and unicodedata.category(char) != "Cf" for char in text)


def _is_text(text: str) -> bool:
    """Whether it has no NUL, few control characters, and a letter or digit."""
    looked_at = text[:LOOKED_AT]
    controls = sum(
        unicodedata.category(char) in {"Cc", "Cn", "Co"} and char not in "\t\n\r\f\v\x85" for char in looked_at
    )
    return "\0" not in text and controls <= len(looked_at) * MOST_CONTROLS and any(map(str.isalnum, text))
