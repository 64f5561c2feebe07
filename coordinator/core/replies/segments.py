"""Covers a text completely with known phrases, or not at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from .kinds import COURTESY, Kind
from .marks import LINE, NOTHING, SOFT, Token
from .model import Language
from .patterns import Phrase
from .phrases import phrasebook

_MAY_STAND_BEFORE_A_NAME: Final = frozenset({Kind.GREETING, Kind.THANKS})
_WITHOUT_SUBJECT: Final = frozenset(
    "can cant cannot could couldnt will wont would is isnt was has hasnt does doesnt not unable late running".split()
)


@dataclass(frozen=True, slots=True)
class Segments:
    """The phrases of a text in order, and its tokens."""

    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]

    def kinds(self) -> frozenset[Kind]:
        return frozenset(phrase.kind for phrase in self.phrases)

    def of(self, kinds: Collection[Kind]) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase in self.phrases if phrase.kind in kinds)

    def tokens_of(self, phrase: Phrase) -> tuple[Token, ...]:
        return self.tokens[phrase.start : phrase.end]

    def words(self, phrase: Phrase) -> str:
        return " ".join(token.text for token in self.tokens_of(phrase))

    def language_of(self, kinds: Collection[Kind]) -> Language | None:
        """The language of these phrases, or else of the courtesy beside them; None when both languages share them."""
        said = [phrase.language for phrase in self.phrases if phrase.kind in kinds and phrase.language]
        beside = [phrase.language for phrase in self.phrases if phrase.language]
        return next(iter(said or beside), None)


def segmented(tokens: Sequence[Token], speaks: Language, *, rude: bool = False) -> Segments | None:
    """The fewest phrases that cover the whole text; None when a word is left over. ``rude``: allow insults."""
    book, tokens = phrasebook(), _with_but_joined(tokens)
    reached: list[tuple[int, Phrase | None] | None] = [None] * (len(tokens) + 1)
    reached[0] = (0, None)
    furthest = 0
    for at in range(len(tokens)):
        here = reached[at]
        if here is None:
            if at > furthest:
                return None
            continue
        for phrase in book.beginning(tokens, at, speaks):
            there = reached[phrase.end]
            if phrase.kind is Kind.RUDE and not rude:
                continue
            if there is None or here[0] + 1 < there[0]:
                reached[phrase.end] = (here[0] + 1, phrase)
            furthest = max(furthest, phrase.end)
    return _walked_back(tokens, reached)


def _walked_back(tokens: tuple[Token, ...], reached: Sequence[tuple[int, Phrase | None] | None]) -> Segments | None:
    phrases: list[Phrase] = []
    at = len(tokens)
    while at > 0:
        here = reached[at]
        if here is None or here[1] is None:
            return None
        phrases.append(here[1])
        at = here[1].start
    segments = Segments(tokens, tuple(reversed(phrases)))
    return segments if _names_stand_well(segments) and _joints_hold(segments) else None


def _with_but_joined(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The comma before a "but" does not separate."""
    return tuple(
        Token(token.text, token.symbols, NOTHING, token.minutes, token.named_times)
        if token.before == SOFT and token.text in {"but", "pero"}
        else token
        for token in tokens
    )


def _names_stand_well(segments: Segments) -> bool:
    """A name is ignored after a greeting, between punctuation, or at the end; "Josh can't" is about someone else."""
    phrases = segments.phrases
    last_word = max((number for number, phrase in enumerate(phrases) if phrase.kind not in COURTESY), default=-1)
    for number, phrase in enumerate(phrases):
        if phrase.kind is not Kind.NAME:
            continue
        following = segments.tokens[phrase.end] if phrase.end < len(segments.tokens) else None
        greeted = number > 0 and phrases[number - 1].kind in _MAY_STAND_BEFORE_A_NAME
        if number > last_word or following is None or following.before > LINE:
            continue
        if not greeted or following.text in _WITHOUT_SUBJECT:
            return False
    return True


def _joints_hold(segments: Segments) -> bool:
    """ "and" connects two phrases; "but" follows thanks, an apology or a wish and precedes what it leads to."""
    phrases = segments.phrases
    for number, phrase in enumerate(phrases):
        first, last = number == 0, number == len(phrases) - 1
        if phrase.kind is Kind.AND and (first or last):
            return False
        if phrase.kind is Kind.BUT and (first or last or not _may_join(phrases[number - 1], phrases[number + 1])):
            return False
    return True


def _may_join(before: Phrase, after: Phrase) -> bool:
    """Whether a "but" adds nothing: sorry but no, no but thanks, late but on the way."""
    if before.kind in _BEFORE_BUT:
        return True
    return (before.kind, after.kind) in _JOINED_BY_BUT


_JOINED_BY_BUT: Final = frozenset(
    {(Kind.NO, Kind.THANKS), (Kind.REFUSAL, Kind.THANKS), (Kind.LATE, Kind.ON_THE_WAY), (Kind.NO, Kind.WISHES)}
)
_BEFORE_BUT: Final = frozenset({Kind.THANKS, Kind.SORRY, Kind.SADLY, Kind.GREETING, Kind.NAME, Kind.JOY})
