"""Every way in which the stand-in's answer can go wrong, one by one and for a while."""

from pathlib import Path

import pytest
import requests
from requests.exceptions import ChunkedEncodingError, ReadTimeout

from tests.faults.stand_in.script import Script, rates_of
from tests.faults.stand_in.windows import Windows
from tests.faults.trying import PATIENCE, PHONE, eventually, standing_in

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
        tried.patience = PATIENCE if BROKEN_OFF[fault] is ReadTimeout else tried.patience
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
        if fault == "slow":
            assert min(answer.elapsed.total_seconds() for answer in answers) >= 0.9 * PATIENCE
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
        assert found <= ({status} if status else {400, 401, 403, 429})
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
