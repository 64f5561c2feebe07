"""Signing in and choosing a password."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from .models import SHORTEST_PASSWORD


class SignInForm(FlaskForm):
    """E-mail and password."""

    email = EmailField(_l("E-mail"), validators=[InputRequired(_l("Write your e-mail address."))])
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Write your password."))])


class PasswordForm(FlaskForm):
    """A new password, twice."""

    password = PasswordField(
        _l("New password"),
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(min=SHORTEST_PASSWORD, message=_l("A password needs at least %(min)d letters.")),
        ],
    )
    again = PasswordField(
        _l("The same once more"), validators=[EqualTo("password", _l("The two passwords are not the same."))]
    )
