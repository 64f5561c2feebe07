"""From the phrases of a text to its meaning in context."""

from collections.abc import Iterable
from typing import Final

from .answering import no_to, yes_to
from .kinds import ACTS, COURTESY, LATE_KINDS, NO_KINDS, OPT_OUTS, YES_KINDS, Kind
from .marks import LINE, Token
from .model import UNKNOWN, Last, Meaning, Question, Reply, ReplyContext
from .named_times import TODAY
from .segments import Segments
from .times import named_times_in

BARE: Final = frozenset({Kind.GO, Kind.DONE, Kind.STATUS, Kind.START, Kind.HELP})
OF_A_STAGE_MANAGER: Final = frozenset({Kind.GO, Kind.DONE, Kind.STATUS})
_FITS_A_NO: Final = frozenset(
    {Kind.REASON, Kind.WISH, Kind.NEXT_TIME, Kind.SADLY, Kind.SAD, Kind.BUT, Kind.OOPS, Kind.HEARD}
)
_FITS_A_YES: Final = frozenset({Kind.HEARD})
_FITS_A_LATE: Final = frozenset(
    {
        Kind.LATE_REASON,
        Kind.ON_THE_WAY,
        Kind.SADLY,
        Kind.SAD,
        Kind.MINUTES,
        Kind.TRAFFIC,
        Kind.BUT,
        Kind.OOPS,
        Kind.SEE_YOU,
    }
)
_FIGURES: Final = frozenset({Kind.MINUTES, Kind.YES_FIGURE, Kind.NO_FIGURE})
_JOINTS: Final = frozenset({Kind.AND, Kind.AT})


def decided(segments: Segments, context: ReplyContext) -> Reply:
    """What the phrases mean together, ignoring question marks and pictures."""
    kinds = segments.kinds()
    said = kinds - COURTESY - _JOINTS
    if kinds & (OPT_OUTS | {Kind.RUDE, Kind.DOUBT, Kind.SPOKEN_QUESTION}):
        return UNKNOWN
    if said and said <= _FIGURES and context.waits_for(Question.MINUTES):
        return _minutes(segments, context)
    if said & LATE_KINDS and not said & (YES_KINDS - {Kind.SEE_YOU} | NO_KINDS | ACTS):
        return _late(segments, context)
    if acts := said & ACTS:
        return _act(segments, acts, context)
    if said & YES_KINDS and not said - YES_KINDS - _FITS_A_YES:
        return yes_to(segments, context)
    if _says_no(said) and not said - NO_KINDS - _FITS_A_NO:
        return no_to(segments, context)
    if said == {Kind.HEARD}:
        return _chatter(segments, Kind.AT not in kinds and context.sent_last is not Last.QUESTION)
    return _courtesy(segments, context) if not said and Kind.AT not in kinds else UNKNOWN


def _says_no(said: frozenset[Kind]) -> bool:
    return bool(said & NO_KINDS) or {Kind.WISH, Kind.REASON} <= said


def _chatter(segments: Segments, is_chatter: bool) -> Reply:
    return Reply(Meaning.CHATTER, language=segments.language_of(COURTESY)) if is_chatter else UNKNOWN


def _courtesy(segments: Segments, context: ReplyContext) -> Reply:
    """Only courtesy: a greeting needs an answer by a person, an apology may be a no, thanks need nothing."""
    kinds = segments.kinds()
    if Kind.SORRY in kinds and (context.questions or context.sent_last is Last.PERSON):
        return UNKNOWN
    if kinds <= {Kind.EMOJI}:
        return _chatter(segments, bool(kinds) and context.sent_last is not Last.QUESTION)
    closing = {Kind.THANKS, Kind.WISHES, Kind.JOY, Kind.LAUGHTER, Kind.KISSES, Kind.FAREWELL, Kind.SORRY}
    return _chatter(segments, bool(kinds & closing))


