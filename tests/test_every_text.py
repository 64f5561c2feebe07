"""Every text that we send, in both languages: as ``test_every_text.txt`` shows it, each in one segment.

The same as an email stands in ``test_every_mail.txt``. ``pytest tests/test_every_text.py --write-snapshots`` writes
both files anew.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.core.json_values import JsonObject
from coordinator.core.sms_text import measure
from coordinator.core.wording import fill, worded
from coordinator.messaging.queries.default_texts import default_text, mail_of
from tests.ordinary import BY_LANGUAGE
from tests.snapshots import Snapshot

SMS = Path(__file__).resolve().parent.parent / "coordinator/templates/sms"
NAMES = sorted(path.stem for path in (SMS / "en").glob("*.txt"))
LANGUAGES = ("en", "es")
SNAPSHOT = Path(__file__).with_suffix(".txt")
MAILS = SNAPSHOT.with_name("test_every_mail.txt")

# Any text can be the first to a phone, which says who writes and how to stop. A part is the inside of another text; the
# farewell only answers STOP; and these then take two segments: lists, and a call time beside a link.
LISTS = ("changed-shift", "echo-on-now", "echo-over-now", "echo-when", "echo-when-one", "echo-which", "echo-who")
FIRST = [name for name in NAMES if name not in (*LISTS, "stopped") and not name.startswith("part-")]
HOLDS = ("hold", "part-held", "part-status-held")
ITS_OWN = {  # what a placeholder stands for in one text alone
    ("alert-late", "number"): "10",
    ("call-missed", "time"): "",
    ("alert-overdue-end", "next"): "The Poor Nobodys",
    ("echo-commands", "stage"): "GARDEN",
    ("part-ends-over", "over"): "15",
    ("part-held", "next"): "The Poor Nobodys",
    ("part-status-due", "next"): "The Poor Nobodys",
    ("part-status-next", "next"): "The Poor Nobodys",
    ("part-status-on", "next"): "The Poor Nobodys",
    ("part-choice", "number"): "3",
    ("disputed-no", "name"): "Wilhelmina & Carlos",
    ("disputed-yes", "name"): "Wilhelmina & Carlos",
    ("swap-ask", "was"): "Front door 9pm",
    **{(text, "why"): "lightning over the park" for text in (*HOLDS, "echo-when-one", "part-when-item")},
    ("echo-refused", "what"): "The Poor Nobodys has already started.",
}
ABOUT_TEXTS = ("help", "started", "stopped", "try", "removed")  # texts about texts, or with a contact filled in
# Texts that take more than one segment with these names, each with its reason.
LONGER = {
    ("ask", language): "the first that someone hears of us: who asks, for which show, when, and where to read more"
    for language in LANGUAGES
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_takes_one_segment(name: str, language: str) -> None:
    for body in said(name, language):
        measured = measure(body)

        assert measured.encoding == "GSM-7"
        assert (measured.segments == 1) is ((name, language) not in LONGER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_a_text_or_an_email_ends_twice(language: str) -> None:
    mails = [_mail(name, language)["body"] for name in NAMES if not name.startswith(("part-", "echo-"))]
    bodies = [body for name in NAMES for body in said(name, language)]

    assert [body for body in (*bodies, *mails) if re.search(r"\.\.(?!\.)", body)] == []


def test_every_text_reads_as_it_was_read_last(snapshot: Snapshot) -> None:
    snapshot.check(SNAPSHOT, "\n".join(page()) + "\n")


def said(name: str, language: str) -> list[str]:
    """The text among others, and as the first one to a phone where it can be that."""
    words = default_text(name, language)
    values = BY_LANGUAGE[language] | {named: value for (text, named), value in ITS_OWN.items() if text == name}
    bodies = [fill(words, values)]
    if name in FIRST and (name, language) != (
        "signed-up",
        "es",
    ):  # as a first text it takes two: a call time and a link
        bodies.append(worded(words, values, language, org=values["org"]).first_body)
    return bodies


def page() -> Iterator[str]:
    """Each text with the characters that it takes; the second line of a language is the first text to a phone."""
    for name in NAMES:
        yield name
        for language in LANGUAGES:
            yield from (f"  {language} {measure(body).units:3}  {body}" for body in said(name, language))


def test_every_email_reads_as_it_was_read_last(snapshot: Snapshot) -> None:
    snapshot.check(MAILS, "\n".join(mails()) + "\n")


def mails() -> Iterator[str]:
    """Each as subject and body; ``?`` asks for an answer. A part is the inside of another."""
    for name in NAMES:
        if not name.startswith(("part-", "echo-")):
            yield name
            for language in LANGUAGES:
                mail = _mail(name, language)
                yield f"  {language} {'?' if mail.get('asks') else ' '} {mail['subject']}"
                yield f"       {mail['body']}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_email_has_a_short_subject_and_asks_for_nothing_only_a_phone_can_do(name: str, language: str) -> None:
    mail = _mail(name, language)

    assert 0 < len(mail["subject"]) <= 78
    assert not re.search(r"[<>{}\[\]]|/me/", mail["body"])
    if not name.startswith(("part-", "echo-", *ABOUT_TEXTS)):
        assert not re.search(r"\b([Rr]eply|STOP|[Rr]esponde)\b", mail["body"])


def _mail(name: str, language: str) -> JsonObject:
    values = BY_LANGUAGE[language] | {named: value for (text, named), value in ITS_OWN.items() if text == name}
    return mail_of(default_text(name, language), values, org=values["org"], title=values["title"])
