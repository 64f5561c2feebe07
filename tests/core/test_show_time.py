from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.show_time import (
    AmbiguousLocalTime,
    MissingLocalTime,
    QuietHours,
    UnknownZone,
    instant_in_day,
    instant_of,
    instant_of_fold,
    instant_of_text,
    local_text,
    planned_until,
    read_wall,
    show_day,
    show_day_bounds,
    whole_minute,
    write_wall,
    zone_named,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clocks change by half an hour
KATHMANDU = ZoneInfo("Asia/Kathmandu")  # 5 hours 45 minutes ahead
CAIRO = ZoneInfo("Africa/Cairo")  # its clocks go forward at midnight
ZONES = st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU, CAIRO])
AUTUMN, SPRING = date(2026, 10, 24), date(2026, 3, 28)  # the nights on which Berlin's clocks change
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_named("Asia/Kathmandu") == KATHMANDU


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Europe/Berln", "There is no time zone called 'Europe/Berln'; did you mean Europe/Berlin?"),
        ("Europe", "There is no time zone called 'Europe'; "),
        ("", "There is no time zone called ''; a zone is named like Europe/Berlin."),
        ("../etc/passwd", "There is no time zone called '../etc/passwd'; a zone is named like Europe/Berlin."),
        ("Never/\0ever", "a zone is named like Europe/Berlin."),
    ],
)
def test_a_zone_that_does_not_exist_is_refused_in_a_sentence(name: str, says: str) -> None:
    with pytest.raises(UnknownZone) as refusal:
        zone_named(name)

    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "zone", "at"),
    [
        ("2026-06-12T20:00", BERLIN, "2026-06-12T18:00"),
        ("2026-12-04T20:00", NEW_YORK, "2026-12-05T01:00"),
        ("2026-06-12T20:00", KATHMANDU, "2026-06-12T14:15"),
        ("2026-01-12T20:00", LORD_HOWE, "2026-01-12T09:00"),
        ("2026-06-12T20:00", LORD_HOWE, "2026-06-12T09:30"),
    ],
)
def test_a_local_time_is_one_instant(text: str, zone: ZoneInfo, at: str) -> None:
    assert instant_of(local(text), zone) == utc(at)


def test_an_hour_that_comes_twice_is_refused_with_both_readings() -> None:
    with pytest.raises(AmbiguousLocalTime) as refusal:
        instant_of(local("2026-10-25T02:30"), BERLIN)

    assert (refusal.value.first, refusal.value.second) == (utc("2026-10-25T00:30"), utc("2026-10-25T01:30"))
    assert str(refusal.value) == (
        "02:30 on 2026-10-25 comes twice in Europe/Berlin, because the clocks go back: "
        "did you mean the first, 02:30 (UTC+02:00), or the second, 02:30 (UTC+01:00)?"
    )


def test_an_hour_that_is_jumped_over_is_refused_with_both_readings() -> None:
    with pytest.raises(MissingLocalTime) as refusal:
        instant_of(local("2026-03-29T02:30"), BERLIN)

    assert (refusal.value.before, refusal.value.after) == (utc("2026-03-29T01:30"), utc("2026-03-29T00:30"))
    assert str(refusal.value) == (
        "02:30 on 2026-03-29 does not exist in Europe/Berlin, because the clocks go forward: "
        "did you mean 01:30 (UTC+01:00) or 03:30 (UTC+02:00)?"
    )


def test_a_reading_on_the_day_before_is_offered_with_its_date() -> None:
    with pytest.raises(MissingLocalTime) as refusal:
        instant_of(local("2026-04-24T00:30"), CAIRO)

    assert "did you mean 23:30 on 2026-04-23 (UTC+02:00) or 01:30 (UTC+03:00)?" in str(refusal.value)


def test_half_an_hour_can_come_twice_or_never() -> None:
    with pytest.raises(AmbiguousLocalTime) as twice:
        instant_of(local("2026-04-05T01:45"), LORD_HOWE)
    with pytest.raises(MissingLocalTime) as never:
        instant_of(local("2026-10-04T02:15"), LORD_HOWE)

    assert twice.value.second - twice.value.first == timedelta(minutes=30)
    assert never.value.before - never.value.after == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("text", "fold", "at"),
    [
        ("2026-10-25T02:30", 0, "2026-10-25T00:30"),
        ("2026-10-25T02:30", 1, "2026-10-25T01:30"),
        ("2026-03-29T02:30", 0, "2026-03-29T01:30"),
        ("2026-03-29T02:30", 1, "2026-03-29T00:30"),
        ("2026-06-12T20:00", 1, "2026-06-12T18:00"),
    ],
)
def test_a_fold_chooses_between_two_readings(text: str, fold: int, at: str) -> None:
    assert instant_of(local(text), BERLIN, fold=fold) == utc(at)


