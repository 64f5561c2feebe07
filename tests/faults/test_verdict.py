"""The verdict finds whatever went wrong in a ledger, and nothing where nothing did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faults.stand_in.ledger import Ledger
from tests.faults.verdict import Due, DueList, Verdict, judge

DUE_AT = datetime(2026, 12, 4, 20, 0, tzinfo=UTC)
UNTIL = DUE_AT + timedelta(minutes=2)
PHONE = "+12015550142"
TEXT = Due("00001", PHONE, DUE_AT, UNTIL)
WORDS = "You are on soon, no 00001."


def taken(seconds: float = 1, sid: str = "SM1", body: str = WORDS, **facts: Any) -> dict[str, Any]:
    arrived_at = DUE_AT + timedelta(seconds=seconds)
    return {
        "what": "accepted",
        "at": arrived_at,
        "arrived_at": arrived_at,
        "sid": sid,
        "to": PHONE,
        "body": body,
    } | facts


def stop(seconds: float, answered: int | None = 200) -> dict[str, Any]:
    at = DUE_AT + timedelta(seconds=seconds)
    return {"what": "came in", "at": at, "sid": "SM9", "from": PHONE, "stops": True, "answered": answered}


def judged(folder: Path, *written: dict[str, Any], shown: tuple[str, ...] = (), text: Due = TEXT) -> Verdict:
    ledger = Ledger(folder / "ledger.jsonl")
    for entry in written:
        ledger.write(entry.pop("what"), **entry)
    ledger.close()
    return judge([text], [ledger.path], shown)


def test_a_text_that_was_accepted_once_is_right(tmp_path: Path) -> None:
    verdict = judged(tmp_path, taken())

    assert verdict == Verdict(due=1, accepted=1)
    assert (
        str(verdict)
        == "1 texts: 0 lost, 0 doubled, 0 late, 0 illegal, 0 shown to a person, 1 accepted, 0 of them by email"
    )


def test_a_text_that_nobody_accepted_is_lost_unless_a_person_is_shown_it(tmp_path: Path) -> None:
    assert judged(tmp_path).wrong == {"lost": ["00001"]}
    assert judged(tmp_path, shown=("00001",)) == Verdict(due=1, accepted=0, shown=["00001"])


def test_a_text_that_was_accepted_is_not_counted_as_shown(tmp_path: Path) -> None:
    assert judged(tmp_path, taken(), shown=("00001",)) == Verdict(due=1, accepted=1)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ([taken(), taken(sid="SM2")], {"doubled": ["00001"]}),
        ([taken(), {"what": "fate", "sid": "SM1", "status": "delivered"}, taken(sid="SM2")], {"doubled": ["00001"]}),
        ([taken(), {"what": "fate", "sid": "SM1", "status": "undelivered"}, taken(sid="SM2")], {}),
        ([taken(), {"what": "fate", "sid": "SM2", "status": "undelivered"}, taken(sid="SM2")], {"doubled": ["00001"]}),
        ([taken(body="You are on soon, no 00001.\nAnd later, no 00002."), taken(sid="SM2")], {"doubled": ["00001"]}),
        ([taken(124)], {}),
        ([taken(126)], {"late": ["00001"]}),
        ([stop(0), taken(6)], {"illegal": ["00001"]}),
        ([stop(0), taken(4)], {}),
        ([taken(4), stop(6)], {}),
        ([stop(0, None), taken(6)], {}),
        ([stop(0, 403), taken(6)], {}),
        ([stop(1)], {}),
        ([stop(121)], {"lost": ["00001"]}),
        ([taken(), {"what": "contract", "where": "post x", "breach": "To"}], {"breaches": ["post x: To"]}),
    ],
)
def test_what_went_wrong_is_found(tmp_path: Path, written: list[dict[str, Any]], wrong: dict[str, list[str]]) -> None:
    assert judged(tmp_path, *(dict(entry) for entry in written)).wrong == wrong


def test_a_number_that_the_network_refuses_as_unsubscribed_is_due_nothing(tmp_path: Path) -> None:
    assert judged(tmp_path, {"what": "refused", "at": DUE_AT, "to": PHONE, "code": 21610}).wrong == {}
    assert judged(tmp_path, taken(9)).wrong == {"illegal": ["00001"]}


def test_an_echo_comes_as_often_as_it_was_asked_for(tmp_path: Path) -> None:
    asked = {"what": "came in", "sid": "SM9", "from": PHONE, "answered": 200}
    echo = taken(body="Thank you.", sid="SM3")
    twice = [taken(), dict(asked), dict(asked), dict(echo), {**echo, "sid": "SM4"}]

    assert judged(tmp_path, *twice).wrong == {"doubled": ["an echo to …42"]}
    assert judged(tmp_path, {**asked, "sid": "SM8"}).wrong == {}


def test_an_echo_that_came_back_may_go_again(tmp_path: Path) -> None:
    asked = {"what": "came in", "sid": "SM9", "from": PHONE, "answered": 200}
    echo, back = taken(body="Thank you.", sid="SM3"), {"what": "fate", "sid": "SM3", "status": "undelivered"}

    assert judged(tmp_path, taken(), asked, echo, back, taken(body="Thank you.", sid="SM4")).wrong == {}


@pytest.mark.parametrize(("answered", "wrong"), [(204, {"believed": ["forged of SM1"]}), (403, {}), (None, {})])
def test_a_lie_must_be_refused(tmp_path: Path, answered: int | None, wrong: dict[str, list[str]]) -> None:
    lie = {"what": "called back", "sid": "SM1", "fault": "forged", "lie": True, "answered": answered}

    assert judged(tmp_path, taken(), lie).wrong == wrong


def test_the_list_of_what_was_due_is_read_as_it_was_written(tmp_path: Path) -> None:
    due = DueList(tmp_path / "due.jsonl")
    texts = [TEXT, Due("00002", PHONE, DUE_AT, None)]

    due.add(texts[:1])
    due.add(texts[1:])

    assert due.read() == texts


MAILED = replace(TEXT, address="a@show.example")


def test_a_text_that_came_back_may_go_on_as_an_email(tmp_path: Path) -> None:
    fate = {"what": "fate", "at": DUE_AT, "sid": "SM1", "status": "undelivered"}
    mail = taken(9, "<1@show.example>", what="mailed", to="a@show.example")

    verdict = judged(tmp_path, taken(), fate, mail, text=MAILED)

    assert verdict == Verdict(due=1, accepted=1, mailed=1)


def test_nobody_is_told_both_ways_or_twice_by_email(tmp_path: Path) -> None:
    mail = {"what": "mailed", "to": "a@show.example"}

    verdict = judged(tmp_path, taken(1, "<1@show.example>", **mail), taken(2, "SM1"), text=MAILED)

    assert verdict.wrong == {"doubled": ["00001"]}


def test_a_stop_is_no_excuse_for_who_gets_emails_and_forbids_none(tmp_path: Path) -> None:
    mail = taken(60, "<1@show.example>", what="mailed", to="a@show.example")

    assert judged(tmp_path, stop(-9), text=MAILED).wrong == {"lost": ["00001"]}
    assert judged(tmp_path, stop(-9), mail, text=MAILED).wrong == {}
