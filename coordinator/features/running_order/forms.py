"""Forms for planning the lineup."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.validators import URL, DataRequired, InputRequired, Length, NumberRange, Optional

from coordinator.lineup.models import SlotKind
from coordinator.web.amounts import AmountField
from coordinator.web.choices import HOW_AGREED, KINDS
from coordinator.web.form_parts import WithDstFold, WithPersonFacts, at_most
from coordinator.web.whole_numbers import WholeNumber
from coordinator.web.words import lazy as _l


class SlotForm(WithDstFold, FlaskForm):
    """One slot: who, when, how long; the rest is collapsed. ``on`` is asked only if the event has several days."""

    on = SelectField(_l("Day"), validate_choice=False)

    name = StringField(
        _l("Who's playing, or what it is"),
        validators=[
            DataRequired(_l("Enter who's playing, or what it is.")),
            Length(max=200, message=_l("Names are limited to 200 characters.")),
        ],
    )
    starts = TimeField(_l("Starts"), validators=[InputRequired(_l("Choose when it starts."))])
    length = WholeNumber(_l("Minutes"), default=30, validators=[InputRequired(_l("Enter a number of minutes."))])
    changeover = WholeNumber(
        _l("Changeover before, minutes"), default=15, validators=[InputRequired(_l("Enter a number of minutes."))]
    )
    changeover_min = WholeNumber(
        _l("At least, minutes"), default=8, validators=[InputRequired(_l("Enter a number of minutes."))]
    )
    kind = SelectField(_l("Kind"), choices=KINDS, default=SlotKind.SET)
    pinned = BooleanField(_l("Must start at this time"))
    early_ok = BooleanField(_l("Can start early if the stage is free"))
    note = TextAreaField(
        _l("Note for the crew"), validators=[Length(max=2000, message=_l("Notes are limited to 2,000 characters."))]
    )


class MoveTimesForm(FlaskForm):
    """A slot and all that follow it, some minutes later or earlier."""

    slot = SelectField(_l("From"), validate_choice=False)
    minutes = WholeNumber(
        _l("Minutes later (use a minus for earlier)"),
        default=10,
        validators=[
            InputRequired(_l("Enter a number of minutes, like 10 or -10.")),
            NumberRange(-720, 720, _l("Enter minutes from -720 to 720.")),
        ],
    )


class StageForm(WithDstFold, FlaskForm):
    """A stage and its curfew on the first day; ``form_of_days`` adds those of later days."""

    name = StringField(
        _l("Stage"),
        validators=[
            DataRequired(_l("Enter the name of the stage.")),
            Length(max=120, message=_l("Stage names are limited to 120 characters.")),
        ],
    )
    curfew = TimeField(_l("Curfew"), validators=[Optional()])


class MemberForm(WithPersonFacts, FlaskForm):
    """Someone who plays, or who runs the night."""

    agreed = BooleanField(_l("Has agreed to texts about this show"))
    agreed_to_emails = BooleanField(_l("Has agreed to emails about this show"))
    agreed_how = SelectField(_l("How they agreed"), choices=HOW_AGREED, default="in person")


class ActForm(FlaskForm):
    """What an act is called, and one line about it for everyone."""

    name = StringField(
        _l("Name of the act"),
        validators=[
            DataRequired(_l("Enter the name of the act.")),
            Length(max=200, message=_l("Names are limited to 200 characters.")),
        ],
    )
    about = StringField(
        _l("One line about it"),
        description=_l("For the public lineup, like: songs on guitar. Optional."),
        validators=[Length(max=300, message=_l("Use 300 characters or fewer."))],
    )


class DayForm(FlaskForm):
    """Another show day."""

    on = DateField(_l("Another day"), validators=[InputRequired(_l("Choose a day."))])


class FactsForm(WithDstFold, FlaskForm):
    """What the show is, where, for whom; doors on the first day, ``form_of_days`` adds those of later days."""

    title = StringField(
        _l("Title"),
        validators=[
            DataRequired(_l("Give the show a title.")),
            Length(max=200, message=_l("Titles are limited to 200 characters.")),
        ],
    )
    title_es = StringField(
        _l("Title, in Spanish"), validators=[Length(max=200, message=_l("Titles are limited to 200 characters."))]
    )
    doors = TimeField(_l("Doors"), validators=[Optional()])
    venue_name = StringField(_l("Venue"), validators=[at_most(200)])
    venue_address = StringField(_l("Address"), validators=[at_most(300)])
    beneficiary = StringField(_l("Benefiting"), validators=[at_most(200)])
    donation_suggested = DecimalField(
        _l("Suggested donation"),
        validators=[Optional(), NumberRange(min=0, max=1_000_000, message=_l("Enter an amount, like 10."))],
    )
    donation_currency = StringField(
        _l("Currency"), validators=[Optional(), Length(min=3, max=3, message=_l("Use three letters, like USD."))]
    )
    donation_goal = AmountField(
        _l("Goal"), description=_l("What the show hopes to raise. Leave blank for none."), validators=[Optional()]
    )
    donation_url = URLField(
        _l("Where to donate"),
        validators=[Optional(), URL(message=_l("Enter a full web address, like https://give.example.")), at_most(500)],
    )
    about = TextAreaField(_l("About the cause"), validators=[at_most(50_000)])
    about_es = TextAreaField(_l("About the cause, in Spanish"), validators=[at_most(50_000)])
    notes = TextAreaField(_l("Notes for the crew"), validators=[at_most(50_000)])
    contact_name = StringField(_l("Who answers questions"), validators=[at_most(200)])
    contact_phone = TelField(
        _l("Their phone"),
        description=_l(
            "Shown in texts to people who are removed from a shift. Leave "
            "blank to use the number of whoever removed them."
        ),
    )
    quiet = BooleanField(_l("Hold texts at night, unless they're about a show that same day"))
    quiet_from = TimeField(_l("From"), validators=[Optional()])
    quiet_to = TimeField(_l("To"), validators=[Optional()])
