"""What an answer by text means: the whole grammar of inbound texts.

A body counts only as a whole. Case, accents, outer white space and punctuation do not matter; digits may be full-width,
circled or emoji. Whatever is not in the grammar is free text, which changes nothing and goes to a coordinator to read.

The words Twilio acts on by itself are obeyed too, so that our consent is the network's: STOP and its kin, START and
UNSTOP, HELP and INFO. Three of them, CANCEL, END and QUIT, may also mean that somebody gives up a slot. PARAR and ALTO
are none of Twilio's words, but plainly ask for the same. YES unblocks a long code; here it is an answer like others.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["en", "es"]

MOST_MINUTES_LATE: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """``language`` is the one the word belongs to; None where both languages share it."""

    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Confirm(_Said):
    """C, 1, OK."""


@dataclass(frozen=True, slots=True)
class Cannot(_Said):
    """X, 2."""


@dataclass(frozen=True, slots=True)
class Late(_Said):
    """Minutes after the advertised time, 0 to 240; 0 withdraws.

    None: no number came, or one over 240; the person is to be asked how many minutes.
    """

    minutes: int | None


@dataclass(frozen=True, slots=True)
class Here(_Said):
    """HERE, AQUI."""


@dataclass(frozen=True, slots=True)
class When(_Said):
    """WHEN, CUANDO."""


@dataclass(frozen=True, slots=True)
class Cover(_Said):
    """COVER, RELEVO: somebody else is wanted for the shift."""


@dataclass(frozen=True, slots=True)
class Undo(_Said):
    """UNDO, DESHACER."""


@dataclass(frozen=True, slots=True)
class Go(_Said):
    """GO: a stage manager starts what is next."""


@dataclass(frozen=True, slots=True)
class Done(_Said):
    """DONE: a stage manager ends what is on."""


@dataclass(frozen=True, slots=True)
class Status(_Said):
    """STATUS: a stage manager asks how the night stands."""


@dataclass(frozen=True, slots=True)
class Choice(_Said):
    """One of several things that were asked about: a number from 3 to 99, as 1 and 2 are answers of their own."""

    number: int


@dataclass(frozen=True, slots=True)
class Yes(_Said):
    """YES, SI: confirms only where exactly one question is open and texts are not stopped."""


@dataclass(frozen=True, slots=True)
class OptOut(_Said):
    """No more texts. ``word`` as it was understood; ``may_give_up``: it may mean a slot or shift, so tell somebody."""

    word: str
    may_give_up: bool = False


@dataclass(frozen=True, slots=True)
class OptIn(_Said):
    """START, UNSTOP."""

    word: str


@dataclass(frozen=True, slots=True)
class Help(_Said):
    """HELP, INFO, AYUDA."""


@dataclass(frozen=True, slots=True)
class FreeText(_Said):
    """The body as it came, and how many pictures or sounds came with it. It changes nothing."""

    text: str
    num_media: int = 0


Reply = (
    Confirm
    | Cannot
    | Late
    | Here
    | When
    | Cover
    | Undo
    | Go
    | Done
    | Status
    | Choice
    | Yes
    | OptOut
    | OptIn
    | Help
    | FreeText
)


def read_reply(body: str, *, num_media: int = 0) -> Reply:
    """What the body asks for. Pictures beside a word of the grammar do not change what it means. Never refuses."""
    said = _bare(body)
    return _WORDS.get(said) or _late(said) or _choice(said) or FreeText(body, num_media)


def _bare(body: str) -> str:
    """Capitals and figures without accents or punctuation, one space between words; O.K. and OPT-OUT are one word."""
    characters = unicodedata.normalize("NFKD", body).upper()
    spelled = _BETWEEN_LETTERS.sub("", "".join(character for character in characters if not _is_silent(character)))
    return " ".join("".join(map(_figure_or_space, spelled)).split())


def _is_silent(character: str) -> bool:
    """Accents, the frame around an emoji digit, and marks that only steer how a text is drawn."""
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


def _figure_or_space(character: str) -> str:
    """A figure of any script as 0 to 9, a space for punctuation and control characters, anything else as it is."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return " " if category == "Cc" or category.startswith("P") else character


def _late(said: str) -> Late | None:
    found = _LATE.fullmatch(said)
    if found is None:
        return None
    word, figures = found.groups()
    minutes = _minutes(figures) if figures else None
    return Late(minutes, language="en" if word == "LATE" else "es")


def _minutes(figures: str) -> int | None:
    """None if over the most that is taken. Python refuses to read thousands of figures, and a body can hold them."""
    figures = figures.lstrip("0") or "0"
    in_range = len(figures) <= 3 and int(figures) <= MOST_MINUTES_LATE
    return int(figures) if in_range else None


def _choice(said: str) -> Choice | None:
    return Choice(int(said)) if _CHOICE.fullmatch(said) else None


_BETWEEN_LETTERS: Final = re.compile(r"(?<=[A-Z])[.-](?=[A-Z])")
_LATE: Final = re.compile(r"(LATE|TARDE)(?: ?[+~]? ?([0-9]+) ?(?:M|MINS?|MINUTES?|MINUTOS?)?)?")
_CHOICE: Final = re.compile(r"[3-9]|[1-9][0-9]")
_WORDS: Final[dict[str, Reply]] = {
    **dict.fromkeys(("C", "1", "OK"), Confirm()),
    **dict.fromkeys(("X", "2"), Cannot()),
    "HERE": Here(language="en"),
    "AQUI": Here(language="es"),
    "WHEN": When(language="en"),
    "CUANDO": When(language="es"),
    "COVER": Cover(language="en"),
    "RELEVO": Cover(language="es"),
    "UNDO": Undo(language="en"),
    "DESHACER": Undo(language="es"),
    "GO": Go(),
    "DONE": Done(),
    "STATUS": Status(),
    "YES": Yes(language="en"),
    "SI": Yes(language="es"),
    **{word: OptOut(word) for word in ("STOP", "STOPALL", "UNSUBSCRIBE", "REVOKE", "OPTOUT")},
    "STOP ALL": OptOut("STOPALL"),
    "OPT OUT": OptOut("OPTOUT"),
    **{word: OptOut(word, may_give_up=True) for word in ("CANCEL", "END", "QUIT")},
    **{word: OptOut(word, language="es") for word in ("PARAR", "ALTO")},
    **{word: OptIn(word) for word in ("START", "UNSTOP")},
    **dict.fromkeys(("HELP", "INFO"), Help()),
    "AYUDA": Help(language="es"),
}
