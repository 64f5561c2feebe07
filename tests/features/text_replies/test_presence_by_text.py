"""HERE and LATE of volunteers: the same marks as a coordinator's press, with a way back."""

from flask import Flask
from sqlalchemy import select

from coordinator.accounts.models import Actor, Via
from coordinator.core.sms_text import measure
from coordinator.db import db, transaction
from coordinator.messaging.queries.texts import inbox
from coordinator.people.actions.persons import edit_person
from coordinator.shifts.actions.attendance import mark, new_key
from coordinator.shifts.models import Mark, SignUp
from coordinator.shifts.queries.searching import searches_of
from coordinator.shownight.actions.pressing import start_set
from tests.builders import a_night, a_shift, a_slot, minutes
from tests.night import ANight
from tests.playing import Playing, knows_us


def a_door_night() -> tuple[ANight, Playing, str]:
    shifts = [
        a_shift("Front door", "19:15", "20:45", people=("Dana Door",)),
        a_shift("Clear up", "22:00", "23:00", people=("Dana Door",)),
    ]
    night = a_night(shifts=shifts)
    playing = Playing(night.at("18:30"))
    playing.tick()
    phone = night.person("Dana Door").phone
    assert phone is not None
    return night, playing, phone


def sign_ups() -> list[SignUp]:
    return list(db.session.scalars(select(SignUp).order_by(SignUp.id)))


def marks() -> list[tuple[str, str, str]]:
    return [(each.mark, each.via, each.by) for each in db.session.scalars(select(Mark).order_by(Mark.id))]


def test_here_is_a_mark_by_text_and_undo_takes_it_back(app: Flask) -> None:
    night, playing, phone = a_door_night()

    playing.text_in(phone, "HERE")
    here = (sign_ups()[0].state, sign_ups()[0].here_at)
    playing.tick(night.at("18:31"))
    playing.text_in(phone, "UNDO")

    assert here == ("checked_in", night.at("18:30"))
    assert (sign_ups()[0].state, sign_ups()[0].here_at) == ("confirmed", None)
    assert marks() == [("here", "text", "Dana Door"), ("not_here", "text", "Dana Door")]


def test_late_stands_beside_their_shift_and_undo_brings_back_what_they_said_before(app: Flask) -> None:
    _, playing, phone = a_door_night()
    said = []

    for body in ("LATE 10", "TARDE 20", "UNDO"):
        playing.tick(playing.now + minutes(1))
        playing.text_in(phone, body)
        said.append([each.late_by for each in sign_ups()])

    assert said == [[minutes(10), None], [minutes(20), None], [minutes(10), None]]
    assert marks() == [("late", "text", "Dana Door")] * 3


def test_what_is_answered_to_late_is_true_of_a_volunteer_in_both_languages(app: Flask) -> None:
    night, playing, phone = a_door_night()

    for body, language in (("LATE 10", "en"), ("LATE 0", "en"), ("TARDE 20", "es"), ("TARDE 0", "es")):
        edit_person(night.person("Dana Door"), language=language)
        playing.text_in(phone, body)

    playing.tick(playing.now + minutes(1))
    said = [body for _, to, body in playing.texts if to == phone][-4:]
    assert said == [
        "Thanks, Dana. We'll tell the coordinators: 10 min late for Front door at 7:15pm.",
        "Thanks, Dana. We'll tell the coordinators: on time for Front door at 7:15pm.",
        "Gracias, Dana. Avisamos a quienes coordinan: 20 min tarde para Front door a las 7:15pm.",
        "Gracias, Dana. Avisamos a quienes coordinan: a tiempo para Front door a las 7:15pm.",
    ]
    assert [measure(body).segments for body in said] == [1, 1, 1, 1]


def test_late_0_takes_it_back(app: Flask) -> None:
    _, playing, phone = a_door_night()

    playing.text_in(phone, "LATE 10")
    playing.text_in(phone, "LATE 0")

    assert sign_ups()[0].late_by is None


