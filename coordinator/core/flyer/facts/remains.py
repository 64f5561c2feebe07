"""What is left of the lines without the facts: prose about the cause, and lines that could not be placed."""

from collections.abc import Iterator, Sequence

from ..moments.moment import clauses_of, is_prose
from ..rows.bill import Text
from ..text.lines import Line, folded, plain
from ..vocabulary import places, words
from ..vocabulary.causes import is_only_a_cause
from ..vocabulary.giving import says_only_a_donation, says_only_an_age
from .all_facts import FlyerFacts


def remains_of(texts: Sequence[Text], told: FlyerFacts) -> tuple[list[str], list[str]]:
    """(the remaining prose, the lines that could not be placed), each in the order of the flyer."""
    about: list[str] = []
    unread: list[str] = []
    for place, text in enumerate(texts):
        if text.rest is not None:
            unread += [
                part for part in text.rest if any(_left(clauses_of(part), told)) and not _is_filler(Line.of(part))
            ]
        elif text.is_label or any(_left(_untitled(text, told, place), told)):
            prose = (bool(about) and is_prose(Line.of(about[-1]))) or len(text.entry.bare.words) > 2
            (about if prose and not _is_a_notice(text) else unread).append(text.entry.line.printed)
    return about, unread


def _untitled(text: Text, told: FlyerFacts, place: int) -> list[str]:
    """The clauses of a line, without the title if it is the title's line; none when the whole line is one fact."""
    printed = text.entry.bare.printed
    if text.is_whole and _has_its_place(printed, told):
        return []
    if place != told.title_at or not text.is_whole or not told.title:
        return text.clauses
    return clauses_of(printed.replace(told.title, " ", 1))


def _is_a_notice(text: Text) -> bool:
    line = text.entry.bare
    if text.is_label or is_prose(line):
        return text.is_label
    return places.has_phone(line.printed) or places.is_address(line)


def _left(clauses: list[str], told: FlyerFacts) -> Iterator[str]:
    for clause in clauses:
        if any(map(str.isalnum, clause)) and not _has_its_place(clause, told):
            yield clause


def _has_its_place(clause: str, told: FlyerFacts) -> bool:
    """Whether a fact contains everything the clause says."""
    line = Line.of(clause)
    if folded(clause) in {folded(told.title or ""), folded(told.venue or "")}:
        return True
    if told.venue and folded(told.venue) in line.plain and len(line.words) - len(told.venue.split()) <= 3:
        return True
    if (told.age and says_only_an_age(line)) or (told.donation and says_only_a_donation(line)):
        return True
    ends = line.plain.rstrip(" )!.").endswith(plain(told.beneficiary or "").rstrip(" )!."))
    return bool(told.beneficiary and is_only_a_cause(line.plain) and ends)


def _is_filler(line: Line) -> bool:
    return all(word in words.FILLERS or word in {"then", "next", "later"} for word in line.plain.split())
