"""The calendar entry that an email brings."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from coordinator.core.invitation import CalendarEntry, invitation

AT = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
TITLE = "Lucía y los Niños; “Noche, larga”, " + "ñ" * 60
ENTRY = CalendarEntry("slot-5", TITLE, AT, AT + timedelta(hours=1), "Hall,\nBack")
WHO = {"organisation": 'The "Kitchen"', "organiser": "show@show.example", "attendee": "a@b.example"}


def written(entry: CalendarEntry = ENTRY, now: datetime = NOW) -> str:
    return invitation(entry, host="show.example", now=now, **WHO)


def test_an_entry_is_read_as_it_was_written() -> None:
    calendar = Calendar.from_ical(written())
    event = calendar.walk("VEVENT")[0]

    assert calendar["METHOD"] == "REQUEST"
    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "STATUS", "ORGANIZER", "ATTENDEE")} == {
        "UID": "slot-5@show.example",
        "SUMMARY": ENTRY.title,
        "LOCATION": ENTRY.place,
        "STATUS": "CONFIRMED",
        "ORGANIZER": "mailto:show@show.example",
        "ATTENDEE": "mailto:a@b.example",
    }
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (ENTRY.starts_at, ENTRY.ends_at)


def test_no_line_is_longer_than_allowed() -> None:
    assert max(len(line.encode()) for line in written().split("\r\n")) <= 75


def test_what_is_off_is_cancelled_and_a_later_entry_replaces_an_earlier_one() -> None:
    off = CalendarEntry(ENTRY.key, ENTRY.title, ENTRY.starts_at, ENTRY.ends_at, off=True)
    read = [Calendar.from_ical(written(off, NOW + timedelta(minutes=late))) for late in (0, 1)]

    assert {str(calendar["METHOD"]) for calendar in read} == {"CANCEL"}
    first, second = (int(str(calendar.walk("VEVENT")[0]["SEQUENCE"])) for calendar in read)
    assert second == first + 1


def test_an_entry_is_kept_as_json() -> None:
    assert CalendarEntry.from_json(ENTRY.as_json()) == ENTRY
