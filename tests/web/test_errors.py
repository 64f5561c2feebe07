import logging

import pytest
from flask.testing import FlaskClient

SPANISH = {"Accept-Language": "es-MX,es;q=0.9"}
WORDS = {
    400: ("We couldn't read that", "No pudimos leer eso"),
    403: ("You don't have access to this page", "No tienes permiso para abrir esta página"),
    404: ("There's nothing here", "Aquí no hay nada"),
    405: ("You can't do that here", "Eso no se puede hacer aquí"),
    410: ("This link no longer works", "Este enlace ya no funciona"),
    413: ("That's too much to send", "Es demasiado para enviar"),
    429: ("Too many tries", "Demasiados intentos"),
    500: ("Something went wrong on our end", "Algo se rompió de nuestro lado"),
    503: ("We can't answer right now", "Ahora mismo no podemos responder"),
}


@pytest.mark.parametrize("code", WORDS)
def test_an_error_is_said_in_plain_words_in_both_languages(visitor: FlaskClient, code: int) -> None:
    english = visitor.get(f"/fail/{code}")
    spanish = visitor.get(f"/fail/{code}", headers=SPANISH)

    assert (english.status_code, spanish.status_code) == (code, code)
    assert f"<h1>{WORDS[code][0]}</h1>" in english.text
    assert f"<h1>{WORDS[code][1]}</h1>" in spanish.text
    assert '<html lang="es"' in spanish.text


def test_who_asks_for_json_gets_a_problem(visitor: FlaskClient) -> None:
    answer = visitor.get("/fail/404", headers={"Accept": "application/json"})

    assert answer.mimetype == "application/problem+json"
    assert answer.get_json(force=True) == {
        "type": "about:blank",
        "title": "There's nothing here",
        "status": 404,
        "detail": "The link may be old or incomplete. Check it, or ask whoever sent it to you.",
    }


def test_the_api_answers_in_json_without_being_asked(visitor: FlaskClient) -> None:
    assert visitor.get("/api/v1/events/none").mimetype == "application/problem+json"


def test_a_view_may_say_more(visitor: FlaskClient) -> None:
    assert "This link was used on Tuesday." in visitor.get("/used").text


def test_what_broke_is_written_down_and_not_shown(visitor: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = visitor.get("/broken")

    assert answer.status_code == 500
    assert "secret of the house" not in answer.text
    assert "secret of the house" in caplog.text


def test_a_database_that_does_not_answer_is_said_to_come_back(
    visitor: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = visitor.get("/database")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "secret of the house" not in answer.text
    assert "the database did not answer" in caplog.text


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(visitor: FlaskClient) -> None:
    answer = visitor.post("/sign-up", data={"name": "Ana"})

    assert answer.status_code == 400
    assert "Nothing was changed. Go back, reload the page and try again." in answer.text


def test_a_webhook_needs_no_token(visitor: FlaskClient) -> None:
    assert visitor.post("/hook").text == "heard"


def test_a_method_that_is_refused_names_those_that_are_not(visitor: FlaskClient) -> None:
    assert visitor.delete("/hook").allow.as_set() == {"options", "post"}


def test_a_body_of_unknown_kind_is_not_echoed(visitor: FlaskClient) -> None:
    assert "<script>" not in visitor.get("/<script>alert(1)</script>").text
