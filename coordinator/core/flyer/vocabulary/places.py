"""Venues, addresses and stages."""

import re
from typing import Final

from ..text.lines import Line, plain
from . import words

_VENUE_WORDS: Final = frozenset(
    "tavern bar pub inn lodge hall church theatre theater club café cafe coffeehouse brewery brewing taproom arms "
    "alehouse saloon lounge ballroom "
    "auditorium arena playhouse opera cellar cellars chapel grange legion vfw winery distillery bistro cantina "
    "roadhouse speakeasy warehouse centre center "
    "kulturhaus kulturzentrum gemeindehaus bürgerhaus jugendhaus halle kirche keller kneipe salle théâtre bistrot "
    "péniche guinguette "
    "sala teatro bodega peña ateneo centro casa clube bar espaço galpão circolo arci osteria locale auditorio "
    "auditório room library house kitchen studio "
    "gallery museum barn farm park pavilion mill works yard school gymnasium ホール ライブハウス 会館 公民館".split()
)
_VENUE_LABEL: Final = re.compile(
    r"^(?:venue|where|location|place|ort|veranstaltungsort|wo|lieu|où|lugar|dónde|local|onde|luogo|dove|会場|"
    r"場所)\s*[:：=]\s*(?=\S)"
)
_AT: Final = re.compile(
    r"(?:^|(?<=[\s,(–—-]))(?:@|(?:above|behind|beneath|below)\s(?=the\s)|(?:(?:live|upstairs|downstairs|only|here|"
    r"down|back|"
    r"over|in the back room|in the cellar)\s)?(?:at|chez|im|in der|in the|à la|à l'|au|en la|en el|alla|"
    r"presso)\s)\s*(?:the\s+)?"
)
_NAME_ENDS: Final = re.compile(
    r"\s[-–—|•·/]\s|[;(|,]|(?<!\bSt)(?<!\bMt)(?<!\bDr)(?<!\bMr)(?<!\bMrs)\.(?=\s|$)|\s(?=\d)|\t"
)
_STREET: Final = re.compile(
    r"\b\d{1,5}[a-z]?,?\s+(?:[nsew]\.?\s+|[ns][ew]\.?\s+)?(?:[\w.'-]+\s+){0,4}(?:st|street|ave|avenue|rd|road|blvd|"
    r"boulevard|lane|ln|dr|drive|way|hwy|highway|pl|place|"
    r"sq|square|ct|court|pkwy|parkway|broadway|terrace|row|quay|hill)\b|\b\d{1,4},?\s+(?:bis,?\s+)?(?:rue|avenue|"
    r"place|quai|boulevard|impasse|chemin)\b|"
    r"\b(?:calle|c/|via|viale|piazza|corso|rua|avenida|av\.|travessa|plaza|carrer|"
    r"paseo)\s+(?:[\w.'-]+\s+){0,4}[\w.'-]+,?\s+\d|\b\w+(?:straße|strasse|str\.|gasse|weg|platz)\s+\d"
)
_PHONE: Final = re.compile(r"(?<![\d$])(?:\+?\d{1,3}[\s.-]?)?(?:\(?\d{2,4}\)?[\s.-]){1,4}\d{2,4}(?!\d)")

PIN: Final = "\N{ROUND PUSHPIN}"
EVENT: Final = re.compile(
    r"\b(?:fest|festival|fete|fête|fayre|market|recital|\w+fest|night|party|jam|ball|gala|concert|show|sale|fair|day|days|gathering|kickoff|fling|"
    r"fundraiser|session|sessions|revue|bash|hootenanny|hoedown|"
    r"picnic|parade|weekend|evening|benefit|soirée|noche|serata|abend|sarau)\b"
)


def is_address(line: Line) -> bool:
    return bool(_STREET.search(line.plain)) and len(line.words) <= 16


def before_address(line: Line) -> str | None:
    """The name before an address on the same line: The Rusty Anchor, 815 E. 9th St."""
    found = _STREET.search(line.plain)
    name = line.printed[: found.start()].strip(" ,-–—|•·:@") if found and is_address(line) else ""
    words_of_name = name.split()
    named = 0 < len(words_of_name) <= 6 and not any(map(str.isdigit, words_of_name[0] + words_of_name[-1]))
    return name if named else None


