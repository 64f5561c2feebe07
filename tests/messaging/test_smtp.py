"""What becomes of an email, whatever a real mail server does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from coordinator.messaging.gateway import Accepted, Outcome, Refused, TryLater, Unsure
from coordinator.messaging.smtp import SmtpServer
from tests.messaging.mail_server import DROP, DROP_KEPT, SLOW, MailServer, refuse_login, serving

MAIL = b"Subject: Hi\r\n\r\nCome in.\r\n..and.\r\n.dot\r\n"


@contextmanager
def a_line(box: MailServer, *, user: str = "", seconds: float = 5, to_take: float = 5) -> Iterator[SmtpServer]:
    server = SmtpServer(
        f"smtp://{user}127.0.0.1:{box.port}", "Callboard <show@show.example>", seconds=seconds, to_take=to_take
    )
    yield server
    server.close()


def sent(line: SmtpServer, to: str = "ana@show.example") -> Outcome:
    return line.deliver(MAIL, to, sid="one")


def test_emails_of_one_thread_take_one_connection_and_arrive_as_they_are() -> None:
    with serving(MailServer()) as box, a_line(box) as line:
        outcomes = [sent(line), sent(line)]

        assert outcomes == [Accepted("one"), Accepted("one")]
        assert box.connections == 1
        assert [mail.get_content().split() for mail in box.mails] == [["Come", "in.", "..and.", ".dot"]] * 2


def test_a_connection_that_went_stale_is_made_anew_once() -> None:
    with serving(MailServer()) as box, a_line(box) as line:
        sent(line)
        box.faults["MAIL"] = [DROP]

        again = sent(line)

        assert (again, box.connections, len(box.mails)) == (Accepted("one"), 2, 2)


def test_a_server_that_is_closing_is_asked_again_on_a_new_connection() -> None:
    with serving(MailServer()) as box, a_line(box) as line:
        sent(line)
        box.faults["MAIL"] = ["421 idle for too long"]

        again = sent(line)

        assert (again, box.connections) == (Accepted("one"), 2)


REFUSALS = [
    ("MAIL", "553 not this sender", Refused(553, "The mail server answered 553: not this sender", "account")),
    ("MAIL", "450 busy", TryLater("The mail server answered 450: busy")),
    ("RCPT", "550 5.1.1 no such user", Refused(550, "The mail server answered 550: 5.1.1 no such user", "recipient")),
    ("RCPT", "550 5.7.1 no relay", Refused(550, "The mail server answered 550: 5.7.1 no relay", "other")),
    ("RCPT", "550 <ana@show.example> gone", Refused(550, "The mail server answered 550: <…> gone", "recipient")),
    ("RCPT", "451 greylisted", TryLater("The mail server answered 451: greylisted")),
    ("DATA", "554 looks like spam", Refused(554, "The mail server answered 554: looks like spam", "other")),
    ("DATA", "452 disk full", TryLater("The mail server answered 452: disk full")),
]


@pytest.mark.parametrize(("step", "answer", "outcome"), REFUSALS)
def test_a_refusal_says_whose_affair_it_is_and_the_next_email_goes(step: str, answer: str, outcome: Outcome) -> None:
    with serving(MailServer(**{step: [answer]})) as box, a_line(box) as line:
        outcomes = [sent(line), sent(line)]

        assert outcomes == [outcome, Accepted("one")]
        assert (box.connections, len(box.mails)) == (1, 1)


def test_a_connection_lost_before_the_words_means_certainly_not_taken() -> None:
    with serving(MailServer(RCPT=[DROP])) as box, a_line(box) as line:
        outcomes = [sent(line), sent(line)]

        assert [type(outcome) for outcome in outcomes] == [TryLater, Accepted]
        assert len(box.mails) == 1


@pytest.mark.parametrize(("fault", "kept"), [(DROP, 1), (DROP_KEPT, 2)])
def test_a_connection_lost_after_the_words_leaves_it_open(fault: str, kept: int) -> None:
    with serving(MailServer(DATA=[fault])) as box, a_line(box) as line:
        outcomes = [sent(line), sent(line)]

        assert [type(outcome) for outcome in outcomes] == [Unsure, Accepted]
        assert len(box.mails) == kept


def test_a_server_that_takes_too_long_over_the_words_leaves_it_open() -> None:
    with serving(MailServer(DATA=[SLOW])) as box, a_line(box, to_take=0.2) as line:
        assert isinstance(sent(line), Unsure)


def test_a_server_that_takes_too_long_before_the_words_has_not_taken_it() -> None:
    with serving(MailServer(MAIL=[SLOW])) as box, a_line(box, seconds=0.2) as line:
        assert (type(sent(line)), box.mails) == (TryLater, [])


def test_a_refused_login_is_the_accounts_affair() -> None:
    login: dict[str, Any] = {"authenticator": refuse_login, "auth_require_tls": False}
    with serving(MailServer(), **login) as box, a_line(box, user="callboard:wrong@") as line:
        outcome = sent(line)

        assert isinstance(outcome, Refused)
        assert (outcome.code, outcome.kind) == (535, "account")


def test_a_server_elsewhere_must_speak_tls() -> None:
    with serving(MailServer(), host="127.0.0.2") as box:
        for url in (f"smtps://127.0.0.2:{box.port}", box.url):
            outcome = sent(SmtpServer(url, "show@show.example", seconds=2))

            assert isinstance(outcome, Refused)
            assert (outcome.code, outcome.kind, box.mails) == (530, "account", [])


def test_a_server_that_is_not_there_is_the_accounts_affair() -> None:
    with serving(MailServer()) as box:
        pass

    line = SmtpServer(box.url, "show@show.example", seconds=2)

    outcome = sent(line)
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.kind, line.check()) == (421, "account", outcome.reason)


def test_an_address_that_email_cannot_carry_is_refused_before_anybody_is_asked() -> None:
    with serving(MailServer()) as box, a_line(box) as line:
        outcome = sent(line, "lucía@show.example")

        assert isinstance(outcome, Refused)
        assert (outcome.kind, box.connections) == ("recipient", 0)


def test_the_doctor_signs_in_and_sends_nothing() -> None:
    with serving(MailServer()) as box, a_line(box) as line:
        assert (line.check(), box.mails) == (None, [])