def _late(segments: Segments, context: ReplyContext) -> Reply:
    said = segments.kinds() - COURTESY - _JOINTS - LATE_KINDS
    if said - _FITS_A_LATE or not _only_today(segments, context):
        return UNKNOWN
    late = segments.of({Kind.LATE})
    if context.stage_manager and (said or len(late) != 1 or not _as_today(segments.tokens_of(late[0]))):
        return UNKNOWN
    if Kind.SEE_YOU in said and not late:
        return UNKNOWN
    counted = segments.of({Kind.LATE, Kind.MINUTES})
    minutes = {token.minutes for phrase in counted for token in segments.tokens_of(phrase) if _is_length(token)}
    number = minutes.pop() if len(minutes) == 1 and late else None
    return Reply(Meaning.LATE, number, segments.language_of(LATE_KINDS))


def _is_length(token: Token) -> bool:
    return "<minutes>" in token.symbols


def _only_today(segments: Segments, context: ReplyContext) -> bool:
    named_times = named_times_in(segments.tokens)
    return not named_times or (named_times == {TODAY} and context.today)


def _as_today(tokens: Iterable[Token]) -> bool:
    """LATE, LATE 10, LATE 10 min, and the same with TARDE: the only ways a stage manager can report lateness."""
    words = [word for token in tokens for word in token.text.split()]
    if words[:1] not in (["late"], ["tarde"]):
        return False
    rest = words[1:]
    counted = rest[:1] and rest[0].isdecimal() and (rest[1:] == [] or (len(rest) == 2 and rest[1] in _MINUTES))
    return not rest or bool(counted) or rest[0] == "neg"


_MINUTES: Final = frozenset("m min mins minute minutes minuto minutos".split())


def _minutes(segments: Segments, context: ReplyContext) -> Reply:
    """A number alone, after we asked how many minutes."""
    if context.sent_last is Last.PERSON or Kind.AT in segments.kinds():
        return UNKNOWN
    lengths = [token.minutes for token in segments.tokens if _is_length(token)]
    return Reply(
        Meaning.LATE, lengths[0] if len(lengths) == 1 else None, segments.language_of(frozenset({Kind.MINUTES}))
    )


def _act(segments: Segments, acts: frozenset[Kind], context: ReplyContext) -> Reply:
    said = segments.kinds() - COURTESY - _JOINTS - acts
    if len(acts) != 1 or said - _fits(acts) or (acts & BARE and len(segments.of(acts)) != 1):
        return UNKNOWN
    act = next(iter(acts))
    if act in OF_A_STAGE_MANAGER and not context.stage_manager:
        return UNKNOWN
    if act in {Kind.HERE, Kind.UNDO} | BARE and Kind.AT in segments.kinds():
        return UNKNOWN
    if act in BARE and (Kind.FILLER in segments.kinds() or _cheers(segments)):
        return UNKNOWN
    if act is Kind.HERE and Kind.LATE in said and not _is_an_apology(segments):
        return UNKNOWN
    return Reply(Meaning(act.name.lower()), language=segments.language_of(acts))


def _cheers(segments: Segments) -> bool:
    """ "Go Josh!" and "go team" are cheers, unless punctuation separates the words."""
    pairs = zip(segments.phrases, segments.phrases[1:], strict=False)
    return any(
        one.kind in {Kind.GO, Kind.DONE} and two.kind is Kind.NAME and segments.tokens[two.start].before <= LINE
        for one, two in pairs
    )


def _fits(acts: frozenset[Kind]) -> frozenset[Kind]:
    act = next(iter(acts))
    return {
        Kind.HERE: frozenset({Kind.LATE}),
        Kind.COVER: frozenset({Kind.REFUSAL, Kind.NO, Kind.REASON, Kind.SADLY, Kind.SAD, Kind.WISH, Kind.BUT}),
        Kind.UNDO: frozenset({Kind.OOPS}),
        Kind.WHO: frozenset({Kind.OOPS}),
    }.get(act, frozenset())


def _is_an_apology(segments: Segments) -> bool:
    """ "Sorry I'm late" from someone who is here: no number, and the apology directly before it."""
    lengths = any(_is_length(token) for token in segments.tokens)
    pairs = zip(segments.phrases, segments.phrases[1:], strict=False)
    return not lengths and any(one.kind is Kind.SORRY and two.kind is Kind.LATE for one, two in pairs)
