"""Inviting someone, changing a role, accepting an invitation."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from coordinator.accounts.models import SHORTEST_PASSWORD, AccountRole
from coordinator.web.choices import ROLES
from coordinator.web.ids import an_id
from coordinator.web.words import lazy as _l

AGREED = _l("Text me about the shows I help run. Message and data rates may apply. Reply STOP to end, HELP for help.")


class RoleForm(FlaskForm):
    """A role, and the stages of a stage manager."""

    role = SelectField(_l("Role"), choices=ROLES, default=AccountRole.COORDINATOR)
    stages = SelectMultipleField(
        _l("A stage manager's stages"),
        description=_l("None checked: every stage of every show."),
        coerce=an_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, known_stages: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(**options)
        self.stages.choices = [SelectChoice(key, name) for key, name in known_stages]

    @property
    def stage_ids(self) -> list[int] | None:
        """The stages that were checked; None means every stage."""
        return list(self.stages.data or []) or None


class InviteForm(RoleForm):
    """Whom to invite."""

    email = EmailField(_l("Email"), validators=[InputRequired(_l("Enter an email address."))])
    name = StringField(_l("Name"), validators=[InputRequired(_l("Enter a name.")), Length(max=200)])


class AcceptForm(FlaskForm):
    """What an invited person with an account says of themselves."""

    name = StringField(_l("Your name"), validators=[InputRequired(_l("Enter your name.")), Length(max=200)])
    phone = StringField(
        _l("Your mobile number"), description=_l("Optional. For GO and DONE by text and the morning digest.")
    )
    agreed = BooleanField(AGREED)


class NewAccountForm(AcceptForm):
    """The same of someone without an account, who chooses a password."""

    password = PasswordField(
        _l("Choose a password"),
        description=_l("At least 10 characters. A short sentence is easy to remember."),
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(min=SHORTEST_PASSWORD, message=_l("Passwords need at least %(min)d characters.")),
        ],
    )
    again = PasswordField(_l("Enter it again"), validators=[EqualTo("password", _l("The two passwords don't match."))])
