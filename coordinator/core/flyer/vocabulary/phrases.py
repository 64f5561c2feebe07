"""The meaning of the words beside a time: doors, show, curfew, the end, or something else."""

import re
from typing import Final, Literal

from ..text.lines import Line, plain
from . import words

FactName = Literal["doors", "show", "curfew", "ends"]

KEYWORDS: Final = re.compile(
    r"(?<![\w'-])(?:doors?|gates?|show\s?time|shows?|curfew|load(?:ing)?[\s-]?in|get[\s-]in|sound\s?-?check|"
    r"line\s?check|start(?:s|ing)?|"
    r"music|einlass|beginn|ende|schluss|puertas|portões|portes|porte|apertura|ouverture|inizio|inicio|início|début|"
    r"fin|fine|fim|cierre|"
    r"begins|ends?|finish(?:es)?|closes?|house|hosts?)(?![\w'])"
)
_TOKEN: Final = re.compile(r"[^\s,;:.!?()\[\]\"“”/|&+*=]+|[/&:@]")
_JAPANESE: Final[dict[str, FactName]] = {
    "開場": "doors",
    **dict.fromkeys(("開演", "スタート", "開始"), "show"),
    **dict.fromkeys(("終演", "閉演", "閉場", "終了", "閉会"), "ends"),
}


_FIRST_OF_ALL: Final = re.compile(
    r"\s*(?:the\s)?(?:first|1st)\s(?:band|act|set|song|note|performer)(?:\s(?:is|on|goes|plays|starts|up|at)\b)*[\s:.-]*"
)


def fact_in(phrase: str) -> FactName | None:
    """The fact a phrase names, and nothing else: "Doors", "doors are at", "show ends"; not "The Early Doors"."""
    said = (
        plain(phrase)
        .replace("couvre feu", "couvre-feu")
        .replace("toque de queda", "toque-de-queda")
        .replace("kick off", "kick-off")
    )
    if fact := _JAPANESE.get(said.strip(" :/-~").removesuffix("予定")):
        return fact
    if _FIRST_OF_ALL.fullmatch(said):
        return "show"
    tokens = _TOKEN.findall(said)
    return _meaning([token for token in tokens if not _is_filler(token)], tokens) if 0 < len(tokens) <= 9 else None


def _is_filler(token: str) -> bool:
    return token in words.FILLERS or (len(token) > 2 and squeezed(token) in words.FILLERS)


def squeezed(token: str) -> str:
    """ "aare" becomes "are": letters typed twice."""
    return re.sub(r"(\w)\1+", r"\1", token)


def _meaning(content: list[str], tokens: list[str]) -> FactName | None:
    if not content:
        return "doors" if tokens and all(token in {"open", "opens", "opening"} for token in tokens) else None
    if all(token in words.CURFEW or token in words.NIGHTS for token in content) and any(
        t in words.CURFEW for t in content
    ):
        return "curfew"
    if _all_and_any(content, words.ENDS, words.NIGHTS | words.BUILDINGS) and content not in (["closing"], ["over"]):
        return "ends"
    if content in (["clausura"], ["clôture"]):
        return "ends"  # the end of the show; in a "concierto de clausura" someone plays
    if _is_doors(content, tokens) or _opens(content, tokens):
        return "doors"
    return "show" if _all_and_any(content, words.SHOW, words.NIGHTS) and len(content) <= 3 else None


def _all_and_any(content: list[str], needed: frozenset[str], allowed: frozenset[str]) -> bool:
    return any(token in needed for token in content) and all(token in needed or token in allowed for token in content)


_OPENS: Final = frozenset("open opens opening opened abre abren apre aprono ouvre ouvrent öffnet abierto".split())


def _opens(content: list[str], tokens: list[str]) -> bool:
    """ "Festival opens", "Opening of the fair"; a bar that opens is something else."""
    said = [token for token in content if token not in _OPENS]
    return bool(said) and any(token in _OPENS for token in tokens) and all(token in words.BUILDINGS for token in said)