def test_late_of_somebody_who_is_here_is_about_their_next_shift(app: Flask) -> None:
    _, playing, phone = a_door_night()

    playing.text_in(phone, "HERE")
    playing.text_in(phone, "LATE 15")

    assert [each.late_by for each in sign_ups()] == [None, minutes(15)]


def a_shared_phone() -> tuple[ANight, Playing, str]:
    """Ana and Ben are both on the door, and both reached by Ana's number."""
    night = a_night(shifts=[a_shift("Front door", "19:00", "21:00", max=2, people=("Ana", "Ben"))])
    phone = night.person("Ana").phone
    assert phone is not None
    with transaction():
        night.person("Ben").phone = phone
    playing = Playing(night.at("18:30"))
    playing.tick()
    return night, playing, phone


def answers(playing: Playing, phone: str, *bodies: str) -> list[str]:
    """What is said back to each text, a minute apart."""
    said = []
    for body in bodies:
        playing.text_in(phone, body)
        playing.tick(playing.now + minutes(1))
        said.append([said for _, to, said in playing.texts if to == phone][-1])
    return said


def states(night: ANight) -> dict[str, str]:
    return {f"{each.person.name} {each.shift.role.name}": each.state for each in sign_ups()}


def test_two_who_share_a_phone_are_each_checked_in_by_their_own_here(app: Flask) -> None:
    _, playing, phone = a_shared_phone()

    said = answers(playing, phone, "HERE", "4", "HERE", "HERE")

    assert said == [
        "Who is it? Reply 3 for Ana; 4 for Ben.",
        "Welcome, Ben. You're checked in: Front door at 7pm.",
        "Welcome, Ana. You're checked in: Front door at 7pm.",
        "Welcome, Ana & Ben. You're checked in: Front door at 7pm.",
    ]
    assert [(each, actor) for each, _, actor in marks()] == [("here", "Ben"), ("here", "Ana")]


def test_a_here_that_was_asked_about_can_be_taken_back(sqlite_app: Flask) -> None:
    night, playing, phone = a_shared_phone()

    answers(playing, phone, "AQUI", "3", "DESHACER")

    assert states(night) == {"Ana Front door": "confirmed", "Ben Front door": "confirmed"}


def test_who_is_here_says_here_again_for_the_shift_after_it(app: Flask) -> None:
    shifts = [
        a_shift("Front door", "18:00", "20:00", people=("Dana",)),
        a_shift("Bar", "20:00", "22:00", people=("Dana",)),
    ]
    night = a_night(shifts=shifts)
    playing, phone = Playing(night.at("17:55")), night.person("Dana").phone or ""

    answers(playing, phone, "HERE")
    playing.tick(night.at("19:58"))
    said = answers(playing, phone, "HERE")

    assert said == ["Welcome, Dana. You're checked in: Bar at 8pm."]
    assert states(night) == {"Dana Front door": "checked_in", "Dana Bar": "checked_in"}
    assert len(marks()) == 2


def test_late_on_a_shared_phone_is_asked_about_and_stands_beside_whom_it_is_about(app: Flask) -> None:
    _, playing, phone = a_shared_phone()

    said = answers(playing, phone, "LATE 10", "4")

    assert said == [
        "Who is it? Reply 3 for Ana; 4 for Ben.",
        "Thanks, Ben. We'll tell the coordinators: 10 min late for Front door at 7pm.",
    ]
    assert [(each.person.name, each.late_by) for each in sign_ups()] == [("Ana", None), ("Ben", minutes(10))]


def test_cover_on_a_shared_phone_says_whose_shift_is_whose(app: Flask) -> None:
    _, playing, phone = a_shared_phone()

    said = answers(playing, phone, "COVER")

    assert said == ["Which one? Reply 3 for Ana, Front door 7pm, tonight; 4 for Ben, Front door 7pm, tonight."]
    assert [measure(body).segments for body in said] == [1]


def a_late_changeover(wall: str) -> tuple[ANight, Playing, str]:
    """A crew that was planned from 22:00 to 22:15 on a night that runs 40 minutes late."""
    slots = [a_slot("Josh", "21:00", minutes=60), a_slot("Carlos", "22:15", minutes=30, changeover=15)]
    night = a_night(slots, shifts=[a_shift("Crew", follows="Carlos", people=("Cleo",))])
    start_set(night.slot("Josh").id, actor=Actor("Sam"), now=night.at("21:40"))
    playing = Playing(night.at(wall))
    playing.tick()
    return night, playing, night.person("Cleo").phone or ""


