"""Why no text reaches someone: one answer, whoever asks."""

from datetime import UTC, datetime

import pytest

from coordinator.messaging.queries.silence import never_texted, silence_of
from coordinator.people.models import Person

PHONE, AGREED_AT = "+12125550142", datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phone", "agreed_at", "stopped", "trouble", "never", "silent"),
    [
        (PHONE, AGREED_AT, (), None, None, None),
        (PHONE, AGREED_AT, (), "landline", None, "phone_trouble"),
        (PHONE, None, (), "landline", "not_agreed", "not_agreed"),
        (PHONE, AGREED_AT, (PHONE,), "landline", "opted_out", "opted_out"),
        (PHONE, None, (PHONE,), None, "opted_out", "opted_out"),
        (None, None, (PHONE,), None, "no_phone", "no_phone"),
    ],
)
def test_the_first_reason_of_several_is_told(
    phone: str | None,
    agreed_at: datetime | None,
    stopped: tuple[str, ...],
    trouble: str | None,
    never: str | None,
    silent: str | None,
) -> None:
    person = Person(name="Ana", phone=phone, agreed_at=agreed_at, phone_trouble=trouble)

    assert (never_texted(person, stopped), silence_of(person, stopped)) == (never, silent)
