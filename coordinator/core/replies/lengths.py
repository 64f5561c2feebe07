# ruff: noqa: E501
"""Lengths of time as people write them: 10 min, about 15, half an hour, an hour and a half, media hora, 10-15."""

from collections.abc import Sequence
from typing import Final

from .marks import LINE, Token
from .model import MOST_MINUTES_LATE


def _longest_first(phrases: str) -> tuple[str, ...]:
    return tuple(sorted(phrases.split("; "), key=len, reverse=True))


MINUTE: Final = frozenset("m min mins minute minutes minuts minuto minutos minutito minutitos".split())
HOUR: Final = frozenset("h hr hrs hour hours hora horas".split())
ABOUT: Final = frozenset("about around like roughly approximately approx aprox aproximadamente unos como some".split())
UNTRUSTED: Final = _longest_first(
    "por lo menos; como maximo; more than; less than; at least; al menos; menos de; the next; between; "
    "another; mas de; up to; under; hasta; entre; otros; over; max"
)
LOOSELY: Final = _longest_first(
    "aproximadamente; or thereabouts; mas o menos; o algo asi; approx; or so; aprox; tops; ish; max"
)
FEW: Final = _longest_first(
    "unos cuantos; a couple of; unos pocos; couple of; un par de; a couple; several; algunos; couple; a few; "
    "some; unos; few"
)
BETWEEN: Final = frozenset({"-", "to", "or", "and", "a", "o", "y"})
PHRASES: Final[dict[str, int]] = {
    "half an hour": 30, "a half hour": 30, "half hour": 30, "half a hour": 30, "an hour": 60, "a hour": 60, "one hour": 60,
    "hour and a half": 90, "an hour and a half": 90, "one hour and a half": 90, "an hour and half": 90,
    "a quarter of an hour": 15, "quarter of an hour": 15, "a quarter hour": 15, "quarter hour": 15,
    "three quarters of an hour": 45, "media hora": 30, "media horita": 30, "una media hora": 30, "una hora": 60,
    "una horita": 60, "hora y media": 90, "una hora y media": 90, "una hora y cuarto": 75, "un cuarto de hora": 15,
    "cuarto de hora": 15, "tres cuartos de hora": 45, "an hour and a quarter": 75,
}  # fmt: skip
_TENS_EN: Final = "twenty thirty forty fifty sixty".split()
_ONES_EN: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS_ES: Final = "treinta cuarenta cincuenta sesenta".split()
_ONES_ES: Final = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve"
).split()
WORDS: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_ONES_EN)},
    **{word: 20 + 10 * value for value, word in enumerate(_TENS_EN)},
    **{f"{ten} {_ONES_EN[one]}": 20 + 10 * value + one for value, ten in enumerate(_TENS_EN) for one in range(1, 10)},
    **{word: value for value, word in enumerate(_ONES_ES)},
    **{word: 30 + 10 * value for value, word in enumerate(_TENS_ES)},
    **{f"{ten} y {_ONES_ES[one]}": 30 + 10 * value + one for value, ten in enumerate(_TENS_ES) for one in range(1, 10)},
}
_LONGEST_PHRASE: Final = 5
_MOST_BEFORE: Final = 6  # words before the number


class _Reader:
    """Reads one length of time from a position in the tokens."""

    def __init__(self, tokens: Sequence[Token], at: int) -> None:
        self.tokens, self.at, self.trusted = tokens, at, True

    def word(self, ahead: int = 0) -> str:
        """The word there; empty when punctuation separates it from what has been read."""
        place = self.at + ahead
        if place >= len(self.tokens) or (ahead and self.tokens[place].before > LINE):
            return ""
        return self.tokens[place].text

    def says(self, *phrases: str) -> bool:
        """Whether one of the phrases comes next, longest first; if so it is consumed."""
        for phrase in phrases:
            words = phrase.split()
            if words[0] == self.word() and [self.word(ahead) for ahead in range(len(words))] == words:
                self.at += len(words)
                return True
        return False

    def parted(self) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].before > LINE

    def number(self) -> int | None:
        """Consumes a number in digits or words; None if there is none. At most 99999."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is not None and "<number>" in token.symbols:
            self.at += 1
            return int(token.text[:5]) if len(token.text) <= 5 else 99999
        for length in (3, 2, 1):
            spoken = " ".join(self.word(ahead) for ahead in range(length))
            if spoken in WORDS:
                self.at += length
                return WORDS[spoken]
        return None


def lengths_read(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens, with each length of time joined into one token."""
    read: list[Token] = []
    at = 0
    while at < len(tokens):
        found = _length(tokens, at)
        if found is None:
            read.append(tokens[at])
            at += 1
        else:
            token, at = found
            read.append(token)
    return tuple(read)


