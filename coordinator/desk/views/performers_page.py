"""The page of who plays, with all its forms: those that came back with mistakes, and fresh ones."""

from __future__ import annotations

from flask import render_template

from ...events.models import Event
from ...house import house
from ...lineup.models import Act
from ...people.models import Person
from ...people.queries import link_tokens
from ..forms import ActForm, MemberForm
from ..queries.cast import cast_page


def performers_page(
    event: Event,
    *,
    naming: tuple[Act, ActForm] | None = None,
    joining: tuple[Act, MemberForm] | None = None,
    changing: tuple[Person, MemberForm] | None = None,
    crewing: MemberForm | None = None,
) -> str:
    """The page; what is given came back with mistakes."""
    cast = cast_page(event)
    names = {act.key: _act_form(act) for act in cast.acts} | ({naming[0].key: naming[1]} if naming else {})
    joins = {act.key: MemberForm(formdata=None, prefix=f"join-{act.id}") for act in cast.acts}
    changes = {person.id: _person_form(person) for person in cast.people}
    tokens = link_tokens(person.id for person in cast.people)
    return render_template(
        "lineup/performers.html",
        event=event,
        cast=cast,
        links={person_id: f"{house().settings.public_url}/me/{token}" for person_id, token in tokens.items()},
        names=names,
        joins=joins | ({joining[0].key: joining[1]} if joining else {}),
        changes=changes | ({changing[0].id: changing[1]} if changing else {}),
        crew_form=crewing or MemberForm(formdata=None, prefix="crew"),
    )


def _act_form(act: Act) -> ActForm:
    return ActForm(formdata=None, data={"name": act.name, "about": act.about}, prefix=f"act-{act.id}")


def _person_form(person: Person) -> MemberForm:
    values = {
        "name": person.name,
        "phone": person.phone or "",
        "language": person.language,
        "agreed": person.agreed_at is not None,
    }
    return MemberForm(formdata=None, data=values, prefix=f"person-{person.id}")
