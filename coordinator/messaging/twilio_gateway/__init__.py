"""Twilio: the only package that imports its library. Sends one text; tells what came, and what became of it.

Creating a message is not idempotent and no key makes it so. Whatever happens once a request may have been written
is therefore ``Unsure``; only what certainly never left, or was answered with a refusal, is anything else.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any, TypeVar

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest.api.v2010.account.message import MessageInstance

from config import TwilioSettings
from coordinator.people.models import Channel

from ..gateway import Accepted, Outcome, OutgoingText, Unsure
from ..listing import TO_US, Absent, CameIn, Found, Listed, LookedUp, SenderSetUp, Sought, Unreachable, is_ours
from .failures import code_of, outcome_of_failure, outcome_of_refusal
from .http_client import HttpClient

_T = TypeVar("_T")

TIMEOUT = (3.05, 10)  # seconds to connect, to answer; the library itself would wait forever
PAGE, LONGEST_LIST = 50, 1000

logging.getLogger("twilio.http_client").setLevel(logging.WARNING)  # its INFO prints phone numbers


class TwilioGateway:
    """Texts through one Twilio account; one client, and so one connection, for each thread that sends."""

    channel = Channel.TEXT

    def __init__(self, settings: TwilioSettings, public_url: str, *, timeout: tuple[float, float] = TIMEOUT) -> None:
        self.settings = settings
        self.timeout = timeout
        self.public_url = public_url
        self._own = threading.local()

    @property
    def sender(self) -> str:
        return self.settings.from_whom

    def send(self, text: OutgoingText) -> Outcome:
        line = self._line()
        try:
            message = line.client.messages.create(**self._fields(text))
        except (TwilioRestException, TwilioServiceException) as refusal:
            return outcome_of_refusal(refusal, line.retry_after)
        except RequestException as failure:
            return outcome_of_failure(failure)
        except (AttributeError, TypeError, ValueError):
            return Unsure("The network's answer could not be read.")
        named = isinstance(message.sid, str) and 0 < len(message.sid) <= 64
        return Accepted(message.sid) if named else Unsure("The network's answer named no message.")

    def look_up(self, sought: Sought) -> LookedUp:
        """By number only: a text that still queues has no date of sending, and no date would find it."""
        whose = {"from_": self.settings.sender} if self.settings.sender else {}
        read = self._asked(lambda: [self._first_of(self._list(sought.since, to=sought.to, **whose), sought)])
        return read if isinstance(read, Unreachable) else read[0]

    def _first_of(self, texts: Iterator[Listed], sought: Sought) -> LookedUp:
        """Page by page, and no further than the text itself."""
        others = 0
        for text in texts:
            if is_ours(text, sought, self.sender):
                return Found(text.sid, text.status, text.code)
            others += 1
        return Unreachable("The network's list is too long to be read.") if others >= LONGEST_LIST else Absent()

    def fetch(self, sid: str) -> LookedUp:
        read = self._asked(lambda: [_listed(self._line().client.messages(sid).fetch())])
        if isinstance(read, Unreachable):
            return Absent() if read.status == 404 else read
        return Found(read[0].sid, read[0].status, read[0].code)

    def came_in(self, since: datetime) -> Sequence[CameIn] | Unreachable:
        ours = {"to": self.settings.sender} if self.settings.sender else {}
        read = self._asked(lambda: list(self._list(since, **ours)))
        if isinstance(read, Unreachable):
            return read
        texts = (text for text in read if text.direction == TO_US and (ours or text.service == self.sender))
        return [CameIn(text.sid, text.sender, text.body, text.num_media, text.made_at) for text in texts][::-1]

    def _list(self, since: datetime, **filters: str) -> Iterator[Listed]:
        """Newest first, back to ``since``; never more than ``LONGEST_LIST``."""
        stream = self._line().client.messages.stream(limit=LONGEST_LIST, page_size=PAGE, **filters)
        return takewhile(lambda text: text.made_at >= since, map(_listed, stream))

    def sender_set_up(self) -> SenderSetUp | Unreachable:
        read = self._asked(self._number if self.settings.sender else self._service)
        if isinstance(read, Unreachable):
            return read
        return read[0] if read else SenderSetUp(is_ours=False)

    def _number(self) -> list[SenderSetUp]:
        owned = self._line().client.incoming_phone_numbers.list(phone_number=self.settings.sender, limit=20)
        return [
            SenderSetUp(True, str(number.sms_url or ""), str(number.sms_fallback_url or ""))
            for number in owned
            if number.phone_number == self.settings.sender
        ]

    def _service(self) -> list[SenderSetUp]:
        service = self._line().client.messaging.v1.services(self.settings.messaging_service_sid or "").fetch()
        if service.use_inbound_webhook_on_number:  # then each of its numbers has an address of its own
            raise ValueError("the service leaves it to its numbers")
        return [SenderSetUp(True, str(service.inbound_request_url or ""), str(service.fallback_url or ""))]

    def _asked(self, ask: Callable[[], list[_T]]) -> list[_T] | Unreachable:
        try:
            return ask()
        except (TwilioRestException, TwilioServiceException) as refusal:
            return Unreachable(f"The network answered {int(refusal.status)}.", int(refusal.status))
        except RequestException as failure:
            return Unreachable(f"The network did not answer ({type(failure).__name__}).")
        except (AttributeError, KeyError, TypeError, ValueError, TwilioException):
            return Unreachable("The network's answer could not be read.")

    def check(self) -> str | None:
        try:
            self._line().client.messages.list(limit=1, page_size=1)
        except (TwilioRestException, TwilioServiceException) as refusal:
            return f"Twilio refuses the account: it answered {int(refusal.status)} (code {code_of(refusal)})."
        except RequestException as failure:
            return f"{self.settings.api_url} cannot be reached ({type(failure).__name__})."
        except (AttributeError, TypeError, ValueError):
            return f"{self.settings.api_url} does not answer as Twilio does."
        return None

    def _fields(self, text: OutgoingText) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "to": text.to,
            "body": text.body,
            "status_callback": f"{self.public_url}/twilio/status/{text.message_id}",
        }
        if self.settings.sender:
            fields["from_"] = self.settings.sender
        else:
            fields["messaging_service_sid"] = self.settings.messaging_service_sid
        if text.validity_seconds is not None:
            fields["validity_period"] = text.validity_seconds
        return fields

    def _line(self) -> HttpClient:
        if not hasattr(self._own, "line"):
            self._own.line = HttpClient(self.settings, self.timeout)
        line: HttpClient = self._own.line
        return line


def _listed(text: MessageInstance) -> Listed:
    """Raises TypeError or ValueError for what cannot be one of the network's texts."""
    if not isinstance(text.sid, str) or not isinstance(text.date_created, datetime):
        raise TypeError("a text without a name or a date")
    return Listed(
        sid=text.sid,
        direction=str(text.direction),
        sender=text.from_ or "",
        service=text.messaging_service_sid or "",
        body=text.body or "",
        made_at=text.date_created.astimezone(UTC),
        status=str(text.status),
        code=int(text.error_code) if text.error_code else None,
        num_media=int(text.num_media or 0),
    )
