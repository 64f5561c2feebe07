"""What a yes or no answers, given the open questions, the last text sent, and the days and times it names."""

from collections.abc import Iterable
from typing import Final

from .kinds import COURTESY, NO_KINDS, YES_KINDS, Kind
from .marks import HARD, LINE, tokenized
from .model import UNKNOWN, Last, Meaning, Question, Reply, ReplyContext
from .named_times import NamedTime, all_stand, clock_named
from .segments import Segments
from .times import named_times_in, times_asked_about

LETTERS: Final = frozenset({Kind.YES_LETTER, Kind.NO_LETTER})


def yes_to(segments: Segments, context: ReplyContext) -> Reply:
    """What a yes answers. UNKNOWN together with regrets, as a condition, or when it may answer something else."""
    kinds = segments.kinds()
    if kinds & {Kind.SAD, Kind.SADLY, Kind.NEXT_TIME, Kind.OOPS}:
        return UNKNOWN
    if _is_condition(segments):
        return UNKNOWN
    if _is_until(segments) or _is_about_a_text(segments):
        return UNKNOWN
    rank = _rank(kinds, _MOST_SAID_YES)
    weight = Kind.PROMISE if rank is Kind.SEE_YOU else rank
    return _answer(segments, Meaning.YES, weight, context)


_MOST_SAID_YES: Final = (
    Kind.YES_LETTER, Kind.PROMISE, Kind.SWAP_YES, Kind.YES_FIGURE, Kind.YES, Kind.ASSENT, Kind.SEE_YOU,
)  # fmt: skip


def no_to(segments: Segments, context: ReplyContext) -> Reply:
    """What a no answers. UNKNOWN together with joy, or when it may negate the words after it."""
    if Kind.JOY in segments.kinds() or _is_negated(segments):
        return UNKNOWN
    rank = _rank(segments.kinds(), (Kind.NO_LETTER, Kind.REFUSAL, Kind.SWAP_NO, Kind.NO_FIGURE, Kind.NO))
    return _answer(segments, Meaning.NO, rank, context)


def _is_negated(segments: Segments) -> bool:
    """ "No estoy trabajando", "no tengo que cancelar": a "no" directly before it may negate it."""
    for before, phrase in zip(segments.phrases, segments.phrases[1:], strict=False):
        first = segments.tokens[phrase.start]
        denies = phrase.kind in _MAY_BE_DENIED and phrase.language and first.text not in _BEGINS_ANEW
        if segments.words(before) in {"no", "x"} and first.before <= LINE and denies:
            return True
    return False


_MAY_BE_DENIED: Final = frozenset({Kind.REASON, Kind.HEARD, Kind.WISH, Kind.NO, Kind.REFUSAL, Kind.SWAP_NO, Kind.COVER})


_BEGINS_ANEW: Final = frozenset(
    """
    no nope not nah cant cannot wont unfortunately sorry i im ive id we were weve wed ill well my our because since as
    para ni que mejor claro nel porque pq xq por ya pues
    """.split()
)


def _rank(kinds: frozenset[Kind], order: Iterable[Kind]) -> Kind:
    """The most significant of several kinds: the first one in ``order``."""
    return next((kind for kind in order if kind in kinds), Kind.NO)


def _is_until(segments: Segments) -> bool:
    """ "Hasta las 9" is a limit; "hasta el viernes" is a goodbye."""
    farewells = [segments.tokens_of(phrase) for phrase in segments.of({Kind.SEE_YOU})]
    return any(words[0].text == "hasta" and _has_clock(named_times_in(words)) for words in farewells)


def _is_about_a_text(segments: Segments) -> bool:
    """ "Yes I got the text" may answer whether the text arrived."""
    return any(segments.tokens[phrase.start].text == "i" for phrase in segments.of({Kind.HEARD}))


def _has_clock(named_times: Iterable[NamedTime]) -> bool:
    return any(named_time[0] == "clock" for named_time in named_times)


