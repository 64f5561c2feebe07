"""Finds lines that were lost: a line with a word that appears nowhere in the result is returned as a whole."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from .rows import tables
from .text.lines import Line, folded
from .times.dates import MONTHS, WEEKDAYS
from .vocabulary import clock_words, words
from .vocabulary.phrases import squeezed

_CALENDAR: Final = frozenset("年月火水木金土日時分半開場演終会始閉前後午夜朝予定")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SAID_BY_FACTS: Final = """
    suggested suggest suggestion recommended requested donation donations donate donativo sugerido sugerida
    aportación spende spenden empfohlene empfohlen spendenempfehlung don conseillé conseillée offerta
    consigliata contribuição contribución contribution euro euros dollar dollars bucks pounds quid usd eur gbp
    all ages over and up older plus only years ans anni años jahre jahren benefit benefits benefiting
    benefitting fundraiser fundraising concert show night evening event in aid support of proceeds profits money
    funds raise raising help go goes going donated to for zugunsten au profit bénéfice en soutien favor
    beneficio favore sostegno per por pour für em prol pro das der die des du la le les el los las dem den il lo
    gli da do dos its this st nd rd th er am pm uhr hrs ish clock half quarter past sharp prompt late start
    first band act up load tba mon tue tues wed thu thur thurs fri sat sun mo di mi do fr sa so lun mar mer jeu
    ven sam dim dom jue vie sáb gio sab 会場 日時 場所 出演 時間 time times act acts artist stage room notes
    note mayores maiores media cuarto demie demi mezza mezzo meia suggerito suggerita contributo thirty fifteen
    twenty above below beneath behind upstairs downstairs fiver tenner
"""


def _vocabulary() -> frozenset[str]:
    said = [
        *words.DOORS,
        *words.DOOR_VERBS,
        *words.CURFEW,
        *words.SHOW,
        *words.ENDS,
        *words.NIGHTS,
        *words.LASTS,
        *words.FILLERS,
    ]
    said += [*words.LABELS, *tables.HEADINGS, *MONTHS, *WEEKDAYS, *clock_words.HOURS, _SAID_BY_FACTS]
    for entries in (
        clock_words.NOON,
        clock_words.MIDNIGHT,
        clock_words.MORNING,
        clock_words.EVENING,
        clock_words.ABOUT,
    ):
        said += entries
    for entries in (clock_words.ABOUT_AFTER, clock_words.AT, clock_words.UNTIL, clock_words.RANGE, clock_words.LATE):
        said += entries
    return frozenset(word for text in said for word in _WORD.findall(folded(text)))


VOCABULARY: Final = _vocabulary()


def lost_lines(lines: Iterable[Line], kept: Iterable[str]) -> Iterator[str]:
    """Lines with a word that was not kept and is not part of the vocabulary of facts."""
    text = folded(" \n ".join(kept))
    known = set(_WORD.findall(text)) | VOCABULARY
    for line in lines:
        missing = [word for word in _WORD.findall(folded(line.plain)) if word not in known]
        if any(word not in text and not (_is_a_slip(word) or set(word) <= _CALENDAR) for word in missing):
            yield line.printed


def _is_a_slip(word: str) -> bool:
    """ "aare" and "Dooors" are typing errors of words in the vocabulary of facts."""
    return squeezed(word) in _SQUEEZED


_SQUEEZED: Final = frozenset(squeezed(word) for word in VOCABULARY)
