"""A stage manager's phone runs the night: what is asked when a start is missing, and which stage is meant."""

import pytest
from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor
from coordinator.core.sms_text import measure, segments
from coordinator.db import db, transaction
from coordinator.features.text_replies.stages import without_stage
from coordinator.lineup.models import ActMember
from coordinator.messaging.models import Message
from coordinator.shownight.actions.charge import take_charge
from coordinator.shownight.actions.holding import hold_stage
from coordinator.shownight.actions.pressing import end_set, start_set
from coordinator.shownight.models import Press
from tests.builders import MADE_AT, ANight, a_coordinator, a_night, a_person, a_slot, a_stage, a_stage_manager, minutes
from tests.playing import Playing, knows_us

Conversation = list[str]


@pytest.fixture
def night(app: Flask) -> ANight:
    """Josh 8:00 for 20 minutes, Carlos 8:30 for 40, The Poor Nobodys 9:30 for 45; nobody has pressed anything."""
    return a_night(
        [
            a_slot("Josh Granowski", "20:00", minutes=20, changeover=0, answer="confirmed"),
            a_slot("Carlos Lumbi", "20:30", minutes=40, changeover=10, changeover_min=5, answer="confirmed"),
            a_slot("The Poor Nobodys", "21:30", minutes=45, changeover=20, changeover_min=10, answer="confirmed"),
        ]
    )


def talk(night: ANight, *said: tuple[str, str], language: str = "en") -> Conversation:
    """What Sam's phone gets back for each text at its time."""
    person = a_stage_manager(night, "Sam Stage")
    with transaction():
        person.language = language
    knows_us(person)
    sam = person.phone or ""
    playing = Playing(night.at(said[0][0]))
    playing.tick()
    return playing.heard_by(sam, [(night.at(wall), body) for wall, body in said])


def facts(night: ANight) -> dict[str, tuple[object, object]]:
    slots = (night.slot(name) for name in ("Josh Granowski", "Carlos Lumbi", "The Poor Nobodys"))
    return {slot.name.split()[0]: (slot.started_at, slot.ended_at) for slot in slots}


def test_go_within_five_minutes_is_a_start(night: ANight) -> None:
    said = talk(night, ("20:05", "GO"))

    assert said[0].startswith("Josh Granowski started at 8:05pm.")


def test_go_when_a_start_is_missing_asks_what_is_on_and_presses_nothing_yet(night: ANight) -> None:
    said = talk(night, ("20:07", "GO"))

    assert said == [
        "Nothing marked since 8pm. What's on now? Reply 3 for Josh Granowski from now, 4 for Josh Granowski since 8pm."
    ]
    assert facts(night)["Josh"] == (None, None)


def test_what_starts_now_starts_when_go_was_sent(night: ANight) -> None:
    said = talk(night, ("20:07", "GO"), ("20:09", "3"))

    assert said[1].startswith("Josh Granowski started at 8:07pm. Next: Carlos Lumbi at 8:32pm.")
    assert facts(night)["Josh"] == (night.at("20:07"), None)


def test_what_has_been_on_is_put_down_at_the_time_told_and_so_is_what_was_before_it(night: ANight) -> None:
    said = talk(night, ("20:50", "GO"), ("20:51", "5"))

    assert said == [
        "Nothing marked since 8pm. What's on now? "
        "Reply 3 for Josh Granowski from now, 4 for Carlos Lumbi from now, 5 for Carlos Lumbi since 8:30pm.",
        "Carlos Lumbi started at 8:30pm. Next: The Poor Nobodys at 9:30pm. Show ends at 10:15pm, curfew 11pm. "
        "Reply UNDO to take it back.",
    ]
    assert facts(night) == {
        "Josh": (night.at("20:00"), None),
        "Carlos": (night.at("20:30"), None),
        "The": (None, None),
    }


def test_the_next_one_is_offered_once_the_one_before_it_may_be_over(night: ANight) -> None:
    said = talk(night, ("20:18", "GO"), ("20:18", "5"))

    assert said[0].endswith(
        "3 for Josh Granowski from now, 4 for Josh Granowski since 8pm, 5 for Carlos Lumbi from now."
    )
    assert facts(night) == {
        "Josh": (night.at("20:00"), None),
        "Carlos": (night.at("20:18"), None),
        "The": (None, None),
    }