def test_here_on_a_late_night_is_about_the_shift_as_the_show_really_runs(app: Flask) -> None:
    _, playing, phone = a_late_changeover("22:20")

    said = answers(playing, phone, "HERE", "UNDO", "LATE 5", "WHEN")

    assert [body.split(".")[0] for body in said] == [
        "Welcome, Cleo",
        "Undone: Crew 10pm, tonight",
        "Thanks, Cleo",
        "Cleo: Crew 10:40-10:45pm, tonight, The Old Chapel",
    ]
    assert [(each.state, each.late_by) for each in sign_ups()] == [("confirmed", minutes(5))]


def test_cover_on_a_late_night_still_looks_for_somebody(app: Flask) -> None:
    night, playing, phone = a_late_changeover("22:20")

    answers(playing, phone, "COVER")

    assert [search.why for search in searches_of(night.event)] == ["asked"]


def test_a_latecomer_who_was_marked_absent_is_here_by_text_until_the_shift_is_over(app: Flask) -> None:
    night, playing, phone = a_door_night()
    door = sign_ups()[0]
    mark(
        door, "no_show", key=new_key(), at=night.at("19:40"), actor=Actor("Alice", via=Via.SHEET), now=night.at("19:40")
    )
    playing.tick(night.at("19:45"))

    said = answers(playing, phone, "HERE")

    assert said == ["Welcome, Dana. You're checked in: Front door at 7:15pm."]
    assert [each.state for each in sign_ups()] == ["checked_in", "confirmed"]


def test_a_shift_that_was_missed_and_is_over_is_no_longer_spoken_of(sqlite_app: Flask) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", people=("Dana Door",))])
    knows_us(night.person("Dana Door"))
    playing, phone = Playing(night.at("20:45")), night.person("Dana Door").phone or ""
    [door] = sign_ups()
    mark(
        door, "no_show", key=new_key(), at=night.at("19:40"), actor=Actor("Alice", via=Via.SHEET), now=night.at("19:40")
    )

    said = answers(playing, phone, "HERE")

    assert said == ["Dana, you have nothing coming up with us."]
    assert [each.state for each in sign_ups()] == ["no_show"]


def test_who_cannot_stay_after_the_shift_has_begun_is_told_that_a_coordinator_reads_it(app: Flask) -> None:
    night, playing, phone = a_door_night()
    playing.tick(night.at("19:20"))
    said = []

    for body, language in (("COVER", "en"), ("RELEVO", "es")):
        edit_person(night.person("Dana Door"), language=language)
        said += answers(playing, phone, body, "3")[1:]

    assert said == [
        "Thanks for telling us, Dana. Front door has already started, and a coordinator has your message.",
        "Gracias por avisar, Dana. Front door ya empezo, y quien coordina ya tiene tu mensaje.",
    ]
    assert [measure(body).segments for body in said] == [1, 1]
    assert len(inbox(night.organisation.id)) == 2
    assert searches_of(night.event) == []


def test_here_of_somebody_who_helps_before_they_play_is_about_both(app: Flask) -> None:
    night = a_night([a_slot("Josh", "20:30")], shifts=[a_shift("Front door", "19:00", "20:30", people=("Josh",))])
    playing, phone = Playing(night.at("18:55")), night.person("Josh").phone or ""
    playing.tick()

    said = answers(playing, phone, "HERE")
    here = (sign_ups()[0].state, night.slot("Josh").said_here_at)
    answers(playing, phone, "UNDO")

    assert said == ["Welcome, Josh. You're checked in: Front door at 7pm."]
    assert here == ("checked_in", night.at("18:55"))
    assert (sign_ups()[0].state, night.slot("Josh").said_here_at) == ("confirmed", None)


