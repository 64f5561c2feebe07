"""Lengths and changeovers that a flyer leaves out."""

from datetime import date, timedelta

import pytest

from coordinator.core.flyer import Plan, PlannedSlot, WallTime, plan_of, read_flyer


def plan(text: str) -> Plan:
    return plan_of(read_flyer(text, default_on=date(2027, 5, 1), zone="America/Chicago"))


def minutes(*counts: int) -> list[timedelta]:
    return [timedelta(minutes=count) for count in counts]


def lengths(text: str) -> list[timedelta]:
    return [slot.length for slot in plan(text).slots]


def changeovers(text: str) -> list[tuple[timedelta, timedelta]]:
    return [(slot.changeover, slot.changeover_min) for slot in plan(text).slots]


def pair(nominal: int, minimum: int) -> tuple[timedelta, timedelta]:
    return timedelta(minutes=nominal), timedelta(minutes=minimum)


def test_a_slot_has_all_that_the_row_has() -> None:
    slots = plan_of(
        read_flyer("June 5\n8ish Ash (duo)\n9:30 Elm", default_on=date(2027, 5, 1), zone="America/Chicago")
    ).slots

    assert slots[0] == PlannedSlot(
        kind="set",
        name="Ash",
        stage=None,
        note="duo",
        starts=WallTime(20 * 60),
        date_on=date(2027, 6, 5),
        length=timedelta(minutes=75),
        changeover=timedelta(minutes=10),
        changeover_min=timedelta(minutes=5),
        length_inferred=True,
        changeover_inferred=True,
        approx=True,
        line=1,
    )


def test_the_sample_night() -> None:
    slots = plan("8:00 Josh Granowski\n8:30 Carlos Lumbi\n9:30 The Poor Nobodys").slots

    assert [str(slot.starts) for slot in slots] == ["20:00", "20:30", "21:30"]
    assert [slot.length for slot in slots] == minutes(20, 45, 30)
    assert [slot.changeover for slot in slots] == minutes(15, 10, 15)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ash", pair(15, 8)),
        ("Ash (solo)", pair(10, 5)),
        ("Ash ~ duo, two synths", pair(10, 5)),
        ("Ash (voz y guitarra)", pair(15, 8)),
        ("DJ Ash", pair(5, 2)),
        ("Raffle draw", pair(5, 2)),
        ("Interval", pair(5, 2)),
    ],
)
def test_a_changeover_depends_on_who_comes_on(name: str, expected: tuple[timedelta, timedelta]) -> None:
    assert changeovers(f"7:00 First\n9:00 {name}")[1] == expected


def test_a_changeover_is_never_more_than_a_third_of_the_gap() -> None:
    assert changeovers("8:00 Ash\n8:20 Elm\n8:40 Fir\n8:40 Yew")[1:] == [pair(6, 6), pair(6, 6), pair(0, 0)]


def test_a_changeover_fits_between_a_stated_end_and_the_next_start() -> None:
    assert changeovers("8:00-8:50 Ash\n9:00-9:45 Elm\n9:45-10:30 Fir")[1:] == [pair(10, 8), pair(0, 0)]


def test_the_first_changeover_fits_between_doors_and_start() -> None:
    assert changeovers("Doors 7:30\n8:00 Ash\n9:00 Elm")[0] == pair(10, 8)
    assert changeovers("Doors 6:00\n8:00 Ash\n9:00 Elm")[0] == pair(15, 8)
    assert changeovers("8:00 Ash\n9:00 Elm")[0] == pair(15, 8)


def test_stages_change_over_by_themselves() -> None:
    assert changeovers("8:00 Ash (Barn)\n8:10 Elm (Tent)\n9:00 Fir (Barn)\n9:10 Yew (Tent)") == [pair(15, 8)] * 4


