"""What holds for every text, whatever its words."""

import json
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.replies import UNITS
from coordinator.core.replies import Last, Meaning, OpenQuestion, Question, Reply, ReplyContext, read_reply
from coordinator.core.replies.vectors import reply_in

FOLDER = Path(__file__).with_name("replies")
CASES = [
    (reply_in({key: value for key, value in case.items() if key not in {"means", "language", "why"}}), case["means"])
    for name in ("cases.json", "more.json")
    for case in json.loads((FOLDER / name).read_text(encoding="utf-8"))
]
PLAIN = [(body, context, means) for (body, context), means in CASES if "“" not in body and '"' not in body]
UNDERSTOOD = [(body, context) for body, context, means in PLAIN if means not in {"chatter", "unknown"}]
PLACES = st.builds(
    ReplyContext,
    media=st.integers(0, 2),
    open=st.lists(st.builds(OpenQuestion, st.sampled_from(Question), st.none() | st.text(max_size=40)), max_size=3).map(
        tuple
    ),
    last=st.none() | st.sampled_from(Last),
    choices=st.dictionaries(st.text(max_size=3), st.text(max_size=20), max_size=3),
    today=st.booleans(),
    names=st.lists(st.text(max_size=12), max_size=3).map(tuple),
    stage_manager=st.booleans(),
    speaks=st.sampled_from(["en", "es"]),
)
PIECES = st.sampled_from(
    [
        *(
            "yes",
            "no",
            "sí",
            "puedo",
            "c",
            "x",
            "1",
            "ok",
            "late",
            "10",
            "min",
            "here",
            "stop",
            "texting",
            "me",
            "I'll be there",
        ),
        *(
            "no me",
            "escriban",
            "gracias",
            "thanks",
            "?",
            ".",
            ",",
            "\n",
            "👍",
            "🤔",
            "“",
            "”",
            "Liked",
            "8:30pm",
            "Friday",
            "Josh",
        ),
        *("-", "and", "but", "la", "the", "garden", "\u200b", "\ud83d", "can't", "make it", "wrong number", "see you"),
    ]
)
BODIES = st.text() | st.lists(PIECES, max_size=12).map(" ".join)


@given(BODIES, PLACES)
def test_any_text_in_any_place_is_read(body: str, context: ReplyContext) -> None:
    reply = read_reply(body, context)

    assert isinstance(reply, Reply)
    assert reply.meaning is not Meaning.UNKNOWN or reply.language is None


@given(BODIES, PLACES)
def test_after_a_person_our_letters_alone_say_yes_or_no(body: str, context: ReplyContext) -> None:
    reply = read_reply(body, replace(context, last=Last.PERSON))

    letters = {word.strip(".,!?“”-").casefold() for word in body.split()} & {"c", "x"}
    assert reply.meaning not in {Meaning.YES, Meaning.NO} or letters or "“" in body


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_in_proportion_to_the_length(unit: str) -> None:
    done = [calls_to_read(unit * (length // len(unit))) for length in (4_000, 16_000)]

    assert done[1] < 5 * done[0] + 500


def calls_to_read(body: str) -> int:
    """How many functions are called, of ours and of the library; not how long it takes, which is the machine's."""
    context, calls = ReplyContext(open=(OpenQuestion(Question.ASK),)), 0

    def count(_frame: object, event: str, _called: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    read_reply("", context)
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_reply(body, context)
    finally:
        sys.setprofile(before)
    return calls


def test_case_accents_width_spacing_and_kinds_of_marks_do_not_matter() -> None:
    assert [
        (body, written)
        for body, context, _ in PLAIN[::5]
        for written in (
            body.upper(),
            without_accents(body),
            body.replace(" ", "\u00a0 "),
            body.replace("'", "’"),
            body.replace(" ", "\n") if "from" not in body and "desde" not in body and "Outlook" not in body else body,
        )
        if read_reply(written, context) != read_reply(body, context)
        and read_reply(written, context).means != read_reply(body, context).means
    ] == []


def without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def test_courtesy_changes_no_meaning() -> None:
    letters = [("C", ReplyContext()), ("X", ReplyContext()), ("C", ReplyContext(last=Last.PERSON))]
    signed = [(body, context) for body, context in UNDERSTOOD[::7] if "Sent" not in body and ". " not in body]

    assert [
        polite
        for body, context in [*letters, *(each for each in signed if "Envi" not in each[0] and "Get" not in each[0])]
        for polite in (
            f"Hi, {body}",
            f"Hola. {body}",
            f"{body}, thanks!",
            f"{body} 🙂",
            f"{body}\n\nSent from my iPhone",
        )
        if read_reply(polite, context).means != read_reply(body, context).means
    ] == []


def test_a_sentence_that_is_not_understood_makes_unknown_of_all_but_an_opt_out() -> None:
    assert {
        read_reply(beside, context).meaning
        for body, context in UNDERSTOOD[::7]
        for beside in (f"{body}. The purple van is downstairs", f"The purple van is downstairs. {body}")
    } <= {Meaning.UNKNOWN, Meaning.STOP, Meaning.WRONG_NUMBER}
