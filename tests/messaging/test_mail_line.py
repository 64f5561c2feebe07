"""An email leaves with all that belongs to it, and a report that it came back finds its message."""

from dataclasses import replace
from email.message import EmailMessage
from typing import Any

from flask import Flask

from coordinator.core.invitation import CalendarEntry
from coordinator.core.mail_links import MailLinks
from coordinator.core.personal_links import LinkOwner, PersonalLinks
from coordinator.db import db
from coordinator.messaging.actions.restored import note_round
from coordinator.messaging.bounces import Bounce, read_bounce
from coordinator.messaging.gateway import Accepted, Letter, OutgoingText
from coordinator.messaging.mail_line import MailLine, NoMailLine, SimulatedMailLine, mail_line_for
from coordinator.messaging.models import Message
from coordinator.messaging.smtp import SmtpServer
from coordinator.services import services
from tests.builders import MADE_AT, ANight, a_night, minutes
from tests.features.operations.test_doctor import TWILIO
from tests.messaging.mail_server import MailServer, serving
from tests.messaging.posting import send_due, state, story
from tests.messaging.test_channels import a_note, by_mail, someone, way

URL = "https://show.example"
LINKS = PersonalLinks(URL, "s" * 32)
MAIL_LINKS = MailLinks(URL, LINKS.secret)
ANA = LinkOwner(7, 1)


def a_letter(**changes: Any) -> Letter:
    said: dict[str, Any] = {
        "name": "house.5",
        "subject": "You're on Front door,\nFri Dec 4",
        "organisation": "Kitchen Table, Inc.",
        "language": "en",
        "link": "answer",
    }
    return Letter(**(said | changes))


def arrived(text: OutgoingText) -> EmailMessage:
    with serving(MailServer()) as box:
        line = MailLine(SmtpServer(box.url, "Callboard <show@show.example>"), "Callboard <show@show.example>", LINKS)
        assert line.send(text) == Accepted(MAIL_LINKS.named("house.5"))
        line.server.close()
        return box.mails[0]


def words_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_an_email_says_who_writes_why_and_how_to_stop() -> None:
    mail = arrived(OutgoingText(5, "ana@show.example", "Ana, you're on <Front> & more.", person=ANA, letter=a_letter()))

    stop = MAIL_LINKS.stop_address(7, "ana@show.example")
    assert {name: mail[name] for name in ("From", "To", "Subject", "Reply-To", "Auto-Submitted")} == {
        "From": '"Kitchen Table, Inc." <show@show.example>',
        "To": "ana@show.example",
        "Subject": "You're on Front door, Fri Dec 4",
        "Reply-To": None,
        "Auto-Submitted": "auto-generated",
    }
    assert mail["Message-ID"] == f"<{MAIL_LINKS.named('house.5')}@show.example>"
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (f"<{stop}>", "List-Unsubscribe=One-Click")
    assert words_of(mail, "plain").split("\n\n") == [
        "Ana, you're on <Front> & more.",
        f"Tell us yes or no here: {LINKS.address(ANA)}",
        "-- \nKitchen Table, Inc. wrote to you because you gave this address for news about your part in its shows.\n"
        f"Stop these emails: {stop}\nPrivacy: {URL}/privacy\n",
    ]
    page = words_of(mail, "html")
    assert "Ana, you&#x27;re on &lt;Front&gt; &amp; more." in page
    assert f'<a href="{LINKS.address(ANA)}">' in page
    assert "<img" not in page


def test_a_code_by_email_has_no_link_and_cannot_be_unsubscribed_from() -> None:
    mail = arrived(OutgoingText(5, "ana@show.example", "123456", letter=a_letter(link=None, language="es")))

    assert (mail["List-Unsubscribe"], "/me/" in words_of(mail, "plain")) == (None, False)
    assert "Si no fuiste tú" in words_of(mail, "plain")


def test_a_link_within_the_words_is_the_persons_own_and_not_said_twice() -> None:
    body = f"Ana, see {URL}/me/personal-link----------- first."
    mail = arrived(OutgoingText(5, "ana@show.example", body, person=ANA, letter=a_letter()))

    assert words_of(mail, "plain").startswith(f"Ana, see {LINKS.address(ANA)} first.\n\n-- \n")


