"""Recognizes replies of a single word, however they are typed.

Only the whole body counts. Case, accents, surrounding white space and punctuation do not matter; digits may be
full-width, circled or emoji.

The keywords that Twilio acts on by itself are among them, so that our consent matches the network's: STOP and its
synonyms, START and UNSTOP, HELP and INFO. CANCEL, END and QUIT may also mean giving up a slot. PARAR and ALTO are not
Twilio keywords but ask for the same. YES opts in again on a toll-free or long code; here it is an answer.
"""

import re
import unicodedata
from typing import Final

_WORDS: Final = frozenset(
    """
    C 1 OK X 2 HERE AQUI WHEN CUANDO COVER RELEVO UNDO DESHACER GO DONE STATUS YES SI STOP STOPALL UNSUBSCRIBE REVOKE
    OPTOUT CANCEL END QUIT PARAR ALTO START UNSTOP HELP INFO AYUDA
    """.split()
) | {"STOP ALL", "OPT OUT"}
_BETWEEN_LETTERS: Final = re.compile(r"(?<=[A-Z])[.-](?=[A-Z])")
_LATE: Final = re.compile(r"(?:LATE|TARDE)(?: ?[+~]? ?[0-9]+ ?(?:M|MINS?|MINUTES?|MINUTOS?)?)?")
_CHOICE: Final = re.compile(r"[3-9]|[1-9][0-9]")


def is_single_word(body: str) -> bool:
    """Whether the body is one of the words, LATE with or without minutes, or the number of a choice (3 to 99)."""
    word = normalized(body)
    return word in _WORDS or bool(_LATE.fullmatch(word) or _CHOICE.fullmatch(word))


def normalized(body: str) -> str:
    """Capitals and digits without accents or punctuation, one space between words; O.K. and OPT-OUT are one word."""
    characters = unicodedata.normalize("NFKD", body).upper()
    spelled = _BETWEEN_LETTERS.sub("", "".join(character for character in characters if not _is_silent(character)))
    return " ".join("".join(map(_figure_or_space, spelled)).split())


def _is_silent(character: str) -> bool:
    """Accents, the frame around an emoji digit, and invisible formatting characters."""
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


def _figure_or_space(character: str) -> str:
    """A digit of any script as 0 to 9, a space for punctuation and control characters, anything else unchanged."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return " " if category == "Cc" or category.startswith("P") else character
