"""Amounts of money as people type them: ``$1,240.50``, ``1.240,50``, ``1 240,5``, ``12``."""

import re
from decimal import Decimal
from enum import StrEnum, auto

MOST = Decimal(99_999_999)
_SIGNS = re.compile(r"^(?:[A-Z]{3}|[A-Z]{0,3}[$£€¥])?\s*|\s*(?:[A-Z]{3}|[$£€¥])?$")
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?:\D|$))")
_PLAIN = re.compile(r"\d{1,12}(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)


class Unread(StrEnum):
    """Why what was typed is no amount."""

    NO_AMOUNT = auto()
    TWO_READINGS = auto()  # 1.240 where a dot begins the cents: a thousand and more, or one and a bit
    TOO_FINE = auto()
    TOO_MUCH = auto()


class NotAnAmount(ValueError):
    """What was typed cannot be read as one amount: ``why`` not, and with two ``readings`` which."""

    def __init__(self, why: Unread, *readings: Decimal) -> None:
        super().__init__(str(why))
        self.why = why
        self.readings = readings


def read_amount(typed: str, *, decimals: int, mark: str) -> Decimal:
    """The amount that was typed, exactly.

    ``decimals``: how many the currency has. ``mark``: what the reader writes before them, ``.`` or ``,``. It decides
    only where both are possible: ``1,240`` is 1240 where the mark is a dot. Raises NotAnAmount.
    """
    bare = _SPACES.sub("", _SIGNS.sub("", typed.strip()))
    if not _PLAIN.fullmatch(bare):
        raise NotAnAmount(Unread.NO_AMOUNT)
    whole, cents = _parts(bare, decimals, mark)
    if len(cents.rstrip("0")) > decimals:
        raise NotAnAmount(Unread.TOO_FINE)
    amount = Decimal(f"{whole}.{cents or 0}")
    if amount > MOST:
        raise NotAnAmount(Unread.TOO_MUCH)
    return amount.quantize(Decimal(1).scaleb(-decimals))


def _parts(bare: str, decimals: int, mark: str) -> tuple[str, str]:
    """The digits before and after the decimal mark."""
    marks = [character for character in bare if character in ".,"]
    if not marks:
        return bare, ""
    if len(set(marks)) == 2 or (len(marks) == 1 and not _may_group(bare)):
        whole, _, cents = bare.rpartition(marks[-1])
        return _digits(whole), cents
    if len(marks) == 1 and marks[0] == mark:
        if decimals < 3:
            raise NotAnAmount(Unread.TWO_READINGS, Decimal(_digits(bare)), Decimal(bare.replace(mark, ".")))
        whole, _, cents = bare.partition(mark)
        return whole, cents
    return _digits(bare), ""


def _may_group(bare: str) -> bool:
    """Whether its only mark may stand between thousands and hundreds."""
    return re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", bare) is not None


def _digits(written: str) -> str:
    return written.replace(",", "").replace(".", "")