def test_undo_takes_all_of_it_back(night: ANight) -> None:
    said = talk(night, ("20:50", "GO"), ("20:51", "5"), ("20:52", "UNDO"))

    assert [text.partition(":")[0] for text in said[2:] if not text.startswith("Is Josh")] == ["Undone"]
    assert set(facts(night).values()) == {(None, None)}


def test_done_when_its_start_is_missing_asks_what_is_over(night: ANight) -> None:
    said = talk(night, ("20:22", "DONE"), ("20:23", "3"))

    assert said == [
        "Nothing marked since 8pm. What just ended? Reply 3 for Josh Granowski, 4 for nothing yet.",
        "Josh Granowski finished at 8:22pm. Next: Carlos Lumbi at 8:30pm. Show ends at 10:15pm, curfew 11pm. "
        "Reply UNDO to take it back.",
    ]
    assert facts(night)["Josh"] == (night.at("20:00"), night.at("20:22"))


def test_nothing_yet_presses_nothing_and_says_how_to_go_on(night: ANight) -> None:
    said = talk(night, ("20:22", "DONE"), ("20:23", "4"))

    assert said[1] == ("OK, nothing was marked. Text GO when a set starts, or LATE 10 if it's 10 minutes late.")
    assert facts(night)["Josh"] == (None, None)


@pytest.mark.parametrize(
    ("answer", "who", "late"),
    [("3", "Josh Granowski", 20), ("4", "Carlos Lumbi", 10)],
)
def test_late_is_about_what_comes_next_once_it_is_known_what_is_on(
    night: ANight, answer: str, who: str, late: int
) -> None:
    said = talk(night, ("20:10", "LATE 10"), ("20:10", answer))

    assert said[0] == "Nothing marked since 8pm. What's on now? Reply 3 for nothing yet, 4 for Josh Granowski."
    assert said[1].startswith(f"{who} is now at ")
    assert night.slot(who).late_by == minutes(late)


def test_late_counts_from_when_the_next_one_now_stands(night: ANight) -> None:
    start_set(night.slot("Josh Granowski").id, actor=Actor("Sam Stage"), now=night.at("20:20"))

    said = talk(night, ("20:25", "LATE 10"))

    assert said[0].startswith("Carlos Lumbi is now at 8:55pm, was 8:45pm.")
    assert night.slot("Carlos Lumbi").late_by == minutes(25)


def test_a_set_that_overruns_is_not_asked_about(night: ANight) -> None:
    start_set(night.slot("Josh Granowski").id, actor=Actor("Sam Stage"), now=night.at("20:00"))

    said = talk(night, ("20:33", "GO"))

    assert said[0].startswith("Carlos Lumbi started at 8:33pm.")


def test_an_answer_that_somebody_has_overtaken_starts_nothing_else(night: ANight) -> None:
    sam = a_stage_manager(night, "Sam Stage").phone or ""
    playing = Playing(night.at("20:07"))
    playing.text_in(sam, "GO")
    playing.tick()
    start_set(night.slot("Josh Granowski").id, actor=Actor("Alice"), now=night.at("20:07"))

    playing.text_in(sam, "3")
    playing.tick()

    assert playing.texts[-1][2] == "It's already that way. Nothing was marked."
    assert facts(night)["Carlos"] == (None, None)


def test_an_answer_after_a_quarter_of_an_hour_is_asked_for_again(night: ANight) -> None:
    said = talk(night, ("20:07", "GO"), ("20:45", "3"))

    assert said[1].startswith(
        "Nothing marked since 8pm. What's on now? Reply 3 for Josh Granowski from now, 4 for Carlos"
    )
    assert facts(night)["Josh"] == (None, None)


