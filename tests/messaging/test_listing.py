"""Which of the texts in the network's list is ours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coordinator.messaging.listing import Listed, Sought, is_ours

AT = datetime(2026, 12, 5, 0, 45, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OURS = Listed("SM1", "outbound-api", "+12125550100", "MG1", "You are on.", AT, "sent")
SOUGHT = Sought("+12125550142", "You are on.", AT - MINUTE, AT + MINUTE, frozenset({"SM9"}))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"body": " You  are on. "},
        {"body": "Sent from your Twilio trial account - You are on."},
        {"made_at": AT - MINUTE},
        {"made_at": AT + MINUTE},
    ],
)
def test_a_text_is_ours_by_its_words_its_sender_and_its_time(changes: dict[str, Any]) -> None:
    assert is_ours(replace(OURS, **changes), SOUGHT, "+12125550100")


@pytest.mark.parametrize(
    "changes",
    [
        {"direction": "inbound"},
        {"direction": "outbound-reply"},
        {"sender": "+12125550199"},
        {"sid": "SM9"},
        {"body": "You are on. Bring cables."},
        {"made_at": AT - MINUTE - timedelta(seconds=1)},
        {"made_at": AT + MINUTE + timedelta(seconds=1)},
    ],
)
def test_a_look_alike_is_not(changes: dict[str, Any]) -> None:
    assert not is_ours(replace(OURS, **changes), SOUGHT, "+12125550100")


def test_a_service_is_known_by_its_own_name() -> None:
    assert is_ours(OURS, SOUGHT, "MG1")
