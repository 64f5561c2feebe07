"""To whom the report goes."""

from flask_wtf import FlaskForm
from wtforms import EmailField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from coordinator.accounts.models import Coordinator
from coordinator.web.form_parts import at_most
from coordinator.web.ids import an_id
from coordinator.web.words import lazy as _l


class SendForm(FlaskForm):
    """Members to choose from, another address, and words of one's own."""

    members = SelectMultipleField(
        _l("Members"), coerce=an_id, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    address = EmailField(
        _l("Another email address"),
        description=_l("A member's, or of someone who agreed to emails from you. Optional."),
        validators=[at_most(254)],
    )
    words = TextAreaField(
        _l("A few words of your own"),
        description=_l("They go before the numbers. Optional."),
        validators=[at_most(2000)],
    )

    def offer(self, members: list[Coordinator]) -> None:
        """Whom to choose from."""
        self.members.choices = [SelectChoice(each.id, each.person.name) for each in members]
