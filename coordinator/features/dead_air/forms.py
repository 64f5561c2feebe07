"""Forms of an act that can stand in, and of what fills a hole."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange

from coordinator.lineup.models import SlotKind
from coordinator.web.form_parts import at_most
from coordinator.web.whole_numbers import WholeNumber

FILLERS = [
    SelectChoice("speech", _l("A speech")),
    SelectChoice("dj", _l("A DJ")),
    SelectChoice("break", _l("A break")),
]
KINDS = {"speech": SlotKind.SPEECH, "dj": SlotKind.SET, "break": SlotKind.BREAK}
LONGEST = 240  # minutes


def minutes_from(least: int, most: int) -> list[Any]:
    """The validators of a number of minutes."""
    words = _l("Enter a whole number of minutes from %(least)d to %(most)d.", least=least, most=most)
    return [InputRequired(words), NumberRange(least, most, words)]


class StandInForm(FlaskForm):
    """An act that would play if another falls out."""

    act = StringField(_l("Act"), validators=[DataRequired(_l("Enter the name of the act.")), at_most(200)])
    phone = TelField(
        _l("Mobile number"), description=_l("Leave blank if the act is in the show already"), validators=[at_most(40)]
    )
    agreed = BooleanField(_l("Has agreed to texts about this show"))
    minutes_away = WholeNumber(_l("Minutes away"), default=15, validators=minutes_from(0, 600))
    length = WholeNumber(_l("Can play for, in minutes"), default=20, validators=minutes_from(1, LONGEST))
    gear = StringField(
        _l("Gear"),
        description=_l("What they need on stage, like: one mic, one DI. Optional."),
        validators=[at_most(300)],
    )


class FillerForm(FlaskForm):
    """What stands in the hole."""

    kind = SelectField(_l("What"), choices=FILLERS)
    name = StringField(_l("Name"), validators=[DataRequired(_l("Enter who it is, or what it is.")), at_most(200)])
    minutes = WholeNumber(_l("Minutes"), validators=minutes_from(1, LONGEST))
