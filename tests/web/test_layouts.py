"""The layouts and components, put together as a page does it."""

from types import SimpleNamespace
from typing import Any

from flask import flash, render_template_string
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

from coordinator.web.navigation import ORGANISATION_PLACES, PLACES
from tests.web.conftest import a_small_app


class Details(FlaskForm):
    name = StringField("First name", [DataRequired("Tell us what to call you.")], description="As on a door list")


def made(source: str, path: str = "/", data: dict[str, str] | None = None, **given: Any) -> str:
    app = a_small_app()
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context(path, method="POST" if data is not None else "GET", data=data):
        form = Details()
        if data is not None:
            form.validate()
        flash("Moved by 10 minutes.", "ok")
        return render_template_string(source, form=form, **given)


def test_a_field_keeps_what_was_typed_and_says_what_is_missing() -> None:
    source = "{% from 'components/field.html' import field %}{{ field(form.name, autocomplete='given-name') }}"

    wrong = made(source, data={"name": ""})
    right = made(source, data={"name": "Ana <3"})

    assert 'id="name-error"' in wrong
    assert "Tell us what to call you." in wrong
    assert 'aria-describedby="name-hint name-error"' in wrong
    assert 'aria-invalid="true"' in wrong
    assert 'value="Ana &lt;3"' in right
    assert "error" not in right


def test_the_summary_of_errors_leads_to_each_field_and_is_silent_when_all_is_well() -> None:
    source = "{% from 'components/field.html' import error_summary %}{{ error_summary(form) }}"

    assert '<a href="#name">First name: Tell us what to call you.</a>' in made(source, data={"name": ""})
    assert "Please fix one thing" in made(source, data={"name": ""})
    assert made(source, data={"name": "Ana"}).strip() == ""


def test_a_button_that_cannot_be_pressed_says_why() -> None:
    source = "{% from 'components/button.html' import button %}{{ button('Ask all 6', off='Nobody has agreed yet') }}"

    assert made(source) == (
        '<button type="button" class="btn" aria-disabled="true">Ask all 6</button>\n'
        '<span class="why">Nobody has agreed yet</span>'
    )


def test_words_from_people_are_never_taken_for_markup() -> None:
    source = (
        "{% from 'components/button.html' import press %}{% from 'components/tag.html' import tag %}"
        "{{ press('/x', words, fields={'to': words}) }}{{ tag(words, 'ok') }}"
    )

    assert "<script>" not in made(source, words='"><script>')


def test_every_layout_shows_what_the_last_press_said_and_has_one_main() -> None:
    given: dict[str, Any] = {"organisation_name": "Kitchen Table Concerts", "event": None}
    for layout in ("public", "signup", "coordinators"):
        page = made("{% extends 'layouts/" + layout + ".html' %}{% block headline %}Hello{% endblock %}", **given)

        assert page.count("<main") == 1
        assert page.count("<h1>Hello</h1>") == 1
        assert "Moved by 10 minutes." in page


def test_the_desk_offers_its_places_and_says_which_one_is_shown() -> None:
    source = "{% extends 'layouts/coordinators.html' %}"
    title = "Songs for Justice in Motion"
    event = SimpleNamespace(slug="benefit", title=title, called=lambda _language: title)
    with a_small_app().test_request_context("/coordinate/benefit/texts.planned"):
        page = render_template_string(source, event=event, needs={"texts.planned": 2})

    assert '<a href="/coordinate/benefit/texts.planned" aria-current="page">' in page
    assert page.count('aria-current="page"') == page.count('href="/coordinate/benefit/texts.planned"')
    assert "2 need you" in page
    for place in PLACES:
        assert f'<a href="/coordinate/benefit/{place.endpoint}"' in page
    for place in ORGANISATION_PLACES:
        assert f'<a href="/coordinate/{place.endpoint}' in page
