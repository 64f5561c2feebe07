"""What is wrong stands beside its field, the browser goes to the first of them, and what was typed is kept."""

from dataclasses import dataclass, field

import pytest
import time_machine
from flask.testing import FlaskClient

from coordinator.accounts.actions.invitations import Invitee, invite
from tests.builders import ANight, a_coordinator, a_night, a_shift, at, sign_in
from tests.reading import Element, PageForm, forms_of, read_page

SHOW = "/coordinate/justice-in-motion"
DETAILS = "/e/justice-in-motion/volunteer/details?shift=door-1"
NOW = at("12:00")


@dataclass(frozen=True)
class Wrong:
    """A form on a page, and what is typed into it. ``fields``: those that are wrong, by the end of their names.

    ``action``: how the address of the form ends. ``kept``: what else was typed, and must come back.
    """

    page: str
    action: str
    fields: dict[str, str]
    kept: dict[str, str] = field(default_factory=dict)


FORMS = {
    "a slot": Wrong(f"{SHOW}/order", "/order/slots/carlos-lumbi", {"-starts": "soon", "-length": "long"}),
    "a slot's note": Wrong(f"{SHOW}/order", "/order/slots/carlos-lumbi", {"-changeover_min": "x"}, {"-note": "Piano"}),
    "a new slot": Wrong(f"{SHOW}/order", "/stages/main-stage/slots", {"-length": "x"}, {"-name": "Ana"}),
    "a stage": Wrong(f"{SHOW}/order", "/order/stages/main-stage", {"-curfew": "late"}, {"-name": "Big stage"}),
    "a new stage": Wrong(f"{SHOW}/order", "/order/stages", {"-name": ""}, {"-curfew": "23:30"}),
    "facts": Wrong(f"{SHOW}/facts", "", {"title": ""}, {"notes": "Side door"}),
    "a performer": Wrong(f"{SHOW}/performers", "/people/1", {"-phone": "12"}, {"-name": "Josh G."}),
    "the table of performers": Wrong(f"{SHOW}/performers", "/performers", {"phone-1": "12"}, {"name-new0": "Ana"}),
    "a pasted line-up": Wrong(f"{SHOW}/performers", "/performers/list", {"list": ""}),
    "one more in an act": Wrong(f"{SHOW}/performers", "/josh-granowski/people", {"-name": ""}, {"-email": "a@b.c"}),
    "an act": Wrong(f"{SHOW}/performers", "/performers/josh-granowski", {"-name": ""}, {"-about": "Songs"}),
    "a stage manager": Wrong(f"{SHOW}/performers", "/crew", {"-phone": "12"}, {"-name": "Sam"}),
    "when a reminder goes": Wrong(f"{SHOW}/reminders", "/reminders/call", {"amount": "x"}, {"text_en": "Hello"}),
    "a reminder's words": Wrong(f"{SHOW}/reminders", "/reminders/call", {"text_es": "{nada}"}, {"text_en": "Hello"}),
    "a shift": Wrong(f"{SHOW}/volunteers/shifts/door-1", "", {"starts": "x"}, {"place": "Yard"}),
    "a new shift": Wrong(f"{SHOW}/volunteers/new", "/volunteers/shifts", {"work": "", "most": "x"}, {"note": "Dark"}),
    "a crew": Wrong(f"{SHOW}/volunteers/several", "/changeovers", {"-before": "x"}, {"-work": "Crew"}),
    "turns": Wrong(f"{SHOW}/volunteers/several", "/repeat", {"-ends": "", "-every": "0"}, {"-work": "Bar"}),
    "a role": Wrong(f"{SHOW}/volunteers/roles/door", "/roles/door", {"minimum_age": "x"}, {"skills": "first aid"}),
    "a new role": Wrong(f"{SHOW}/volunteers/roles", "/roles", {"name": ""}, {"instructions": "Ring twice"}),
    "rules": Wrong(f"{SHOW}/volunteers/rules", "/rules", {"walking": "far", "hour_is_worth": "x"}, {"rest": "20 min"}),
    "standby": Wrong(f"{SHOW}/volunteers/risk", "/standby", {"name": "Nobody We Know"}),
    "a pasted list": Wrong(f"{SHOW}/volunteers/import", "", {"text": ""}),
    "a person of the list": Wrong(f"{SHOW}/people-list/1", "", {"phone": "12"}, {"notes": "Has a van"}),
    "sums": Wrong(f"{SHOW}/after", "/sums", {"hour_is_worth": "x"}, {"raised": "120"}),
    "thanks": Wrong(f"{SHOW}/after/thanks", "", {"es": "{nada}"}, {"en": "Thank you!"}),
    "a text": Wrong(f"{SHOW}/texts/write", "", {"body": "{nothing}"}),
    "a rehearsal's script": Wrong(f"{SHOW}/rehearsal", "/rehearsal", {"script": "{"}),
    "a member": Wrong("/coordinate/organisation/members", "/invitations", {"email": "x"}, {"name": "Bo"}),
    "a flyer": Wrong("/coordinate/new", "/coordinate/new", {"flyer": ""}),
    "an invitation": Wrong("/invitations/TOKEN", "", {"password": "short"}),
    "a sign-up": Wrong(DETAILS, "", {"phone": "12"}, {"name": "Bo", "by": "text"}),
    "one's own page": Wrong("/my", "", {"phone": "12"}, {"by": "text"}),
}  # fmt: skip