def test_a_stated_changeover_is_taken_as_it_is() -> None:
    slots = plan(
        "7:15–7:45 PM | Ash\n7:45–8 PM | Changeover\n8–8:45 PM | Elm\n8:45–8:50 PM | Changeover\n8:50–9:30 PM | Fir"
    ).slots

    assert [(slot.name, slot.changeover, slot.changeover_min) for slot in slots[1:]] == [
        ("Elm", *pair(15, 8)),
        ("Fir", *pair(5, 5)),
    ]
    assert [slot.changeover_inferred for slot in slots] == [True, False, False]
    assert [slot.length for slot in slots] == minutes(30, 45, 40)


def test_a_changeover_without_an_end_reaches_to_the_next_slot() -> None:
    slots = plan("745pm Ash\n830pm change over\n845pm Elm\n10pm Fir").slots

    assert [(slot.length, slot.changeover) for slot in slots[:2]] == list(
        zip(minutes(45, 60), minutes(15, 15), strict=True)
    )


def test_a_stated_end_gives_the_length() -> None:
    slots = plan("8:00-8:37 Ash\n9:00 Elm\n10:00 Fir").slots

    assert [slot.length for slot in slots] == minutes(37, 45, 40)
    assert [slot.length_inferred for slot in slots] == [False, True, True]


def test_an_inferred_length_is_rounded_down_to_five_minutes_and_at_least_five() -> None:
    assert lengths("8:00 Ash\n8:32 Elm\n8:34 Fir") == minutes(20, 5, 10)


def test_the_last_set_is_as_long_as_the_others_use_to_be() -> None:
    assert lengths("8:00-8:20 Ash\n8:30-9:00 Elm\n9:10-10:00 Fir\n10:15 Yew")[-1] == timedelta(minutes=30)
    assert lengths("8:00 Ash") == minutes(30)


def test_the_last_set_ends_before_the_night_does() -> None:
    assert lengths("8:00-9:00 Ash\n9:15-10:15 Elm\n10:30 Fir\nCurfew 11")[-1] == timedelta(minutes=30)
    assert lengths("8:00-9:00 Ash\n9:15-10:15 Elm\n10:30 Fir\nEnds 11:20")[-1] == timedelta(minutes=50)
    assert lengths("8:00-9:00 Ash\n9:15-10:15 Elm\n10:30 Fir\nEnds 1")[-1] == timedelta(minutes=60)


def test_a_set_past_the_curfew_keeps_the_usual_length() -> None:
    assert lengths("8:00-8:40 Ash\n11:20 Fir\nCurfew 11pm")[-1] == timedelta(minutes=40)


def test_a_soundcheck_is_over_when_the_doors_open() -> None:
    slots = plan("5:30 soundcheck\nDoors 7\n8:00 Ash\n9:00 Elm").slots

    assert [(slot.kind, slot.length) for slot in slots[:2]] == [
        ("soundcheck", timedelta(minutes=90)),
        ("set", timedelta(minutes=45)),
    ]


def test_what_is_no_slot_is_kept_apart() -> None:
    found = plan("4pm load in\n6pm crew dinner\n8pm Ash\nAlso playing:\nElm")

    assert [slot.name for slot in found.slots] == ["Ash"]
    assert [(act.kind, act.name) for act in found.notes] == [("load_in", "load in"), ("other", "crew dinner")]
    assert [act.name for act in found.untimed] == ["Elm"]


def test_a_slot_after_midnight_belongs_to_the_day_of_its_heading() -> None:
    slots = plan("Friday, June 4\n11pm Ash\n12:15am Elm\nSaturday, June 5\n8pm Fir").slots

    assert [(slot.date_on, str(slot.starts)) for slot in slots] == [
        (date(2027, 6, 4), "23:00"),
        (date(2027, 6, 4), "00:15+1"),
        (date(2027, 6, 5), "20:00"),
    ]


def test_a_flyer_without_times_makes_no_slots() -> None:
    assert plan("Come all, come all") == Plan()
