"""What forms of several features have in common."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField, StringField, TelField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from coordinator.accounts.models import SHORTEST_PASSWORD
from coordinator.people.actions.emails import NotAnEmail
from coordinator.people.actions.persons import NoName
from coordinator.people.actions.phones import NotAPhone
from coordinator.people.models import Channel, Person

from .choices import DST_FOLDS, LANGUAGES, WAYS

NOT_A_PERSON = (NotAPhone, NotAnEmail, NoName)


def at_most(characters: int) -> Length:
    """The validator of a text that may be so long."""
    return Length(max=characters, message=_l("That's too long: %(max)d characters at most."))


class WithDstFold:
    """Of a form with a wall time: which of the two is meant, where that night has it twice."""

    dst_fold = SelectField(_l("Which one"), choices=DST_FOLDS, default="")

    @property
    def reading(self) -> int | None:
        """Which of two readings of the wall time was chosen; None: none yet."""
        return int(self.dst_fold.data) if self.dst_fold.data else None


class WithPersonFacts:
    """Of a form about someone: who they are, and how to reach them."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Enter a name.")),
            Length(max=200, message=_l("Names are limited to 200 characters.")),
        ],
    )
    phone = TelField(
        _l("Mobile number"),
        description=_l("Leave blank for no texts"),
        validators=[
            Length(max=40, message=_l("That's too long for a phone number. Write it like (212) 555-0101.")),
        ],
    )
    language = SelectField(_l("Language for texts"), choices=LANGUAGES, default="en")
    email = EmailField(
        _l("Email"),
        description=_l("Leave blank for no emails"),
        validators=[
            Length(max=254, message=_l("That's too long for an email address. Write it like ana@show.example."))
        ],
    )
    prefers = SelectField(_l("Tell them first"), choices=WAYS, default="text")

    def refuse(self, refusal: ValueError) -> None:
        """Say beside its field what is wrong with a number, an address or a name: one of NOT_A_PERSON."""
        wrong = {NotAPhone: self.phone, NotAnEmail: self.email, NoName: self.name}
        wrong[type(refusal)].errors = [str(refusal)]

    @staticmethod
    def values_of(person: Person) -> dict[str, Any]:
        """The initial values of these fields."""
        return {
            "name": person.name,
            "phone": person.phone or "",
            "language": person.language,
            "email": person.email or "",
            "prefers": person.prefers or Channel.TEXT,
        }


class WithNewPassword:
    """Of a form that sets a password: the new one, twice."""

    password = PasswordField(
        _l("New password"),
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(min=SHORTEST_PASSWORD, message=_l("Passwords need at least %(min)d characters.")),
        ],
    )
    again = PasswordField(_l("Enter it again"), validators=[EqualTo("password", _l("The two passwords don't match."))])
