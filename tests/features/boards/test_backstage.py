"""The wall behind the stages and the timer at the edge of each: who may see them, and what they say."""

from flask import Flask

from coordinator.events.actions.events import unpublish
from coordinator.shownight.actions.boards import revoke_board_key, write_message
from coordinator.shownight.actions.holding import hold_stage
from coordinator.shownight.actions.pressing import end_set, extend_set, start_set
from coordinator.shownight.queries.boards import board_key_in_force
from coordinator.web.qr_codes import square_of
from tests.builders import ANight, a_night, a_slot, an_organisation
from tests.features.boards.conftest import HOUSE, SAM, TIMER, Opened, wall_of
from tests.reading import read_page, words


def test_the_wall_says_on_next_late_and_who_works_the_changeover(app: Flask, opened: Opened, night: ANight) -> None:
    page = words(opened(wall_of(app, night), "20:20"))

    assert "Main stage 10 min late Now Carlos Lumbi until 8:50 PM" in page
    assert "8:55 PM Las Flores Changeover 8:50 PM: Ana, Bo" in page
    assert "Garden On time 8:15 PM Brass Hat" in page


def test_the_wall_says_what_is_shown_and_which_press_is_missing(app: Flask, opened: Opened, night: ANight) -> None:
    page = words(opened(wall_of(app, night), "21:00"))

    assert "Main stage No end marked Now Carlos Lumbi over since 8:50 PM 9:05 PM Las Flores" in page
    assert "Garden No start marked 8:15 PM Brass Hat" in page


def test_the_wall_says_past_its_curfew_that_it_is_not_on_time(app: Flask, opened: Opened) -> None:
    tight = a_night([a_slot("Brass Hat", "20:00", minutes=40)], curfew="20:30", slug="tight")
    start_set(tight.slot("Brass Hat").id, actor=SAM, now=tight.at("20:00"))

    page = words(opened(wall_of(app, tight), "20:05"))

    assert "10 min over curfew Now Brass Hat" in page
    assert "On time" not in page


