"""The kinds of phrases; the tables of phrases are sorted by them."""

from enum import Enum, auto
from typing import Final


class Kind(Enum):
    """What a phrase says, before its context is known."""

    YES_LETTER = auto()  # C
    NO_LETTER = auto()  # X
    YES_FIGURE = auto()  # 1
    NO_FIGURE = auto()  # 2
    YES = auto()
    NO = auto()
    PROMISE = auto()  # I'll be there
    REFUSAL = auto()  # can't make it
    ASSENT = auto()  # ok
    HEARD = auto()  # got it
    SWAP_YES = auto()
    SWAP_NO = auto()
    SEE_YOU = auto()  # a promise when alone, courtesy beside an answer

    LATE = auto()
    TRAFFIC = auto()  # late, but without a number: 20 minutes may be the length of the trip
    MINUTES = auto()  # a number of minutes, alone
    HERE = auto()
    WHEN = auto()
    WHO = auto()
    COVER = auto()
    UNDO = auto()
    START = auto()
    HELP = auto()
    GO = auto()
    DONE = auto()
    STATUS = auto()

    STOP = auto()  # STOP, UNSUBSCRIBE: as the whole text, or its last sentence
    STOP_WORD = auto()  # the other single words: as the whole text
    GIVE_UP = auto()  # CANCEL and similar: as the whole text; it may mean the slot
    STOP_TEXTS = auto()  # "stop texting me": one sentence is enough
    WRONG_NUMBER = auto()  # one sentence is enough
    NOT_ME = auto()  # I am not Josh: as the whole text

    REASON = auto()  # fits a no
    LATE_REASON = auto()  # fits a late
    ON_THE_WAY = auto()  # fits a late
    WISH = auto()  # I'd love to but: fits a no
    NEXT_TIME = auto()  # fits a no
    SADLY = auto()  # fits a no, a late
    SAD = auto()  # a sad or sick face: fits a no, a late
    DOUBT = auto()  # a doubtful face: fits nothing
    AT = auto()  # a day or a clock time
    AND = auto()
    BUT = auto()

    GREETING = auto()
    NAME = auto()
    INTRODUCTION = auto()  # this is Josh
    PLEASE = auto()
    THANKS = auto()
    SORRY = auto()
    OOPS = auto()
    WISHES = auto()  # have a great show
    JOY = auto()
    LAUGHTER = auto()
    KISSES = auto()
    FAREWELL = auto()
    FILLER = auto()  # well, oh
    SPOKEN = auto()  # "period", from dictation
    SPOKEN_QUESTION = auto()
    EMOJI = auto()
    RUDE = auto()  # only beside an opt-out


YES_KINDS: Final = frozenset(
    {Kind.YES_LETTER, Kind.YES_FIGURE, Kind.YES, Kind.PROMISE, Kind.ASSENT, Kind.SWAP_YES, Kind.SEE_YOU}
)
NO_KINDS: Final = frozenset({Kind.NO_LETTER, Kind.NO_FIGURE, Kind.NO, Kind.REFUSAL, Kind.SWAP_NO})
LATE_KINDS: Final = frozenset({Kind.LATE, Kind.TRAFFIC})
ACTS: Final = frozenset(
    {
        Kind.HERE, Kind.WHEN, Kind.WHO, Kind.COVER, Kind.UNDO, Kind.START, Kind.HELP,
        Kind.GO, Kind.DONE, Kind.STATUS,
    }
)  # fmt: skip
OPT_OUTS: Final = frozenset({Kind.STOP, Kind.STOP_WORD, Kind.GIVE_UP, Kind.STOP_TEXTS, Kind.WRONG_NUMBER, Kind.NOT_ME})
COURTESY: Final = frozenset(
    {
        Kind.GREETING, Kind.NAME, Kind.INTRODUCTION, Kind.PLEASE, Kind.THANKS, Kind.SORRY, Kind.WISHES, Kind.JOY,
        Kind.LAUGHTER, Kind.KISSES, Kind.FAREWELL, Kind.FILLER, Kind.SPOKEN, Kind.EMOJI,
    }
)  # fmt: skip
