"""Reading an event document: what it says, and what is wrong with it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.features.event_document.problems import BadDocument
from coordinator.features.event_document.read import read_document
from tests.builders import MADE_AT, at
from tests.documents import full, read, slot_of, small

Spoil = Callable[[dict[str, Any]], object]


def problems(document: Any) -> tuple[str, ...]:
    with pytest.raises(BadDocument) as refused:
        read_document(document if isinstance(document, str) else json.dumps(document), now=MADE_AT)
    return refused.value.problems


def test_instants_are_utc_and_lengths_are_minutes() -> None:
    document = read(full())

    assert document.event["doors"] == datetime(2026, 12, 5, 0, 30, tzinfo=UTC)
    assert document.event["date"] == date(2026, 12, 4)
    assert document.event["donation.suggested"] == Decimal("12.5")
    assert (document.event["quiet.from"], document.event["quiet.to"]) == (time(22), time(7, 30))
    assert document.slots[1]["length"] == timedelta(minutes=20)
    assert document.rules[0]["lead"] == timedelta(minutes=45)


def test_slots_stand_stage_by_stage_in_their_order() -> None:
    slots = read(full()).slots

    assert [(slot["stage"], slot.key) for slot in slots] == [
        ("main", "check"),
        ("main", "josh"),
        ("main", "raffle"),
        ("main", "duo"),
        ("yard", "tea"),
        ("yard", "tba"),
    ]


def test_what_is_not_said_is_not_there() -> None:
    assert dict(read(small()).people[0].said) == {"key": "josh", "name": "Josh Granowski", "phone": "+12125550101"}


def test_null_empties_a_whole_group() -> None:
    document = read(small() | {"quiet": None, "venue": None, "donation": None})

    groups = {"venue", "donation", "quiet"}
    said = {key: value for key, value in document.event.said.items() if key.partition(".")[0] in groups}
    assert said == dict.fromkeys(
        [
            "quiet.from",
            "quiet.to",
            "venue.name",
            "venue.address",
            "donation.suggested",
            "donation.currency",
            "donation.goal",
            "donation.url",
        ]
    )


def test_values_that_stand_together_say_each_other() -> None:
    document = read(small())

    assert document.slots[1]["changeover_min"] == timedelta(minutes=10)
    assert document.shifts[0]["follows.slot"] is None
    assert (document.shifts[1]["follows.before"], document.shifts[1]["follows.after"]) == (
        timedelta(minutes=5),
        timedelta(0),
    )


def test_a_phone_is_read_however_it_is_written() -> None:
    document = small()
    document["people"][0]["phone"] = "(212) 555-0101"

    assert read(document).people[0]["phone"] == "+12125550101"


def test_z_and_a_byte_order_mark_are_understood() -> None:
    document = small() | {"doors": "2026-12-05T00:30:00Z"}

    assert read_document("\ufeff" + json.dumps(document), now=MADE_AT).event["doors"] == at("19:30")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The document is not JSON: expecting value at line 1, column 1."),
        ('{\n "slug": }', "The document is not JSON: expecting value at line 2, column 10."),
        ("[]", "The document is []; it must be one JSON object."),
        ("[" * 100_000, "The document is not JSON that can be read: brackets stand within brackets without end."),
        ("9" * 5000, "The document is not JSON that can be read: a number in it has too many digits."),
        ("0E1000000000000000000", "The document is not JSON that can be read: a number in it has too many digits."),
        ('{"callboard": NaN}', "The document is not JSON: NaN is no number."),
        ('{"slug": "a", "slug": "b"}', 'The document says "slug" twice in one object; say it once.'),
        (
            '{"' + "x" * 3000 + '": 1, "' + "x" * 3000 + '": 2}',
            f'The document says "{"x" * 59}…" twice in one object; say it once.',
        ),
        ("{}", "callboard is missing; it must be 1, the version of the format."),
        ('{"callboard": 2}', "callboard is 2; this Callboard reads version 1."),
        ('{"callboard": true}', "callboard is true; this Callboard reads version 1."),
        ('{"callboard": "1"}', 'callboard is "1"; this Callboard reads version 1.'),
    ],
)
def test_what_is_no_document_is_refused(text: str, sentence: str) -> None:
    assert problems(text) == (sentence,)


def stage(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["stages"][0]
    return found


INSTANT = "it must be an instant with its offset, like 2026-12-04T20:00:00-05:00"

SPOILT: list[tuple[Spoil, str]] = [
    (lambda d: d.pop("title"), "title is missing; it must be one line of text, of 1 to 200 letters."),
    (lambda d: d.update(titel="A"), 'titel is not a key that is known here; did you mean "title"?'),
    (
        lambda d: d["people"][0].update(xyz=42),
        "people[0].xyz is not a key that is known here; the keys here are key, name, phone, language, texts, email, "
        "emails, prefers, notes, stage_manager, artist_liaison, skills, born_on.",
    ),
    (
        lambda d: d["roles"][0].update(minimum_age=100),
        "roles[0].minimum_age is 100; it must be a whole number from 0 to 99 or null.",
    ),
    (
        lambda d: d["roles"][0].update(skills=["till", "Till"]),
        'roles[0].skills is ["till", "Till"]; '
        "it must be a list of at most 20 skills, each once and of 1 to 60 letters.",
    ),
    (
        lambda d: d["roles"][0].update(skills="till"),
        'roles[0].skills is "till"; it must be a list of at most 20 skills, each once and of 1 to 60 letters.',
    ),
    (
        lambda d: d["roles"][0].update(instructions={"fr": "Souris."}),
        "roles[0].instructions.fr is not a key that is known here; the keys here are en, es.",
    ),
    (
        lambda d: d.update(title={"en": "A", "es": 5}),
        "title.es is 5; it must be one line of text, of 1 to 200 letters or null.",
    ),
    (
        lambda d: d.update(title={}),
        "title is {}; it must be one line of text, of 1 to 200 letters, in one language or both.",
    ),
    (
        lambda d: d["roles"][0].update(note=["Seated"]),
        'roles[0].note is ["Seated"]; it must be text of 1 to 2000 letters or null.',
    ),
    (
        lambda d: d["shifts"][0].update(call=-1),
        "shifts[0].call is -1; it must be a whole number of minutes from 0 to 1440.",
    ),
    (
        lambda d: d["people"][0].update(born_on="1898-05-31"),
        'people[0].born_on is "1898-05-31"; it must be a date of birth like 1998-05-31 or null.',
    ),
    (
        lambda d: d.update(house_rules={"sleep": 60}),
        "house_rules.sleep is not a key that is known here; the keys here are walking, rest, longest, minors_until, "
        "leave_until, promote_until, offer_until, offer_lasts, asks_whom, asks_to_confirm, worry_before, "
        "hour_is_worth, raised.",
    ),
    (
        lambda d: d.update(house_rules={"rest": None}),
        "house_rules.rest is null; it must be a whole number of minutes from 0 to 1440.",
    ),
    (
        lambda d: d.update(slug="A b"),
        'slug is "A b"; it must be small letters, digits and hyphens, like justice-in-motion.',
    ),
    (
        lambda d: d.update(venue={"x" * 3000: 1}),
        f"venue.{'x' * 59}… is not a key that is known here; the keys here are name, address.",
    ),
    (lambda d: d.update(title=" "), 'title is " "; it must be one line of text, of 1 to 200 letters.'),
    (lambda d: d.update(title="a\nb"), 'title is "a\\nb"; it must be one line of text, of 1 to 200 letters.'),
    (lambda d: d.update(about="a\x00b"), 'about is "a\\u0000b"; it must be text of 1 to 50000 letters or null.'),
    (lambda d: d.update(title="\ud800"), 'title is "\\ud800"; it must be one line of text, of 1 to 200 letters.'),
    (lambda d: d.update(published=1), "published is 1; it must be true or false."),
    (
        lambda d: d.update(zone="America/New_Yrok"),
        "zone cannot be found. There is no time zone called 'America/New_Yrok'; did you mean America/New_York?",
    ),
    (lambda d: d.update(date="2026-02-30"), 'date is "2026-02-30"; it must be a date like 2026-12-04.'),
    (lambda d: d.update(date="20261204"), 'date is "20261204"; it must be a date like 2026-12-04.'),
    (lambda d: d.update(doors="2026-12-04T19:30:00"), f'doors is "2026-12-04T19:30:00"; {INSTANT} or null.'),
    (lambda d: d.update(doors="2026-12-04 19:30:00Z"), f'doors is "2026-12-04 19:30:00Z"; {INSTANT} or null.'),
    (
        lambda d: d.update(doors="0001-01-01T00:00:00+14:00"),
        f'doors is "0001-01-01T00:00:00+14:00"; {INSTANT} or null.',
    ),
    (lambda d: d.update(doors="2026-12-04T19:30:00.5Z"), f'doors is "2026-12-04T19:30:00.5Z"; {INSTANT} or null.'),
    (lambda d: d.update(doors="2026-12-04T25:30:00Z"), f'doors is "2026-12-04T25:30:00Z"; {INSTANT} or null.'),
    (lambda d: d.update(venue="Hall"), 'venue is "Hall"; it must be an object or null.'),
    (
        lambda d: d.update(venue={"town": "X"}),
        "venue.town is not a key that is known here; the keys here are name, address.",
    ),
    (
        lambda d: d.update(donation={"suggested": -1}),
        "donation.suggested is -1; it must be an amount from 0 to 1000000, with two decimals at most or null.",
    ),
    (
        lambda d: d.update(donation={"suggested": 1.005}),
        "donation.suggested is 1.005; it must be an amount from 0 to 1000000, with two decimals at most or null.",
    ),
    (
        lambda d: d.update(donation={"currency": "usd"}),
        'donation.currency is "usd"; it must be a currency\'s three letters, like USD or null.',
    ),
    (
        lambda d: d.update(donation={"url": "javascript:alert(1)"}),
        'donation.url is "javascript:alert(1)"; it must be a whole address like https://show.example or null.',
    ),
    (lambda d: d.update(quiet={"from": "21:00"}), "quiet.to is missing; it must be a wall time like 21:00."),
    (
        lambda d: d.update(quiet={"from": "9pm", "to": "08:00"}),
        'quiet.from is "9pm"; it must be a wall time like 21:00.',
    ),
    (
        lambda d: d.update(quiet={"from": "08:00", "to": "08:00"}),
        "quiet.to is the same as from; to have no quiet hours, say null.",
    ),
    (lambda d: d.update(people={}), "people is {}; it must be a list."),
    (lambda d: d.update(people=[*d["people"], "bob"]), 'people[2] is "bob"; it must be an object.'),
    (
        lambda d: d["people"][0].update(key="a/b"),
        'people[0].key is "a/b"; it must be a short name of 1 to 80 letters, without a slash.',
    ),
    (
        lambda d: d["people"][0].update(phone="911"),
        "people[0].phone cannot be used. 911 is too short. Write it like (212) 555-0101 or +44 7700 900123.",
    ),
    (lambda d: d["people"][0].update(language="fr"), 'people[0].language is "fr"; it must be "en" or "es".'),
    (lambda d: d["people"][0].update(texts={"how": "form"}), f"people[0].texts.agreed_at is missing; {INSTANT}."),
    (
        lambda d: d["people"][1].update(key="josh"),
        'people[1].key is "josh", which people[0] has already; keys must differ.',
    ),
    (
        lambda d: d["acts"][0].update(people=["bob"]),
        'acts[0].people names "bob"; no person of this document has that key.',
    ),
    (
        lambda d: d["acts"][0].update(people=["josh", "josh"]),
        'acts[0].people is ["josh", "josh"]; it must be a list of keys, each once.',
    ),
    (
        lambda d: stage(d).update(slots=None),
        "stages[0].slots is null; it must be a list.",
    ),
    (
        lambda d: slot_of(d, "josh").update(length=0),
        "stages[0].slots[0].length is 0; it must be a whole number of minutes from 1 to 1440.",
    ),
    (
        lambda d: slot_of(d, "josh").update(length=20.5),
        "stages[0].slots[0].length is 20.5; it must be a whole number of minutes from 1 to 1440.",
    ),
    (
        lambda d: slot_of(d, "josh").update(length=True),
        "stages[0].slots[0].length is true; it must be a whole number of minutes from 1 to 1440.",
    ),
    (
        lambda d: slot_of(d, "josh").update(length=10**12),
        "stages[0].slots[0].length is 1000000000000; it must be a whole number of minutes from 1 to 1440.",
    ),
    (
        lambda d: slot_of(d, "josh").update(kind="dance"),
        'stages[0].slots[0].kind is "dance"; it must be "set", "speech", "break" or "soundcheck".',
    ),
    (
        lambda d: slot_of(d, "josh").update(state="maybe"),
        'stages[0].slots[0].state is "maybe"; it must be "open", "invited", "confirmed", "declined" or "cancelled".',
    ),
    (
        lambda d: slot_of(d, "josh").update(act="nobody"),
        'stages[0].slots[0].act names "nobody"; no act of this document has that key.',
    ),
    (
        lambda d: slot_of(d, "josh").update(changeover=5, changeover_min=6),
        "stages[0].slots[0].changeover_min is 6; it must be at most the changeover, 5.",
    ),
    (
        lambda d: slot_of(d, "josh").update(changeover_min=6),
        "stages[0].slots[0].changeover is missing; changeover_min cannot stand alone.",
    ),
    (
        lambda d: slot_of(d, "josh").update(
            started_at="2026-12-04T20:10:00-05:00", ended_at="2026-12-04T20:05:00-05:00"
        ),
        "stages[0].slots[0].ended_at lies before started_at; a set ends after it starts.",
    ),
    (
        lambda d: slot_of(d, "raffle").update(key="josh"),
        'stages[0].slots[1].key is "josh", which stages[0].slots[0] has already; keys must differ.',
    ),
    (lambda d: d["shifts"][0].update(role="bar"), 'shifts[0].role names "bar"; no role of this document has that key.'),
    (lambda d: d["shifts"][0].update(min=3), "shifts[0].min is 3; it must be at most max, 2."),
    (lambda d: d["shifts"][0].update(max=0), "shifts[0].max is 0; it must be a whole number from 1 to 1000."),
    (lambda d: d["shifts"][0].pop("ends"), "shifts[0] lacks times; it needs starts and ends, or follows."),
    (
        lambda d: d["shifts"][0].update(ends=d["shifts"][0]["starts"]),
        "shifts[0].ends is not after starts; a shift must take time.",
    ),
    (
        lambda d: d["shifts"][1].update(starts="2026-12-04T19:15:00-05:00"),
        "shifts[1] has starts or ends, and follows as well; say one of them.",
    ),
    (lambda d: d["shifts"][1].update(follows=None), "shifts[1] lacks times; it needs starts and ends, or follows."),
    (
        lambda d: d["shifts"][1]["follows"].update(slot="duo"),
        'shifts[1].follows.slot names "duo"; no slot of this document has that key.',
    ),
    (
        lambda d: d["shifts"][1]["follows"].update({"from": "lunch"}),
        'shifts[1].follows.from is "lunch"; it must be "changeover_start", "set_start", "set_end", "doors" '
        'or "curfew".',
    ),
    (
        lambda d: d["sign_ups"].append({"shift": "door-1", "person": "ana", "state": "cancelled"}),
        "sign_ups[1] is the same person on the same shift as sign_ups[0]; say it once.",
    ),
    (
        lambda d: d["sign_ups"][0].update(person="bob"),
        'sign_ups[0].person names "bob"; no person of this document has that key.',
    ),
    (
        lambda d: d.update(rules=[{"key": "call", "lead": 1}]),
        "rules[0].lead is 1; it must be a whole number of minutes from 2 to 527040.",
    ),
    (
        lambda d: d.update(rules=[{"key": "call", "only": "everybody"}]),
        'rules[0].only is "everybody"; it must be "unconfirmed" or null.',
    ),
    (
        lambda d: d.update(rules=[{"key": "tidy", "for": "volunteers", "lead": 5}]),
        'rules[0].anchor is missing; "tidy" is no rule of the house, so it must say it.',
    ),
    (
        lambda d: d.update(rules=[{"key": "call", "anchor": "shift_start"}]),
        'rules[0].anchor is "shift_start", which performers do not have.',
    ),
    (
        lambda d: d.update(rules=[{"key": "call", "text": {"en": "At {tmie}."}}]),
        "rules[0].text.en cannot be filled in: {tmie} is not known. These can be used: {first_name}, {org}, {title}, "
        "{act}, {band}, {role}, {call}, {time}, {set}, {was}, {day}, {stage}, {venue}, {address}, {place}, {link}.",
    ),
]


@pytest.mark.parametrize(("spoil", "sentence"), SPOILT, ids=[sentence[:60] for _, sentence in SPOILT])
def test_a_mistake_is_named_with_what_would_be_right(spoil: Spoil, sentence: str) -> None:
    document = small()
    spoil(document)

    assert problems(document) == (sentence,)


def test_every_mistake_is_named_and_the_first_ten_are_shown() -> None:
    document = small() | {"acts": [{"key": f"act-{number}", "people": []} for number in range(12)]}
    document["stages"], document["shifts"], document["sign_ups"] = [], [], []

    with pytest.raises(BadDocument) as refused:
        read(document)

    assert len(refused.value.problems) == 12
    first, *lines = str(refused.value).splitlines()
    assert first == "The document has 12 problems; the first ten:"
    assert lines == [
        f"  acts[{number}].name is missing; it must be one line of text, of 1 to 200 letters." for number in range(10)
    ]


def test_what_cannot_be_read_and_what_does_not_fit_together_are_named_at_once() -> None:
    document = small()
    document["people"][0]["phone"] = "911"
    document["shifts"][0].update(role="bar", call=-1)

    assert [problem.partition(" ")[0] for problem in problems(document)] == [
        "people[0].phone",
        "shifts[0].call",
        "shifts[0].role",
    ]


def test_letters_of_every_script_and_joined_emoji_are_letters() -> None:
    document = small() | {"title": "夜\u3000の\u00a0ショー 👩\u200d🎤", "about": "One\n\ttwo"}

    assert read(document).event["title"] == "夜\u3000の\u00a0ショー 👩\u200d🎤"


def test_what_is_seldom_meant_is_a_warning() -> None:
    document = small() | {"doors": "2026-12-03T19:30:00-05:00"}
    slot_of(document, "raffle").update(
        starts="2026-12-05T05:00:00-05:00", started_at="2026-12-05T05:01:00-05:00", ended_at="2026-12-05T05:02:00-05:00"
    )

    assert read(document, now=at("05:02+1")).warnings == (
        "date is 2026-12-04, which is past.",
        "doors is 2026-12-03T19:30:00-05:00, which is not in the day of the show, 2026-12-04.",
        "stages[0].slots[1].starts is 2026-12-05T05:00:00-05:00, which is not in the day of the show, 2026-12-04.",
    )
    assert read(document, now=at("05:01+1")).warnings[-1] == "stages[0].slots[1].ended_at is still to come."


def test_more_people_than_places_are_a_warning() -> None:
    document = small()
    document["shifts"][0]["max"] = 1
    document["sign_ups"].append({"shift": "door-1", "person": "josh", "state": "checked_in"})

    assert read(document).warnings == ("shifts[0] has 2 people confirmed, and places for 1.",)


def test_a_document_without_oddities_has_no_warnings() -> None:
    assert read(full(), now=at("23:59")).warnings == ()


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PLACES = st.sampled_from([(), ("people", 0), ("acts", 0), ("stages", 0), ("stages", 0, "slots", 0), ("roles", 0)]) | (
    st.sampled_from([("shifts", 0), ("shifts", 1), ("sign_ups", 0), ("rules", 0), ("rules", 1), ("venue",), ("quiet",)])
)


@given(place=PLACES, junk=JUNK, data=st.data())
def test_whatever_stands_anywhere_is_read_or_refused_in_words(
    place: tuple[Any, ...], junk: Any, data: st.DataObject
) -> None:
    document: Any = full()
    inner = document
    for step in place:
        inner = inner[step]
    inner[data.draw(st.sampled_from(sorted(inner)))] = junk

    for problem in _refusals(document):
        assert problem.endswith((".", "?"))


def _refusals(document: Any) -> tuple[str, ...]:
    try:
        read_document(json.dumps(document), now=MADE_AT)
    except BadDocument as refused:
        return refused.problems
    return ()
