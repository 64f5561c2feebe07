"""Removes invisible characters from what people type or paste. They could reverse a line or hide inside a name.

Removed: Unicode bidirectional controls, zero-width characters, fillers, tags and control characters. Kept: accents,
and the joiners that emoji and some scripts need.
"""

import re
from typing import Final

MOST_ACCENTS: Final = 8  # marks on one character; no script uses more, and sorting a long stack takes quadratic time

_JOINERS: Final = "\u200c\u200d"
_SELECTORS: Final = "\ufe0e\ufe0f"  # text or emoji presentation of a symbol
_FLAG: Final = "\U0001f3f4"
_SCRIPTS: Final = "\u0590-\u1fff\u2c80-\u2dff\u3000-\uabff\ufb00-\ufdff\ufe70-\ufeff\U00010a00-\U00011fff"  # not Latin
_SYMBOLS: Final = (
    "\u00a9\u00ae\u203c\u2049\u2100-\u21ff\u2300-\u27bf\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HIDDEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN: Final = re.compile(
    rf"(?P<flag>{_FLAG}[\U000e0030-\U000e007a]{{1,6}}\U000e007f)"
    rf"|(?P<kept>(?:(?<=[{_SYMBOLS}])|(?<=[{_SYMBOLS}][{_SELECTORS}]))\u200d(?=[{_SYMBOLS}])"
    rf"|(?<=[{_SCRIPTS}])(?<![{_HIDDEN}])[{_JOINERS}](?=[{_SCRIPTS}])(?![{_HIDDEN}])"
    rf"|(?<=[{_SYMBOLS}])[{_SELECTORS}]|(?<=[0-9#*])\ufe0f(?=\u20e3)"
    r"|(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]"
    r"|(?<=[\u3400-\u9fff\uf900-\ufaff])[\U000e0100-\U000e01ef])"
    r"|(?P<blank>[\u2028\u2029\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2800])"
    r"|(?P<half>[\ud800-\udfff])"
    rf"|[{_HIDDEN}{_JOINERS}{_SELECTORS}]"
)
_INSTEAD: Final = {"blank": " ", "half": "\ufffd"}
_ACCENT: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u08d3-\u08ff"
    "\u0e38-\u0e3a\u0e47-\u0e4e\u0eb8-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f19\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
)
_STACK: Final = re.compile(rf"(?P<kept>[{_ACCENT}]{{{MOST_ACCENTS}}})[{_ACCENT}]+")


def cleaned(text: str) -> str:
    """The text without invisible characters. Cleaning twice gives the same result.

    A control character becomes a space (line ends and tabs stay); a lone surrogate becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return _STACK.sub(r"\g<kept>", _UNSEEN.sub(_seen, text))


def without_hidden(text: str) -> str:
    """Like ``cleaned``, but control characters and lone surrogates stay, for callers that reject them by name."""
    return _STACK.sub(r"\g<kept>", _UNSEEN.sub(_hidden, text))


def _hidden(found: re.Match[str]) -> str:
    return found[0] if found.lastgroup else ""


def _seen(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    return found[0] if kind in {"flag", "kept"} else _INSTEAD.get(kind, "")
