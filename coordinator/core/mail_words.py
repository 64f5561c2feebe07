"""The words of an email, made of those of a text: whole, without what only a phone can answer."""

import re
from collections.abc import Mapping
from typing import Final

from .json_values import JsonObject
from .wording import IN_TEXTS, fill_whole

LONGEST: Final = 78  # characters of a subject
_END: Final = re.compile(r"(?<=[.!?])\s|\n")
_ASKS: Final = re.compile(r"\bC\b")  # "Reply C to confirm"
_WITH_LINK: Final = re.compile(r"\[[^\[\]]*\{link\}[^\[\]]*\]")
_LINK_AT_END: Final = re.compile(r"\s*\{link\}\s*$")
_WHO_WRITES: Final = re.compile(r"^\{org\}: ")


def emailed(words: str, values: Mapping[str, str], *, org: str, title: str = "") -> JsonObject:
    """Subject and body, and whether it ``asks`` for a yes or no.

    What stands in angle brackets is left out, every optional part is kept, and a link at the end too: emails have it
    on a line of its own. ``org`` writes it, about the show ``title``.
    """
    asks = any(_ASKS.search(part) for part in IN_TEXTS.findall(words))
    said = IN_TEXTS.sub("", _WHO_WRITES.sub("", words))
    said = _LINK_AT_END.sub("", _WITH_LINK.sub("", said))
    body = _with_capital(re.sub(r" {2,}", " ", fill_whole(said, values)).strip())
    subject = subject_of(body, first_name=values.get("first_name", ""), org=org, title=title)
    return {"subject": subject, "body": body} | ({"asks": True} if asks else {})


def subject_of(body: str, *, first_name: str = "", org: str = "", title: str = "") -> str:
    """The first sentence, cut at a word where it is long; with the show's name where it names no day or time.

    Where there is no sentence, the show's or organization's name.
    """
    said = body.strip()
    for greeting in (f"{org}: ", f"{first_name}, ", f"{first_name}: "):
        if len(greeting) > len(": ") and said.startswith(greeting):
            said = said.removeprefix(greeting)
    sentence = " ".join(_END.split(said, maxsplit=1)[0].removesuffix(".").split())
    subject = _with_capital(sentence) or title or org
    named = f"{subject} ({title})"
    if title and title not in subject and len(named) <= LONGEST and not re.search(r"\d", subject):
        return named
    if len(subject) <= LONGEST:
        return subject
    return subject[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:") + "…" if " " in subject else subject[:LONGEST]


def _with_capital(sentence: str) -> str:
    at = 1 if sentence[:1] in "¿¡" else 0
    return sentence[:at] + sentence[at : at + 1].upper() + sentence[at + 1 :]
