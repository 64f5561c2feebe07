"""Keys, messages and screens of boards: what is kept, for how long, and who notices when a screen falls silent."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from coordinator.accounts.models import Actor, AuditEntry
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.shownight.actions.boards import make_board_key, revoke_board_key, take_down_message, write_message
from coordinator.shownight.actions.screens import MOST_SCREENS, Report, forget_screen, report_screen
from coordinator.shownight.models import BoardKind, BoardScreen
from coordinator.shownight.queries.boards import board_key_in_force, desk_messages, screens_of, silent_boards
from tests.builders import a_night, a_stage, minutes
from tests.queries import counted

SAM = Actor("Sam Stage")


def seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


def foyer(key: str = "foyer") -> Report:
    return Report(key, BoardKind.NOW_NEXT, None, "Samsung TV")


def recorded() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)))


def test_there_is_one_key_until_it_is_revoked_and_then_another(app: Flask) -> None:
    night = a_night()
    first = make_board_key(night.event, actor=SAM, now=night.at("19:00"))

    again = make_board_key(night.event, actor=SAM, now=night.at("19:01"))
    revoke_board_key(first, actor=SAM, now=night.at("19:02"))
    revoke_board_key(first, actor=SAM, now=night.at("19:03"))
    none = board_key_in_force(night.event.id)
    second = make_board_key(night.event, actor=SAM, now=night.at("19:04"))

    assert (again.id, none, first.revoked_at) == (first.id, None, night.at("19:02"))
    assert second.id != first.id
    assert recorded() == ["board.key_made", "board.key_revoked", "board.key_made"]


def test_a_message_stands_until_its_time_or_until_it_is_taken_down(app: Flask) -> None:
    night = a_night(stages=[a_stage("Main", []), a_stage("Garden", [])])
    at, until_at = night.at("20:00"), night.at("20:15")
    all_over = write_message(night.event, "Rain", stage=None, until_at=until_at, actor=SAM, now=at)
    garden = write_message(night.event, "Sit", stage=night.stages[1], until_at=until_at, actor=SAM, now=at)

    before = [message.words for message in desk_messages(night.event.id, night.at("20:14"))]
    over = list(desk_messages(night.event.id, until_at))
    take_down_message(garden, actor=SAM, now=night.at("20:05"))
    take_down_message(garden, actor=SAM, now=night.at("20:06"))
    after = [message.id for message in desk_messages(night.event.id, night.at("20:14"))]

    assert (before, over, after) == (["Sit", "Rain"], [], [all_over.id])
    assert recorded() == ["board.message_written"] * 2 + ["board.message_removed"]


def test_a_screen_that_asks_every_five_seconds_is_written_down_twice_a_minute(app: Flask) -> None:
    night = a_night()
    at = night.at("20:00")
    report_screen(night.event.id, foyer(), at)
    db.session.commit()

    with counted() as statements:
        for number in range(1, 13):
            report_screen(night.event.id, foyer(), at + seconds(5 * number))
            db.session.rollback()

    writes = [each for each in statements if each.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(writes) == 2
    assert [screen.seen_at for screen in screens_of(night.event.id)] == [at + seconds(60)]


def test_reports_are_no_change_of_the_event(app: Flask) -> None:
    night = a_night()
    revision = night.event.revision

    report_screen(night.event.id, foyer(), night.at("20:00"))

    assert db.session.scalar(select(Event.revision)) == revision
    assert recorded() == []


def test_another_board_on_the_same_screen_is_noted_with_its_next_report_that_is_kept(app: Flask) -> None:
    night = a_night()
    timer = Report("foyer", BoardKind.TIMER, night.stage.id, "Samsung TV")
    report_screen(night.event.id, foyer(), night.at("20:00"))
    report_screen(night.event.id, timer, night.at("20:00") + seconds(29))
    before = [(each.kind, each.stage_id) for each in screens_of(night.event.id)]

    report_screen(night.event.id, timer, night.at("20:00") + seconds(30))

    assert before == [("now_next", None)]
    assert [(each.kind, each.stage_id) for each in screens_of(night.event.id)] == [("timer", night.stage.id)]


def test_there_are_only_so_many_screens_and_a_new_one_replaces_a_silent_one_alone(app: Flask) -> None:
    night = a_night()
    for number in range(MOST_SCREENS):
        report_screen(night.event.id, foyer(f"tv-{number}"), night.at("20:00") + seconds(number))

    report_screen(night.event.id, foyer("one-more"), night.at("20:01"))
    crowded = {screen.key for screen in screens_of(night.event.id)}
    report_screen(night.event.id, foyer("one-more"), night.at("20:02"))
    later = {screen.key for screen in screens_of(night.event.id)}

    assert "one-more" not in crowded
    assert (len(later), crowded - later, later - crowded) == (MOST_SCREENS, {"tv-0"}, {"one-more"})


def test_made_up_screens_push_no_silent_wall_and_no_known_screen_off_the_list(app: Flask) -> None:
    night = a_night()
    report_screen(night.event.id, Report("wall", BoardKind.WALL, None, "Samsung TV"), night.at("20:00"))
    for wall in ("20:00", "20:10"):
        report_screen(night.event.id, foyer("known"), night.at(wall))
    for number in range(3 * MOST_SCREENS):
        report_screen(night.event.id, foyer(f"made-up-{number}"), night.at("20:15") + seconds(20 * number))

    keys = {screen.key for screen in screens_of(night.event.id)}

    assert {"wall", "known"} <= keys
    assert len(keys) == MOST_SCREENS


def test_a_wall_gets_a_place_among_made_up_screens_that_are_not_silent(app: Flask) -> None:
    night = a_night()
    for number in range(MOST_SCREENS):
        report_screen(night.event.id, foyer(f"made-up-{number}"), night.at("20:00"))

    report_screen(night.event.id, Report("wall", BoardKind.WALL, None, "Samsung TV"), night.at("20:01"))

    assert "wall" in {screen.key for screen in screens_of(night.event.id)}


def test_a_board_is_silent_after_two_minutes_on_the_day_of_the_show_alone(app: Flask) -> None:
    night = a_night()
    report_screen(night.event.id, foyer("yesterday"), night.at("20:00") - timedelta(days=1))
    for wall in ("19:50", "20:00"):
        report_screen(night.event.id, foyer("foyer"), night.at(wall))
    for wall in ("19:51", "20:01"):
        report_screen(night.event.id, foyer("bar"), night.at(wall))
    report_screen(night.event.id, foyer("somebody-who-looked"), night.at("20:00"))

    found = [
        [screen.key for screen in silent_boards(night.event, night.at("20:00") + after)]
        for after in (seconds(119), minutes(2), minutes(3), timedelta(days=1))
    ]

    assert found == [[], ["foyer"], ["foyer", "bar"], []]


def test_a_screen_that_is_taken_off_the_list_is_back_with_its_next_report(app: Flask) -> None:
    night = a_night()
    report_screen(night.event.id, foyer(), night.at("20:00"))

    forget_screen(screens_of(night.event.id)[0], actor=SAM, now=night.at("20:01"))
    gone = db.session.scalar(select(func.count(BoardScreen.id)))
    report_screen(night.event.id, foyer(), night.at("20:02"))

    assert (gone, len(screens_of(night.event.id))) == (0, 1)
    assert recorded() == ["board.screen_forgotten"]