@pytest.fixture
def night(client: FlaskClient) -> ANight:
    return a_night(shifts=[a_shift("Door", "19:15", "20:45", max=3, people=("Dana",))], published=True)


@pytest.fixture
def alice(client: FlaskClient, night: ANight) -> FlaskClient:
    return sign_in(client, a_coordinator(organisation=night.organisation))


def sent(client: FlaskClient, wrong: Wrong) -> str:
    """The page that comes back after the form was sent with these values."""
    with time_machine.travel(NOW, tick=False):
        form = _form(client.get(wrong.page).text, wrong)
        answer = client.post(form.action.partition("#")[0] or wrong.page, data=_typed(form, wrong))
    assert answer.status_code == 422
    return answer.text


def _form(html: str, wrong: Wrong) -> PageForm:
    return next(
        form
        for form in forms_of(html)
        if form.method == "post"
        and form.action.partition("#")[0].endswith(wrong.action)
        and all(_named(form, end) for end in (*wrong.fields, *wrong.kept))
    )


def _typed(form: PageForm, wrong: Wrong) -> dict[str, str]:
    return form.fields | {_named(form, end): said for end, said in (wrong.kept | wrong.fields).items()}


def _named(form: PageForm, end: str) -> str:
    return next((name for name in form.fields if name == end or (end[0] == "-" and name.endswith(end))), "")


def controls(page: Element) -> list[Element]:
    """The fields of a page, and of choices the one that is chosen."""
    fields = [each for each in page.every("input", "select", "textarea") if each.attributes.get("type") != "hidden"]
    return [each for each in fields if each.attributes.get("type") != "radio" or "checked" in each.attributes]


def without_a_sentence(page: Element) -> list[str]:
    """Wrong fields beside which nothing says what is wrong, or that are folded away."""
    said = {each.attributes["id"]: each.words for each in page.elements if "id" in each.attributes}
    return [
        each.attributes["name"]
        for each in controls(page)
        if "aria-invalid" in each.attributes
        and not (
            any(
                said.get(id_, "")
                for id_ in each.attributes.get("aria-describedby", "").split()
                if id_.endswith("-error")
            )
            and all("open" in around.attributes for around in each.ancestors if around.name == "details")
        )
    ]


def value_of(control: Element) -> str:
    if control.name == "textarea":
        return "".join(child for child in control.children if isinstance(child, str)).lstrip("\r\n")
    return control.attributes.get("value", "")


@pytest.mark.parametrize("what", FORMS)
def test_an_error_stands_beside_its_field_the_cursor_is_there_and_nothing_typed_is_lost(
    alice: FlaskClient, night: ANight, what: str
) -> None:
    wrong = FORMS[what]
    if "TOKEN" in wrong.page:
        wrong = Wrong(wrong.page.replace("TOKEN", an_invitation(night)), wrong.action, wrong.fields, wrong.kept)

    page = read_page(sent(alice, wrong))

    invalid = [each for each in controls(page) if "aria-invalid" in each.attributes]
    form = next(around for around in invalid[0].ancestors if around.name == "form")
    assert [_end(each, wrong) for each in invalid if _end(each, wrong)] == list(wrong.fields)
    assert without_a_sentence(page) == []
    assert [each for each in page.elements if "autofocus" in each.attributes] == invalid[:1]
    back = {end: value_of(each) for each in controls(form) if (end := _end(each, wrong))}
    secret = {end for end in wrong.fields if "password" in end}
    typed = {end: said for end, said in (wrong.fields | wrong.kept).items() if end not in secret}
    assert {end: back[end] for end in typed} == typed


def _end(control: Element, wrong: Wrong) -> str:
    name = control.attributes.get("name", "")
    ends = (*wrong.fields, *wrong.kept)
    return next((end for end in ends if name == end or (end[0] == "-" and name.endswith(end))), "")


def an_invitation(night: ANight) -> str:
    with time_machine.travel(NOW, tick=False):
        olga = a_coordinator("Olga", organisation=night.organisation)
        return invite(Invitee("bo@show.example", "Bo", "coordinator"), olga, NOW)
