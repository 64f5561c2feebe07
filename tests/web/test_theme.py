from flask.testing import FlaskClient


def test_a_page_follows_the_device_until_somebody_chooses(visitor: FlaskClient) -> None:
    assert "theme-" not in visitor.get("/").text.partition("<head>")[0]


def test_a_choice_is_remembered_and_leaves_the_address(visitor: FlaskClient) -> None:
    answer = visitor.get("/?day=fri&theme=dark")

    assert (answer.status_code, answer.location) == (303, "/?day=fri")
    assert "theme-dark" in visitor.get("/").text.partition("<head>")[0]


def test_a_choice_can_be_taken_back(visitor: FlaskClient) -> None:
    visitor.get("/?theme=light")
    visitor.get("/?theme=auto")

    assert "theme-" not in visitor.get("/").text.partition("<head>")[0]


def test_an_unknown_theme_changes_nothing(visitor: FlaskClient) -> None:
    assert visitor.get("/?theme=plaid").status_code == 200
    assert visitor.get_cookie("theme") is None


def test_the_choice_is_offered_as_links_that_keep_the_page(visitor: FlaskClient) -> None:
    assert '<a href="/?theme=dark" rel="nofollow">Dark</a>' in visitor.get("/").text