def test_it_is_asked_in_spanish_in_one_segment_with_long_names(app: Flask) -> None:
    night = a_night(
        [
            a_slot("Orquesta Juvenil de la Parroquia de San Miguel", "20:00", minutes=20, changeover=0),
            a_slot("The Brooklyn Community Gospel Choir", "20:30", minutes=40, changeover=10),
            a_slot("Las Hermanas Guadalupe Villanueva", "21:30", minutes=45, changeover=10),
            a_slot("Nobodys", "22:30", minutes=45, changeover=10),
        ]
    )

    said = talk(night, ("22:20", "GO"), ("22:20", "TARDE 10"), ("22:21", "DONE"), language="es")

    assert [segments(text) for text in said] == [1, 1, 1]
    assert said[0].startswith("Nada marcado desde las 8pm. ¿Qué hay ahora? Responde 3 ")


def test_status_says_that_times_stand_still(night: ANight) -> None:
    start_set(night.slot("Josh Granowski").id, actor=Actor("Sam Stage"), now=night.at("20:00"))

    said = talk(night, ("20:40", "STATUS"))

    assert said == [
        "On: Josh Granowski since 8pm. Next: Carlos Lumbi at 8:40pm. Show ends at 10:15pm, curfew 11pm. "
        "Nothing marked since 8:35pm, so times aren't moving."
    ]


def test_a_press_by_text_is_the_account_holders_own(night: ANight) -> None:
    alice = a_coordinator("Alice", organisation=night.organisation)
    playing = Playing(night.at("20:01"))

    playing.text_in(alice.person.phone or "", "GO")

    press = db.session.scalars(select(Press)).one()
    assert (press.by, press.coordinator_id) == ("Alice", alice.id)


@pytest.fixture
def two(app: Flask) -> ANight:
    return a_night(
        stages=[
            a_stage("Garden stage", [a_slot("Ana Alder", "20:00", answer="confirmed")]),
            a_stage("Barn", [a_slot("Ben Birch", "20:00", answer="confirmed")]),
        ]
    )


@pytest.mark.parametrize("body", ["GO GARDEN", "go garden stage", "Go, barn"])
def test_go_with_a_stage_starts_there(two: ANight, body: str) -> None:
    said = talk(two, ("20:01", body))

    started = {slot.name for slot in (two.slot("Ana Alder"), two.slot("Ben Birch")) if slot.started_at}
    assert started == ({"Ben Birch"} if "barn" in body else {"Ana Alder"})
    assert "started at 8:01pm." in said[0]


def test_each_word_takes_a_stage(two: ANight) -> None:
    said = talk(
        two,
        ("20:00", "LATE 10 BARN"),
        ("20:01", "STATUS barn"),
        ("20:02", "UNDO BARN"),
        ("20:03", "GO GARDEN"),
        ("20:20", "DONE GARDEN"),
    )

    assert said[0].startswith("Ben Birch is now at 8:10pm, was 8pm.")
    assert said[1].startswith("Running 10 min late. Next: Ben Birch at 8:10pm.")
    assert (
        said[2] == "Undone: Ben Birch running late, Barn. Next: Ben Birch at 8:02pm. Show ends at 8:32pm, curfew 11pm."
    )
    assert [said[3].split(".")[0], said[4].split(".")[0]] == [
        "Ana Alder started at 8:03pm",
        "Ana Alder finished at 8:20pm",
    ]
    assert len(said) == 5


def test_undo_with_a_stage_takes_back_the_last_press_there(two: ANight) -> None:
    said = talk(
        two,
        ("20:00", "GO GARDEN"),
        ("20:01", "GO BARN"),
        ("20:02", "UNDO GARDEN"),
        ("20:03", "UNDO GARDEN"),
        ("20:04", "UNDO"),
        ("20:05", "UNDO"),
    )

    presses = db.session.scalars(select(Press).order_by(Press.id)).all()
    assert [(press.slot.stage.name, press.undone_at) for press in presses] == [
        ("Garden stage", two.at("20:02")),
        ("Barn", two.at("20:04")),
    ]
    assert said.count("There's nothing from the last 10 minutes to undo.") == 2


