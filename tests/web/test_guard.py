from flask.testing import FlaskClient


def test_a_stranger_is_sent_to_sign_in_and_back(visitor: FlaskClient) -> None:
    answer = visitor.get("/coordinate/?on=friday")

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/coordinate/?on%3Dfriday")


def test_a_stranger_who_asks_for_json_is_refused(visitor: FlaskClient) -> None:
    assert visitor.get("/coordinate/", headers={"Accept": "application/json"}).status_code == 401


def test_a_coordinator_comes_in(coordinator: FlaskClient) -> None:
    assert coordinator.get("/coordinate/").text == "everything"


def test_what_belongs_to_another_organisation_is_refused(coordinator: FlaskClient) -> None:
    assert coordinator.get("/coordinate/of/1").text == "ours"
    assert coordinator.get("/coordinate/of/2").status_code == 403
