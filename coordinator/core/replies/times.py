"""Joins the tokens of each day and clock time in a text into one token."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from .calendar_words import AFTER_DAY, BEFORE_DAY, BEFORE_HOUR, BEHIND_WED, FULL_DAYS, MONTHS, NEXT, SPOKEN, WEEKDAYS
from .lengths import WORDS
from .marks import HARD, LINE, SOFT, Token
from .named_times import NEVER, NamedTime, clock_named

_DAY_OF_MONTH: Final = re.compile(r"[1-9]|[12]\d|3[01]")
_LONGEST: Final = 5


def times_read(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with each day or clock time as one token; adjacent ones are joined."""
    read: list[Token] = []
    at = 0
    while at < len(tokens):
        found = _named_time(tokens, at)
        if found is None:
            read.append(tokens[at])
            at += 1
            continue
        end = found[1]
        alone = tokens[at].symbols if end == at + 1 and "<time>" not in tokens[at].symbols else ()
        text = " ".join(token.text for token in tokens[at:end])
        _join(read, Token(text, (*alone, "<when>"), tokens[at].before, named_times=frozenset(found[0])))
        at = end
    return tuple(read)


def named_times_in(tokens: Iterable[Token]) -> frozenset[NamedTime]:
    """All days and clock times that the tokens name."""
    return frozenset(named_time for token in tokens for named_time in token.named_times)


def times_asked_about(tokens: Sequence[Token]) -> frozenset[NamedTime]:
    """The times in a text that asks. An abbreviated day counts only before a date or time, as in our own texts."""
    found: set[NamedTime] = set()
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if "<time>" in token.symbols:
            found.add(clock_named(token.text))
        elif token.text in WEEKDAYS and (token.text in FULL_DAYS or _is_dated(following)):
            found.add(("day", WEEKDAYS[token.text]))
        if (date := _date(tokens, at)) is not None:
            found.add(date[0])
        found |= SPOKEN.get(token.text, frozenset())
    return frozenset(found)


def _is_dated(token: Token | None) -> bool:
    return token is not None and (
        token.text in MONTHS or token.text in {"at", "a"} or "<number>" in token.symbols or "<time>" in token.symbols
    )


def _named_time(tokens: Sequence[Token], at: int) -> tuple[set[NamedTime], int] | None:
    if tokens[at].text not in _BEGINNINGS and _FIGURES.isdisjoint(tokens[at].symbols):
        return None
    for reading in (_spoken, _weekday, _range, _hour, _dated):
        found = reading(tokens, at)
        if found is not None:
            return found
    return None


def _words(tokens: Sequence[Token], at: int, length: int) -> list[str]:
    """Up to ``length`` words from there on, as far as no punctuation separates them."""
    here = tokens[at : at + length]
    return [
        token.text for number, token in enumerate(here) if all(each.before <= LINE for each in here[1 : number + 1])
    ]


def _spoken(tokens: Sequence[Token], at: int) -> tuple[set[NamedTime], int] | None:
    words = _words(tokens, at, _LONGEST)
    for length in range(len(words), 0, -1):
        if (named_times := SPOKEN.get(" ".join(words[:length]))) is not None:
            return set(named_times), at + length
    return None


def _weekday(tokens: Sequence[Token], at: int) -> tuple[set[NamedTime], int] | None:
    words = _words(tokens, at, 4)
    if words[:1] == ["wed"] and words[1:2] and words[1] in BEHIND_WED:
        return None
    skipped = 0
    while skipped < min(2, len(words)) and words[skipped] in BEFORE_DAY | NEXT:
        skipped += 1
    if skipped >= len(words) or words[skipped] not in WEEKDAYS:
        return None
    named_times: set[NamedTime] = {("day", WEEKDAYS[words[skipped]])}
    if not NEXT.isdisjoint(words[:skipped]):
        named_times.add(NEVER)
    end = skipped + 1
    if words[end : end + 1] and words[end] in AFTER_DAY:
        end += 1
    elif words[end : end + 2] in (["en", "la"], ["por", "la"]) and len(_words(tokens, at, 6)) > end + 2:
        end += 3 if _words(tokens, at, 6)[end + 2] == "noche" else 0
    return named_times, at + end