def test_a_local_time_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        instant_of(utc("2026-06-12T18:00"), BERLIN)


@pytest.mark.parametrize(
    ("at", "zone", "text"),
    [
        ("2026-12-05T01:00", NEW_YORK, "2026-12-04T20:00"),
        ("2026-12-05T01:00:30", NEW_YORK, "2026-12-04T20:00:30"),
        ("2026-11-01T05:30", NEW_YORK, "2026-11-01T01:30"),
        ("2026-11-01T06:30", NEW_YORK, "2026-11-01T01:30b"),
        ("2026-04-04T15:15", LORD_HOWE, "2026-04-05T01:45b"),
    ],
)
def test_an_instant_is_stored_as_local_wall_time(at: str, zone: ZoneInfo, text: str) -> None:
    assert local_text(utc(at), zone) == text
    assert instant_of_text(text, zone) == utc(at)


@pytest.mark.parametrize(
    ("text", "at"), [("2026-03-29T02:30", "2026-03-29T01:30"), ("2026-03-29T02:30b", "2026-03-29T01:30")]
)
def test_a_stored_time_that_is_jumped_over_has_the_offset_before(text: str, at: str) -> None:
    assert instant_of_text(text, BERLIN) == utc(at)


@pytest.mark.parametrize("text", ["", "tonight", "2026-12-04", "2026-12-04T24:00", "2026-13-04T20:00", "20:00"])
def test_a_text_that_is_no_local_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no local time; one is written like 2026-12-04T20:00"):
        instant_of_text(text, BERLIN)


@given(INSTANTS, ZONES)
def test_every_instant_comes_back_from_its_local_text(at: datetime, zone: ZoneInfo) -> None:
    assert instant_of_text(local_text(at, zone), zone) == at


@given(INSTANTS, ZONES, st.integers(-3, 3))
def test_every_instant_comes_back_from_its_wall_time(at: datetime, zone: ZoneInfo, days: int) -> None:
    on = at.astimezone(zone).date() + timedelta(days=days)

    assert read_wall(write_wall(at, on, zone), on, zone) == at


@pytest.mark.parametrize(
    ("text", "on", "at"),
    [
        ("20:00", AUTUMN, "2026-10-24T18:00"),
        ("20:00:15", AUTUMN, "2026-10-24T18:00:15"),
        ("01:30+1", AUTUMN, "2026-10-24T23:30"),
        ("02:30+1", AUTUMN, "2026-10-25T00:30"),
        ("02:30+1b", AUTUMN, "2026-10-25T01:30"),
        ("02:30:45+1b", AUTUMN, "2026-10-25T01:30:45"),
    ],
)
def test_a_wall_time_is_read_on_the_night_of_the_show(text: str, on: date, at: str) -> None:
    assert read_wall(text, on, BERLIN) == utc(at)
    assert write_wall(utc(at), on, BERLIN) == text


def test_a_wall_time_that_is_jumped_over_comes_out_after_the_jump() -> None:
    assert write_wall(read_wall("02:30+1", SPRING, BERLIN), SPRING, BERLIN) == "03:30+1"


def test_minutes_are_added_across_a_jump_of_the_clocks() -> None:
    starts_at = read_wall("01:00+1", SPRING, BERLIN)

    assert write_wall(starts_at + timedelta(minutes=75), SPRING, BERLIN) == "03:15+1"


@pytest.mark.parametrize("text", ["", "8pm", "24:00", "20:60", "20:00+0", "20:00+10", "20:00b+1", "２０:00", "20:00 "])
def test_a_text_that_is_no_wall_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no wall time; one is written like 20:00, 00:30"):
        read_wall(text, AUTUMN, BERLIN)


def test_a_b_on_a_time_that_comes_once_is_refused() -> None:
    with pytest.raises(ValueError, match="20:00 on 2026-10-24 does not come twice in Europe/Berlin"):
        read_wall("20:00b", AUTUMN, BERLIN)


@pytest.mark.parametrize(
    ("at", "zone", "on"),
    [
        ("2026-06-12T02:59:59", BERLIN, date(2026, 6, 11)),
        ("2026-06-12T03:00", BERLIN, date(2026, 6, 12)),
        ("2026-06-11T23:14:59", KATHMANDU, date(2026, 6, 11)),
        ("2026-06-11T23:15", KATHMANDU, date(2026, 6, 12)),
        ("2026-10-25T03:59:59", BERLIN, date(2026, 10, 24)),
        ("2026-10-25T04:00", BERLIN, date(2026, 10, 25)),
    ],
)
def test_a_show_s_day_begins_at_five(at: str, zone: ZoneInfo, on: date) -> None:
    assert show_day(utc(at), zone) == on


def test_a_date_that_was_left_out_has_no_show_s_day() -> None:
    assert show_day(utc("2011-12-30T13:00"), ZoneInfo("Pacific/Apia")) == date(2011, 12, 29)


