"""Every way in which callbacks, people's answers and the list of texts can go wrong."""

from functools import partial
from pathlib import Path

import pytest
import requests
from requests.exceptions import ReadTimeout

from tests.faults.stand_in.network import OURS
from tests.faults.trying import LONG_ENOUGH, PATIENCE, PHONE, Tried, eventually, standing_in


@pytest.mark.parametrize(
    ("fault", "statuses"),
    [
        ("doubled", ["queued", "queued", "sent", "sent", "delivered", "delivered"]),
        ("reordered", ["delivered", "sent", "queued"]),
        ("early", ["queued", "sent", "delivered"]),
        ("unknown_fields", ["queued", "sent", "delivered"]),
        ("contradicting", ["queued", "sent", "delivered", "failed"]),
        ("only_sent", ["queued", "sent"]),
    ],
)
def test_callbacks_go_wrong(tmp_path: Path, fault: str, statuses: list[str]) -> None:
    with standing_in(tmp_path, f"{fault}=1") as tried:
        tried.post()
        at_once = list(tried.app.calls)

        assert eventually(lambda: tried.app.fields("MessageStatus") == statuses)
        assert all(tried.app.signed)
        assert ("Añadido" in tried.app.calls[0]) is (fault == "unknown_fields")
        if fault == "early":
            assert [call["MessageStatus"] for call in at_once][:1] == ["queued"]


def test_a_forgery_has_another_signature_and_another_accounts_call_another_account(tmp_path: Path) -> None:
    for fault in ("forged", "other_account", "after_deletion"):
        folder = tmp_path / fault
        folder.mkdir()
        with standing_in(folder, f"{fault}=1") as tried:
            tried.post()

            assert eventually(partial(called, tried, 4))
            odd = tried.app.fields("MessageStatus").index("failed")
            assert tried.app.signed[odd] is (fault != "forged")
            assert (tried.app.calls[odd]["AccountSid"] != OURS.sid) is (fault == "other_account")
            assert (tried.app.paths[odd] != "/twilio/status/7") is (fault == "after_deletion")


def called(tried: Tried, times: int) -> bool:
    return len(tried.app.calls) == times


def came_in(tried: Tried, times: int) -> bool:
    return len(tried.noted("came in")) == times


def is_listed(tried: Tried, times: int) -> bool:
    return len(tried.listed(To=OURS.sender)) == times


def test_lost_callbacks_do_not_come_though_the_text_arrives(tmp_path: Path) -> None:
    with standing_in(tmp_path, "lost=1") as tried:
        sid = tried.post().json()["sid"]

        assert eventually(lambda: tried.get(f"/{sid}.json").json()["status"] == "delivered")
        assert tried.app.calls == []


def test_what_does_not_arrive_says_why_in_a_callback_only(tmp_path: Path) -> None:
    with standing_in(tmp_path, "undelivered=1") as tried:
        assert tried.post().status_code == 201

        assert eventually(lambda: int(tried.app.calls[-1].get("ErrorCode", 0)) if tried.app.calls else False)
        assert tried.app.calls[-1]["MessageStatus"] in {"undelivered", "failed"}


def test_people_answer_once_each_twice_out_of_order_or_unheard(tmp_path: Path) -> None:
    heard = {"answers": 1, "inbound_doubled": 2, "inbound_reordered": 2, "inbound_lost": 0}
    for fault, calls in heard.items():
        folder = tmp_path / fault
        folder.mkdir()
        with standing_in(folder, f"{fault}=1,lost=1") as tried:
            tried.post("one")
            tried.post("two")

            assert eventually(partial(came_in, tried, max(1, calls)))
            assert set(tried.app.fields("From")) == ({PHONE} if calls else set())
            assert len(set(tried.app.fields("MessageSid"))) == (2 if fault == "inbound_reordered" else min(calls, 1))
            assert eventually(partial(is_listed, tried, 2 if fault == "inbound_reordered" else 1))
            assert all(tried.app.signed)


def test_a_stop_comes_while_a_text_is_on_its_way_and_some_the_network_obeys_itself(tmp_path: Path) -> None:
    with standing_in(tmp_path, "stop_between=1,lost=1") as tried:
        answers = [tried.post("on its way", f"+1212555{100 + number:04}") for number in range(12)]

        stops = tried.noted("came in")
        obeyed = {stop["from"] for stop in stops if stop["network_blocks"]}
        assert (len(stops), len(tried.app.calls)) == (12, 12)
        assert 0 < len(obeyed) < 12
        assert sum(answer.status_code == 400 for answer in answers) == len(obeyed)
        assert all(stop["stops"] and stop["answered"] == 204 for stop in stops)


def test_a_stop_comes_after_the_text(tmp_path: Path) -> None:
    with standing_in(tmp_path, "stop_after=1,lost=1") as tried:
        assert tried.post().status_code == 201

        assert eventually(lambda: tried.noted("came in"))
        assert tried.noted("came in")[0]["stops"] is True


def test_texts_are_found_by_number_and_date_newest_first(tmp_path: Path) -> None:
    with standing_in(tmp_path) as tried:
        for number in range(3):
            tried.post(f"text {number}")
        tried.post("another's", "+12125550143")

        assert [text["body"] for text in tried.listed(To=PHONE)] == ["text 2", "text 1", "text 0"]
        assert tried.listed(**{"DateSent>": "2100-01-01T00:00:00Z"}) == []
        assert eventually(lambda: len(tried.listed(**{"To": PHONE, "DateSent>": "2020-01-01"})) == 3)
        assert tried.noted("contract") == []


def test_the_list_comes_in_pages(tmp_path: Path) -> None:
    with standing_in(tmp_path, "list_pages=1") as tried:
        for number in range(5):
            tried.post(f"text {number}")

        bodies, target = [], f".json?To=%2B{PHONE[1:]}"
        while target:
            page = tried.get(target).json()
            bodies.append([text["body"] for text in page["messages"]])
            target = (page["next_page_uri"] or "").partition("/Messages")[2]

        assert bodies == [["text 4", "text 3"], ["text 2", "text 1"], ["text 0"]]
        assert tried.noted("contract") == []


def test_the_list_lags_fails_and_holds_what_only_looks_like_ours(tmp_path: Path) -> None:
    with standing_in(tmp_path, "list_lags=1", lag=4) as tried:
        tried.post()
        assert tried.listed(To=PHONE) == []
        assert eventually(lambda: len(tried.listed(To=PHONE)) == 1)
    with standing_in(tmp_path, "list_fails=0.5") as tried:
        assert eventually(lambda: is_down(tried.messages))
        assert eventually(lambda: not is_down(tried.messages))
    with standing_in(tmp_path, "look_alike=1,black_hole=1") as tried:
        tried.patience = PATIENCE
        with pytest.raises(ReadTimeout):
            tried.post("Never taken.")
        tried.patience = LONG_ENOUGH
        alike = tried.listed(To=PHONE)
        assert len([text for text in alike if text["body"] == "Never taken."]) >= 2
        assert tried.noted("contract") == []


def is_down(messages: str) -> bool:
    try:
        return requests.get(f"{messages}.json", auth=(OURS.sid, OURS.token), timeout=5).status_code >= 500
    except requests.ConnectionError:
        return True
