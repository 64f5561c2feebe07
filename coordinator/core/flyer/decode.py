"""From the bytes of a pasted or sent file to text, or a sentence that says why not."""

import codecs
import unicodedata
from typing import Final

MOST_BYTES: Final = 1_000_000
MOST_CONTROLS: Final = 0.02  # the share of control characters that a text may hold
LOOKED_AT: Final = 20_000  # characters; what is no text shows it at once

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableFlyer(ValueError):
    """The bytes are no flyer; the message is one sentence for the person who gave them."""


def decode_flyer(data: bytes) -> str:
    """The text in ``data``: UTF-8, UTF-16 with its mark, or else Windows-1252.

    Raises UnreadableFlyer when it is empty, over a million bytes, or not text.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFlyer("This flyer is over 1 MB; paste only its text.")
    text = _text(data)
    if not _visible(text):
        raise UnreadableFlyer("This flyer is empty; paste the text of the flyer.")
    if not _is_text(text):
        raise UnreadableFlyer("This is not text, perhaps a picture; paste the words of the flyer.")
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
        raise UnreadableFlyer("This is not text, perhaps a picture; paste the words of the flyer.") from problem


def _visible(text: str) -> bool:
    """Something other than white space, marks of direction and bytes of nothing."""
    return any(not char.isspace() and unicodedata.category(char) != "Cf" for char in text)


def _is_text(text: str) -> bool:
    """No NUL, few control characters, and somewhere a letter or a digit."""
    looked_at = text[:LOOKED_AT]
    controls = sum(
        unicodedata.category(char) in {"Cc", "Cn", "Co"} and char not in "\t\n\r\f\v\x85" for char in looked_at
    )
    return "\0" not in text and controls <= len(looked_at) * MOST_CONTROLS and any(map(str.isalnum, text))
