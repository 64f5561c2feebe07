"""Email addresses: read as people type them, and refused with what would be right."""

import pytest

from coordinator.people.actions.emails import NotAnEmail, parse_email


@pytest.mark.parametrize(
    "text",
    [
        "ana@show.example",
        " Ana@Show.Example ",
        "ANA@SHOW.EXAMPLE",
        "mailto:ana@show.example",
        "Ana Ruiz <ana@show.example>",
        "<Ana@show.example>",
    ],
)
def test_an_address_is_read_however_it_is_written(text: str) -> None:
    assert parse_email(text) == "ana@show.example"


@pytest.mark.parametrize("text", ["ana.ruiz+show@mail.show.example", "o'neil_2@show-night.example", "1@a.b.example"])
def test_an_unusual_address_is_kept_as_it_is(text: str) -> None:
    assert parse_email(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "ana",
        "ana@",
        "@show.example",
        "ana@show",
        "ana@@show.example",
        "ana@show..example",
        ".ana@show.example",
        "ana ruiz@show.example",
        "ana@show.example, ben@show.example",
        "ana@show.example\nBcc: ben@show.example",
        "ana@-show.example",
        "añá@show.example",
        "a" * 65 + "@show.example",
        "ana@" + "show." * 60 + "example",
    ],
)
def test_what_is_no_address_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(NotAnEmail) as refused:
        parse_email(text)

    assert str(refused.value) == f"{text} isn't an email address. Write it like ana@show.example."


def test_nothing_at_all_is_asked_for_again() -> None:
    with pytest.raises(NotAnEmail, match=r"^Enter an email address, like ana@show\.example\.$"):
        parse_email("  ")