def _hour(tokens: Sequence[Token], at: int) -> tuple[set[NamedTime], int] | None:
    words = _words(tokens, at, 5)
    prefix = max((len(each) for each in BEFORE_HOUR if words[: len(each)] == list(each)), default=0)
    if len(words) <= prefix:
        return None
    token = tokens[at + prefix]
    if "<time>" in token.symbols or (
        prefix and words[0] != "for" and "<number>" in token.symbols and len(token.text) <= 2 and int(token.text) <= 24
    ):
        named_time = clock_named(token.text)
    elif prefix and words[0] != "for" and 1 <= WORDS.get(token.text, 0) <= 12:
        named_time = clock_named(str(WORDS[token.text]))
    else:
        return None
    end, half = _half(tokens, at + prefix + 1)
    if half and named_time[0] == "clock":
        named_time = (*named_time[:3], half)
    return {named_time}, end


_HALVES: Final = (
    ("de la noche", "p"), ("de la tarde", "p"), ("de la manana", "a"),
    ("en punto", None), ("oclock", None), ("sharp", None), ("pm", "p"), ("am", "a"),
)  # fmt: skip


def _half(tokens: Sequence[Token], at: int) -> tuple[int, str | None]:
    """The position after any am or pm (or similar) that follows an hour, and which of the two it is."""
    words = [] if at >= len(tokens) or tokens[at].before > LINE else _words(tokens, at, 3)
    for phrase, half in _HALVES:
        if words[: len(phrase.split())] == phrase.split():
            return at + len(phrase.split()), half
    return at, None


def _range(tokens: Sequence[Token], at: int) -> tuple[set[NamedTime], int] | None:
    """9 to 11pm, 8:30-9:10pm."""
    words = _words(tokens, at, 4)
    skipped = 1 if words[:1] in (["from"], ["de"]) else 0
    if len(words) < skipped + 3 or words[skipped + 1] not in {"-", "to", "a"}:
        return None
    first, last = tokens[at + skipped], tokens[at + skipped + 2]
    if not all({"<time>", "<number>"} & set(token.symbols) and len(token.text) <= 8 for token in (first, last)):
        return None
    if not any("<time>" in token.symbols for token in (first, last)):
        return None
    return {clock_named(first.text), clock_named(last.text)}, at + skipped + 3


def _dated(tokens: Sequence[Token], at: int) -> tuple[set[NamedTime], int] | None:
    words = _words(tokens, at, 4)
    skipped = 1 if words[1:] and words[0] in {"on", "for", "el", "the", "para"} else 0
    date = _date(tokens, at + skipped)
    if date is not None:
        return {date[0]}, date[1]
    if words[:1] and words[0] in {"on", "the", "el"}:
        skipped = 2 if words[:2] == ["on", "the"] else 1
        ordinal = words[skipped + 1 : skipped + 2] and words[skipped + 1] in {"th", "st", "nd", "rd"}
        if len(words) > skipped and _DAY_OF_MONTH.fullmatch(words[skipped]) and (ordinal or words[0] == "on"):
            return {("of month", int(words[skipped]))}, at + skipped + (2 if ordinal else 1)
    return None


def _date(tokens: Sequence[Token], at: int) -> tuple[NamedTime, int] | None:
    """Dec 4, December 4th, 4 de diciembre, 4 dic, 12/4."""
    words = _words(tokens, at, 4)
    if len(words) >= 2 and words[0] in MONTHS and _DAY_OF_MONTH.fullmatch(words[1]):
        ordinal = words[2:3] and words[2] in {"th", "st", "nd", "rd"}
        return ("date", MONTHS[words[0]], int(words[1])), at + (3 if ordinal else 2)
    if not words or not _DAY_OF_MONTH.fullmatch(words[0]):
        return None
    after = 2 if words[1:2] == ["de"] else 1
    if words[after : after + 1] and words[after] in MONTHS:
        return ("date", MONTHS[words[after]], int(words[0])), at + after + 1
    return None


def _join(read: list[Token], token: Token) -> None:
    """Append the token, merged into the last one if that is a named time of the same sentence."""
    last = read[-1] if read else None
    if (
        last is None
        or "<when>" not in last.symbols
        or token.before == HARD
        or (token.before == SOFT and not last.named_times)
    ):
        read.append(token)
        return
    read[-1] = Token(
        f"{last.text} {token.text}", ("<when>",), last.before, named_times=last.named_times | token.named_times
    )


_FIGURES: Final = frozenset({"<time>", "<number>"})
_BEGINNINGS: Final = frozenset(
    {
        *WEEKDAYS,
        *MONTHS,
        *BEFORE_DAY,
        *NEXT,
        *(phrase.split()[0] for phrase in SPOKEN),
        *(each[0] for each in BEFORE_HOUR),
    }
    | {"from", "de"}
)
