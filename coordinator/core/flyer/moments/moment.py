"""A time in a line and the words that belong to it."""

import re
from dataclasses import dataclass
from typing import Final

from ..text.lines import Line, plain, without_edges
from ..times.around_times import Time
from ..times.dates import WEEKDAYS
from ..vocabulary import phrases, words
from ..vocabulary.kinds import kind_of
from ..vocabulary.phrases import FactName


@dataclass(frozen=True, slots=True)
class Moment:
    """A time and its words: a fact of the show, or else what happens then.

    ``name_first``: the words came before the time. ``apart``: a separator was between them. ``stage``: the words before
    a time that its name follows.
    """

    words: str
    time: Time
    fact: FactName | None = None
    name_first: bool = False
    apart: bool = True
    stage: str | None = None

    @property
    def is_row(self) -> bool:
        return self.fact is None and bool(self.words)


@dataclass(frozen=True, slots=True)
class Moments:
    """All moments of a line in order, and the words that belong to none of its times."""

    found: tuple[Moment, ...] = ()
    rest: tuple[str, ...] = ()
    listed: bool = False

    @property
    def rows(self) -> tuple[Moment, ...]:
        return tuple(moment for moment in self.found if moment.is_row)

    @property
    def facts(self) -> tuple[Moment, ...]:
        return tuple(moment for moment in self.found if moment.fact)


NOTHING: Final = Moments()
MOST_NAME_WORDS: Final = 14

CLAUSE_MARK: Final = re.compile(
    r"\s*[,;|•·・、]\s*|\s+[-–—/~]+\s+|\s*/\s*(?!\w*\s*$)|(?<=[^\s.])(?<!\bst)(?<!\bdr)(?<!\bmr)(?<!\bmrs)(?<!\bmt)[.!?]\s+|:\s+|"
    r"\s{3,}|\t",
    re.IGNORECASE,
)


def clauses_of(text: str) -> list[str]:
    """The text split at commas, dashes, full stops and similar; no empty strings."""
    return [clause for part in CLAUSE_MARK.split(text) if (clause := without_edges(part))]


def fact_at_end(text: str) -> tuple[str, FactName] | None:
    """(the words before, the fact), when the last clause of a text is a fact, or its last words in an informal
    message."""
    if fact := phrases.fact_in(text):
        return "", fact
    cut = [found.end() for found in CLAUSE_MARK.finditer(text) if without_edges(text[found.end() :])]
    if cut and (fact := phrases.fact_in(text[cut[-1] :])):
        return without_edges(text[: cut[-1]]), fact
    clause = text[cut[-1] :] if cut else text
    last = phrases.last_fact_in(clause)
    if (
        last
        and not _somebody_starts(clause, last[0])
        and ((text.islower() and len(text.split()) > 2) or last[1] in {"doors", "curfew"})
        and not _is_titled(last[0])
    ):
        return without_edges((text[: cut[-1]] if cut else "") + last[0]), last[1]
    return None


_STARTS: Final = re.compile(r"\s*(?:starts?|begins?|kicks? off)(?:\s(?:at|from|on|off|up|around|about))*\s*")


def _somebody_starts(clause: str, subject: str) -> bool:
    """ "skinny legs start at": an act starts, not the show."""
    said = plain(subject).split()
    night = not said or said[-1] in {*words.NIGHTS, *words.FILLERS, *WEEKDAYS, "then"}
    return not night and bool(_STARTS.fullmatch(plain(clause[len(subject) :])))


def _is_titled(text: str) -> bool:
    """Words that make a name of what follows, as in The Early (Doors)."""
    said = text.split()
    return (bool(said) and len(said) <= 3 and said[-1][:1].isupper() and not text.isupper()) or plain(text).strip() in {
        "the early",
        "early",
        "the",
    }


_ENDS_SENTENCE: Final = re.compile(r"[.!?]$")


def is_prose(line: Line) -> bool:
    """Whether it is a sentence rather than an entry of a bill."""
    count = len(line.words)
    sentence = count > 9 and bool(_ENDS_SENTENCE.search(line.plain)) and not line.plain.endswith((" p.m.", " a.m."))
    return count > 18 or sentence


def is_sure(moments: Moments, *, supported: bool) -> bool:
    """Whether the rows count without similar lines around them: separated from their time, or clearly from a day
    sheet."""
    rows = moments.rows
    return supported or all(row.apart or not row.name_first or kind_of(row.words) != "set" for row in rows)
