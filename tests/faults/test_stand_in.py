"""The stand-in is strict, forgets nothing, and plays each fault that it is asked for."""

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import requests
from requests.exceptions import ChunkedEncodingError, ReadTimeout

from tests.faults.stand_in.ledger import Ledger, entries
from tests.faults.stand_in.network import OURS
from tests.faults.stand_in.script import FAULTS, NoSuchFault, Script, rates_of
from tests.faults.stand_in.windows import Windows
from tests.faults.trying import PHONE, Tried, eventually, standing_in

ROOT = Path(__file__).resolve().parents[2]


def test_a_text_is_taken_noted_before_it_is_answered_and_called_back_about(tmp_path: Path) -> None:
    with standing_in(tmp_path) as tried:
        answer = tried.post("You are on at 8:15 pm.", ValidityPeriod="900")

        [noted] = tried.noted("accepted")
        assert answer.status_code == 201
        assert (noted["sid"], noted["to"], noted["body"]) == (answer.json()["sid"], PHONE, "You are on at 8:15 pm.")
        assert noted["arrived_at"] <= noted["at"]
        assert eventually(lambda: tried.app.fields("MessageStatus") == ["queued", "sent", "delivered"])
        assert tried.app.signed == [True, True, True]
        assert set(tried.app.paths) == {"/twilio/status/7"}
        assert tried.noted("contract") == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"Body": "left out"}, 21602),
        ({"From": "left out"}, 21603),
        ({"To": "2125550142"}, 21211),
        ({"Body": "a" * 1601}, 21617),
        ({"Colour": "red"}, 20001),
    ],
)
def test_what_the_network_does_not_carry_is_refused(tmp_path: Path, wrong: dict[str, str], code: int) -> None:
    with standing_in(tmp_path) as tried:
        answer = tried.post(**wrong)

        assert (answer.status_code, answer.json()["code"]) == (400, code)
        assert tried.noted("accepted") == []


@pytest.mark.parametrize(
    "wrong", [{"To": "2125550142"}, {"To": "left out"}, {"ValidityPeriod": "soon"}, {"StatusCallback": "no address"}]
)
def test_a_request_that_breaks_the_contract_is_noted(tmp_path: Path, wrong: dict[str, str]) -> None:
    with standing_in(tmp_path) as tried:
        tried.post(**wrong)

        [breach] = tried.noted("contract")
        assert breach["where"] == f"post /2010-04-01/Accounts/{OURS.sid}/Messages.json"
        assert PHONE not in breach["breach"]


def test_an_answer_that_breaks_the_contract_is_noted(tmp_path: Path) -> None:
    with standing_in(tmp_path) as tried:
        tried.post(From="left out", MessagingServiceSid="MG" + "1" * 32)
        assert tried.noted("contract") == []

        tried.line.network.texts.clear()
        tried.post("Another.", From="left out", MessagingServiceSid="no service")

        assert {breach["where"].split()[0] for breach in tried.noted("contract")} == {"post", "answer"}


def test_nobody_is_served_under_a_wrong_name(tmp_path: Path) -> None:
    with standing_in(tmp_path) as tried:
        answer = requests.post(f"{tried.messages}.json", {"To": PHONE}, auth=(OURS.sid, "guessed"), timeout=5)

        assert (answer.status_code, answer.json()["code"]) == (401, 20003)


NOT_TAKEN = {"reset_after", "black_hole", "error_before", "too_many", "crowded", "permanent"}
BROKEN_OFF = {
    "reset_before": requests.ConnectionError,
    "reset_after": requests.ConnectionError,
    "hang_up": requests.ConnectionError,
    "black_hole": ReadTimeout,
    "no_answer": ReadTimeout,
    "late_answer": ReadTimeout,
    "truncated": ChunkedEncodingError,
}


@pytest.mark.parametrize("fault", BROKEN_OFF)
def test_an_answer_fails_to_come(tmp_path: Path, fault: str) -> None:
    with standing_in(tmp_path, f"{fault}=1") as tried:
        with pytest.raises(BROKEN_OFF[fault]):
            tried.post()

        taken = fault not in {*NOT_TAKEN, "reset_before"}
        assert eventually(lambda: len(tried.noted("accepted")) == taken)


@pytest.mark.parametrize(
    ("fault", "statuses", "taken"),
    [
        ("error_before", {500, 502, 503, 504}, {0}),
        ("error_after", {500}, {12}),
        ("too_many", {429}, {0}),
        ("crowded", {400}, {0}),
        ("permanent", {400}, {0}),
        ("html", {201}, set(range(1, 12))),
        ("slow", {201}, {2}),
    ],
)
def test_an_answer_is_a_wrong_one(tmp_path: Path, fault: str, statuses: set[int], taken: set[int]) -> None:
    texts = 2 if fault == "slow" else 12
    with standing_in(tmp_path, f"{fault}=1") as tried:
        answers = [tried.post(f"text {number}", f"+1212555{100 + number:04}") for number in range(texts)]

        assert {answer.status_code for answer in answers} <= statuses
        assert len(tried.noted("accepted")) in taken
        assert len(tried.noted("played")) == texts
        if fault == "too_many":
            assert {answer.headers.get("Retry-After") for answer in answers} == {"1", "3", None}
        if fault == "html":
            assert all(answer.text.startswith("<!doctype html>") for answer in answers)


def test_who_was_refused_as_unsubscribed_stays_so(tmp_path: Path) -> None:
    with standing_in(tmp_path) as tried:
        tried.line.network.inbound.blocked.add(PHONE)

        assert tried.post().json()["code"] == 21610
        assert tried.noted("accepted") == []


