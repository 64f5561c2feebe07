"""A time as printed, before it is known whether it is a.m. or p.m."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from ..vocabulary import clock_words as words

Half = Literal["am", "pm"]


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """``half`` is None when the flyer gives none; hours 0 and 13 to 23 need none. Hours from 24 are on the next day."""

    hour: int
    minute: int = 0
    half: Half | None = None

    @property
    def counts_to_24(self) -> bool:
        return self.hour == 0 or self.hour > 12

    @property
    def is_open(self) -> bool:
        """Whether it could be a.m. or p.m."""
        return self.half is None and not self.counts_to_24

    def later(self, minutes: int) -> "PrintedTime":
        """The printed time so many minutes on, as far as known of the same half, or open as this one is."""
        total = self.printed_minutes + minutes
        if self.half:
            hour = total // 60 % 24
            return PrintedTime(hour % 12 or 12, total % 60, "pm" if hour >= 12 else "am")
        hour = total // 60 % 24 if self.counts_to_24 else total // 60 % 12 or 12
        return PrintedTime(hour, total % 60)

    def marked(self, half: Half | None) -> "PrintedTime":
        return PrintedTime(self.hour, self.minute, half) if half and 1 <= self.hour <= 12 else self

    @property
    def printed_minutes(self) -> int:
        """Minutes after midnight as printed, using ``half``."""
        hour = self.hour % 12 + (12 if self.half == "pm" else 0) if self.half else self.hour
        return hour * 60 + self.minute


NOON: Final = PrintedTime(12, 0, "pm")
MIDNIGHT: Final = PrintedTime(12, 0, "am")


def any_of(entries: tuple[str, ...] | dict[str, int]) -> str:
    """A pattern for any of the words, longest first, with any white space between them."""
    ordered = sorted(entries, key=len, reverse=True)
    return "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in ordered)


_HOUR_WORD: Final = any_of(words.HOURS)
_FRACTION: Final = (
    r"et\sdemie?|et\squart|moins\sle\squart|y\smedia|y\scuarto|menos\scuarto|e\smeia|e\smezzo?a?|e\sun\squarto|"
    r"meno\sun\squarto"
)

# "la una de la mañana". In English such words are often a name ("Three in the Morning").
_PART_OF_DAY: Final = any_of(tuple(part for part in words.MORNING + words.EVENING if part.startswith(("d", "del "))))

CLOCK: Final = re.compile(
    rf"""
    (?<![a-zà-ÿ0-9_$£€¥\#])(?<![0-9][.:])
    (?:
      (?P<lead>half\s(?:past\s)?|quarter[\s-](?:past|after|to|of|before|til)\s|(?:five|ten|twenty)\s(?:past|to)\s|(?:5|10|20|25)\spast\s
        |halb\s|viertel\s(?:nach|vor)\s|dreiviertel\s)(?P<lead_hour>\d{{1,2}}(?!\d)|(?:{_HOUR_WORD})\b)
    | (?P<sun>午前|午後|朝|夜|오전|오후|上午|下午|晚上)?\s?(?P<kanji_hour>[0-2]?\d)
      \s?(?:時|时|시|点|點)\s?(?:(?P<kanji_minute>[0-5]?\d)\s?[分분]|(?P<kanji_half>半))?
    | (?P<sun2>午前|午後|朝|夜|오전|오후|上午|下午)?\s?
      (?P<hour>[01]?\d|2\d)(?P<mark>:|\.|h|\sh\s?|h\s|\suhr\s|\sheures?\s|\shoras\s|\s?[:.]\s?(?=\d\d\s?[ap]\.?m))(?P<minute>[0-5]\d)(?::00)?(?!\d|[.:]\d|'?s\b)
    | (?P<close_hour>[012]?\d)(?P<close_minute>[0-5]\d)(?=\s?(?:[ap]\.?\s?m|[ap]|h|hrs|uhr)(?![a-zà-ÿ0-9]))
    | (?P<lone>[012]?\d)(?![\d/])
    | (?P<word>{_HOUR_WORD})(?=\s(?:o'?\s?clock|{_FRACTION}|{_PART_OF_DAY}))
    )
    (?:\s(?:h(?:eures?|oras)?\s)?(?P<fraction>{_FRACTION})\b)?
    (?:\s?(?P<unit>uhr|heures?|horas|hrs|hs|h|o'?\s?clock)(?![a-zà-ÿ0-9]))?
    (?:\s{{0,2}}(?P<half>[ap]\.?\s?m(?![a-zà-ÿ0-9])\.?)|(?P<letter>[ap])(?![a-zà-ÿ0-9']))?
    (?:,?\s(?P<part>{any_of(words.MORNING)}|{any_of(words.EVENING)})\b)?
    (?:\s?(?P<noon>{any_of(words.NOON)}|n)(?![a-z])|\s?(?P<midnight>{any_of(words.MIDNIGHT)}|mn)(?![a-z]))?
    (?P<ish>\s?-?ish\b)?
    """,
    re.VERBOSE,
)
BARE: Final = re.compile(
    r"(?<![\w$£€¥#.,:/+'&-])(?<!\d\s)(?P<digits>\d{1,4})(?![\w%°+/$£€¥'\"]|\s[$£€¥]|[.,:]\d|-\d{4}|-\d+[-+]|\s\d)"
)

_LEADS: Final = {
    "half": 30,
    "quarter": 15,
    "viertel": 15,
    "five": 5,
    "ten": 10,
    "twenty": 20,
    "5": 5,
    "10": 10,
    "20": 20,
    "25": 25,
}
_BACK: Final = re.compile(r"\b(?:to|of|before|til|vor)\s$")
_FORENOON: Final = ("午前", "朝", "오전", "上午")
_AFTERNOON: Final = ("午後", "夜", "오후", "下午", "晚上")
_HALF_WORDS: Final[dict[str, Half]] = {**dict.fromkeys(_FORENOON, "am"), **dict.fromkeys(_AFTERNOON, "pm")}


def clock_in(found: re.Match[str]) -> PrintedTime | None:
    """The time in a match of CLOCK; None when its digits are not a time."""
    if found["lead"]:
        clock = _spoken(found["lead"], hour_of(found["lead_hour"]))
    elif found["kanji_hour"]:
        minute = 30 if found["kanji_half"] else int(found["kanji_minute"] or 0)
        clock = PrintedTime(int(found["kanji_hour"]), minute).marked(_HALF_WORDS.get(found["sun"] or ""))
    else:
        clock = _figures(found)
    return clock if clock and clock.hour <= 29 and clock.minute < 60 else None


def hour_of(said: str) -> int:
    return int(said) if said.isdigit() else words.HOURS[said]


def _spoken(lead: str, hour: int) -> PrintedTime | None:
    if not 1 <= hour <= 12:
        return None
    if lead.startswith("halb"):
        return PrintedTime(hour - 1 or 12, 30)
    if lead.startswith("dreiviertel"):
        return PrintedTime(hour - 1 or 12, 45)
    minutes = _LEADS[re.split(r"[\s-]", lead)[0]]
    return PrintedTime(hour - 1 or 12, 60 - minutes) if _BACK.search(lead) else PrintedTime(hour, minutes)


def _figures(found: re.Match[str]) -> PrintedTime | None:
    if found["lone"] and not _says_hour(found):
        return None
    hour = hour_of(found["hour"] or found["close_hour"] or found["lone"] or found["word"])
    minute = int(found["minute"] or found["close_minute"] or 0)
    if found["fraction"]:
        hour, minute = _with_fraction(hour, found["fraction"])
    if found["noon"] or found["midnight"]:
        return _at_twelve(hour, NOON if found["noon"] else MIDNIGHT)
    return PrintedTime(hour, minute).marked(_half(found))


def _says_hour(found: re.Match[str]) -> bool:
    """Whether something besides the digits marks a time; "2 hours of music" is not one."""
    unit, hour = found["unit"] or "", int(found["lone"])
    if unit in {"hrs", "hs"}:
        return False
    if unit.startswith(("heure", "hora")) and hour < 7:
        return bool(found["fraction"] or found["part"])
    return any(found[name] for name in ("unit", "half", "letter", "part", "noon", "midnight", "ish", "fraction"))


def _with_fraction(hour: int, fraction: str) -> tuple[int, int]:
    if fraction.startswith(("moins", "menos", "meno")):
        return hour - 1 or 12, 45
    return hour, 30 if fraction.split()[1].startswith(("demi", "media", "meia", "mezz")) else 15


def _at_twelve(hour: int, twelve: PrintedTime) -> PrintedTime | None:
    return twelve if hour == 12 else None


def _half(found: re.Match[str]) -> Half | None:
    said = found["half"] or found["letter"]
    if said:
        return "am" if said.startswith("a") else "pm"
    if found["part"]:
        return "am" if " ".join(found["part"].split()) in words.MORNING else "pm"
    return _HALF_WORDS.get(found["sun2"] or "")


def bare_printed_time(digits: str) -> PrintedTime | None:
    """A time written in digits only: 8, 845, 1030, 1930."""
    if len(digits) <= 2:
        return PrintedTime(int(digits)) if 1 <= int(digits) <= 24 else None
    hour, minute = int(digits[:-2]), int(digits[-2:])
    fits = hour <= 24 and minute < 60 and (len(digits) == 4 or hour)
    return PrintedTime(hour, minute) if fits else None
