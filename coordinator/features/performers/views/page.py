"""The performers' page with all its forms: submitted ones with errors, and fresh ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from coordinator.accounts.queries import coordinators_of
from coordinator.events.models import Event
from coordinator.features.running_order.forms import ActForm, MemberForm
from coordinator.lineup.models import Act
from coordinator.people.models import Person
from coordinator.services import services
from coordinator.web.choices import HOW_AGREED

from ..queries import Cast, cast_page
from ..table import Row, rows_of

MOST_CARDS = 12  # acts; more would bury the table, and make the page slow on a phone


@dataclass(frozen=True, slots=True)
class TableShown:
    """The table as it was typed, None for as it stands; and a pasted list that could not be read, with why."""

    rows: Sequence[Row] | None = None
    how: str = ""
    is_pasted: bool = False
    pasted: str = ""
    wrong: str = ""


AS_IT_STANDS = TableShown()


def performers_page(
    event: Event,
    *,
    naming: tuple[Act, ActForm] | None = None,
    joining: tuple[Act, MemberForm] | None = None,
    changing: tuple[Person, MemberForm] | None = None,
    crewing: MemberForm | None = None,
    table: TableShown = AS_IT_STANDS,
) -> str:
    """Render the page; given forms were submitted with errors."""
    cast = cast_page(event)
    wrong = [form[0] for form in (naming, joining, changing) if form]
    cards = _cards(cast, wrong)
    names = {act.key: _act_form(act) for act in cards} | ({naming[0].key: naming[1]} if naming else {})
    joins = {act.key: member_form(f"join-{act.id}", formdata=None) for act in cards}
    shown = {person.id: person for act in cards for person in act.people}
    shown |= {part.person_id: part.person for part in cast.crew}
    changes = {person.id: _person_form(person) for person in shown.values()}
    return render_template(
        "performers/performers.html",
        event=event,
        cast=cast,
        cards=cards,
        table=table,
        rows=rows_of(cast) if table.rows is None else table.rows,
        ways=HOW_AGREED,
        links={person.id: services().links.address(person) for person in shown.values()},
        names=names,
        joins=joins | ({joining[0].key: joining[1]} if joining else {}),
        changes=changes | ({changing[0].id: changing[1]} if changing else {}),
        with_account={member.person_id for member in coordinators_of(event.organisation_id)},
        crew_form=crewing or member_form("crew", formdata=None),
    )


def _cards(cast: Cast, wrong: Sequence[Act | Person]) -> Sequence[Act]:
    """The acts with all that can be done about them: all of a small show, else those that are asked for, or wrong."""
    if len(cast.acts) <= MOST_CARDS:
        return cast.acts
    keys = {request.args.get("act", ""), *(each.key for each in wrong if isinstance(each, Act))}
    people = {request.args.get("person", ""), *(str(each.id) for each in wrong if isinstance(each, Person))}
    return [act for act in cast.acts if act.key in keys or people & {str(person.id) for person in act.people}]


def _act_form(act: Act) -> ActForm:
    return ActForm(formdata=None, data={"name": act.name, "about": act.about}, prefix=f"act-{act.id}")


def _person_form(person: Person) -> MemberForm:
    agreed = {"agreed": person.agreed_at is not None, "agreed_to_emails": person.email_agreed_at is not None}
    values = MemberForm.values_of(person) | agreed
    return member_form(f"person-{person.id}", formdata=None, data=values)


def member_form(prefix: str, **values: Any) -> MemberForm:
    """The form for one person; where no emails are sent, it asks for no address."""
    form = MemberForm(prefix=prefix, **values)
    if not services().can_mail:
        del form.email, form.prefers, form.agreed_to_emails
    return form