def _is_doors(content: list[str], tokens: list[str]) -> bool:
    if all(token in words.DOORS or token in words.DOOR_VERBS for token in content):
        return content != ["house"] or "opens" in tokens or "open" in tokens
    first, *others = content
    if first == tokens[0] and first in words.DOORS and all(other in words.DOOR_COMPANY for other in others):
        return True
    if (
        first != tokens[0]
        or len(tokens) < 2
        or any(other not in {"doors", "door"} and not _is_slip(other) for other in others)
    ):
        return False
    return first in words.DOORS or any(_is_nearly(first, word) for word in ("doors", "gates"))


def _is_slip(token: str) -> bool:
    return any(_is_nearly(token, word) for word in ("open", "opens", "opening", "from", "are", "will"))


def _is_nearly(token: str, word: str) -> bool:
    """One letter missing, doubled, swapped or, inside the word, wrong: "dors", "doros", "dorrs"."""
    if sorted(token) == sorted(word) or squeezed(token) == squeezed(word):
        return token[0] == word[0]
    if len(token) == len(word) > 4:
        return token[0] + token[-1] == word[0] + word[-1] and sum(map(str.__ne__, token, word)) == 1
    return len(token) == len(word) - 1 and any(word[:place] + word[place + 1 :] == token for place in range(len(word)))


def last_fact_in(phrase: str) -> tuple[str, FactName] | None:
    """(the words before, the fact) when a phrase ends with one: "hey all, saturday is on doors at".

    An act that "closes it out" is not the end of the show; that needs its subject ("the show ends at").
    """
    pieces = re.findall(r"\S+\s*", phrase)
    best = None
    for count in range(1, min(len(pieces), 7) + 1):
        last = "".join(pieces[-count:])
        fact = None if last.strip().casefold() in {"open", "opens", "opening"} else fact_in(last)
        if fact and (fact != "ends" or plain(pieces[-count]).strip() in words.NIGHTS):
            best = "".join(pieces[:-count]), fact
    return best


def lasts(phrase: str) -> bool:
    """Whether the words before "until 2" say that the show continues, not an act."""
    tokens = _TOKEN.findall(plain(phrase))
    content = [token for token in tokens if not _is_filler(token)]
    return not content or (len(content) <= 6 and any(token in words.LASTS for token in content))


def says_more(phrase: str) -> bool:
    """Whether there are other words, which must be kept, besides those that say the show continues."""
    tokens = _TOKEN.findall(plain(phrase))
    return any(not (_is_filler(token) or token in words.LASTS or token in words.NIGHTS) for token in tokens)


_CREDIT: Final = re.compile(
    r"(?:(?:your\s)?(?:co-)?hosts?|m\.?c\.?s?|emcees?|comp[eè]res?|sound(?:\s(?:engineer|tech|man))?|lights?|engineer|"
    r"sponsors?|curators?|stage managers?|manager|presenters?|conduce|presenta|sonido|patrocina|moderation|"
    r"ton)\s?:\s*\S|"
    r"(?:hosted|sponsored|presented|curated|mixed|supported|brought to you|sound|lights|powered)\s(?:to you\s)?by\b|"
    r"(?:with\s)?your hosts?\b|(?:presentad[oa]|patrocinad[oa]|animad[oa]) por\b"
)


def is_credit(line: Line) -> bool:
    """Whether it names who hosts, mixes or pays, and no act: "Host: Rick Walden", "Sponsored by the bakery"."""
    return bool(_CREDIT.match(line.plain))


def is_label(text: str) -> bool:
    """Whether the line only announces a list: "Bands:", "Set times"."""
    said = plain(text).strip(" :-*!.~=|>#")
    return said in words.LABELS or any(
        said == f"{label} {more}" for label in words.LABELS for more in ("are", "include", "today")
    )


_LABEL: Final = re.compile(r"^\s*([^:：]{1,40}?)\s*(?:[:：!]|\s-{1,2}|\s[–—])\s*(?=\S)")


def without_label(text: str) -> tuple[str, str]:
    """("Set times", the rest) when a line begins with a label and a colon; otherwise ("", the line)."""
    found = _LABEL.match(text)
    return (found[1], text[found.end() :]) if found and is_label(found[1]) else ("", text)
