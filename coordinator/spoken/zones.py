"""What the time of a zone is called by people who live by it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_name

NOWHERE = frozenset({"GMT", "GMT+0", "GMT-0", "GMT0", "Greenwich", "UCT", "UTC", "Universal", "Zulu", "Factory"})
ENGLISH_ZONES = {"United Kingdom Time": "UK Time", "Hawaii-Aleutian Time": "Hawaii Time"}
SPANISH_ZONES = {
    "Eastern Time": "hora del Este",
    "Central Time": "hora del Centro",
    "Mountain Time": "hora de la Montaña",
    "Pacific Time": "hora del Pacífico",
    "Hawaii-Aleutian Time": "hora de Hawái",
    "United Kingdom Time": "hora del Reino Unido",
}


def name_of(zone: ZoneInfo, language: str) -> str:
    """``Eastern Time``, ``hora del Este``; by its city where a zone has no usual name, ``UTC+8`` where it has none."""
    if zone.key.startswith("Etc/") or zone.key in NOWHERE:
        return _offset_name(zone)
    english = get_timezone_name(zone, zone_variant="generic", locale=Locale("en", "US"))
    if "(" in english:
        city = zone.key.rpartition("/")[2].replace("_", " ")
        return f"hora de {city}" if language == "es" else f"{city} time"
    if language == "en":
        return ENGLISH_ZONES.get(english, english)
    return SPANISH_ZONES.get(english) or get_timezone_name(zone, zone_variant="generic", locale=Locale("es"))


def _offset_name(zone: ZoneInfo) -> str:
    """``UTC+8``. The names of such zones count the other way: Etc/GMT-8 is eight hours ahead."""
    ahead = datetime(2026, 1, 1, tzinfo=zone).utcoffset() or timedelta(0)
    return "UTC" + (f"{ahead // timedelta(hours=1):+d}" if ahead else "")
