"""A message goes by the channel its person prefers, and on by the other where that one fails: one row, told once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from coordinator.db import db, transaction
from coordinator.messaging.actions.consent import stop_texts
from coordinator.messaging.actions.holding import expire_leases
from coordinator.messaging.actions.looking import follow_to_the_end, look_up_unknown
from coordinator.messaging.actions.receipts import apply_receipts, store_receipt
from coordinator.messaging.gateway import Accepted, Outcome, RecordingGateway, Refused, TryLater, Unsure
from coordinator.messaging.listing import Found
from coordinator.messaging.models import AlarmKind, Message
from coordinator.messaging.queries.outbox import open_alarms
from coordinator.people.models import Channel, Person
from tests.builders import MADE_AT, ANight, a_night, a_person, minutes
from tests.messaging.posting import a_text, send_due, state, story

NO_SUCH_NUMBER = Refused(30005, "No such number.", "recipient")
NO_SUCH_ADDRESS = Refused(550, "The mail server answered 550: unknown", "recipient")
LATER = MADE_AT + timedelta(hours=1)


def by_mail(*outcomes: Outcome) -> RecordingGateway:
    return RecordingGateway(*outcomes, sender="show@show.example", channel=Channel.EMAIL)


def someone(night: ANight, **columns: Any) -> Person:
    """A person who agreed to texts and emails, unless told otherwise."""
    agreed: dict[str, Any] = {"email": "rosa@show.example", "email_agreed_at": MADE_AT}
    return a_person("Rosa", organisation=night.organisation, **(agreed | columns))


def a_note(night: ANight, person: Person, **columns: Any) -> Message:
    return a_text(night, person, kind="note", useful_until=LATER, **columns)


def way(message: Message) -> tuple[str, str, str | None]:
    db.session.refresh(message)
    return message.state, message.channel, message.gave_up_on


def test_each_line_sends_its_own_messages_alone(app: Flask) -> None:
    night = a_night()
    texted, mailed = a_note(night, night.person("Josh Granowski")), a_note(night, someone(night, phone=None))
    texts, mails = RecordingGateway(), by_mail()

    for line in (mails, texts, mails, texts):
        send_due(line, MADE_AT)

    assert [text.message_id for text in texts.texts] == [texted.id]
    assert [(mail.message_id, mail.to) for mail in mails.texts] == [(mailed.id, "rosa@show.example")]


def test_an_email_says_its_own_words_or_those_of_the_text(app: Flask) -> None:
    night = a_night()
    rosa = someone(night, phone=None)
    written = {"subject": "You're on", "body": "Rosa, you're on at 8:30pm.", "asks": True}
    a_note(night, rosa, body="You are on. Reply C.", mail=written)
    a_note(night, rosa, body="Rosa, doors are at 7. Bring a chair.")
    mails = by_mail()

    send_due(mails, MADE_AT)

    said = [(mail.letter.subject, mail.body, mail.letter.link) for mail in mails.texts if mail.letter]
    assert said == [
        ("You're on", "Rosa, you're on at 8:30pm.", "answer"),
        ("Doors are at 7", "Rosa, doors are at 7. Bring a chair.", "page"),
    ]


def test_an_accepted_email_is_sent_and_nobody_asks_the_phone_network_about_it(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night, phone=None))
    texts = RecordingGateway()

    send_due(by_mail(), MADE_AT)
    asked = follow_to_the_end(texts, now=lambda: MADE_AT + timedelta(days=1), after=minutes(3))

    assert (way(note), note.check_at, asked) == (("accepted", "email", None), None, 0)


def test_what_is_refused_as_a_text_goes_on_as_an_email_of_the_same_row(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night))
    mails = by_mail()

    send_due(RecordingGateway(NO_SUCH_NUMBER), MADE_AT)
    send_due(mails, MADE_AT)

    assert way(note) == ("accepted", "email", "text")
    assert [cause for _, cause in story(note)][2:] == [
        "No such number. It goes on by email.",
        "claimed by one",
        "the network took it",
    ]
    assert note.person is not None
    assert note.person.phone_trouble == "no_such_number"


def test_what_bounces_as_an_email_goes_on_as_a_text(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night, prefers="email"))
    texts = RecordingGateway()

    send_due(by_mail(NO_SUCH_ADDRESS), MADE_AT)
    send_due(texts, MADE_AT)

    assert (way(note), len(texts.texts)) == (("accepted", "text", "email"), 1)
    assert note.person is not None
    assert note.person.email_trouble == "The mail server answered 550: unknown"


@pytest.mark.parametrize(
    ("after", "ended"),
    [(minutes(5), ("waiting", "email", "text")), (minutes(61), ("undelivered", "text", None))],
)
def test_what_comes_back_undelivered_goes_on_while_it_is_of_use(
    app: Flask, after: timedelta, ended: tuple[str, str, str | None]
) -> None:
    night = a_night()
    note = a_note(night, someone(night))
    texts = RecordingGateway()
    send_due(texts, MADE_AT)
    texts.fetched = [Found(f"SM{note.id:032x}", "undelivered", 30006)]

    come_back(note, texts, MADE_AT + after)

    assert way(note) == ended


def test_what_the_networks_own_record_calls_delivered_does_not_go_on(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night))
    texts = RecordingGateway()
    send_due(texts, MADE_AT)

    come_back(note, texts, MADE_AT + minutes(5))

    assert way(note) == ("delivered", "text", None)


def come_back(message: Message, texts: RecordingGateway, at: datetime) -> None:
    """The network calls back that the text was not delivered; its record is asked and says what it says."""
    fields = {"MessageSid": f"SM{message.id:032x}", "MessageStatus": "undelivered", "ErrorCode": "30006"}
    store_receipt(message.id, fields, now=at)
    apply_receipts(at)
    follow_to_the_end(texts, now=lambda: at, after=timedelta(minutes=1))
    apply_receipts(at)


def test_what_failed_both_ways_has_failed(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night))

    send_due(RecordingGateway(NO_SUCH_NUMBER), MADE_AT)
    send_due(by_mail(NO_SUCH_ADDRESS), MADE_AT)
    send_due(texts := RecordingGateway(), MADE_AT)

    assert (way(note), texts.texts) == (("failed", "email", "text"), [])


def test_a_code_never_changes_its_channel(app: Flask) -> None:
    night = a_night()
    code = a_text(night, someone(night), "123456", kind="code", useful_until=LATER)

    send_due(RecordingGateway(NO_SUCH_NUMBER), MADE_AT)

    assert way(code) == ("failed", "text", None)


def test_who_cannot_be_reached_otherwise_has_failed(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night, email_agreed_at=None))

    send_due(RecordingGateway(NO_SUCH_NUMBER), MADE_AT)

    assert way(note) == ("failed", "text", None)


CHANGED = [
    ({}, "text", "text"),
    ({"prefers": "email"}, "text", "email"),
    ({"phone": None, "agreed_at": None}, "text", "email"),
    ({"agreed_at": None}, "text", "email"),
    ({"phone_trouble": "landline"}, "text", "email"),
    ({"prefers": "email", "email_trouble": "unknown"}, "email", "text"),
    ({"prefers": "email", "email_agreed_at": None}, "email", "text"),
    ({"email": None}, "email", "text"),
]


@pytest.mark.parametrize(("changes", "queued", "goes"), CHANGED)
def test_the_claim_takes_the_channel_that_is_right_by_then(
    app: Flask, changes: dict[str, Any], queued: str, goes: str
) -> None:
    night = a_night()
    rosa = someone(night, prefers=queued)
    note = a_note(night, rosa)
    with transaction():
        for name, value in ({"prefers": None} | changes).items():
            setattr(rosa, name, value)

    lines = {"text": RecordingGateway(), "email": by_mail()}
    for line in (lines[queued], *lines.values()):
        send_due(line, MADE_AT)

    assert (way(note)[1], {name: len(line.texts) for name, line in lines.items()}) == (
        goes,
        {"text": 0, "email": 0} | {goes: 1},
    )


def test_who_replied_stop_is_written_by_email(app: Flask) -> None:
    night = a_night()
    rosa = someone(night)
    note = a_note(night, rosa)
    texts, mails = RecordingGateway(), by_mail()
    stop_texts(rosa.phone or "", sender=texts.sender, cause="STOP", now=MADE_AT)

    send_due(texts, MADE_AT)
    send_due(mails, MADE_AT)

    assert (way(note), len(texts.texts), len(mails.texts)) == (("accepted", "email", None), 0, 1)


def test_who_wants_no_emails_any_more_gets_none(app: Flask) -> None:
    night = a_night()
    rosa = someone(night, phone=None)
    note = a_note(night, rosa)
    with transaction():
        rosa.email_agreed_at = None

    for line in (mails := by_mail(), texts := RecordingGateway()):
        send_due(line, MADE_AT)
    send_due(mails, MADE_AT)

    assert (mails.texts, texts.texts, state(note)) == ([], [], "stopped")


def test_an_email_that_may_have_gone_out_is_shown_and_never_sent_again(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night))
    with transaction():
        note.channel = Channel.EMAIL
    rosa = note.person
    assert rosa is not None
    with transaction():
        rosa.prefers = Channel.EMAIL

    send_due(by_mail(Unsure("It broke off.")), MADE_AT)
    looked = look_up_unknown(RecordingGateway(), now=lambda: MADE_AT + timedelta(minutes=30), pause=minutes(1))

    assert (way(note), note.error, looked) == (("unknown", "email", None), "not_confirmed", 0)


def test_an_email_whose_process_died_is_shown_and_never_sent_again(app: Flask) -> None:
    class Dies(RecordingGateway):
        def send(self, text: object) -> Outcome:
            raise KeyboardInterrupt

    night = a_night()
    note = a_note(night, someone(night, phone=None))
    with pytest.raises(KeyboardInterrupt):
        send_due(Dies(channel=Channel.EMAIL), MADE_AT)

    expire_leases(MADE_AT + minutes(5))
    send_due(mails := by_mail(), MADE_AT + minutes(5))

    assert (way(note), note.error, mails.texts) == (("unknown", "email", None), "not_confirmed", [])


def test_a_mail_server_that_refuses_the_account_stops_emails_alone(app: Flask) -> None:
    night = a_night()
    mailed = a_note(night, someone(night, phone=None))
    mails, texts = by_mail(Refused(535, "Bad password.", "account")), RecordingGateway()

    send_due(mails, MADE_AT)
    texted = a_note(night, night.person("Josh Granowski"))
    send_due(texts, MADE_AT + timedelta(seconds=5))
    send_due(mails, MADE_AT + timedelta(seconds=5))

    assert [alarm.kind for alarm in open_alarms()] == [AlarmKind.MAIL]
    assert (state(texted), state(mailed), len(mails.texts)) == ("accepted", "waiting", 1)

    send_due(mails, MADE_AT + timedelta(seconds=40))

    assert (state(mailed), open_alarms()) == ("accepted", [])


def test_a_greylisted_email_waits_and_goes(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night, phone=None))
    mails = by_mail(TryLater("451"), Accepted("name.1"))

    send_due(mails, MADE_AT)
    send_due(mails, MADE_AT + timedelta(seconds=10))

    assert (way(note), note.provider_sid, len(mails.texts)) == (("accepted", "email", None), "name.1", 2)


def test_reminders_by_email_are_not_merged(app: Flask) -> None:
    night = a_night()
    rosa = someone(night, phone=None)
    for body in ("On at 8.", "Doors at 7."):
        a_text(night, rosa, body, useful_until=LATER)

    send_due(mails := by_mail(), MADE_AT)

    assert [mail.body for mail in mails.texts] == ["On at 8.", "Doors at 7."]
