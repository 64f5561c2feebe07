"""What texts from phones mean, case by case: those of the contract, and more of the same kinds."""

import json
from pathlib import Path
from typing import Any

import pytest

from coordinator.core.replies import read_reply
from coordinator.core.replies.vectors import reply_in

FOLDER = Path(__file__).with_name("replies")
ANSWER = {"means", "language", "why"}


def cases(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return read


def difference(case: dict[str, Any]) -> str | None:
    """How a case is read otherwise than it says; None if as it says."""
    given = {key: value for key, value in case.items() if key not in ANSWER}
    reply = read_reply(*reply_in(given))
    if (reply.means, reply.language) == (case["means"], case["language"]):
        return None
    told = json.dumps(given, ensure_ascii=False)
    return f"{told}: {reply.means} {reply.language}, not {case['means']} {case['language']}"


@pytest.mark.parametrize("name", ["cases.json", "more.json"])
def test_every_case_is_read_as_it_says(name: str) -> None:
    assert [found for case in cases(name) if (found := difference(case)) is not None] == []


def test_there_are_cases_of_every_meaning_in_both_languages() -> None:
    both = [*cases("cases.json"), *cases("more.json")]
    means = {case["means"].partition(":")[0] for case in both}
    of = {(case["means"].partition(":")[0], case["language"]) for case in both}

    assert means == {
        *(
            "yes",
            "no",
            "which",
            "late",
            "here",
            "when",
            "who",
            "cover",
            "undo",
            "start",
            "help",
            "go",
            "done",
            "status",
        ),
        *("choice", "stop", "wrong_number", "chatter", "unknown"),
    }
    assert {
        (meaning, language)
        for meaning in (
            "yes",
            "no",
            "late",
            "here",
            "when",
            "who",
            "cover",
            "undo",
            "stop",
            "wrong_number",
            "chatter",
            "choice",
            "which",
            "help",
        )
        for language in ("en", "es")
    } <= of
