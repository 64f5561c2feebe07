"""What to write where a number is registered: our own texts, and the words in which people agree to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ...core.wording import fill
from ...reminders.actions import SENDER
from ...reminders.queries import house_words

EXAMPLE: Final = {
    "first_name": "Ana",
    "title": "Songs for the River",
    "role": "Front door",
    "time": "8:30 pm",
    "was": "8:15 pm",
    "day": "Fri 4 Dec",
    "stage": "Main stage",
    "venue": "Alder Street Hall",
    "what": "Ana Ruiz",
    "code": "123456",
}
FIRST: Final = "ask"  # names the sender and says how to stop, as every first text to a person does
SAMPLES: Final = ("ask", "call", "new_time-set", "shift-hour", "code")
OPT_WORDS: Final = {
    "in": ("START", "UNSTOP"),
    "out": ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
    "help": ("HELP", "INFO"),
}


@dataclass(frozen=True, slots=True)
class Registration:
    """Texts to copy into the forms, in English, the language in which they are read there."""

    description: str
    samples: tuple[str, ...]
    opt_in: str
    help: str


def registration_of(organisation: str, sign_up_url: str, consent: str) -> Registration:
    """For this organisation. ``consent`` are the words that its sign-up form shows, at ``sign_up_url``."""
    values = {**EXAMPLE, "org": organisation}
    return Registration(
        description=(
            f"{organisation} texts the performers and volunteers of its own live shows who agreed to it: "
            "questions whether they can play, reminders before a set or a shift, changed times, "
            "sign-up codes, and answers to what they write. No advertising."
        ),
        samples=tuple(_sample(name, values) for name in SAMPLES),
        opt_in=(
            f"Volunteers sign up at {sign_up_url}: they choose a shift, type their mobile number, and read beside the "
            f'button: "{consent}" They then prove the number with a code sent to it. Performers are asked by the '
            "coordinator who books them, who ticks that they agreed. When, how and in which words each person agreed "
            "is kept. Numbers are not shared or sold."
        ),
        help=fill(house_words("help", "en"), values),
    )


def _sample(name: str, values: dict[str, str]) -> str:
    before, after = SENDER["en"] if name == FIRST else ("", "")
    return fill(house_words(name, "en"), values, before=before.replace("{org}", values["org"]), after=after)
