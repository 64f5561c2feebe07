"""Field by field: a document with one other value makes one change, and the event is as it says."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from coordinator.features.event_document.apply import load
from coordinator.features.event_document.dump import dump
from coordinator.features.event_document.fields import EVENT, TABLES
from tests.builders import an_organisation
from tests.documents import full, read

SLOTS = ("stages", 0, "slots")
TIMES = {"starts": "2026-12-04T18:00:00-05:00", "ends": "2026-12-04T21:00:00-05:00"}
CHANGES: list[tuple[tuple[Any, ...], Any]] = [
    (("title",), "Another title"),
    (("date",), "2026-12-05"),
    (("venue", "name"), "The Old Chapel"),
    (("venue", "address"), None),
    (("doors",), "2026-12-04T19:15:00-05:00"),
    (("beneficiary",), "Somebody else"),
    (("donation", "suggested"), 0),
    (("donation", "currency"), "EUR"),
    (("donation", "goal"), 1200.5),
    (("donation", "url"), None),
    (("about",), "One line"),
    (("notes",), "Another note"),
    (("contact", "name"), "Priya"),
    (("contact", "phone"), "+12125550105"),
    (("published",), False),
    (("quiet", "from"), "23:15"),
    (("quiet", "to"), "06:00"),
    (("house_rules", "walking"), 0),
    (("house_rules", "rest"), 60),
    (("house_rules", "longest"), None),
    (("house_rules", "minors_until"), None),
    (("house_rules", "leave_until"), 0),
    (("house_rules", "promote_until"), 60),
    (("house_rules", "offer_until"), 0),
    (("house_rules", "offer_lasts"), 15),
    (("house_rules", "asks_whom"), "nobody"),
    (("house_rules", "asks_to_confirm"), False),
    (("house_rules", "worry_before"), 0),
    (("house_rules", "hour_is_worth"), 12.25),
    (("house_rules", "raised"), 1300),
    (("people", 0, "name"), "Josh G."),
    (("people", 0, "phone"), None),
    (("people", 0, "language"), "es"),
    (("people", 0, "texts", "agreed_at"), "2026-11-02T08:00:00-05:00"),
    (("people", 0, "texts", "how"), "link"),
    (("people", 0, "texts", "words"), "I agree to texts\nabout this show."),
    (("people", 0, "email"), "josh@show.example"),
    (("people", 0, "emails", "agreed_at"), "2026-11-02T08:00:00-05:00"),
    (("people", 0, "emails", "how"), "link"),
    (("people", 0, "emails", "words"), "I agree to emails\nabout this show."),
    (("people", 0, "prefers"), "email"),
    (("people", 0, "notes"), "Comes by train.\nNeeds a chair."),
    (("people", 0, "stage_manager"), True),
    (("people", 0, "artist_liaison"), True),
    (("people", 3, "skills"), ["sound desk"]),
    (("people", 3, "born_on"), "1999-01-01"),
    (("acts", 0, "name"), "Josh"),
    (("acts", 0, "about"), "Songs on the piano"),
    (("acts", 2, "people"), ["guest"]),
    (("stages", 0, "name"), "Big stage"),
    (("stages", 0, "curfew"), None),
    (("stages", 0, "attended"), False),
    ((*SLOTS, 0, "kind"), "set"),
    ((*SLOTS, 0, "act"), "tba"),
    ((*SLOTS, 2, "title"), "Tombola"),
    ((*SLOTS, 0, "starts"), "2026-12-04T18:05:00-05:00"),
    ((*SLOTS, 0, "length"), 31),
    ((*SLOTS, 1, "changeover"), 11),
    ((*SLOTS, 1, "changeover_min"), 0),
    ((*SLOTS, 0, "pinned"), True),
    ((*SLOTS, 0, "early_ok"), True),
    ((*SLOTS, 0, "note"), "One vocal mic"),
    ((*SLOTS, 0, "state"), "declined"),
    ((*SLOTS, 1, "state"), "cancelled"),
    ((*SLOTS, 1, "started_at"), "2026-12-04T20:06:00-05:00"),
    ((*SLOTS, 1, "ended_at"), "2026-12-04T20:32:00-05:00"),
    ((*SLOTS, 1, "late_by"), 7),
    ((*SLOTS, 1, "extension"), 9),
    (("roles", 0, "name"), "Back door"),
    (("roles", 0, "note"), "Standing"),
    (("roles", 0, "works_changeovers"), True),
    (("roles", 0, "skills"), ["first aid"]),
    (("roles", 0, "minimum_age"), 21),
    (("roles", 0, "never_alone"), False),
    (("roles", 0, "instructions"), {"en": "Smile.", "es": "Saluda a la gente."}),
    (("roles", 0, "instructions", "es"), "Sonríe."),
    (("shifts", 0, "role"), "stage"),
    (("shifts", 0, "min"), 2),
    (("shifts", 0, "max"), 3),
    (("shifts", 0, "place"), "Front entrance"),
    (("shifts", 0, "call"), 15),
    (("shifts", 0, "starts"), TIMES["starts"]),
    (("shifts", 0, "ends"), TIMES["ends"]),
    (("shifts", 1, "follows", "slot"), "josh"),
    (("shifts", 1, "follows", "from"), "doors"),
    (("shifts", 1, "follows", "to"), "set_end"),
    (("shifts", 1, "follows", "before"), 6),
    (("shifts", 1, "follows", "after"), 11),
    (("sign_ups", 0, "state"), "no_show"),
    (("rules", 0, "for"), "volunteers"),
    (("rules", 0, "anchor"), "set_end"),
    (("rules", 0, "lead"), 44),
    (("rules", 0, "only"), None),
    (("rules", 2, "off"), False),
    (("rules", 0, "text", "en"), "On at {time}."),
    (("rules", 0, "text", "es"), "A las {time}."),
]
IN_SPANISH: list[tuple[tuple[Any, ...], str]] = [
    (("title",), "Otra función"),
    (("about",), "Una causa\nen dos líneas"),
    (("roles", 0, "name"), "Puerta"),
    (("roles", 0, "note"), "Hay silla"),
]
TRIED = {path for path, _ in CHANGES} | {(*path, "es") for path, _ in IN_SPANISH}


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    document: Any = full()
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return dict(document)


def as_dumped(document: dict[str, Any]) -> dict[str, Any]:
    """Without what a dump need not say, because it is the default."""
    if document["house_rules"]["asks_to_confirm"] is False:
        del document["house_rules"]["asks_to_confirm"]
    for stage in document["stages"]:
        if stage.get("attended") is False:
            del stage["attended"]
    for role in document["roles"]:
        if role.get("never_alone") is False:
            del role["never_alone"]
    for rule in document["rules"]:
        if rule.get("off") is False:
            del rule["off"]
    return document


@pytest.mark.parametrize(("path", "value"), CHANGES, ids=[".".join(map(str, path)) for path, _ in CHANGES])
def test_one_other_value_is_one_change_and_the_event_is_as_it_says(
    app: Flask, now: datetime, path: tuple[Any, ...], value: Any
) -> None:
    ours = an_organisation()
    load(read(full()), ours, now=now)
    document = changed(path, value)

    loaded = load(read(document), ours, now=now)

    assert [(change.kind, str(change.field).rpartition(".")[2]) for change in loaded.comparison.changes] == [
        ("edit", path[-1])
    ]
    assert dump(loaded.event) == as_dumped(document)


@pytest.mark.parametrize(("path", "spanish"), IN_SPANISH, ids=[".".join(map(str, path)) for path, _ in IN_SPANISH])
def test_words_in_a_second_language_are_one_change(
    app: Flask, now: datetime, path: tuple[Any, ...], spanish: str
) -> None:
    ours = an_organisation()
    load(read(full()), ours, now=now)
    words: Any = full()
    for step in path:
        words = words[step]
    document = changed(path, {"en": words, "es": spanish})

    loaded = load(read(document), ours, now=now)

    assert [(each.kind, each.field, each.before, each.after) for each in loaded.comparison.changes] == [
        ("edit", f"{path[-1]}.es", None, spanish)
    ]
    assert dump(loaded.event) == document
    assert load(read(document), ours, now=now).comparison.changes == ()
    load(read(full()), ours, now=now)
    assert dump(loaded.event) == full()  # said once: the Spanish words are gone


@pytest.mark.parametrize("language", ["en", "es"])
def test_words_that_are_given_once_are_dumped_as_plain_text(app: Flask, now: datetime, language: str) -> None:
    ours = an_organisation()
    document = changed(("roles", 0, "instructions"), {language: "Sonríe."})

    event = load(read(document), ours, now=now).event

    assert dump(event) == changed(("roles", 0, "instructions"), "Sonríe.")
    assert load(read(document), ours, now=now).comparison.changes == ()


def test_every_field_that_can_change_was_tried() -> None:
    tried = {tuple(step for step in path if isinstance(step, str)) for path in TRIED}
    elsewhere = {("zone",), ("days",)}  # one moves all wall times, the other takes the place of the date
    known = set(elsewhere)
    for table in (EVENT, *TABLES):
        before = ("stages", "slots") if table.key == "slots" else (table.key,) if table.key else ()
        known |= {(*before, *field.key.split(".")) for field in table.fields if field.key not in table.identity}

    assert tried | elsewhere == known