def test_undo_with_a_stage_takes_back_no_answer_of_ones_own(two: ANight) -> None:
    """Sam also plays, and has just said so."""
    sam = a_stage_manager(two, "Sam Stage")
    act = two.slot("Ana Alder").act
    assert act is not None
    with transaction() as session:
        two.slot("Ana Alder").answer = "invited"
        session.add(ActMember(event_id=two.event.id, act_id=act.id, person_id=sam.id, joined_at=MADE_AT))
    playing = Playing(two.at("19:00"))
    playing.tick()

    said = playing.heard_by(sam.phone or "", [(two.at("19:01"), "C"), (two.at("19:02"), "UNDO GARDEN")])

    assert said[-1] == "There's nothing from the last 10 minutes to undo."
    assert [said[0].startswith("Thanks"), two.slot("Ana Alder").said] == [True, {sam.id: "confirmed"}]


@pytest.mark.parametrize(
    ("language", "body", "listed"),
    [
        (
            "en",
            "HELP",
            "Benefit Nights: GO starts a set, DONE ends it, LATE 10 delays the next, STATUS, UNDO, HELP. "
            "Reply STOP to stop texts.",
        ),
        (
            "es",
            "AYUDA",
            "Benefit Nights: GO empieza, DONE termina, TARDE 10 mueve lo que sigue, STATUS, DESHACER, AYUDA. "
            "STOP para no recibir mensajes.",
        ),
    ],
)
def test_help_lists_what_a_stage_manager_can_text(night: ANight, language: str, body: str, listed: str) -> None:
    said = talk(night, ("20:05", body), language=language)

    assert (said, segments(said[0])) == ([listed], 1)
    heard = db.session.scalars(select(Message).where(Message.body == body)).one()
    assert heard.needs_answer is False


def test_help_with_several_stages_shows_how_to_name_one(two: ANight) -> None:
    said = talk(two, ("20:05", "HELP"))

    assert said[0].endswith("STATUS, UNDO, HELP. Add a stage: GO GARDEN. Reply STOP to stop texts.")
    assert segments(said[0]) == 1


def test_status_of_several_stages_is_one_text_with_those_first_that_are_on_or_late(app: Flask) -> None:
    night = a_night(
        stages=[
            a_stage("Barn", [a_slot("Ben Birch", "20:30")]),
            a_stage("Attic", [a_slot("Al Ash", "20:00", minutes=10)]),
            a_stage("Garden stage", [a_slot("Ana Alder", "20:00", minutes=20), a_slot("Eva Elm", "20:40")]),
            a_stage("Cellar", [a_slot("Cy Cedar", "20:20")]),
        ]
    )

    said = talk(
        night,
        ("20:01", "GO ATTIC"),
        ("20:06", "DONE ATTIC"),
        ("20:12", "GO GARDEN"),
        ("20:12", "3"),
        ("20:13", "STATUS"),
    )

    assert said[-1] == (
        "Garden stage, 12 min late: Ana Alder on, next Eva Elm 8:40pm. Cellar: next Cy Cedar 8:20pm. "
        "Barn: next Ben Birch 8:30pm. Attic: finished."
    )


def test_status_of_ten_stages_takes_two_segments_and_says_how_many_more_there_are(app: Flask) -> None:
    names = ["Garden", "Barn", "Attic", "Cellar", "Library", "Kitchen", "Rooftop", "Courtyard", "Chapel", "Porch"]
    acts = [f"The {name} Community Gospel Choir" for name in names]
    night = a_night(
        stages=[a_stage(f"{name} stage", [a_slot(act, "20:00")]) for name, act in zip(names, acts, strict=True)]
    )

    said = talk(night, ("20:01", "GO PORCH"), ("20:02", "STATUS"))[-1]

    assert segments(said) == 2
    assert said.startswith("PORCH, 1 min late: The Porch Comm.. on. GARDEN: next The Garden Com.. 8pm. BARN: ")
    assert said.endswith("more: reply STATUS and the stage.")


def test_status_of_a_stage_that_is_somebody_elses_says_so(two: ANight) -> None:
    manager = a_coordinator("Mia", organisation=two.organisation, role="stage_manager")
    with transaction():
        manager.stage_ids = [two.slot("Ana Alder").stage_id]
    knows_us(manager.person)

    said = Playing(two.at("20:00")).heard_by(manager.person.phone or "", [(two.at("20:01"), "STATUS BARN")])

    assert said == ["You don't run that stage. Ask a coordinator to add it to yours."]


