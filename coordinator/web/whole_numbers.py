"""The field of every form that takes a whole number."""

from typing import Final

from flask_babel import gettext
from wtforms import IntegerField

LONGEST: Final = 9  # characters: what is longer fits neither a length of time nor a column


class WholeNumber(IntegerField):
    """A whole number; anything else is refused in the reader's language, also one of too many digits."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            if any(len(value.strip()) > LONGEST for value in valuelist):
                raise ValueError
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Enter a whole number, like 2.")) from None