def test_here_of_somebody_who_plays_before_they_help_is_about_the_set_and_the_next_one_about_the_shift(
    app: Flask,
) -> None:
    night = a_night([a_slot("Josh", "20:00")], shifts=[a_shift("Clear up", "21:30", "22:30", people=("Josh",))])
    playing, phone = Playing(night.at("19:40")), night.person("Josh").phone or ""

    answers(playing, phone, "HERE")
    first = (sign_ups()[0].state, night.slot("Josh").said_here_at)
    playing.tick(night.at("21:25"))
    answers(playing, phone, "HERE")

    assert first == ("confirmed", night.at("19:40"))
    assert sign_ups()[0].state == "checked_in"


def test_a_performer_and_a_volunteer_on_one_phone_are_asked_who_is_here(app: Flask) -> None:
    shifts = [a_shift("Front door", "19:00", "20:30", people=("Ana",))]
    night = a_night([a_slot("Josh", "20:30", answer="confirmed")], shifts=shifts)
    phone = night.person("Ana").phone or ""
    with transaction():
        night.person("Josh").phone = phone
    playing = Playing(night.at("18:55"))
    playing.tick()

    said = answers(playing, phone, "HERE", "3", "HERE")

    assert said == [
        "Who is it? Reply 3 for Ana; 4 for Josh.",
        "Welcome, Ana. You're checked in: Front door at 7pm.",
        "Welcome, Josh. You're checked in: Josh at 8:30pm.",
    ]
    assert night.slot("Josh").said_here_at == night.at("18:57")


def test_two_of_one_act_on_one_phone_are_here_together(sqlite_app: Flask) -> None:
    night = a_night([a_slot("Band", "20:30", people=("Ana", "Ben"), answer="confirmed")])
    phone = night.person("Ana").phone or ""
    with transaction():
        night.person("Ben").phone = phone
    playing = Playing(night.at("18:55"))
    playing.tick()

    said = answers(playing, phone, "HERE")

    assert said == ["Welcome, Ana. You're checked in: Band at 8:30pm."]
    assert night.slot("Band").said_here_at == night.at("18:55")


def test_here_before_check_in_opens_says_when_it_opens_in_both_languages(app: Flask) -> None:
    shifts = [a_shift("Front door", "19:15", "20:45", people=("Dana Door",), call=minutes(15))]
    night = a_night(shifts=shifts)
    playing = Playing(night.at("17:00"))
    playing.tick()

    said = {
        (name, language): answers(playing, phone_of(night, name), body)[0]
        for name in ("Dana Door", "Carlos Lumbi")
        for language, body in (("en", "I'm here"), ("es", "ya llegue"))
    }

    assert said == {
        ("Dana Door", "en"): "Not yet, Dana: check-in for Front door opens at 6pm, tonight. Reply HERE then.",
        ("Dana Door", "es"): "Todavia no, Dana: la llegada para Front door se marca desde las 6pm, vie 4 dic. "
        "Responde AQUI entonces.",
        ("Carlos Lumbi", "en"): "Not yet, Carlos: check-in for Carlos Lumbi opens at 6:30pm, tonight. Reply HERE then.",
        ("Carlos Lumbi", "es"): "Todavia no, Carlos: la llegada para Carlos Lumbi se marca desde las 6:30pm, "
        "vie 4 dic. Responde AQUI entonces.",
    }
    assert [measure(body).segments for body in said.values()] == [1, 1, 1, 1]
    assert (states(night), night.slot("Carlos Lumbi").said_here_at) == ({"Dana Door Front door": "confirmed"}, None)


def test_days_before_here_names_the_day_and_what_comes_first(sqlite_app: Flask) -> None:
    night = a_night(shifts=[a_shift("Set up", "17:00", "18:30", people=("Carlos Lumbi",))])
    playing = Playing(night.at("12:00-3"))
    playing.tick()

    said = answers(playing, phone_of(night, "Carlos Lumbi"), "HERE")

    assert said == ["Not yet, Carlos: check-in for Set up opens at 4pm, Fri Dec 4. Reply HERE then."]


def phone_of(night: ANight, name: str) -> str:
    phone = night.person(name).phone
    assert phone is not None
    return phone
