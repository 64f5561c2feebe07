"""Lengths as people write them: 4 h, 90 min, 1 day 6 h; a bare number is minutes. In English and in Spanish."""

import re
from datetime import timedelta
from typing import Any, Final

from flask_babel import gettext
from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

MINUTE: Final = timedelta(minutes=1)
LONGEST: Final = 40  # characters
_UNITS: Final = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": MINUTE}
_UNIT: Final = r"(d(?:ays?|[ií]as?)?|h(?:ours?|oras?)?|m(?:in(?:ute|uto)?s?)?)\.?(?=\s|\d|$)"
_PART: Final = re.compile(rf"(\d{{1,6}})\s*(?:{_UNIT}|$)\s*", re.IGNORECASE)


def length_of(written: str) -> timedelta | None:
    """The length that the text means; None if it means none."""
    if len(written) > LONGEST:
        return None
    length, at = timedelta(0), 0
    while at < len(written) and (part := _PART.match(written, at)):
        length += int(part[1]) * _UNITS[(part[2] or "m")[0].lower()]
        at = part.end()
    return length if written and at == len(written) else None


def written(length: timedelta) -> str:
    """The length in the largest exact units, so that ``length_of`` reads it again."""
    days, rest = divmod(length, _UNITS["d"])
    hours, minutes = divmod(rest // MINUTE, 60)
    parts = [f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if number]
    return " ".join(parts) or "0 min"


class LengthField(StringField):
    """A length within limits; ``data`` is a timedelta, or None if it is optional and blank."""

    def __init__(
        self, label: str, *, least: timedelta, most: timedelta, may_be_empty: bool = False, **options: Any
    ) -> None:
        super().__init__(label, **options)
        self.least, self.most, self.may_be_empty = least, most, may_be_empty

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return written(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = length_of(typed)
        if self.data is None and (typed or not self.may_be_empty):
            raise ValueError(gettext("Enter a length, like 4 h, 90 min or 1 d."))

    def pre_validate(self, form: BaseForm) -> None:
        if self.data is None and not self.may_be_empty:  # not even an empty field came
            raise StopValidation(gettext("Enter a length, like 4 h, 90 min or 1 d."))
        if self.data is not None and not self.least <= self.data <= self.most:
            limits = {"least": written(self.least), "most": written(self.most)}
            raise StopValidation(gettext("Enter a length from %(least)s to %(most)s.", **limits))