def test_a_calendar_entry_comes_along() -> None:
    entry = CalendarEntry("slot-5", "The Poor Nobodys", MADE_AT, MADE_AT + minutes(30), off=True)
    mail = arrived(OutgoingText(5, "a@show.example", "Off.", person=ANA, letter=a_letter(calendar=entry, at=MADE_AT)))

    part = next(each for each in mail.walk() if each.get_content_type() == "text/calendar")
    assert part.get_param("method") == "CANCEL"
    assert {"METHOD:CANCEL", "UID:slot-5@show.example"} <= set(str(part.get_content()).splitlines())


def test_what_carries_emails_is_as_the_settings_say(sqlite_app: Flask) -> None:
    settings = services().settings
    mailed = replace(settings, smtp_url="smtp://127.0.0.1", mail_from="show@show.example")

    lines = [mail_line_for(each, LINKS) for each in (settings, replace(settings, twilio=TWILIO), mailed)]

    assert [type(line) for line in lines] == [SimulatedMailLine, NoMailLine, MailLine]


def test_without_a_mail_server_notices_go_on_by_text(app: Flask) -> None:
    night = a_night()
    note = a_note(night, someone(night, prefers="email"))

    send_due(NoMailLine(), MADE_AT)

    assert way(note) == ("waiting", "text", "email")


REPORT = """\
From: MAILER-DAEMON@mx.show.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.show.example

Final-Recipient: rfc822; rosa@show.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <rosa@show.example> unknown

--b
Content-Type: {part}

Message-ID: <{name}@show.example>
Subject: You're on

--b--
"""


def a_report(name: str, action: str = "failed", status: str = "5.1.1", part: str = "text/rfc822-headers") -> bytes:
    return REPORT.format(name=name, action=action, status=status, part=part).replace("\n", "\r\n").encode()


def test_a_report_is_read_without_addresses() -> None:
    reason = "It came back (5.1.1): smtp; 550 5.1.1 <…> unknown"

    read = [read_bounce(a_report("house.5.x", part=part)) for part in ("text/rfc822-headers", "message/rfc822")]

    assert read == [Bounce("house.5.x", "5.1.1", True, reason)] * 2
    assert read_bounce(b"Subject: Hi\r\n\r\nHello") is None
    assert read_bounce(b"") is None


def reported(app: Flask, written: bytes) -> str:
    return app.test_cli_runner().invoke(args=["email", "bounce"], input=written).output.strip()


def sent_by_mail(night: ANight, **columns: Any) -> tuple[Message, str]:
    """A note that the mail server took, and the name under which it did."""
    note_round()
    note = a_note(night, someone(night, prefers="email", **columns))
    mails = by_mail()
    mails.outcomes = [Accepted("to be known")]
    send_due(mails, MADE_AT)
    letter = mails.texts[0].letter
    assert letter is not None
    name = MailLinks(URL, services().settings.secret_key).named(letter.name)
    note.provider_sid = name
    db.session.commit()
    return note, name


def test_an_email_that_came_back_marks_its_address_and_goes_on_by_text(app: Flask) -> None:
    note, name = sent_by_mail(a_night())
    note.useful_until = None
    db.session.commit()

    said = [reported(app, a_report(name)) for _ in range(2)]

    assert said == [
        f"Message {note.id} came back (5.1.1).",
        "That email isn't one of ours, or its end is known already. Nothing was changed.",
    ]
    assert way(note) == ("waiting", "text", "email")
    assert note.person is not None
    assert note.person.email_trouble == "It came back (5.1.1): smtp; 550 5.1.1 <…> unknown"


def test_an_email_that_came_back_and_cannot_go_on_was_not_delivered(app: Flask) -> None:
    note, name = sent_by_mail(a_night(), phone=None)

    reported(app, a_report(name))

    assert way(note) == ("undelivered", "email", None)


def test_a_delay_is_recorded_alone(app: Flask) -> None:
    note, name = sent_by_mail(a_night())

    said = reported(app, a_report(name, "delayed", "4.4.1"))

    assert said == f"Message {note.id} is late (4.4.1); the mail server is still trying."
    assert (state(note), story(note)[-1]) == (
        "accepted",
        ("accepted", "It is late (4.4.1): smtp; 550 4.4.1 <…> unknown"),
    )


def test_a_report_about_anything_else_changes_nothing(app: Flask) -> None:
    note, name = sent_by_mail(a_night())
    house, _, number_and_sign = name.partition(".")
    forged = [f"{house}.{note.id + 1}.{number_and_sign.partition('.')[2]}", "x", f"{house}.{note.id}", "..", ""]

    said = {reported(app, a_report(each)) for each in forged} | {reported(app, b"hello")}

    assert len(said) == 2
    assert all("Nothing was changed." in each for each in said)
    assert way(note) == ("accepted", "email", None)