def _is_condition(segments: Segments) -> bool:
    """ "Si puedo voy": "si" with a verb in the sentence of another answer may mean "if"."""
    answers = segments.of(YES_KINDS)
    for number, phrase in enumerate(answers):
        words = segments.tokens_of(phrase)
        if len(words) > 1 and words[0].text == "si" and words[1].before <= LINE and words[1].text not in _NO_CONDITION:
            before = answers[number - 1] if number else None
            after = answers[number + 1] if number + 1 < len(answers) else None
            if before is not None and segments.tokens[phrase.start].before < HARD:
                return True
            if after is not None and segments.tokens[after.start].before < HARD:
                return True
    return False


_NO_CONDITION: Final = frozenset("claro senor senora por gracias seguro como con".split())


def _answer(segments: Segments, meaning: Meaning, weight: Kind, context: ReplyContext) -> Reply:
    said = segments.language_of(YES_KINDS | NO_KINDS)
    outcome = _outcome(segments, meaning, weight, context)
    if outcome in {Meaning.YES, Meaning.NO, Meaning.WHICH} and not _times_stand(segments, context):
        return UNKNOWN
    if outcome is Meaning.CHATTER and _names_a_clock(segments, context):
        return UNKNOWN
    return UNKNOWN if outcome is Meaning.UNKNOWN else Reply(outcome, language=said)


def _outcome(segments: Segments, meaning: Meaning, weight: Kind, context: ReplyContext) -> Meaning:
    if context.sent_last is Last.PERSON:
        return _after_a_person(segments, meaning, weight, context)
    if len(context.questions) > 1:
        return _of_several(segments, weight, context)
    if weight in LETTERS:
        return meaning
    if not context.questions:
        return _with_none_open(meaning, weight, context)
    if context.sent_last is not Last.QUESTION:
        return Meaning.CHATTER if weight is Kind.ASSENT else Meaning.UNKNOWN
    return meaning if _answers(context.questions[0].kind, segments, weight) else Meaning.UNKNOWN


def _after_a_person(segments: Segments, meaning: Meaning, weight: Kind, context: ReplyContext) -> Meaning:
    """A coordinator wrote since, or is in a conversation: only the letters C and X answer the automatic question."""
    alone = not segments.kinds() - COURTESY - LETTERS
    if weight not in LETTERS or not alone:
        return Meaning.UNKNOWN
    return Meaning.WHICH if len(context.questions) > 1 else meaning


def _of_several(segments: Segments, weight: Kind, context: ReplyContext) -> Meaning:
    if weight in LETTERS:
        return Meaning.WHICH
    if context.sent_last is Last.QUESTION:
        would = any(_answers(question.kind, segments, weight) for question in context.questions)
        return Meaning.WHICH if would else Meaning.UNKNOWN
    return Meaning.CHATTER if weight is Kind.ASSENT else Meaning.UNKNOWN


def _with_none_open(meaning: Meaning, weight: Kind, context: ReplyContext) -> Meaning:
    if weight is Kind.PROMISE:
        return Meaning.UNKNOWN if context.waits_for(Question.DECLINED) else Meaning.CHATTER
    if weight is Kind.REFUSAL:
        return meaning
    return Meaning.CHATTER if weight is Kind.ASSENT else Meaning.UNKNOWN


def _answers(question: Question, segments: Segments, weight: Kind) -> bool:
    """Whether words of this weight answer this question, if it was asked last."""
    if segments.kinds() & {Kind.SWAP_YES, Kind.SWAP_NO}:
        return question is Question.SWAP
    return question is not Question.SWAP or weight not in {Kind.PROMISE, Kind.REFUSAL}


def _times_stand(segments: Segments, context: ReplyContext) -> bool:
    said = _times_said(segments)
    asked = {
        named_time
        for question in context.questions
        if said and question.asked
        for named_time in times_asked_about(tokenized(question.asked[:2000]).tokens)
    }
    return all_stand(said, asked, today=context.today)


def _times_said(segments: Segments) -> frozenset[NamedTime]:
    bare = {
        clock_named(token.text)
        for phrase in segments.of({Kind.ASSENT, Kind.NO})
        for token in segments.tokens_of(phrase)
        if "<number>" in token.symbols
    }
    return named_times_in(segments.tokens) | bare


def _names_a_clock(segments: Segments, context: ReplyContext) -> bool:
    """Whether it gives an arrival time although nothing was asked: a person reads it."""
    return _has_clock(_times_said(segments)) and not _times_stand(segments, context)
