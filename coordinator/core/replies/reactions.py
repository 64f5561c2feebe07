# ruff: noqa: E501
"""Reactions: a phone sends a tap on one of our texts as a text that quotes it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from coordinator.core.personal_links import without_token

from .model import Language

LEAST_QUOTED: Final = 10  # characters of a truncated quote; a shorter one may match any text


class Tap(Enum):
    """What a reaction says about the text it quotes."""

    YES = auto()
    NO = auto()
    OTHER = auto()
    REMOVED = auto()


@dataclass(frozen=True, slots=True)
class Reaction:
    """``quoted`` None: the reaction is to an image or other media."""

    tap: Tap
    quoted: str | None
    language: Language


def reaction_in(body: str) -> Reaction | None:
    """The reaction in a text, in the formats of iPhone and Android in both languages; None if it is not one."""
    hidden_removal = "\u200c" in body[:20]
    shown = unicodedata.normalize("NFKC", _INVISIBLE.sub("", body).translate(_PLAIN_SPACES)).strip()
    found = _REACTION.fullmatch(shown)
    if found is None:
        return _of_an_image(shown)
    words = found.group("words").strip()
    tap, language = _tap(words)
    if tap is None or language is None:
        return None
    return Reaction(Tap.REMOVED if hidden_removal else tap, found.group("quoted"), language)


def is_of(reaction: Reaction, asked: str) -> bool:
    """Whether ``asked`` is the quoted text, which may be truncated."""
    if reaction.quoted is None:
        return False
    whole, quoted = _compared(asked), _compared(reaction.quoted)
    if quoted == whole:
        return True
    cut = _CUT_OFF.sub("", quoted)
    return cut != quoted and len(cut) >= LEAST_QUOTED and whole.startswith(cut)


def _compared(text: str) -> str:
    """The text without case, width, spacing, types of quotes, and the token in a personal link."""
    folded = unicodedata.normalize("NFKC", without_token(text)).casefold()
    return "".join(
        character for character in folded
        if not character.isspace() and character not in _QUOTES and unicodedata.category(character) != "Cf"
    )  # fmt: skip


def _tap(words: str) -> tuple[Tap | None, Language | None]:
    language: Language
    for language, taps in _TAPS.items():
        for tap, shape in taps:
            found = shape.fullmatch(words)
            if found is not None:
                return (_of_emoji(found.group("emoji")) if "emoji" in shape.groupindex else tap), language
    return None, None


def _of_emoji(emoji: str) -> Tap | None:
    characters = [
        character for character in unicodedata.normalize("NFKD", emoji)
        if unicodedata.category(character) not in {"Mn", "Me", "Cf", "Zs", "Sk"} and character not in "♂♀"
    ]  # fmt: skip
    if not 1 <= len(characters) <= 12 or any(character.isalnum() for character in characters):
        return None
    if len(characters) > 1:
        return Tap.OTHER
    return Tap.YES if characters[0] in SAY_YES else Tap.NO if characters[0] in SAY_DISLIKE else Tap.OTHER


def _of_an_image(shown: str) -> Reaction | None:
    found = _OF_AN_IMAGE.fullmatch(" ".join(shown.split())) if len(shown) < _LONGEST_IMAGE else None
    if found is None:
        return None
    removed = found.group("removed") is not None
    return Reaction(
        Tap.REMOVED if removed else Tap.OTHER, None, "es" if found.group("es") or found.group("spanish") else "en"
    )


_LONGEST_IMAGE: Final = 200
SAY_YES: Final = frozenset("👍👌✅✔☑💯🆗🫡❤♥🧡💛💚💙💜🖤🤍🤎💕💖💗💓💞💘💝❣🩷🩵🩶")
SAY_DISLIKE: Final = frozenset("👎")
_QUOTES: Final = frozenset("\"“”„‟«»‹›'‘’‚‛`´′″＂＇")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_PLAIN_SPACES: Final = dict.fromkeys(
    (160, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8239, 8287, 12288), " "
)
_REACTION: Final = re.compile(
    r"(?P<words>[^\"“”„‟«»]{1,80})[\"“„‟«](?P<quoted>.*?)(?:[\"”“»‟]|(?:…|\.\.\.)(?=\s*\Z))\s*[.]?", re.DOTALL
)
_CUT_OFF: Final = re.compile(r"(?:…|\.{2,})+\Z")
_EMOJI: Final = r"(?P<emoji>[^\w\s][^\w]{0,12}|[\u00a9\u00ae])"


def _shape(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_TAPS: Final[dict[Language, tuple[tuple[Tap, re.Pattern[str]], ...]]] = {
    "en": (
        (Tap.REMOVED, _shape(r"removed (?:an?|the|his|her|their)? ?.{1,40} from|took back .{1,40} from|unliked|.{1,14} from")),
        (Tap.YES, _shape(r"liked|loved|hearted|likes|loves")),
        (Tap.NO, _shape(r"disliked|dislikes")),
        (Tap.OTHER, _shape(r"laughed at|emphasi[sz]ed|questioned|reacted with a (?:sticker|memoji|genmoji) to|exclaimed at|laughs at|reacted to")),
        (Tap.OTHER, _shape(rf"(?:reacted (?:with )?)?{_EMOJI} ?to")),
    ),
    "es": (
        (Tap.REMOVED, _shape(
            r"(?:(?:se )?(?:quit[oó]|elimin[oó]|borr[oó]|retir[oó]|ha (?:quitado|eliminado|retirado)|removi[oó])|"
            r"se ha (?:quitado|eliminado|retirado)) .{1,50} (?:de|del|a|en|desde)|ya no le (?:gusta|encanta)|.{1,14} desde")),
        (Tap.NO, _shape(r"(?:a [\w .'-]{1,40} )?no (?:le|me) (?:gust[oó]|gusta|ha gustado)")),
        (Tap.YES, _shape(r"(?:a [\w .'-]{1,40} )?(?:le|me) (?:gust[oó]|gusta|encant[oó]|encanta|ha gustado|ha encantado)")),
        (Tap.OTHER, _shape(
            r"(?:a [\w .'-]{1,40} )?(?:le (?:dio|da|ha dado|hizo) (?:risa|gracia)|se (?:ri[oó]|ha re[ií]do) (?:de|por|con)|exclam[oó] (?:por|sobre|ante)|"
            r"dud[oó] (?:sobre|de|por)|enfatiz[oó]|destac[oó]|cuestion[oó]|pregunt[oó] (?:por|sobre)|puso (?:en duda|énfasis en|enfasis en)|resalt[oó]|"
            r"reaccion[oó] con (?:un |una )?(?:sticker|calcoman[ií]a|memoji|genmoji) a|reaccion[oó] a)")),
        (Tap.OTHER, _shape(rf"(?:a [\w .'-]{{1,40}} )?(?:(?:[\w.'-]{{1,30}} )?reaccion[oó] con |se (?:ha )?reaccion(?:ado|[oó]) con |ha reaccionado con |se reaccion[oó] con |reaccionaste con )?{_EMOJI} ?(?:a|al)")),
    ),
}  # fmt: skip
_THINGS_EN: Final = r"(?:an?|the|your) (?:image|photo|picture|movie|video|attachment|audio message|voice message|message|link|sticker|gif|file|location|contact|document|memoji|screenshot|recording)s?|\d+ (?:images|photos|videos|attachments)"
_THINGS_ES: Final = r"(?:una?|la|el|tu|su) (?:imagen|foto|fotograf[ií]a|v[ií]deo|archivo(?: adjunto)?|adjunto|mensaje(?: de (?:voz|audio))?|audio|nota de voz|enlace|sticker|gif|documento|ubicaci[oó]n|contacto|pel[ií]cula)|\d+ (?:im[aá]genes|fotos|v[ií]deos|archivos)"
_OF_AN_IMAGE: Final = re.compile(
    rf"(?:(?P<removed>removed (?:an?|the)? ?.{{1,40}} from|(?P<es>(?:se )?(?:quit|elimin|retir)[oó] .{{1,40}} (?:de|del|a)))"
    rf"|(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|(?:reacted (?:with )?)?[^\w\s][^\w]{{0,12}} ?to)"
    rf"|(?P<spanish>(?:a [\w .'-]{{1,40}} )?(?:(?:no )?(?:le|me) (?:gust[oó]|gusta|encant[oó]|encanta)|le (?:dio|da) risa|exclam[oó] por|dud[oó] (?:sobre|de)|(?:reaccion[oó] con |se ha reaccionado con )?[^\w\s][^\w]{{0,12}} ?a)))"
    rf" (?:{_THINGS_EN}|{_THINGS_ES})\.?",
    re.IGNORECASE,
)