@pytest.mark.parametrize(
    ("language", "body", "answer"),
    [
        ("en", "STATUS", "You don't have a show today. Next: Songs for Justice in Motion, Fri Dec 4."),
        ("en", "go garden", "You don't have a show today. Next: Songs for Justice in Motion, Fri Dec 4."),
        ("es", "STATUS", "Hoy no tienes ninguna funcion. La proxima: Songs for Justice in Motion, vie 4 dic."),
    ],
)
def test_a_show_on_another_day_is_named(two: ANight, language: str, body: str, answer: str) -> None:
    assert talk(two, ("12:00-2", body), language=language) == [answer]


def test_status_of_whoever_runs_no_show_is_left_to_a_person(two: ANight) -> None:
    person = a_person("Vera", organisation=two.organisation)

    said = Playing(two.at("12:00-2")).heard_by(person.phone or "", [(two.at("12:00-2"), "STATUS")])

    assert len(said) == 1
    assert "show today" not in said[0]


def test_undo_names_what_was_undone_and_what_stands_now(two: ANight) -> None:
    said = talk(
        two,
        ("20:01", "GO GARDEN"),
        ("20:02", "UNDO"),
        ("20:03", "GO GARDEN"),
        ("20:04", "DONE GARDEN"),
        ("20:05", "UNDO GARDEN"),
    )

    assert [said[at].partition(" Show ends")[0] for at in (1, 4)] == [
        "Undone: Ana Alder started at 8:01pm, Garden stage. Next: Ana Alder at 8:02pm.",
        "Undone: Ana Alder finished at 8:04pm, Garden stage. On: Ana Alder since 8:03pm.",
    ]


def test_a_press_that_was_overtaken_is_not_said_to_be_undone(two: ANight) -> None:
    sam = a_stage_manager(two, "Sam Stage")
    knows_us(sam)
    playing = Playing(two.at("20:00"))
    playing.heard_by(sam.phone or "", [(two.at("20:01"), "GO GARDEN")])
    end_set(two.slot("Ana Alder").id, actor=Actor("Alice"), now=two.at("20:10"))

    said = playing.heard_by(sam.phone or "", [(two.at("20:10"), "UNDO")])

    assert not said[0].startswith("Undone")
    assert two.slot("Ana Alder").started_at == two.at("20:01")


def test_an_answer_without_a_stage_is_about_the_stage_that_was_asked_about(two: ANight) -> None:
    sam = a_stage_manager(two, "Sam Stage")
    knows_us(sam)
    for name in ("Ana Alder", "Ben Birch"):
        take_charge(two.slot(name).stage_id, actor=Actor("Sam Stage"), now=two.at("19:50"))
    playing = Playing(two.at("20:00"))
    playing.heard_by(sam.phone or "", [(two.at("20:01"), "GO BARN")])
    playing.until(two.at("20:06"))

    said = playing.heard_by(sam.phone or "", [(two.at("20:07"), "LATE 10")])

    assert said[0].startswith("Ana Alder is now at 8:17pm")


def test_help_is_the_same_as_for_everybody_on_a_day_without_a_show(night: ANight) -> None:
    person = a_stage_manager(night, "Sam Stage")
    playing = Playing(night.at("12:00-2"))

    said = playing.heard_by(person.phone or "", [(night.at("12:00-2"), "HELP")])

    assert said == [
        "Benefit Nights texts you about your slot or shift at our shows. Write back and a person will read it. "
        "Reply STOP to stop texts."
    ]


def test_a_stage_that_two_could_be_is_not_guessed(app: Flask) -> None:
    night = a_night(stages=[a_stage("Garden left", [a_slot("Ana")]), a_stage("Garden right", [a_slot("Ben")])])

    assert without_stage("GO GARDEN", [night.event]) == ("GO GARDEN", None)
    assert without_stage("GO LEFT", [night.event])[0] == "GO"
    assert without_stage("GO home", [night.event]) == ("GO home", None)
    assert without_stage("GO LEFT", []) == ("GO LEFT", None)


