"""Compares what was read from a flyer with the expected facts, one by one."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Final

_QUOTES: Final = dict.fromkeys(map(ord, "‘’‚"), "'") | dict.fromkeys(map(ord, "“”„«»"), '"')
_DASHES: Final = dict.fromkeys(map(ord, "–—‐‑−"), "-")


def folded(text: str) -> str:
    """The text without differences of case, width, spacing, quotation marks and dashes."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES | _DASHES).casefold().split())


def _name(text: str) -> str:
    return folded(text).strip('"「」 ')


def _place(text: str) -> str:
    """Places are equal even if one has the word "stage" or a leading "the"."""
    words = [word for word in _name(text).split() if word != "stage"]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _age(text: str) -> str:
    return re.sub(r"\s*\+", "+", folded(text).replace("-", " "))


_FOLDS: Final[dict[str, Callable[[str], str]]] = {
    "title": _name,
    "name": _name,
    "venue": _place,
    "stage": _place,
    "beneficiary": _place,
    "age": _age,
    "about": folded,
}


def differences(expected: dict[str, Any], read: dict[str, Any]) -> list[str]:
    """Errors in ``read``, one sentence per fact; keys that are not expected are ignored."""
    return [*_top(expected, read), *_acts(expected.get("acts"), read["acts"]), *_warnings(expected, read)]


def _top(expected: dict[str, Any], read: dict[str, Any]) -> Iterator[str]:
    for key, wanted in expected.items():
        if key == "kept":
            yield from _missing("anywhere", wanted, "\n".join(_strings(read)))
        elif key not in {"acts", "warns", "warns_not"}:
            yield from _fact("", key, wanted, read)


def _acts(expected: list[dict[str, Any]] | None, read: list[dict[str, Any]]) -> Iterator[str]:
    if expected is None:
        return
    if len(expected) != len(read):
        yield f"{len(expected)} acts expected, {len(read)} read: {[(act['starts'], act['name']) for act in read]}"
    for number, (wanted, act) in enumerate(zip(expected, read, strict=False)):
        for key, value in wanted.items():
            yield from _fact(f"act {number}, ", key, value, act)


def _fact(where: str, key: str, wanted: Any, read: dict[str, Any]) -> Iterator[str]:
    if key.endswith("_contains"):
        part = key.removesuffix("_contains")
        yield from _missing(f"{where}{part}", wanted, read.get(part) or "")
    elif not _same(key, wanted, read.get(key)):
        yield f"{where}{key}: {wanted!r} expected, {read.get(key)!r} read"


def _same(key: str, wanted: Any, read: Any) -> bool:
    if isinstance(wanted, str) and isinstance(read, str):
        fold = _FOLDS.get(key, str)
        return fold(wanted) == fold(read)
    return type(wanted) is type(read) and wanted == read


def _missing(where: str, wanted: list[str], text: str) -> Iterator[str]:
    for words in wanted:
        if folded(words) not in folded(text):
            yield f"{where}: {words!r} expected in {text!r}"


def _warnings(expected: dict[str, Any], read: dict[str, Any]) -> Iterator[str]:
    codes = {warning["code"] for warning in read["warnings"]}
    for code in expected.get("warns", []):
        if code not in codes:
            yield f"warning {code} expected, {sorted(codes)} read"
    for code in expected.get("warns_not", []):
        if code in codes:
            yield f"no warning {code} expected"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