def test_a_show_s_day_is_an_hour_longer_when_the_clocks_go_back() -> None:
    starts_at, ends_at = show_day_bounds(AUTUMN, BERLIN)

    assert (starts_at, ends_at) == (utc("2026-10-24T03:00"), utc("2026-10-25T04:00"))


@given(INSTANTS, ZONES)
def test_every_instant_lies_within_its_show_s_day(at: datetime, zone: ZoneInfo) -> None:
    starts_at, ends_at = show_day_bounds(show_day(at, zone), zone)

    assert starts_at <= at < ends_at


def test_a_whole_minute_is_rounded_down() -> None:
    assert whole_minute(utc("2026-06-12T18:00:59.999999")) == utc("2026-06-12T18:00")


@pytest.mark.parametrize(
    ("at", "quiet", "ends"),
    [
        ("2026-06-12T18:59:59", False, "2026-06-12T18:59:59"),
        ("2026-06-12T19:00", True, "2026-06-13T06:00"),
        ("2026-06-12T22:30", True, "2026-06-13T06:00"),
        ("2026-06-13T05:59:59", True, "2026-06-13T06:00"),
        ("2026-06-13T06:00", False, "2026-06-13T06:00"),
        ("2026-10-24T22:00", True, "2026-10-25T07:00"),  # an hour longer: the clocks go back
        ("2026-03-28T22:00", True, "2026-03-29T06:00"),  # an hour shorter: they go forward
    ],
)
def test_quiet_hours_run_over_midnight(at: str, quiet: bool, ends: str) -> None:
    hours = QuietHours(time(21), time(8))

    assert hours.covers(utc(at), BERLIN) is quiet
    assert hours.end_after(utc(at), BERLIN) == utc(ends)


@pytest.mark.parametrize(
    ("at", "quiet", "ends"),
    [
        ("2026-06-12T10:59", False, "2026-06-12T10:59"),
        ("2026-06-12T11:00", True, "2026-06-12T13:00"),
        ("2026-06-12T13:00", False, "2026-06-12T13:00"),
    ],
)
def test_quiet_hours_may_lie_within_a_day(at: str, quiet: bool, ends: str) -> None:
    hours = QuietHours(time(13), time(15))

    assert hours.covers(utc(at), BERLIN) is quiet
    assert hours.end_after(utc(at), BERLIN) == utc(ends)


def test_quiet_hours_that_end_in_a_repeated_hour_end_at_its_first_passing() -> None:
    hours = QuietHours(time(22), time(2, 30))

    assert hours.end_after(utc("2026-10-24T23:00"), BERLIN) == utc("2026-10-25T00:30")
    assert not hours.covers(utc("2026-10-25T01:10"), BERLIN)


def test_quiet_hours_that_end_in_a_missing_hour_end_after_the_jump() -> None:
    hours = QuietHours(time(22), time(2, 30))

    assert hours.end_after(utc("2026-03-28T23:00"), BERLIN) == utc("2026-03-29T01:30")


def test_quiet_hours_that_a_jump_makes_meet_are_one() -> None:
    hours = QuietHours(time(3), time(2, 50))

    assert hours.end_after(utc("2026-03-29T01:20"), BERLIN) == utc("2026-03-30T00:50")


def test_quiet_hours_that_never_end_are_refused() -> None:
    with pytest.raises(ValueError, match="must end at another time than they begin"):
        QuietHours(time(21), time(21))


@given(INSTANTS, ZONES, st.times(), st.times())
def test_it_is_never_quiet_when_quiet_hours_end(at: datetime, zone: ZoneInfo, begins: time, ends: time) -> None:
    hours = QuietHours(begins, ends if ends != begins else time((begins.hour + 1) % 24))

    end_at = hours.end_after(at, zone)

    assert not hours.covers(end_at, zone)
    assert hours.covers(at, zone) == (end_at > at)


@pytest.mark.parametrize(("ends", "until"), [([], 25), (["2026-10-24T20:00"], 25), (["2026-10-25T06:00"], 26)])
def test_a_show_is_planned_until_the_day_ends_in_which_its_last_slot_does(ends: list[str], until: int) -> None:
    found = planned_until(AUTUMN, BERLIN, [instant_of_text(end, BERLIN) for end in ends])

    assert found == datetime(2026, 10, until, 4, 0, tzinfo=UTC)


def test_a_wall_time_before_five_is_of_the_next_date_and_may_be_its_second_passing() -> None:
    passings = [instant_in_day(AUTUMN, time(2, 30), BERLIN, fold=fold) for fold in (0, 1)]

    assert passings == [instant_of_fold(local("2026-10-25T02:30"), BERLIN, second=second) for second in (False, True)]
    assert passings[1] - passings[0] == timedelta(hours=1)
