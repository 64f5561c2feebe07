"""Changing one's password, turning on two-step sign-in."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from coordinator.web.form_parts import WithNewPassword
from coordinator.web.words import lazy as _l


class ChangePasswordForm(WithNewPassword, FlaskForm):
    """The old password, and the new one twice."""

    old = PasswordField(_l("Current password"), validators=[InputRequired(_l("Enter your current password."))])


class TurnOnForm(FlaskForm):
    """The first code of an app that has just been given its secret."""

    setup = HiddenField()  # signed by us: of which secret
    code = StringField(_l("Code"), validators=[InputRequired(_l("Enter the 6 digits that the app shows."))])
