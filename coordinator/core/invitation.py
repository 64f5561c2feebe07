"""A calendar entry that an email brings: a REQUEST to somebody who is coming, or a CANCEL (RFC 5545, RFC 5546).

Instants are written in UTC, so no time zone has to be described.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from .json_values import JsonObject

BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)  # sequence numbers count the minutes from here, so they only rise
LINE: Final = 75  # bytes


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What somebody does, when and where. ``key`` is its own forever; ``off``: they need not come any more."""

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    off: bool = False

    def as_json(self) -> JsonObject:
        times = {"starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}
        return {"key": self.key, "title": self.title, **times, "place": self.place, "off": self.off}

    @classmethod
    def from_json(cls, kept: JsonObject) -> Self:
        starts_at, ends_at = (datetime.fromisoformat(str(kept[name])) for name in ("starts_at", "ends_at"))
        return cls(str(kept["key"]), str(kept["title"]), starts_at, ends_at, str(kept["place"]), bool(kept["off"]))


def invitation(
    entry: CalendarEntry, *, host: str, organisation: str, organiser: str, attendee: str, now: datetime
) -> str:
    """The .ics file. ``host`` makes the key unique in the world; later ones with the same key replace earlier ones."""
    minutes = int((now - BEGINNING).total_seconds()) // 60
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Callboard//Callboard//EN",
        "VERSION:2.0",
        f"METHOD:{'CANCEL' if entry.off else 'REQUEST'}",
        "BEGIN:VEVENT",
        f"UID:{entry.key}@{host}",
        f"SEQUENCE:{max(0, minutes)}",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(entry.starts_at)}",
        f"DTEND:{_instant(entry.ends_at)}",
        f"SUMMARY:{_text(entry.title)}",
        *([f"LOCATION:{_text(entry.place)}"] if entry.place else []),
        f"STATUS:{'CANCELLED' if entry.off else 'CONFIRMED'}",
        f'ORGANIZER;CN="{_name(organisation)}":mailto:{organiser}',
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{attendee}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\n", "\\n")


def _name(words: str) -> str:
    return "".join(character for character in words if character != '"' and character >= " ")


def _folded(line: str) -> str:
    """Longer lines go on after a line break and a space; no character is cut in two."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE:
            parts.append("")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n ".join(parts)
