"""Names as tables write them."""

import re
from typing import Final

_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|md|phd|esq)\.?", re.IGNORECASE)


def given_name_first(name: str) -> str:
    """ "Crane, Della" is Della Crane; "Bo Tandy, Jr." stays as it is."""
    last, comma, given = (part.strip() for part in name.partition(","))
    if not comma or not given or not last or "," in given or _SUFFIX.fullmatch(given):
        return " ".join(name.split())
    return " ".join(f"{given} {last}".split())
