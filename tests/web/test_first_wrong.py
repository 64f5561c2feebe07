"""Where a page that came back begins to be wrong."""

from flask import Flask

from coordinator.web.first_wrong import first_wrong


def test_only_the_first_wrong_field_of_a_page_gets_the_cursor(app: Flask) -> None:
    with app.test_request_context("/"):
        on_one_page = [first_wrong(), first_wrong(), first_wrong()]
    with app.test_request_context("/"):
        on_the_next = first_wrong()

    assert (on_one_page, on_the_next) == ([True, False, False], True)
