"""Texts for the registration of a number with carriers: sample texts, and how people consent."""

from dataclasses import dataclass
from typing import Final

from coordinator.core.wording import fill, worded
from coordinator.messaging.queries.default_texts import default_text

EXAMPLE: Final = {
    "first_name": "Ana",
    "title": "Songs for the River",
    "role": "Front door",
    "time": "8:30pm",
    "was": "8:15pm",
    "day": "Fri Dec 4",
    "stage": "Main stage",
    "venue": "Alder Street Hall",
    "what": "Ana Ruiz",
    "code": "123456",
}
FIRST: Final = "ask"  # names the sender and how to opt out, like every first text to a person
SAMPLES: Final = ("ask", "call", "new_time-set", "shift-hour", "code")
OPT_WORDS: Final = {
    "in": ("START", "UNSTOP"),
    "out": ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
    "help": ("HELP", "INFO"),
}


@dataclass(frozen=True, slots=True)
class Registration:
    """Texts to copy into the registration forms, in English, the language of the reviewers."""

    description: str
    samples: tuple[str, ...]
    opt_in: str
    help: str
    privacy_url: str
    terms_url: str


def registration_of(organisation: str, public_url: str, sign_up_path: str, consent: str) -> Registration:
    """The texts for this organization. ``consent``: the consent words on its sign-up form, at ``sign_up_path``."""
    values = {**EXAMPLE, "org": organisation, "link": f"{public_url}/me/Ana-k7Qw2Rt9"}
    return Registration(
        description=(
            f"{organisation} texts the performers and volunteers of its own live shows who agreed to it: "
            "questions whether they can play, reminders before a set or a shift, changed times, "
            "sign-up codes, and answers to what they write. No advertising."
        ),
        samples=tuple(_sample(name, values) for name in SAMPLES),
        opt_in=(
            f"Volunteers sign up at {public_url}{sign_up_path}: they choose a shift, type their mobile number, and "
            f'read beside the button, with links to the privacy and terms pages: "{consent}" They then prove the '
            "number with a code sent to it. Performers are asked by the coordinator who books them, who ticks that "
            "they agreed. When, how and in which words each person agreed is kept. Numbers are not shared or sold."
        ),
        help=fill(default_text("help", "en"), values),
        privacy_url=f"{public_url}/privacy",
        terms_url=f"{public_url}/terms",
    )


def _sample(name: str, values: dict[str, str]) -> str:
    said = worded(default_text(name, "en"), values, "en", org=values["org"])
    return said.first_body if name == FIRST else said.body