def _length(tokens: Sequence[Token], at: int) -> tuple[Token, int] | None:
    if not _may_begin(tokens[at]):
        return None
    reader = _Reader(tokens, at)
    minutes = _read(reader)
    if reader.at == at or minutes is False:
        return None
    trusted = reader.trusted and minutes is not None and minutes <= MOST_MINUTES_LATE
    first = tokens[at]
    text = " ".join(token.text for token in tokens[at : reader.at])
    alone = first.symbols if reader.at == at + 1 else ()
    return Token(text, (*alone, "<minutes>"), first.before, minutes if trusted else None), reader.at


def _read(reader: _Reader) -> int | bool | None:
    """Minutes; None for a length without a reliable number; False when there is no length."""
    untrusted, start = False, reader.at
    while reader.at < start + _MOST_BEFORE and (reader.at == start or not reader.parted()):
        if reader.says(*UNTRUSTED):
            untrusted = True
        elif reader.word() == "neg":
            reader.at += 1
            untrusted = True
        elif reader.word() in ABOUT and not _is_few(reader):
            reader.at += 1
        else:
            break
    minutes = _few(reader)
    if minutes is False:
        minutes = _amount(reader)
    if minutes is False:
        return False
    while not reader.parted() and reader.says(*LOOSELY):
        _unit(reader)
    if not reader.parted() and reader.says("plus"):
        untrusted = True
    return None if untrusted else minutes


def _is_few(reader: _Reader) -> bool:
    return reader.word() in {"some", "unos"} and reader.word(1) in MINUTE


def _few(reader: _Reader) -> int | bool | None:
    start = reader.at
    if reader.says(*FEW) and not reader.parted() and (reader.word() in MINUTE or reader.tokens[start].text != "some"):
        if reader.word() in MINUTE:
            reader.at += 1
            return None
        if reader.tokens[start].text == "a" and reader.word() not in {"hundred", "people", "days", "hours"}:
            return None
    reader.at = start
    return False


def _amount(reader: _Reader) -> int | bool | None:
    for length in range(_LONGEST_PHRASE, 0, -1):
        minutes = PHRASES.get(" ".join(reader.word(ahead) for ahead in range(length)))
        if minutes is not None:
            reader.at += length
            return minutes
    if reader.at < len(reader.tokens) and "<decimal>" in reader.tokens[reader.at].symbols:
        return _decimal(reader)
    first = reader.number()
    if first is None:
        return False
    if not reader.parted() and reader.word() in BETWEEN and reader.word() != "":
        second = _second(reader)
        if (first, second) == (10, 4):  # "10-4" means understood
            return False
        if second is not None:
            _unit(reader)
            return None
    if not reader.parted() and reader.says("hora y media", "hour and a half", "hours and a half", "horas y media"):
        return 60 * first + 30
    return _in_minutes(reader, first)


def _in_minutes(reader: _Reader, first: int) -> int:
    if _unit(reader) != 60:
        return first
    start = reader.at
    if not reader.parted():
        reader.says("and", "y")
        rest = None if reader.parted() else reader.number()
        if rest is not None and rest < 60:
            _unit(reader)
            return 60 * first + rest
    reader.at = start
    return 60 * first


def _second(reader: _Reader) -> int | None:
    """The other end of a range, consumed with the word between; None when there is no range."""
    start = reader.at
    reader.at += 1
    number = None if reader.parted() else reader.number()
    if number is None:
        reader.at = start
    return number


def _decimal(reader: _Reader) -> int | None:
    written = reader.tokens[reader.at].text.replace(",", ".")
    reader.at += 1
    if _unit(reader) == 60 and len(written) <= 4:
        return round(60 * float(written))
    return None


def _unit(reader: _Reader) -> int:
    """The minutes of the unit that comes next, consumed; 1 when there is none."""
    if reader.parted() or reader.word() not in MINUTE | HOUR:
        return 1
    reader.at += 1
    return 60 if reader.tokens[reader.at - 1].text in HOUR else 1


def _may_begin(token: Token) -> bool:
    return token.text in _BEGINNINGS or "<number>" in token.symbols or "<decimal>" in token.symbols


_BEGINNINGS: Final = frozenset({phrase.split()[0] for phrase in (*UNTRUSTED, *FEW, *PHRASES, *WORDS)} | ABOUT | {"neg"})
VOCABULARY: Final = frozenset(
    {word for phrase in (*UNTRUSTED, *FEW, *PHRASES, *WORDS, *LOOSELY) for word in phrase.split()}
    | ABOUT
    | MINUTE
    | HOUR
)
