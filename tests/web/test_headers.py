import pytest
from flask.testing import FlaskClient

from tests.web.conftest import a_small_app


def test_every_answer_allows_what_this_app_needs_and_no_more(visitor: FlaskClient) -> None:
    for path in ("/", "/no-such-page", "/me/token", "/callboard.css"):
        headers = visitor.get(path).headers

        assert headers["Content-Security-Policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "microphone=()" in headers["Permissions-Policy"]


def test_only_a_house_on_https_asks_browsers_to_stay_there(visitor: FlaskClient) -> None:
    safe = a_small_app("https://show.example").test_client().get("/").headers

    assert safe["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in visitor.get("/").headers


@pytest.mark.parametrize("path", ["/me/a-token", "/sign-in/a-token"])
def test_an_address_with_a_token_is_told_to_nobody(visitor: FlaskClient, path: str) -> None:
    headers = visitor.get(path).headers

    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_other_pages_tell_where_one_came_from_within_the_house_only(visitor: FlaskClient) -> None:
    assert visitor.get("/").headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "keeping"),
    [("/", "private, no-cache"), ("/now", "private, no-cache"), ("/me/a-token", "no-store"), ("/lost", "no-store")],
)
def test_what_is_for_one_person_is_kept_nowhere(visitor: FlaskClient, path: str, keeping: str) -> None:
    assert visitor.get(path).headers["Cache-Control"] == keeping


def test_who_is_signed_in_leaves_nothing_behind_on_the_machine(coordinator: FlaskClient) -> None:
    assert coordinator.get("/").headers["Cache-Control"] == "no-store"


def test_a_page_depends_on_the_language_asked_for_and_on_the_cookies(visitor: FlaskClient) -> None:
    assert visitor.get("/").vary.as_set() == {"accept-language", "cookie"}
