"""What everybody may read before they give a number."""

from flask.testing import FlaskClient

from tests.builders import a_night, a_shift
from tests.reading import words


def test_the_privacy_page_names_who_runs_shows_here_and_says_what_is_not_done(client: FlaskClient) -> None:
    night = a_night()

    page = client.get("/privacy")

    said = words(page)
    assert page.status_code == 200
    assert f"run by: {night.organisation.name}" in said
    assert "aren't shared with third parties or affiliates for marketing" in said
    assert 'href="/my"' in page.text


def test_an_organization_without_a_published_show_is_not_named(client: FlaskClient) -> None:
    night = a_night(published=False)

    page = client.get("/privacy")

    assert night.organisation.name not in page.text


def test_the_terms_say_what_carriers_ask_for(client: FlaskClient) -> None:
    a_night()

    said = words(client.get("/terms"))

    for demanded in ("Message and data rates may apply", "Reply STOP", "HELP", "three to eight texts", "aren't liable"):
        assert demanded in said


def test_whoever_types_a_number_reads_who_texts_them_with_links_to_both_pages(client: FlaskClient) -> None:
    night = a_night(shifts=[a_shift("Front door", "19:15", "20:45", max=3)])

    page = client.get("/e/justice-in-motion/volunteer/details?shift=front-door-1")

    assert f"{night.organisation.name} will text you a code and your shift now" in words(page)
    assert page.text.count('href="/terms"') == 2  # beside the button, and in the footer
    assert page.text.count('href="/privacy"') == 2


def test_both_pages_speak_spanish(client: FlaskClient) -> None:
    a_night()

    said = [words(client.get(path, headers={"Accept-Language": "es"})) for path in ("/privacy", "/terms")]

    assert ["Privacidad" in said[0], "Pueden aplicarse cargos por mensajes y datos" in said[1]] == [True, True]
