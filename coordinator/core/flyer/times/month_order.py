"""Whether 6/7 on a flyer is June 7 or July 6."""

import re
from collections.abc import Iterable
from typing import Final

from ..text.lines import Line
from .dates import WEEKDAYS

_AMERICAN: Final = re.compile(
    r"US/|America/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Anchorage|Detroit|Boise|Indiana/|Kentucky/|"
    r"North_Dakota/|"
    r"Menominee|Juneau|Sitka|Nome|Yakutat|Metlakatla|Adak|Puerto_Rico)|Pacific/(?:Honolulu|Guam)"
)
_ENGLISH: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_FOREIGN: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join(name for name in WEEKDAYS if name not in _ENGLISH)}|uhr|einlass|puertas|portes|"
    rf"portões|porte|"
    r"apertura|abertura|ouverture|für|às|ore|entrada|entrée|eintritt|ingresso)(?![\w-])"
)


def puts_month_first(zone: str, lines: Iterable[Line]) -> bool:
    """Whether 6/7 means June 7: in the United States, unless the flyer is not in English."""
    return bool(_AMERICAN.match(zone)) and not any(_FOREIGN.search(line.plain) for line in lines)
