"""What the desk writes on the boards."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from coordinator.events.models import Stage
from coordinator.shownight.models import LONGEST_MESSAGE
from coordinator.web.form_parts import at_most
from coordinator.web.words import lazy as _l

MINUTES = [  # how long a message stands
    SelectChoice("5", _l("5 minutes")),
    SelectChoice("15", _l("15 minutes")),
    SelectChoice("30", _l("30 minutes")),
    SelectChoice("60", _l("1 hour")),
    SelectChoice("240", _l("4 hours")),
]


class MessageForm(FlaskForm):
    """A line for the wall and for the timers of one stage or of all."""

    words = StringField(
        _l("Message"),
        validators=[
            DataRequired(_l("Enter a message.")),
            at_most(LONGEST_MESSAGE),
        ],
    )
    stage = SelectField(_l("Where"), default="")
    minutes = SelectField(_l("For how long"), choices=MINUTES, default="15")

    def offer(self, stages: Sequence[Stage], *, everywhere: bool) -> "MessageForm":
        """The form with the stages that whoever writes may write for; ``everywhere``: for all at once as well."""
        choices = [SelectChoice(stage.key, stage.name) for stage in stages]
        several = everywhere and len(choices) != 1
        self.stage.choices = [SelectChoice("", _l("All stages")), *choices] if several else choices
        return self
