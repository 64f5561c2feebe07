"""The stand-in is strict, forgets nothing, and plays each fault that it is asked for."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.faults.stand_in.ledger import Ledger, entries
from tests.faults.stand_in.network import OURS
from tests.faults.stand_in.script import FAULTS, NoSuchFault, Script, rates_of
from tests.faults.trying import PHONE, eventually, standing_in

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
