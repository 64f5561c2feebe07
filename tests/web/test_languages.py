from flask import render_template_string
from flask.testing import FlaskClient
from flask_babel import gettext, lazy_gettext


def spoken(client: FlaskClient, path: str = "/", **headers: str) -> str:
    text = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()}).text
    return text.partition('<html lang="')[2][:2]


def test_a_page_speaks_the_language_of_the_browser(visitor: FlaskClient) -> None:
    assert spoken(visitor) == "en"
    assert spoken(visitor, Accept_Language="es-AR,es;q=0.8,en;q=0.5") == "es"
    assert spoken(visitor, Accept_Language="fi,sv") == "en"


def test_a_language_asked_for_in_the_address_is_remembered(visitor: FlaskClient) -> None:
    assert spoken(visitor, "/?lang=es") == "es"
    assert spoken(visitor) == "es"
    cookie = visitor.get_cookie("lang")
    assert cookie is not None
    assert (cookie.value, cookie.http_only, cookie.same_site) == ("es", True, "Lax")


def test_a_language_that_is_not_spoken_here_changes_nothing(visitor: FlaskClient) -> None:
    assert spoken(visitor, "/?lang=tlh") == "en"
    assert visitor.get_cookie("lang") is None


def test_a_personal_page_speaks_the_persons_own_language(visitor: FlaskClient) -> None:
    assert spoken(visitor, "/me/token") == "es"


def test_what_was_chosen_in_this_browser_goes_before_the_persons_own(visitor: FlaskClient) -> None:
    visitor.get("/?lang=en")

    assert spoken(visitor, "/me/token", Accept_Language="es") == "en"


def test_every_page_offers_the_other_language_in_its_own_name(visitor: FlaskClient) -> None:
    page = visitor.get("/?day=fri").text

    assert '<a href="/?day=fri&amp;lang=es" lang="es" hreflang="es">Español</a>' in page


def test_one_oclock_is_one_hour_in_spanish_sentences_of_pages_and_of_code(visitor: FlaskClient) -> None:
    page = "{{ _('since %(time)s', time=time) }}|{{ _('since %(time)s', time='8:30 p. m.') }}"
    with visitor.application.test_request_context("/?lang=es"):
        assert render_template_string(page, time="1:15 p. m.") == "desde la 1:15 p. m.|desde las 8:30 p. m."
        assert gettext("since %(time)s", time="1:15 p. m.") == "desde la 1:15 p. m."
        assert str(lazy_gettext("since %(time)s", time="1:15 p. m.")) == "desde la 1:15 p. m."


def test_what_is_put_into_a_sentence_is_still_escaped(visitor: FlaskClient) -> None:
    page = "{{ _('since %(time)s', time=time) }}"
    with visitor.application.test_request_context("/?lang=es"):
        assert render_template_string(page, time="1:15 <b>") == "desde la 1:15 &lt;b&gt;"
