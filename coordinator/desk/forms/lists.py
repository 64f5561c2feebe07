"""What is chosen from a list when a line-up is planned."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice

from ...people.models import LANGUAGES as CODES
from ...web.languages import LANGUAGES as NAMES


def _l(words: str) -> str:
    """Words that are translated when they are shown; WTForms takes them for a str."""
    return cast("str", lazy_gettext(words))


KINDS = [
    SelectChoice("set", _l("set")),
    SelectChoice("speech", _l("speech")),
    SelectChoice("break", _l("break")),
    SelectChoice("soundcheck", _l("sound check")),
]
PASSINGS = [SelectChoice("", "–"), SelectChoice("0", _l("the first")), SelectChoice("1", _l("the second"))]
BEGINS = [
    SelectChoice("changeover_start", _l("the changeover begins")),
    SelectChoice("set_start", _l("the set begins")),
    SelectChoice("set_end", _l("the set ends")),
    SelectChoice("doors", _l("doors open")),
    SelectChoice("curfew", _l("curfew")),
]
HOW_AGREED = [
    SelectChoice("in person", _l("in person")),
    SelectChoice("on the phone", _l("on the phone")),
    SelectChoice("in writing", _l("in writing")),
]
LANGUAGES = [SelectChoice(code, NAMES[code]) for code in CODES]
