"""Opt-outs, checked before anything else: one sentence that asks for no more texts is enough, whatever surrounds it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from .kinds import COURTESY, NO_KINDS, OPT_OUTS, Kind
from .marks import HARD, LINE, NOTHING, Token
from .model import Language, Meaning, Reply
from .phrases.english_opt_out import ADJECTIVES, ASIDES
from .segments import Segments, segmented

LONGEST: Final = 60  # words in a sentence that can be an opt-out


def opt_out_in(tokens: Sequence[Token], speaks: Language) -> Reply | None:
    """The opt-out in a text; None when there is none."""
    plain = _without_rude_words(tokens)
    sentences = tuple(_parted(plain, HARD))
    replies = [reply for sentence in sentences if (reply := _in_sentence(sentence, speaks)) is not None]
    whole = _whole(plain, speaks)
    for reply in (*replies, whole):
        if reply is not None and reply.meaning is Meaning.WRONG_NUMBER:
            return reply
    for reply in (whole, *replies):
        if reply is not None:
            return reply
    return _last_sentence(sentences, speaks)


def _in_sentence(sentence: tuple[Token, ...], speaks: Language) -> Reply | None:
    """The opt-out in one sentence, or in a part of it between commas."""
    whole = _said(sentence, speaks, {Kind.STOP_TEXTS, Kind.WRONG_NUMBER})
    if whole is not None:
        return whole
    clauses = tuple(_parted(sentence, LINE))
    for number, clause in enumerate(clauses):
        if number and _takes_back(clauses[number - 1]):
            continue
        if len(clauses) > 1 and (said := _said(clause, speaks, {Kind.STOP_TEXTS})) is not None:
            return said
    return None


def _takes_back(clause: Sequence[Token]) -> bool:
    """Whether the words after it make it the result of a condition, or a report of what someone else said."""
    words = [token.text for token in clause]
    told = not _TELLING.isdisjoint(words) and words[0] not in _SELF
    return words[0] in _CONDITIONS or words[-1] in _UNFINISHED or told


def _whole(tokens: Sequence[Token], speaks: Language) -> Reply | None:
    """Single words count only as the whole text, ignoring courtesy."""
    if len(tokens) > LONGEST:
        return None
    segments = segmented(tokens, speaks, rude=True)
    if segments is None or not segments.kinds() & OPT_OUTS:
        return None
    found = [phrase for phrase in segments.phrases if phrase.kind in OPT_OUTS]
    others = segments.kinds() - OPT_OUTS - COURTESY
    if segments.kinds() & {Kind.NOT_ME, Kind.WRONG_NUMBER}:
        allowed = others <= _BESIDE_AN_OPT_OUT
        return Reply(Meaning.WRONG_NUMBER, language=_language(segments)) if allowed else None
    if others:
        return None
    words = {segments.words(phrase) for phrase in found}
    gives_up = all(phrase.kind is Kind.GIVE_UP for phrase in found)
    if any(phrase.kind is Kind.GIVE_UP for phrase in found) and not gives_up:
        return None
    return Reply(Meaning.STOP, language=_language(segments), word=min(words).upper(), may_give_up=gives_up)


def _said(tokens: tuple[Token, ...], speaks: Language, kinds: set[Kind]) -> Reply | None:
    if not tokens or len(tokens) > LONGEST:
        return None
    segments = segmented((replace(tokens[0], before=NOTHING), *tokens[1:]), speaks, rude=True)
    if segments is None or not segments.kinds() & kinds:
        return None
    if not segments.kinds() - COURTESY - OPT_OUTS <= _BESIDE_AN_OPT_OUT or _is_denied(segments):
        return None
    if Kind.WRONG_NUMBER in segments.kinds():
        return Reply(Meaning.WRONG_NUMBER, language=_language(segments))
    said = segments.of({Kind.STOP_TEXTS})
    return Reply(Meaning.STOP, language=_language(segments), word=segments.words(said[0]).upper()[:60])


def _is_denied(segments: Segments) -> bool:
    """A "no" directly before it reverses it: "no dejen de escribirme", "I don't want to …"."""
    for before, phrase in zip(segments.phrases, segments.phrases[1:], strict=False):
        bare = phrase.language == "en" and segments.words(before) in {"no", "nope", "nah"}
        turned = phrase.kind is Kind.STOP_TEXTS and before.kind in NO_KINDS and not bare
        if turned and segments.tokens[phrase.start].before <= LINE:
            return True
    return False


def _last_sentence(sentences: Sequence[tuple[Token, ...]], speaks: Language) -> Reply | None:
    """STOP or UNSUBSCRIBE as the last sentence; laughter beside it makes it a joke."""
    if len(sentences) < 2:
        return None
    last = sentences[-1]
    if len(last) > LONGEST:
        return None
    segments = segmented((replace(last[0], before=NOTHING), *last[1:]), speaks, rude=True)
    if segments is None or Kind.STOP not in segments.kinds():
        return None
    if not segments.kinds() <= {Kind.STOP, Kind.PLEASE, Kind.THANKS, Kind.NAME, Kind.RUDE}:
        return None
    return Reply(Meaning.STOP, language=_language(segments), word=segments.words(segments.of({Kind.STOP})[0]).upper())


def _language(segments: Segments) -> Language | None:
    """The language of the opt-out, or else of the courtesy beside it."""
    said = [phrase.language for phrase in segments.phrases if phrase.kind in OPT_OUTS and phrase.language]
    beside = [phrase.language for phrase in segments.phrases if phrase.language]
    return next(iter(said or beside), None)


def _parted(tokens: Sequence[Token], mark: int) -> Iterator[tuple[Token, ...]]:
    part: list[Token] = []
    for token in tokens:
        if token.before >= mark and part:
            yield tuple(part)
            part = []
        part.append(token)
    if part:
        yield tuple(part)


def _without_rude_words(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens without swear words: damn, f***ing, the hell."""
    kept: list[Token] = []
    at, before = 0, NOTHING
    while at < len(tokens):
        length = _rude_words(tokens, at)
        if length and len(tokens) > length:
            before = max(before, tokens[at].before)
            at += length
            continue
        kept.append(replace(tokens[at], before=max(before, tokens[at].before)) if before else tokens[at])
        before = NOTHING
        at += 1
    return tuple(kept)


def _rude_words(tokens: Sequence[Token], at: int) -> int:
    for aside in ASIDES:
        if tuple(token.text for token in tokens[at : at + len(aside)]) == aside:
            return len(aside)
    return (
        1
        if tokens[at].text in ADJECTIVES and tokens[at + 1 : at + 2] and tokens[at + 1].text not in {"off", "you", "it"}
        else 0
    )


_BESIDE_AN_OPT_OUT: Final = frozenset(
    {
        Kind.RUDE,
        Kind.WHO,
        Kind.NO,
        Kind.AND,
        Kind.SADLY,
        Kind.SAD,
        Kind.OOPS,
        Kind.DOUBT,
        Kind.ASSENT,
        Kind.REFUSAL,
        Kind.HEARD,
    }
)
_CONDITIONS: Final = frozenset("if unless when until si cuando hasta aunque".split())
_UNFINISHED: Final = frozenset("dont not never nunca no to cant wont will and y que a do you i he she they".split())
_TELLING: Final = frozenset("said says told tells asked asks like dijo dice dijeron pidio".split())
_SELF: Final = frozenset("i we yo ya".split())