def window(faults: str) -> tuple[float, float]:
    """From and to of the only window in the first hundred seconds."""
    [found] = Windows(Script(1, rates_of(faults)), 100).of_stretch(0)
    return found.begins, found.ends


@pytest.mark.parametrize(("name", "status"), [("outage", 503), ("burst", 429), ("unauthorised", None)])
def test_in_a_window_everything_is_answered_in_one_way(tmp_path: Path, name: str, status: int | None) -> None:
    begins, ends = window(f"{name}=1")
    with standing_in(tmp_path, f"{name}=1", stretch=100) as tried:
        tried.line.network.windows.began -= (begins + ends) / 2
        answers = [tried.post(f"text {number}") for number in range(12)]
        tried.line.network.windows.began -= ends - begins

        found = {answer.status_code for answer in answers}
        assert found <= ({status} if status else {400, 401, 403})
        assert tried.post().status_code == 201


def test_in_a_window_nobody_listens_and_afterwards_somebody_does_on_the_same_port(tmp_path: Path) -> None:
    begins, ends = window("refused=1")
    with standing_in(tmp_path, "refused=1", stretch=100) as tried:
        assert tried.post("before").status_code == 201
        tried.line.network.windows.began -= (begins + ends) / 2

        assert eventually(lambda: refuses(tried.line.url))
        tried.line.network.windows.began -= ends - begins

        assert eventually(lambda: not refuses(tried.line.url))
        assert tried.post("after").status_code == 201


def refuses(url: str) -> bool:
    try:
        requests.get(url, timeout=5)
    except requests.ConnectionError as failure:
        return "Connection refused" in str(failure)
    return False


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
            assert len(tried.listed(To=OURS.sender)) == (2 if fault == "inbound_reordered" else 1)
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
    with standing_in(tmp_path, "list_lags=1", lag=1) as tried:
        tried.post()
        assert tried.listed(To=PHONE) == []
        assert eventually(lambda: len(tried.listed(To=PHONE)) == 1)
    with standing_in(tmp_path, "list_fails=0.5") as tried:
        assert eventually(lambda: is_down(tried.messages))
        assert eventually(lambda: not is_down(tried.messages))
    with standing_in(tmp_path, "look_alike=1,black_hole=1") as tried:
        with pytest.raises(ReadTimeout):
            tried.post("Never taken.")
        alike = tried.listed(To=PHONE)
        assert len([text for text in alike if text["body"] == "Never taken."]) >= 2
        assert tried.noted("contract") == []


def is_down(messages: str) -> bool:
    try:
        return requests.get(f"{messages}.json", auth=(OURS.sid, OURS.token), timeout=5).status_code >= 500
    except requests.ConnectionError:
        return True


def test_one_seed_plays_the_same_and_another_something_else() -> None:
    def played(seed: int) -> list[str | None]:
        script = Script(seed, rates_of("all"))
        return [script.draw("request", PHONE, f"text {number}", 1) for number in range(300)]

    assert played(1) == played(1)
    assert played(1) != played(2)
    requests_faults = {name for name, fault in FAULTS.items() if fault.kind == "request"}
    assert {fault for seed in range(5) for fault in played(seed) if fault} == requests_faults


def test_a_fault_that_nobody_can_play_is_refused_with_the_names_of_the_others() -> None:
    with pytest.raises(NoSuchFault, match="no fault called 'rain'; there are reset_before, "):
        rates_of("html,rain=0.5")


def test_the_ledger_survives_a_kill_and_is_gone_on_with(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    first = started(ledger)
    sids = [posted(first[1], f"text {number}") for number in range(5)]
    os.kill(first[0].pid, signal.SIGKILL)
    first[0].communicate(timeout=20)
    with ledger.open("a") as file:
        file.write('{"what": "accepted", "at": "2026-')  # as a kill in the middle of a line leaves it

    again = started(ledger)
    try:
        answer = requests.get(f"{again[1]}?To=%2B{PHONE[1:]}", auth=(OURS.sid, OURS.token), timeout=20)
    finally:
        again[0].terminate()
        again[0].communicate(timeout=20)

    assert {text["sid"] for text in answer.json()["messages"]} == set(sids)
    assert [entry["sid"] for entry in entries(ledger, "accepted")] == sids
    assert len(list(entries(ledger, "started"))) == 2


def test_what_is_said_of_a_text_by_hand_holds_no_whole_number(tmp_path: Path) -> None:
    process, messages = started(tmp_path / "new" / "ledger.jsonl", quiet=False)
    posted(messages, "You are on.")
    process.terminate()
    said, _ = process.communicate(timeout=20)

    assert said == "POST 201  to …42: 'You are on.'\n"


def started(ledger: Path, *, quiet: bool = True) -> tuple["subprocess.Popen[str]", str]:
    """A stand-in of its own, and where its messages are."""
    asked = ["--port", "0", "--ledger", str(ledger), *(["--quiet"] if quiet else [])]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.stand_in", *asked],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    said = process.stdout.readline() if quiet else "".join(process.stdout.readline() for _ in range(3))
    url = said.strip() if quiet else said.partition('TWILIO_API_URL="')[2].partition('"')[0]
    return process, f"{url}/2010-04-01/Accounts/{OURS.sid}/Messages.json"


def posted(messages: str, body: str) -> str:
    form = {"To": PHONE, "From": OURS.sender, "Body": body}
    answer = requests.post(messages, form, auth=(OURS.sid, OURS.token), timeout=20)
    sid: str = answer.json()["sid"]
    return sid


def test_a_ledger_holds_one_object_a_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")

    ledger.write("accepted", sid="SM1", body="one\ntwo")
    ledger.close()

    [line] = (tmp_path / "ledger.jsonl").read_text().splitlines()
    assert json.loads(line)["body"] == "one\ntwo"