def test_a_refusal_is_in_the_language_of_the_phone_and_costs_one_segment(night: ANight) -> None:
    said = talk(night, ("20:03", "DONE"), language="es")

    assert said == ["Ahora no hay nada en Main stage."]
    assert measure(said[0]).encoding == "GSM-7"


def test_an_account_runs_the_stages_of_its_role_by_text(app: Flask) -> None:
    """A viewer runs none; a stage manager of named stages runs those alone."""
    night = a_night(stages=[a_stage("Main", [a_slot("Josh", "20:00")]), a_stage("Garden", [a_slot("Carlos", "20:00")])])
    garden = next(stage.id for stage in night.event.stages if stage.name == "Garden")
    manager = a_coordinator("Mia", organisation=night.organisation, role="stage_manager")
    viewer = a_coordinator("Vic", organisation=night.organisation, role="viewer")
    with transaction():
        manager.stage_ids = [garden]
    knows_us(manager.person, viewer.person)
    playing = Playing(night.at("20:01"))

    said = {}
    for who, body in ((viewer, "GO MAIN"), (manager, "GO MAIN"), (manager, "GO")):
        before = len(playing.texts)
        playing.text_in(who.person.phone or "", body)
        playing.tick()
        said[who.person.name, body] = [text for _, phone, text in playing.texts[before:] if phone == who.person.phone]

    assert said["Mia", "GO MAIN"] == ["You don't run that stage. Ask a coordinator to add it to yours."]
    assert said["Mia", "GO"][0].startswith("Carlos started at 8:01pm.")
    assert "started" not in said["Vic", "GO MAIN"][0]
    assert (night.slot("Josh").started_at, night.slot("Carlos").started_at) == (None, night.at("20:01"))


def test_an_act_that_is_offered_twice_is_asked_about_again_by_its_name_and_known_by_its_words(night: ANight) -> None:
    said = talk(night, ("20:07", "GO"), ("20:08", "Josh"), ("20:09", "Josh since 8pm"))

    assert said[1] == "Which one? Reply 3 for Josh Granowski from now; 4 for Josh Granowski since 8pm."
    assert said[2].startswith("Josh Granowski started at 8pm.")
    assert facts(night)["Josh"] == (night.at("20:00"), None)


def test_from_now_alone_tells_which(night: ANight) -> None:
    said = talk(night, ("20:07", "GO"), ("20:08", "from now"))

    assert said[1].startswith("Josh Granowski started at 8:07pm.")
    assert facts(night)["Josh"] == (night.at("20:07"), None)


def test_what_just_ended_is_answered_by_name(night: ANight) -> None:
    said = talk(night, ("20:07", "DONE"), ("20:08", "Josh, thanks"))

    assert said[1].startswith("Josh Granowski finished at 8:07pm.")
    assert facts(night)["Josh"] == (night.at("20:00"), night.at("20:07"))


def test_in_spanish_too(night: ANight) -> None:
    said = talk(night, ("20:07", "GO"), ("20:08", "desde ahora"), language="es")

    assert said[0].startswith("Nada marcado desde las 8pm.")
    assert facts(night)["Josh"] == (night.at("20:07"), None)


def test_an_act_that_is_not_among_the_answers_presses_nothing(night: ANight) -> None:
    said = talk(night, ("20:07", "GO"), ("20:08", "Nobodys"))

    assert said[1].startswith("Sorry, I didn't get that.")
    assert facts(night) == {"Josh": (None, None), "Carlos": (None, None), "The": (None, None)}


@pytest.mark.parametrize("wall", ["20:01", "20:20"])
def test_go_on_a_stage_on_hold_says_how_it_goes_on(night: ANight, wall: str) -> None:
    hold_stage(night.stage.id, "lightning", actor=Actor("Alice"), now=night.at("19:55"))

    said = talk(night, (wall, "GO"))

    assert "Main stage is on hold: lightning. Let it go on first." in said[0]
    assert night.slot("Josh Granowski").started_at is None