def has_phone(text: str) -> bool:
    return any(sum(map(str.isdigit, found[0])) >= 7 for found in _PHONE.finditer(text))


def is_venue_name(text: str) -> bool:
    """Whether it ends or begins with a word for a venue: Tavern, Lodge, Kulturhaus."""
    said = [word.strip(".,!'\"") for word in plain(text).split()]
    return 0 < len(said) <= 7 and (
        said[-1] in _VENUE_WORDS
        or said[0] in _VENUE_WORDS
        or any(word.endswith(("haus", "ホール", "会館")) for word in said)
    )


def labelled_venue(line: Line) -> str | None:
    """The text after "Venue:" or "Where:" at the start of the line; None without such a label."""
    found = _VENUE_LABEL.match(line.plain)
    return line.printed[found.end() :].strip() if found else None


def venue_after_at(line: Line) -> tuple[int, str] | None:
    """(the position of "at", the venue after it) in "Friday at Pine Hollow Lodge" or "@ The Blue Spigot"."""
    small = line.printed.islower()
    for found in _AT.finditer(line.plain):
        name = _name_from(line, found.end())
        if name and (name[0].isupper() or "@" in found[0] or small) and len(name.split()) <= 7:
            article = "The " if line.printed[: found.end()].rstrip().endswith("The") else ""
            return found.start(), article + name
    return None


_LONGEST_NAME: Final = 200  # characters


def _name_from(line: Line, start: int) -> str:
    return _NAME_ENDS.split(line.printed[start : start + _LONGEST_NAME], maxsplit=1)[0].strip(" .!-–—")


_ROOM_OF: Final = re.compile(
    r"^(?:in\s)?(?:the\s)?(?:(?:back|upstairs|downstairs|front|top|function|side|cellar|big|little|small)\s)?"
    r"(?:room|bar|snug|cellar|attic|loft|lounge|hall|garden|yard|parlou?r)\s(?:of|at|above|behind)\s(?:the\s)?(?=\S)"
)


def room_of_a_venue(line: Line) -> str | None:
    """ "Back room of the Plough" and similar, at the start of a line."""
    found = _ROOM_OF.match(line.plain)
    name = _name_from(line, found.end()) if found else ""
    return line.printed[: found.end()] + name if found and name[:1].isupper() and len(name.split()) <= 5 else None


def _said(text: str) -> list[str]:
    return [word.strip(".,!:'\"()[]") for word in plain(text).split()]


def is_stage_name(text: str) -> bool:
    """Whether it is clearly a stage: Indoor Stage, Zelt, Stage B."""
    said = _said(text)
    named = [place for place, word in enumerate(said) if word in words.STAGE or word.endswith(_STAGE_ENDINGS)]
    return 0 < len(said) <= 5 and any(_stands_as_a_stage(said, place) for place in named)


_STAGE_ENDINGS: Final = ("bühne", "zelt", "ステージ")
_ENGLISH_STAGES: Final = frozenset("stage stages tent marquee podium".split())
_BEHIND_A_STAGE: Final = frozenset("by in at on near behind one two three four left right".split())


def _stands_as_a_stage(said: list[str], place: int) -> bool:
    """In English the word comes last, or a number does: Beer Tent, Stage 2, but not Tent Revival."""
    behind = said[place + 1 : place + 2]
    return said[place] not in _ENGLISH_STAGES or not behind or len(behind[0]) <= 2 or behind[0] in _BEHIND_A_STAGE


def is_place_name(text: str) -> bool:
    """Whether it is a stage when in brackets or a heading: patio, inside, Back Room."""
    said = _said(text)
    if 1 < len(said) <= 4 and said[-1] in _ENGLISH_STAGES:
        return True  # Acoustic Tent, Jazz Stage
    if not 0 < len(said) <= 4 or any(word in words.NOT_A_PLACE for word in said):
        return False
    return (
        is_stage_name(text)
        or said[-1] in words.PLACE
        or (said[0] in words.STAGE and _stands_as_a_stage(said, 0))
        or any(word.endswith(("saal", "keller", "garten", "hof")) for word in said)
    )