def test_the_wall_opens_with_its_key_alone(app: Flask, opened: Opened, night: ANight) -> None:
    wall = wall_of(app, night)
    code = square_of("http://localhost/e/justice-in-motion/board", on_screen=True).path
    with_code = code in opened(wall, "20:20").text
    other = a_night([], slug="another", organisation=an_organisation("Others"))
    unpublish(night.event, actor=SAM, now=night.at("19:00"))
    opens = opened(wall, "20:20")
    wrong = [
        opened(path, "20:20").status_code for path in (wall[:-1], f"{wall}0", wall_of(app, other)[:-14] + wall[-14:])
    ]
    key = board_key_in_force(night.event.id)
    assert key is not None
    revoke_board_key(key, actor=SAM, now=night.at("20:21"))
    gone = opened(wall, "20:22")

    assert (with_code, code in opens.text) == (True, False)  # nobody else sees the board of a show that isn't published
    assert (opens.status_code, wrong, gone.status_code) == (200, [404, 404, 404], 410)
    assert "This link was switched off." in gone.text
    assert (opens.headers["Referrer-Policy"], opens.headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_what_the_desk_says_is_on_the_wall_and_on_the_timers_it_is_for(
    app: Flask, opened: Opened, night: ANight
) -> None:
    main, garden = night.stages
    write_message(night.event, "Rain", stage=None, until_at=night.at("20:30"), actor=SAM, now=night.at("20:00"))
    write_message(night.event, "Sit", stage=garden, until_at=night.at("20:25"), actor=SAM, now=night.at("20:01"))

    wall = words(opened(wall_of(app, night), "20:20"))
    timers = [words(opened(f"/e/justice-in-motion/stage/{stage.key}", "20:20")) for stage in (main, garden)]
    later = words(opened("/e/justice-in-motion/stage/garden", "20:25"))

    assert "Garden Sit Desk Rain" in wall
    assert [("Rain" in each, "Sit" in each) for each in (*timers, later)] == [
        (True, False),
        (False, True),
        (True, False),
    ]


def test_the_timer_counts_what_is_left_in_whole_minutes_without_a_script(opened: Opened, night: ANight) -> None:
    seen = {at: visible(opened(TIMER, at).text) for at in ("20:20", "20:45", "20:49", "20:52")}
    extend_set(night.slot("Carlos Lumbi").id, 10, actor=SAM, now=night.at("20:52"))
    longer = visible(opened(TIMER, "20:52").text)

    assert seen == {
        "20:20": ("calm", "30 min", "until 8:50 PM"),
        "20:45": ("one_more", "5 min", "ONE MORE SONG"),
        "20:49": ("last", "1 min", "LAST SONG"),
        "20:52": ("over", "+2 min", "TIME IS UP"),
    }
    assert longer == ("calm", "8 min", "until 9:00 PM")


def test_a_speech_is_asked_to_wrap_up_and_a_short_set_later(app: Flask, opened: Opened) -> None:
    night = a_night([a_slot("Mayor", "20:00", minutes=20, kind="speech")], slug="speeches")
    start_set(night.slot("Mayor").id, actor=SAM, now=night.at("20:00"))

    said = [visible(opened("/e/speeches/stage/main-stage", at).text)[2] for at in ("20:16", "20:17", "20:19")]

    assert said == ["until 8:20 PM", "WRAP UP SOON", "WRAP UP NOW"]


def test_between_two_sets_the_timer_says_what_is_next_and_when(opened: Opened, night: ANight) -> None:
    end_set(night.slot("Carlos Lumbi").id, actor=SAM, now=night.at("20:50"))

    soon = words(opened(TIMER, "20:51"))
    due = words(opened(TIMER, "20:56"))

    assert "Next: Las Flores 8:51 PM 8:55 PM Starts in 4 min" in soon
    assert "Next: Las Flores 8:56 PM 8:56 PM" in due


def test_days_before_the_timer_says_the_day_and_counts_nothing(opened: Opened) -> None:
    a_night([a_slot("Mayor", "20:00")], slug="later")
    early, later = opened("/e/later/stage/main-stage", "20:00-3"), words(opened("/e/later/stage/main-stage", "10:00"))

    assert "8:00 PM Friday, December 4" in words(early)
    assert "data-timer" not in early.text
    assert "Starts in 600 min" in later


def test_the_timer_says_that_it_is_over_or_that_nothing_is_planned(opened: Opened, night: ANight) -> None:
    for name in ("Carlos Lumbi", "Las Flores"):
        end_set(night.slot(name).id, actor=SAM, now=night.at("21:30"))
    a_night([], slug="empty")

    assert "Main stage 9:31 PM That's all" in words(opened(TIMER, "21:31"))
    assert "No sets yet" in words(opened("/e/empty/stage/main-stage", "21:31"))


def test_a_stage_on_hold_counts_nothing_and_promises_no_time(app: Flask, opened: Opened, night: ANight) -> None:
    hold_stage(night.stage.id, "Lightning", actor=SAM, now=night.at("20:45"))

    timer = words(opened(TIMER, "20:52"))
    wall, house = words(opened(wall_of(app, night), "20:52")), words(opened(HOUSE, "20:52"))

    assert "Carlos Lumbi 8:52 PM On hold Wait for the desk" in timer
    assert "TIME IS UP" not in timer
    assert "Main stage On hold Now Carlos Lumbi" in wall
    assert "Main stage Now Carlos Lumbi On hold Next Las Flores" in house


def test_an_unknown_stage_and_an_unpublished_show_have_no_timer(opened: Opened, night: ANight) -> None:
    unknown = opened("/e/justice-in-motion/stage/attic", "20:20").status_code
    unpublish(night.event, actor=SAM, now=night.at("20:20"))

    assert (unknown, opened(TIMER, "20:20").status_code) == (404, 404)


def visible(page: str) -> tuple[str, str, str]:
    """The phase, what the main line says, and the one line of a phase that is not hidden."""
    shown = read_page(page)
    timer = next(each for each in shown.elements if "data-timer" in each.attributes)
    main = next(each for each in timer.every("p") if each.attributes.get("class") == "main")
    lines = [each for each in timer.every("p") if "data-phase" in each.attributes]
    said = [each.words for each in lines if "hidden" not in each.attributes]
    assert len(said) == 1
    return timer.attributes["data-is"], main.words, said[0]
