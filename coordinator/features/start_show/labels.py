"""Warnings and refusals of the flyer reader."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

WARNINGS: Final[Mapping[str, LazyString]] = {
    "order_reversed": _l("The list was printed latest first, so we turned it around."),
    "same_time": _l("Two lines on one stage start in the same minute."),
    "past_curfew": _l("A line starts or ends after the curfew."),
    "overlap": _l("A line ends after the next one starts."),
    "long_set": _l("A line lasts more than 6 hours."),
    "weekday_mismatch": _l("The weekday beside the date isn't the weekday of that date. Check the day and the year."),
    "several_days": _l(
        "The flyer names several days but doesn't say which line is on which. We started a new "
        "day where the times go back: check it."
    ),
    "lost_time": _l("We couldn't place these lines, though they have a time. They're in the notes."),
    "guessed_pm": _l("Times without AM or PM were read as afternoon or evening."),
    "too_long": _l("Only the first part of the flyer was read. The rest is under “About the cause”, as you pasted it."),
}
REFUSALS: Final = (  # what decode_flyer says, listed here for translators
    _l("This flyer is over 1 MB; paste only its text."),
    _l("This flyer is empty; paste the text of the flyer."),
    _l("This isn't text, maybe a picture; paste the words from the flyer."),
)
