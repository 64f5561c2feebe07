"""Input and output of reading a reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

Language = Literal["en", "es"]

MOST_MINUTES_LATE: Final = 240


class Question(StrEnum):
    """What a person can be asked by text."""

    ASK = "ask"  # can you play?
    OFFER = "offer"  # can you take a shift?
    SWAP = "swap"  # will you trade shifts?
    COMING = "coming"  # will you come?
    MINUTES = "minutes"  # not a yes-or-no question: we just asked how many minutes late
    DECLINED = "declined"  # not a question: they said no to something still to come


NOT_COUNTED: Final = frozenset({Question.MINUTES, Question.DECLINED})


class Last(StrEnum):
    QUESTION = "question"  # an open one, a request to answer it again, or which of several is meant
    NOTICE = "notice"  # any other automatic text
    PERSON = "person"  # a coordinator typed it


class Meaning(StrEnum):
    """What a reply asks for. ``late`` and ``choice`` come with a number."""

    YES = "yes"
    NO = "no"
    WHICH = "which"  # a yes or no while two or more questions are open: ask which
    LATE = "late"  # without a reliable number: ask how many minutes
    HERE = "here"
    WHEN = "when"
    WHO = "who"
    COVER = "cover"
    UNDO = "undo"
    START = "start"
    HELP = "help"
    GO = "go"
    DONE = "done"
    STATUS = "status"
    CHOICE = "choice"
    STOP = "stop"
    WRONG_NUMBER = "wrong_number"  # stop texts, and tell a coordinator that the number is someone else's
    CHATTER = "chatter"  # nothing was asked or answered; nobody needs to read it
    UNKNOWN = "unknown"  # changes nothing; a person reads it


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """``asked`` is the text that asked, as sent; None if unknown."""

    kind: Question
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """The context of a reply. ``last`` None means ``question`` if one is open, else ``notice``.

    ``media``: how many pictures or sounds came with it. ``choices``: what the offered numbers stand for. ``today``: the
    open question, or else the person's next slot or shift, is today. ``names``: everyone who shares the phone, and the
    coordinators. ``stage_manager``: the phone may run a show that is on today. ``speaks`` matters only for words that
    have a meaning in one language alone.
    """

    media: int = 0
    open: tuple[OpenQuestion, ...] = ()
    last: Last | None = None
    choices: Mapping[int | str, str] = field(default_factory=dict)
    today: bool = False
    names: tuple[str, ...] = ()
    stage_manager: bool = False
    speaks: Language = "en"

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """The open ones that a yes or no can answer."""
        return tuple(each for each in self.open if each.kind not in NOT_COUNTED)

    @property
    def sent_last(self) -> Last:
        return self.last or (Last.QUESTION if self.questions else Last.NOTICE)

    def waits_for(self, kind: Question) -> bool:
        return any(each.kind is kind for each in self.open)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a text means.

    ``number``: minutes late (0 to 240), or the choice (3 to 99); else None, also when a late person must be asked for
    the minutes. ``language``: of the words; None when both languages share them, or for ``unknown``. ``word``: the
    words of an opt-out, STOP or the whole phrase. ``may_give_up``: CANCEL and similar words may be about a slot or
    shift, so a coordinator is told.
    """

    meaning: Meaning
    number: int | None = None
    language: Language | None = None
    word: str = ""
    may_give_up: bool = False

    @property
    def means(self) -> str:
        """As a string: ``yes``, ``late:10``, ``choice:4``."""
        return self.meaning if self.number is None else f"{self.meaning}:{self.number}"


UNKNOWN: Final = Reply(Meaning.UNKNOWN)
