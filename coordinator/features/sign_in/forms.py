"""Signing in and choosing a password."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from coordinator.web.form_parts import WithNewPassword


class SignInForm(FlaskForm):
    """Email and password."""

    email = EmailField(_l("Email"), validators=[InputRequired(_l("Enter your email address."))])
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Enter your password."))])


class ForgottenForm(FlaskForm):
    """Which account's password was forgotten."""

    email = EmailField(_l("Email"), validators=[InputRequired(_l("Enter your email address."))])


class PasswordForm(WithNewPassword, FlaskForm):
    """A new password, twice."""


class CodeForm(FlaskForm):
    """A code from the app, or a recovery code in its place."""

    code = StringField(_l("Code"), validators=[Length(max=20, message=_l("Enter the 6 digits that the app shows."))])
    recovery = StringField(
        _l("Recovery code"), validators=[Length(max=60, message=_l("A recovery code has 16 letters and digits."))]
    )

    @property
    def typed(self) -> str:
        """Whichever was given."""
        return self.recovery.data or self.code.data or ""

    @property
    def refused_field(self) -> StringField:
        """Where it was typed."""
        return self.recovery if self.recovery.data else self.code

    def validate_code(self, field: StringField) -> None:
        """One of the two must be there."""
        if not self.typed.strip():
            raise ValidationError(_l("Enter the 6 digits that the app shows."))
