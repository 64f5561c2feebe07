"""Forms for people without an account: who they are, the code they got, what time would suit them."""

from datetime import date
from typing import Any
from unicodedata import category

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectMultipleField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation

from coordinator.people.models import Channel
from coordinator.web.choices import WAYS
from coordinator.web.form_parts import at_most
from coordinator.web.words import lazy as _l


def has_letters(form: FlaskForm, field: StringField) -> None:
    """A name contains at least one letter or digit of any alphabet."""
    if field.data and not any(category(character)[0] in "LN" for character in field.data):
        raise StopValidation(str(_l("Enter the name we should call you.")))


class OnlyBy:
    """The field counts only while this way was chosen; of the other one nothing is asked."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def __call__(self, form: "ReachedForm", field: StringField) -> None:
        if form.channel is not self.channel:
            field.errors = []
            raise StopValidation


class ReachedForm(FlaskForm):
    """How someone is reached: by text at a mobile number, or by email; both stay filled in whichever is chosen."""

    by = RadioField(
        _l("How should we reach you?"),
        choices=WAYS,
        default=Channel.TEXT.value,
        validate_choice=False,
    )
    phone = TelField(
        _l("Mobile number"),
        description=_l("So we can tell you if the time changes"),
        validators=[
            OnlyBy(Channel.TEXT),
            DataRequired(_l("Enter your mobile number, like (212) 555-0101.")),
            Length(max=40, message=_l("That's too long for a phone number. Write it like (212) 555-0101.")),
        ],
    )
    email = EmailField(
        _l("Email"),
        description=_l("So we can tell you if the time changes"),
        validators=[
            OnlyBy(Channel.EMAIL),
            DataRequired(_l("Enter your email address, like ana@show.example.")),
            Length(max=254, message=_l("That's too long for an email address. Write it like ana@show.example.")),
        ],
    )

    def __init__(self, *args: Any, can_mail: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        if not can_mail:
            del self.by, self.email

    @property
    def channel(self) -> Channel:
        """The way that was chosen; by text where there is no choice."""
        return Channel.EMAIL if self.by and self.by.data == Channel.EMAIL else Channel.TEXT

    @property
    def where(self) -> StringField:
        """The field of the chosen way."""
        return self.email if self.channel is Channel.EMAIL else self.phone


class DetailsForm(ReachedForm):
    """Who is coming."""

    name = StringField(
        _l("First name"),
        validators=[
            DataRequired(_l("Enter the name we should call you.")),
            Length(max=100, message=_l("Names are limited to 100 characters here. Use a shorter one.")),
            has_letters,
        ],
    )


class FindForm(ReachedForm):
    """The number or address whose page is to be found."""

    def __init__(self, *args: Any, can_mail: bool, **values: Any) -> None:
        super().__init__(*args, can_mail=can_mail, **values)
        self.phone.description = _l("The one that gets our texts")
        if can_mail:
            self.by.label.text = _l("How should we send you a code?")
            self.email.description = _l("The one that gets our emails")


class AboutYouForm(DetailsForm):
    """Who is coming, with the details that a shift requires; other fields are removed before it is shown."""

    skills = SelectMultipleField(_l("Your skills"), validate_choice=False)
    born_on = StringField(_l("Date of birth"), validators=[Length(max=40)])
    friend = StringField(
        _l("First name of your friend"),
        description=_l("You'll then get a link to send them. Their spot is held for a day; yours is yours."),
        validators=[
            Length(max=100, message=_l("Names are limited to 100 characters here. Use a shorter one.")),
            has_letters,
        ],
    )

    def read_birthday(self, today: date) -> date | None:
        """The date that was written, as 2001-05-31; None, with an error at the field, if it is impossible."""
        try:
            born_on = date.fromisoformat((self.born_on.data or "").strip())
        except ValueError:
            born_on = None
        if born_on is None or not date(1900, 1, 1) <= born_on <= today:
            self.born_on.errors = [_("Enter your date of birth, like 2001-05-31.")]
            return None
        return born_on


class CodeForm(FlaskForm):
    """Six digits."""

    code = StringField(_l("6-digit code"), validators=[DataRequired(_l("Enter the 6 digits we sent you."))])

    @property
    def digits(self) -> str:
        return "".join(character for character in self.code.data or "" if character.isdigit())


class AnotherTimeForm(FlaskForm):
    """A performer's message about a different time."""

    asks_for = TextAreaField(
        _l("What time would work for you?"),
        validators=[
            DataRequired(_l("Enter a time that would work for you.")),
            Length(max=300, message=_l("That's too long. Keep it to 300 characters; a coordinator will reply.")),
        ],
    )


class PersonForm(FlaskForm):
    """Someone to put on a shift."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Enter a name.")),
            Length(max=200, message=_l("Names are limited to 200 characters.")),
        ],
    )
    phone = TelField(_l("Mobile number"), description=_l("For someone new, or when two people share a name. Optional."))
    email = EmailField(_l("Email"), description=_l("For someone without a phone. Optional."))
    agreed = BooleanField(_l("They said yes to texts about the show"))
    agreed_to_emails = BooleanField(_l("They said yes to emails about the show"))
    override_reason = StringField(
        _l("Reason for the override"),
        description=_l("Saved with the sign-up, for anyone who asks later."),
        validators=[at_most(500)],
    )

    def __init__(self, *args: Any, can_mail: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        if not can_mail:
            del self.email, self.agreed_to_emails

    @property
    def called(self) -> str:
        """The name on one line."""
        return " ".join((self.name.data or "").split())
