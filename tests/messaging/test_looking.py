"""A text that may have left is looked up, and goes again only when the network twice does not have it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from coordinator.messaging.actions.holding import expire_leases
from coordinator.messaging.actions.looking import follow_to_the_end, look_up_unknown
from coordinator.messaging.actions.receipts import apply_receipts, store_receipt
from coordinator.messaging.gateway import Accepted, RecordingGateway, Unsure
from coordinator.messaging.listing import Absent, Found, LookedUp, Sought, Unreachable
from coordinator.messaging.models import Message
from coordinator.messaging.queries.figures import tallies
from tests.builders import ANight, a_message, a_night, minutes
from tests.messaging.posting import a_text, bodies, send_due, state, story

SECOND = timedelta(seconds=1)
PAUSE = timedelta(seconds=60)
NOBODY = Unreachable("The network did not answer (ReadTimeout).")


def looked(gateway: RecordingGateway, at: datetime) -> int:
    return look_up_unknown(gateway, now=lambda: at, pause=PAUSE)


def followed(gateway: RecordingGateway, at: datetime) -> int:
    return follow_to_the_end(gateway, now=lambda: at, after=minutes(3))


def unsure(night: ANight, *answers: LookedUp, **columns: Any) -> tuple[Message, RecordingGateway]:
    """A text of 19:45 that nobody can say left, and a network that answers so when it is asked."""
    message = a_text(night, night.person("Josh Granowski"), due_at=night.at("19:45"), **columns)
    gateway = RecordingGateway(Unsure("The network did not answer (ReadTimeout)."))
    gateway.looked_up = list(answers)
    send_due(gateway, night.at("19:45"))
    return message, gateway


def test_a_text_that_the_network_has_was_sent(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message, gateway = unsure(night, Found("SM7", "sent"))

    looks = [looked(gateway, now + SECOND), looked(gateway, now + minutes(5))]
    apply_receipts(now + SECOND)

    assert looks == [1, 0]
    assert (state(message), message.provider_sid, message.sent_at) == ("sent", "SM7", now + SECOND)
    assert (message.error, tallies(), len(gateway.texts)) == (None, {"found": 1}, 1)
    assert [cause for _, cause in story(message)][-2:] == ["found in the network's list", "the network said sent"]


def test_what_is_sought_is_the_text_as_it_was_posted(app: Flask) -> None:
    night = a_night()
    now, josh = night.at("19:45"), night.person("Josh Granowski")
    a_message(night, josh, state="delivered", provider_sid="SM1", former_sids="SM0")
    a_text(night, josh, "You are on.", due_at=now)
    a_text(night, josh, "Bring cables.", due_at=now + minutes(1))
    gateway = RecordingGateway(Unsure("?"))
    send_due(gateway, now)

    looked(gateway, now + SECOND)

    known = frozenset({"SM0", "SM1"})
    posted = gateway.texts[0]
    assert gateway.sought == [Sought(posted.to, posted.body, now - minutes(10), now + SECOND + minutes(10), known)]


def test_a_text_goes_again_when_it_is_not_there_twice_a_while_apart(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message, gateway = unsure(night, Absent(), Absent(), useful_until=night.at("20:00"))

    looks = [looked(gateway, now + seconds * SECOND) for seconds in (0, 1, 59)]
    still_unsure = (state(message), message.error)
    looks.append(looked(gateway, now + 60 * SECOND))
    waits = (state(message), message.resends, message.claimed_at)
    send_due(gateway, now + 60 * SECOND)

    assert looks == [1, 0, 0, 1]
    assert still_unsure == ("unknown", "unsure")
    assert waits == ("waiting", 1, None)
    assert (state(message), message.attempts, len(gateway.texts)) == ("accepted", 2, 2)
    assert tallies() == {"sent_again": 1}


def test_nothing_is_concluded_from_a_list_that_cannot_be_read(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message, gateway = unsure(night, *[NOBODY] * 20)

    looks = [looked(gateway, now + 5 * number * SECOND) for number in range(5)]

    assert (looks, len(gateway.sought)) == ([0] * 5, 3)
    assert (state(message), message.checks, tallies()) == ("unknown", 0, {})


def test_one_that_cannot_be_reached_ends_the_round(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    for _ in range(3):
        a_text(night, night.person("Josh Granowski"), kind="note", due_at=now)
    gateway = RecordingGateway(*[Unsure("?")] * 3)
    gateway.looked_up = [Absent(), NOBODY]
    send_due(gateway, now)

    assert (looked(gateway, now), len(gateway.sought)) == (1, 2)


def test_what_is_no_longer_true_expires_and_says_that_it_is_not_confirmed(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message, gateway = unsure(night, useful_until=now + 90 * SECOND)

    looked(gateway, now)
    looked(gateway, now + 60 * SECOND)
    send_due(gateway, now + 60 * SECOND)

    assert (state(message), message.error, len(gateway.texts)) == ("expired", "not_confirmed", 1)
    assert tallies() == {"expired": 1}


def test_a_digest_is_left_to_people_and_a_late_proof_still_counts(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message, gateway = unsure(night, kind="digest", any_hour=True)

    looked(gateway, now)
    looked(gateway, now + 60 * SECOND)
    looked(gateway, now + 600 * SECOND)
    left = (state(message), message.error, len(gateway.sought), tallies())
    store_receipt(message.id, {"MessageSid": "SM5", "MessageStatus": "delivered"}, now=now + 700 * SECOND)
    apply_receipts(now + 700 * SECOND)

    assert left == ("unknown", "not_confirmed", 2, {"left_to_people": 1})
    assert (state(message), message.error, len(gateway.texts)) == ("delivered", None, 1)


def test_a_text_that_never_seems_to_arrive_is_left_to_people_in_the_end(app: Flask) -> None:
    night = a_night()
    at = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=at)
    gateway = RecordingGateway(*[Unsure("?")] * 9)

    for _ in range(12):
        send_due(gateway, at)
        looked(gateway, at)
        at += minutes(1)

    assert (len(gateway.texts), state(message), message.error) == (4, "unknown", "not_confirmed")


def test_a_lapsed_lease_is_looked_up_like_any_other(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_message(
        night, night.person("Josh Granowski"), state="sending", attempts=1, claimed_at=now, lease_until=now + PAUSE
    )
    gateway = RecordingGateway()
    gateway.looked_up = [Found("SM7", "delivered")]

    expire_leases(now + 61 * SECOND)
    looked(gateway, now + 62 * SECOND)

    assert (state(message), message.provider_sid) == ("accepted", "SM7")


def test_reminders_that_rode_together_are_found_and_go_again_together(app: Flask) -> None:
    night = a_night()
    now, josh = night.at("19:45"), night.person("Josh Granowski")
    messages = [a_text(night, josh, body, due_at=now + minutes(n)) for n, body in enumerate(["One.", "Two."])]
    gateway = RecordingGateway(Unsure("?"))
    send_due(gateway, now)

    looked(gateway, now)
    looked(gateway, now + PAUSE)
    waits = [(state(message), message.rides_with_id) for message in messages]
    send_due(gateway, now + PAUSE)

    assert waits == [("waiting", None)] * 2
    assert bodies(gateway) == ["One.\nTwo."] * 2
    assert [sought.body for sought in gateway.sought] == ["One.\nTwo."] * 2
    assert {state(message) for message in messages} == {"accepted"}


def test_a_callback_that_comes_while_we_look_is_believed(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message, _ = unsure(night)

    class CallsBack(RecordingGateway):
        def look_up(self, sought: Sought) -> LookedUp:
            store_receipt(message.id, {"MessageSid": "SM3", "MessageStatus": "sent"}, now=now)
            apply_receipts(now)
            return super().look_up(sought)

    gateway = CallsBack()
    looked(gateway, now)
    looked(gateway, now + PAUSE)

    assert (state(message), message.provider_sid, len(gateway.sought)) == ("sent", "SM3", 1)


def test_a_process_that_dies_while_it_looks_leaves_the_text_to_the_next(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message, gateway = unsure(night, Found("SM7", "queued"))

    class Dies(RecordingGateway):
        def look_up(self, sought: Sought) -> LookedUp:
            raise SystemExit

    with pytest.raises(SystemExit):
        looked(Dies(), now)
    meanwhile = looked(gateway, now + 59 * SECOND)
    looked(gateway, now + 61 * SECOND)

    assert (meanwhile, state(message)) == (0, "accepted")


def test_a_text_without_a_final_state_is_asked_about_after_ever_longer_waits(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway(Accepted("SM1"))
    gateway.fetched = [Found("SM1", "sent")] * 9
    send_due(gateway, now)

    asked_after = []
    for minute in range(60):
        if followed(gateway, now + minutes(minute)):
            asked_after.append(minute)
        apply_receipts(now + minutes(minute))

    assert asked_after == [3, 9, 21]
    assert (state(message), message.check_at, set(gateway.asked)) == ("sent", None, {"SM1"})


def test_what_is_fetched_ends_a_text_as_a_callback_would(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway(Accepted("SM1"))
    gateway.fetched = [NOBODY, Found("SM1", "undelivered", 30005)]
    send_due(gateway, now)

    asked = [followed(gateway, now + minutes(minute)) for minute in (3, 4, 6, 20)]
    apply_receipts(now + minutes(20))

    assert asked == [0, 0, 1, 0]
    assert (state(message), message.error_code) == ("undelivered", 30005)
    assert night.person("Josh Granowski").phone_trouble == "no_such_number"


def test_a_text_that_the_network_no_longer_knows_is_not_asked_about_again(app: Flask) -> None:
    night = a_night()
    now = night.at("19:45")
    message = a_text(night, night.person("Josh Granowski"), due_at=now)
    gateway = RecordingGateway(Accepted("SM1"))
    gateway.fetched = [Absent()]
    send_due(gateway, now)

    followed(gateway, now + minutes(3))

    assert (state(message), message.check_at) == ("accepted", None)
