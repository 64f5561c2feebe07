"""The words of an email, made of those of a text."""

import pytest

from coordinator.core.mail_words import emailed, subject_of

VALUES = {
    "first_name": "Ana",
    "org": "Kitchen Table",
    "role": "Front door",
    "time": "5pm",
    "day": "Fri Dec 4",
    "link": "x",
}

WORDS = [
    (
        "{org}: [{first_name}, ]you're on {role}, {day}, {time}[, {place}]. <Reply C to confirm.>[ {link}]",
        {
            "subject": "You're on Front door, Fri Dec 4, 5pm",
            "body": "Ana, you're on Front door, Fri Dec 4, 5pm.",
            "asks": True,
        },
    ),
    (
        "{first_name}, see {link} first. Bye. {link}",
        {"subject": "See x first (Benefit)", "body": "Ana, see x first. Bye."},
    ),
    ("¿vienes {time}?[ <Si no, {time}.>]", {"subject": "¿Vienes 5pm?", "body": "¿Vienes 5pm?"}),
    ("Cuándo: “ya” {time}", {"subject": "Cuándo: “ya” 5pm", "body": "Cuándo: “ya” 5pm"}),
]


@pytest.mark.parametrize(("words", "mail"), WORDS)
def test_an_email_is_whole_and_leaves_out_what_only_a_phone_can_do(words: str, mail: dict[str, object]) -> None:
    assert emailed(words, VALUES, org="Kitchen Table", title="Benefit") == mail


SUBJECTS = [
    ("Ana, doors at 7. Bring a chair.", "Doors at 7"),
    ("Hi all\nDoors at 7", "Hi all (Benefit)"),
    ("Ana: can you come?", "Can you come? (Benefit)"),
    ("", "Benefit"),
    ("On at 7 " + "and on " * 20, "On at 7 and on and on and on and on and on and on and on and on and on and…"),
    ("7" * 100, "7" * 78),
]


@pytest.mark.parametrize(("body", "subject"), SUBJECTS)
def test_the_subject_is_the_first_sentence_without_the_greeting(body: str, subject: str) -> None:
    assert subject_of(body, first_name="Ana", org="Kitchen Table", title="Benefit") == subject
