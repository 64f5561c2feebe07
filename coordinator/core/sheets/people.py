"""One line of a table of people."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ..cells import read_language, read_yes
from .model import Line, Notice, PersonLine, WrongLine
from .names import given_name_first

_SCIENTIFIC: Final = re.compile(r"\d\.\d+e\+?\d+", re.IGNORECASE)
_WHOLE: Final = re.compile(r"(?P<figures>\+?\d{7,15})\.0+")
_WORD: Final = re.compile(r"[^\W\d_]+|✓|✔|1|0")
_CHANNELS: Final = {
    **dict.fromkeys(
        "text texts sms phone mobile cell mensaje mensajes texto celular teléfono telefono".split(), "text"
    ),
    **dict.fromkeys("email emails mail correo correos e-mail".split(), "email"),
}


CONSENT: Final = ("agreed", "agreed_to_emails")


def person_line(number: int, said: Mapping[str, str], asked: Mapping[str, str]) -> Line:
    """The person of a line. ``asked``: the headings of the columns of consent, whose words the person answered."""
    whole = given_name_first(said["name"]) if said.get("name") else said.get("first", "")
    last = said.get("last", "")
    name = whole if not last or whole.endswith(f" {last}") else f"{whole} {last}".strip()
    phone = said.get("phone")
    if not name:
        return WrongLine(number, "name")
    if phone and _SCIENTIFIC.fullmatch(phone):
        return WrongLine(number, "phone", phone, about=name)
    figures = _WHOLE.fullmatch(phone or "")
    answers = {column: _agreed(said.get(column, "")) for column in asked}
    return PersonLine(
        line=number,
        name=name,
        phone=figures["figures"] if figures else phone,
        email=said.get("email"),
        prefers=_CHANNELS.get(said.get("prefers", "").casefold()),
        language=_language(said.get("language", "")),
        skills=tuple(skill for each in re.split(r"[,;/•]", said.get("skills", "")) if (skill := each.strip())),
        agreed=answers.get("agreed"),
        agreed_to_emails=answers.get("agreed_to_emails"),
        consent="; ".join(f"{asked[column]}: {said[column]}" for column in asked if answers[column]) or None,
        notices=tuple(_notices(said)),
    )


def _notices(said: Mapping[str, str]) -> Iterator[Notice]:
    for column in CONSENT:
        if said.get(column) and not _is_clear(said[column]):
            yield Notice("unclear_yes", said[column])
    if said.get("language") and _language(said["language"]) is None:
        yield Notice("language", said["language"])
    if said.get("prefers") and said["prefers"].casefold() not in _CHANNELS:
        yield Notice("channel", said["prefers"])


def _agreed(cell: str) -> bool:
    """ "Yes, please" is a yes; "maybe" is not, and is pointed out."""
    first = _WORD.search(cell.casefold())
    return bool(first and read_yes(first[0]))


def _is_clear(cell: str) -> bool:
    first = _WORD.search(cell.casefold())
    return first is None or read_yes(first[0]) is not None


def _language(cell: str) -> str | None:
    """The first language that we speak."""
    return next((code for word in re.split(r"[^\w]+", cell) if word and (code := read_language(word))), None)
