"""Which clock, which order and which words people of a country are used to."""

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global

MONTH_FIRST = frozenset({"US", "PR", "GU", "PH", "FM", "MH", "PW", "VI", "AS", "MP"})  # December 4, not 4 December
SPANISH_AMERICA = frozenset("AR BO CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE".split())
BRITISH = frozenset({"GB", "IE", "GG", "IM", "JE"})  # 7.30pm
TWELVE_HOURS = (
    MONTH_FIRST | SPANISH_AMERICA | BRITISH | frozenset("AU BD BS BB BZ CA EG GY IN JM MY NZ PK SG TT".split())
)


@dataclass(frozen=True, slots=True)
class Region:
    """Where a show is, for how its times are written. ``territory``: the country, as ISO 3166 has it."""

    zone: ZoneInfo
    territory: str

    @property
    def clock24(self) -> bool:
        """Whether people there write 20:30 rather than 8:30 PM."""
        return self.territory not in TWELVE_HOURS


@lru_cache(maxsize=1024)
def region(zone: str) -> Region:
    """The region of a zone by its name; the United States for zones that are nowhere or everywhere, as Etc/UTC."""
    territory = str(get_global("zone_territories").get(zone, "US"))
    return Region(ZoneInfo(zone), "US" if territory in {"ZZ", "001"} else territory)


@dataclass(frozen=True, slots=True)
class Days:
    """How days are written, in CLDR pattern letters."""

    full: str
    short: str
    text: str
    year: str  # what is added where the year is said


MONTHS_FIRST = Days("EEEE, MMMM d", "EEE, MMM d", "EEE MMM d", ", y")
DAYS_FIRST = Days("EEEE d MMMM", "EEE d MMM", "EEE d MMM", " y")
SPANISH_DAYS = Days("EEEE d 'de' MMMM", "EEE d 'de' MMM", "EEE d MMM", " 'de' y")
DAYS_IN_SPAIN = Days("EEEE d 'de' MMMM", "EEE d MMM", "EEE d MMM", " 'de' y")


def locale_of(language: str, territory: str) -> Locale:
    """The language as this country has it, where CLDR knows of that."""
    try:
        return Locale(language, territory)
    except UnknownLocaleError:
        return Locale(language)


def days_of(language: str, territory: str) -> Days:
    """How this country writes days in this language."""
    if language == "es":
        return SPANISH_DAYS if territory in SPANISH_AMERICA else DAYS_IN_SPAIN
    return MONTHS_FIRST if territory in MONTH_FIRST else DAYS_FIRST


def halves_of(here: Region, language: str, *, is_text: bool) -> tuple[str, str] | None:
    """What is written after a clock in the morning and later; None where clocks have 24 hours."""
    if here.clock24:
        return None
    if is_text or (language == "en" and here.territory in BRITISH):
        return "am", "pm"
    if language == "es":
        return " a.\xa0m.", " p.\xa0m."
    return (" AM", " PM") if here.territory in MONTH_FIRST else (" am", " pm")
