"""The notation of the phrase tables, and finding every phrase that begins at a word.

``can [really] (come|make it)`` is four phrases: brackets hold optional words, a bar separates alternatives, ``a/b`` is
the same within one word. ``{we}`` is a named part of the table. ``<name>``, ``<when>``, ``<minutes>``, ``<ok>`` and so
on match one token of that type. A line holds one pattern, or several separated by ``;``. A line with a deeper indent
continues the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .kinds import Kind
from .marks import LINE, Token
from .model import Language

Table = Mapping[Kind, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that was found: the tokens from ``start`` up to, not including, ``end``."""

    kind: Kind
    language: Language | None
    start: int
    end: int


class Phrasebook:
    """All patterns as one graph (an automaton): a state per position in a pattern, an edge per word."""

    def __init__(self) -> None:
        self._edges: list[dict[str, list[int]]] = [{}]
        self._silent: list[list[int]] = [[]]
        self._ends: dict[int, _End] = {}
        self._reach: dict[int, frozenset[int]] = {}
        self._first: dict[str, frozenset[int]] = {}

    def add(
        self,
        table: Table,
        language: Language | None,
        pieces: Mapping[str, str] | None = None,
        *,
        only: Language | None = None,
    ) -> None:
        """Add a table. ``only``: its phrases count only for people who get their texts in that language."""
        for kind, lines in table.items():
            for line in re.split(r"[\n;]", _CONTINUED.sub(" ", lines)):
                if line.strip():
                    end = self._drawn(_Notation(_filled(line, pieces or {})).read(), 0)
                    self._ends[end] = _End(kind, language, only)

    def words(self) -> frozenset[str]:
        return frozenset(word for edges in self._edges for word in edges if not word.startswith("<"))

    def beginning(self, tokens: Sequence[Token], at: int, speaks: Language) -> Iterator[Phrase]:
        """Every phrase that begins at a token, shortest first. Punctuation ends a phrase that can end there."""
        states, ended = self._begun(tokens[at]), False
        for place in range(at, len(tokens)):
            if place > at:
                if ended and tokens[place].before > LINE:
                    return
                states = self._stepped(states, tokens[place])
            if not states:
                return
            found = {end for state in states if (end := self._ends.get(state)) and end.only in (None, speaks)}
            ended = bool(found)
            for end in sorted(found, key=_in_order):
                yield Phrase(end.kind, end.language, at, place + 1)

    def _begun(self, token: Token) -> frozenset[int]:
        """The states after the first word of a phrase; cached because it is needed at every word."""
        if not self._first:
            leading: dict[str, set[int]] = {}
            for state in self._closed(0):
                for symbol, following in self._edges[state].items():
                    leading.setdefault(symbol, set()).update(*map(self._closed, following))
            self._first.update({symbol: frozenset(states) for symbol, states in leading.items()})
        return frozenset().union(*(self._first.get(symbol, frozenset()) for symbol in token.symbols))

    def _stepped(self, states: Iterable[int], token: Token) -> frozenset[int]:
        reached: set[int] = set()
        for state in states:
            edges = self._edges[state]
            for symbol in token.symbols:
                for following in edges.get(symbol, ()):
                    reached |= self._closed(following)
        return frozenset(reached)

    def _closed(self, state: int) -> frozenset[int]:
        """A state and all states reachable from it without a word."""
        known = self._reach.get(state)
        if known is None:
            reached, waiting = {state}, [state]
            while waiting:
                for following in self._silent[waiting.pop()]:
                    if following not in reached:
                        reached.add(following)
                        waiting.append(following)
            known = self._reach[state] = frozenset(reached)
        return known

    def _state(self) -> int:
        self._edges.append({})
        self._silent.append([])
        return len(self._edges) - 1

    def _drawn(self, part: _Part, start: int) -> int:
        """Add a part of a pattern to the graph, from a state on; returns the state where it ends."""
        words = _single_words(part)
        if words is not None:
            end = self._state()
            for word in words:
                self._edges[start].setdefault(word, []).append(end)
            if isinstance(part, _Either) and part.may_be_left_out:
                self._silent[start].append(end)
            return end
        if isinstance(part, _Row):
            for each in part.parts:
                start = self._drawn(each, start)
            return start
        assert isinstance(part, _Either)  # a single word was handled above
        inner, end = self._state(), self._state()
        self._silent[start].append(inner)
        for each in part.parts:
            self._silent[self._drawn(each, inner)].append(end)
        if part.may_be_left_out:
            self._silent[start].append(end)
        return end


@dataclass(frozen=True, slots=True)
class _End:
    """The phrase of a pattern that ends in a state."""

    kind: Kind
    language: Language | None
    only: Language | None


def _in_order(end: _End) -> tuple[int, str]:
    return end.kind.value, end.language or ""


@dataclass(frozen=True, slots=True)
class _Row:
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    parts: tuple[_Part, ...]
    may_be_left_out: bool


_Part = str | _Row | _Either


def _single_words(part: _Part) -> list[str] | None:
    """The words of a part that is one word or a choice of single words; None for any other part."""
    if isinstance(part, str):
        return part.split("/")
    if isinstance(part, _Row):
        only = part.parts[0] if len(part.parts) == 1 else None
        return None if only is None or (isinstance(only, _Either) and only.may_be_left_out) else _single_words(only)
    if any(isinstance(each, _Either) and each.may_be_left_out for each in _inside(part)):
        return None
    words = [_single_words(each) for each in part.parts]
    return None if None in words else [word for each in words if each for word in each]


def _inside(part: _Part) -> Iterator[_Part]:
    if not isinstance(part, str):
        for each in part.parts:
            yield each
            yield from _inside(each)


_CONTINUED: Final = re.compile(r"\n {12,}")  # a line with a deeper indent continues the one before
_PIECE: Final = re.compile(r"\{(\w+)\}")
_SIGNS: Final = re.compile(r"[\[\]()|]|[^\s\[\]()|]+")
_CLOSING: Final = {"[": "]", "(": ")"}


def _filled(line: str, pieces: Mapping[str, str]) -> str:
    while _PIECE.search(line):
        line = _PIECE.sub(lambda found: pieces[found.group(1)], line)
    return line


class _Notation:
    """Parses one pattern. An unclosed bracket raises ValueError when the tables are built."""

    def __init__(self, line: str) -> None:
        self._line, self._signs, self._at = line, _SIGNS.findall(line), 0

    def read(self) -> _Part:
        whole = self._either(None)
        if self._at != len(self._signs):
            raise ValueError(f"a bracket too many: {self._line}")
        return whole

    def _either(self, closing: str | None, *, may_be_left_out: bool = False) -> _Part:
        rows: list[list[_Part]] = [[]]
        while self._at < len(self._signs) and self._signs[self._at] not in ("]", ")"):
            sign = self._signs[self._at]
            self._at += 1
            if sign == "|":
                rows.append([])
            elif sign in _CLOSING:
                rows[-1].append(self._either(_CLOSING[sign], may_be_left_out=sign == "["))
            else:
                rows[-1].append(sign)
        if closing is not None:
            if self._signs[self._at : self._at + 1] != [closing]:
                raise ValueError(f"no {closing} in: {self._line}")
            self._at += 1
        parts = tuple(_Row(tuple(row)) for row in rows)
        return parts[0] if len(parts) == 1 and not may_be_left_out else _Either(parts, may_be_left_out)
