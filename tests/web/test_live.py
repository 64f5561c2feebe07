from itertools import count

import time_machine
from flask import render_template_string
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from coordinator.web.languages import language
from coordinator.web.live import live_page


def asked_again(client: FlaskClient, etag: str, path: str = "/now", **headers: str) -> int:
    return client.get(path, headers={"If-None-Match": etag, **headers}).status_code


def test_a_page_that_has_not_changed_is_answered_with_nothing(visitor: FlaskClient) -> None:
    first = visitor.get("/now")
    second = visitor.get("/now", headers={"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == "private, no-cache"


def test_a_page_that_has_changed_is_sent_whole(visitor: FlaskClient) -> None:
    etag = visitor.get("/now").headers["ETag"]

    assert asked_again(visitor, etag, "/now?revision=2") == 200


def test_another_language_light_or_person_is_another_page(visitor: FlaskClient) -> None:
    etag = visitor.get("/now").headers["ETag"]

    assert asked_again(visitor, etag, "/now", **{"Accept-Language": "es"}) == 200
    visitor.get("/?theme=dark")
    assert asked_again(visitor, etag) == 200
    visitor.get("/?theme=auto")
    assert asked_again(visitor, etag) == 304
    visitor.get("/walk-in")
    assert asked_again(visitor, etag) == 200


def test_the_page_knows_its_own_etag_so_that_the_first_question_is_answered_with_nothing(visitor: FlaskClient) -> None:
    app = visitor.application
    source = "{% extends 'layouts/page.html' %}{% set live_every = 5 %}{% set live_zone = 'Europe/Madrid' %}"
    app.add_url_rule("/self", "self", lambda: live_page("1", lambda: render_template_string(source)))

    page = visitor.get("/self")
    said = page.text.partition('data-live-etag="')[2].partition('"')[0]

    assert page.headers["ETag"] == f'W/"{said}"'
    assert asked_again(visitor, f'W/"{said}"', "/self") == 304


def test_a_page_with_news_is_not_kept_and_is_shown_once(visitor: FlaskClient) -> None:
    etag = visitor.get("/now").headers["ETag"]
    visitor.get("/news")

    with_news = visitor.get("/now", headers={"If-None-Match": etag})

    assert (with_news.status_code, with_news.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in with_news.headers


def test_a_shared_page_is_made_once_for_everybody_who_would_get_the_same(visitor: FlaskClient) -> None:
    app, made = visitor.application, count()
    app.add_url_rule("/hall", "hall", lambda: live_page("1", lambda: f"{next(made)} {language()}", shared=True))

    pages = [app.test_client().get("/hall").text for _ in range(3)]
    elsewhere = app.test_client().get("/hall?page=2").text
    spanish = app.test_client().get("/hall", headers={"Accept-Language": "es"}).text
    walked_in = app.test_client()
    walked_in.get("/walk-in")

    assert (pages, elsewhere, spanish) == (["0 en"] * 3, "1 en", "2 es")
    assert walked_in.get("/hall").text == "3 en"


def test_a_shared_page_is_made_anew_after_a_few_seconds(visitor: FlaskClient) -> None:
    made = count()
    visitor.application.add_url_rule("/hall", "hall", lambda: live_page("1", lambda: str(next(made)), shared=True))
    pages = []
    with time_machine.travel(0, tick=False) as clock:
        for seconds in (0, 4, 2):
            clock.shift(seconds)
            pages.append(visitor.get("/hall").text)

    assert pages == ["0", "0", "1"]


def test_a_page_with_a_token_of_its_reader_is_never_shared(visitor: FlaskClient) -> None:
    app = visitor.application
    app.add_url_rule("/form", "form", lambda: live_page("1", lambda: str(generate_csrf()), shared=True))

    tokens = {app.test_client().get("/form").text for _ in range(3)}

    assert len(tokens) == 3
