"""How much may be sent: little by anyone, more by whoever is signed in; and what is said to who sends more."""

import pytest
from flask.testing import FlaskClient

from coordinator.web.bodies import FROM_ANYBODY, FROM_COORDINATORS, REFUSAL

FLYERS, SIGN_IN = "/coordinate/new", "/sign-in"


def status(client: FlaskClient, path: str, length: int) -> int:
    return client.post(path, data=b"a" * length, content_type="application/x-www-form-urlencoded").status_code


def test_anybody_sends_64_kb(visitor: FlaskClient) -> None:
    assert status(visitor, SIGN_IN, FROM_ANYBODY) != 413
    assert status(visitor, SIGN_IN, FROM_ANYBODY + 1) == 413
    assert status(visitor, FLYERS, FROM_ANYBODY + 1) == 413


def test_a_coordinator_sends_4_mb_to_coordinators_pages_only(coordinator: FlaskClient) -> None:
    assert status(coordinator, FLYERS, FROM_COORDINATORS) != 413
    assert status(coordinator, FLYERS, FROM_COORDINATORS + 1) == 413
    assert status(coordinator, SIGN_IN, FROM_ANYBODY + 1) == 413


@pytest.mark.parametrize(
    ("refused", "english", "spanish"),
    [
        (408, "That took too long to arrive", "Tardó demasiado en llegar"),
        (413, "That's too much to send", "Es demasiado para enviar"),
    ],
)
def test_what_the_server_refused_is_said_in_the_persons_language(
    visitor: FlaskClient, refused: int, english: str, spanish: str
) -> None:
    said = [
        visitor.post(SIGN_IN, environ_overrides={REFUSAL: refused}, headers={"Accept-Language": language})
        for language in ("en", "es-MX")
    ]

    assert [answer.status_code for answer in said] == [refused, refused]
    assert [words in answer.text for words, answer in zip((english, spanish), said, strict=True)] == [True, True]
