"""Reads a body: the entry point of this package."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from .choices import named, numbered
from .deciding import decided
from .kinds import COURTESY, Kind
from .lengths import lengths_read
from .marks import MarkedText, Token, tokenized
from .model import UNKNOWN, Language, Last, Meaning, Question, Reply, ReplyContext
from .opt_out import opt_out_in
from .phrases import phrasebook
from .reactions import Tap, is_of, reaction_in
from .segments import segmented
from .single_words import is_single_word, normalized
from .slips import meant
from .times import times_read

NO_CONTEXT: Final = ReplyContext()
UNKNOWN_AS_QUESTION: Final = frozenset(
    {Meaning.YES, Meaning.NO, Meaning.LATE, Meaning.HERE, Meaning.UNDO, Meaning.GO, Meaning.DONE}
)  # a question mark makes these unknown


def read_reply(body: str, context: ReplyContext = NO_CONTEXT) -> Reply:
    """What the text means in its context. Never raises. Time grows linearly with the length."""
    reply = _reaction(body, context)
    if reply is None:
        marked = tokenized(body)
        reply = _words(_as_one_word(body, context) or marked, context)
        if marked.asks and reply.meaning in UNKNOWN_AS_QUESTION:
            reply = UNKNOWN
    return UNKNOWN if reply.meaning is Meaning.CHATTER and context.media else reply


def _reaction(body: str, context: ReplyContext) -> Reply | None:
    reaction = reaction_in(body)
    if reaction is None:
        return None
    if reaction.tap is Tap.REMOVED:
        return UNKNOWN
    if any(is_of(reaction, each.asked) for each in context.questions if each.asked):
        if reaction.tap is Tap.OTHER:
            return UNKNOWN
        answer = Meaning.YES if reaction.tap is Tap.YES else Meaning.NO
        return Reply(Meaning.WHICH if len(context.questions) > 1 else answer, language=reaction.language)
    if any(is_of(reaction, each.asked) for each in context.open if each.asked):
        return UNKNOWN
    return Reply(Meaning.CHATTER, language=reaction.language)


def _as_one_word(body: str, context: ReplyContext) -> MarkedText | None:
    """Single words that count on their own despite punctuation inside (S.T.O.P., LATE: 10); None for all others."""
    early = _NEGATIVE if context.waits_for(Question.MINUTES) else _EARLY
    if len(body) > _LONGEST_WORD or early.search(unicodedata.normalize("NFKC", body)) or not is_single_word(body):
        return None
    return tokenized(normalized(body))


_LONGEST_WORD: Final = 20_000
_NEGATIVE: Final = re.compile(r"(?:^|\s)[-−–]\d")
_EARLY: Final = re.compile(r"[a-zA-Z]\s*[:,]?\s+[-−–]\d")


def _words(marked: MarkedText, context: ReplyContext) -> Reply:
    readings = [_read(tokens, context) for tokens in _with_names(marked, context)]
    known = [reply for reply in readings if reply is not None]
    if not known:
        return UNKNOWN
    reply = known[0] if all(other == known[0] for other in known) else UNKNOWN
    if reply.language is None and marked.signature is not None and reply.meaning is not Meaning.UNKNOWN:
        return replace(reply, language="es" if marked.signature == "es" else "en")
    return reply


def _with_names(marked: MarkedText, context: ReplyContext) -> Iterator[tuple[Token, ...]]:
    """The corrected words with names marked; twice when a name is also a word (Will, Dale)."""
    names = {part for name in context.names[:_MOST_NAMES] for part in _parts_of(name)}
    called = tuple(token.text in names for token in marked.tokens)
    corrected = tuple(
        token if is_name or not token.text.isalpha() else _worded(token, meant(token.text))
        for token, is_name in zip(marked.tokens, called, strict=True)
    )
    yield tuple(
        replace(token, symbols=("<name>",)) if is_name else token
        for token, is_name in zip(corrected, called, strict=True)
    )
    if any(called):
        yield tuple(
            _worded(token, meant(token.text)) if is_name else token
            for token, is_name in zip(corrected, called, strict=True)
        )


_MOST_NAMES: Final = 200


def _parts_of(name: str) -> Iterator[str]:
    """The words of a name, as they would appear in a text."""
    for token in tokenized(name[:100]).tokens:
        if (
            len(token.text) > 1
            and token.text.isalpha()
            and token.text not in {"de", "la", "del", "los", "the", "and", "van"}
        ):
            yield token.text


def _worded(token: Token, word: str) -> Token:
    return token if word == token.text else replace(token, text=word, symbols=(word,))


def _read(tokens: tuple[Token, ...], context: ReplyContext) -> Reply | None:
    """What one interpretation of the words means; None when it is not understood."""
    timed = lengths_read(times_read(tokens))
    opt_out = opt_out_in(timed, context.speaks) or opt_out_in(tokens, context.speaks)
    if opt_out is not None:
        return opt_out
    segments = segmented(timed, context.speaks)
    reply = decided(segments, context) if segments is not None else None
    choice = _choice(tokens, reply, context)
    return choice or reply


def _choice(tokens: tuple[Token, ...], reply: Reply | None, context: ReplyContext) -> Reply | None:
    """A choice by number or name, ignoring courtesy; None when there is none or the words say something else."""
    if reply is not None and reply.meaning is not Meaning.UNKNOWN:
        return None
    core, language = _without_courtesy(tokens, context)
    if not core:
        return None
    found = numbered(core)
    if found is None:
        found = named(core, context.choices) if context.choices else None
    elif context.sent_last is Last.PERSON and found.bare:
        return None
    if found is None:
        return None
    return Reply(Meaning.CHOICE, found.number, found.language or language)


def _without_courtesy(tokens: tuple[Token, ...], context: ReplyContext) -> tuple[tuple[Token, ...], Language | None]:
    """The tokens without courtesy at either end, and the language of that courtesy."""
    book, speaks = phrasebook(), context.speaks
    first, last = 0, len(tokens)
    language: Language | None = None
    while first < last:
        courtesy = [each for each in book.beginning(tokens[:last], first, speaks) if each.kind in _TAKEN_OFF]
        if not courtesy:
            break
        language = language or courtesy[-1].language
        first = courtesy[-1].end
    while first < last:
        begins = [
            each
            for start in range(max(first, last - _LONGEST_COURTESY), last)
            for each in book.beginning(tokens[:last], start, speaks)
            if each.end == last and each.kind in _TAKEN_OFF
        ]
        if not begins:
            break
        language = language or begins[0].language
        last = begins[0].start
    return tokens[first:last], language


_TAKEN_OFF: Final = COURTESY - {Kind.FILLER}
_LONGEST_COURTESY: Final = 12
