"""Twilio: the only file that imports its library. Sends one text; tells whether a webhook is really Twilio's.

Creating a message is not idempotent and no key makes it so. Whatever happens once a request may have been written
is therefore ``Unsure``; only what certainly never left, or was answered with a refusal, is anything else.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any, TypeVar

from requests import PreparedRequest, RequestException
from requests.exceptions import ConnectTimeout
from requests.structures import CaseInsensitiveDict
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from werkzeug.datastructures import MultiDict

from config import TWILIO_API, TwilioSettings

from .gateway import Accepted, Outcome, OutgoingText, Refused, TryLater, Unsure
from .listing import TO_US, Absent, CameIn, Found, Listed, LookedUp, SenderSetUp, Sought, Unreachable, is_ours
from .refusals import kind_of

_T = TypeVar("_T")

TIMEOUT = (3.05, 10)  # seconds to connect, to answer; the library itself would wait for ever
PAGE, LONGEST_LIST = 50, 1000
A_FORM = ("data", "headers", "auth")
NEVER_LEFT = (ConnectTimeoutError, NewConnectionError, ssl.SSLCertVerificationError)

logging.getLogger("twilio.http_client").setLevel(logging.WARNING)  # its INFO prints phone numbers


class TwilioGateway:
    """Texts through one Twilio account; one client, and so one connection, for each thread that sends."""

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
            return _answered(refusal, line.retry_after)
        except RequestException as failure:
            return _broke_off(failure)
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
            return f"Twilio refuses the account: it answered {int(refusal.status)} (code {_code(refusal)})."
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

    def _line(self) -> _Line:
        if not hasattr(self._own, "line"):
            self._own.line = _Line(self.settings, self.timeout)
        line: _Line = self._own.line
        return line


class _Line(TwilioHttpClient):  # type: ignore[misc] # the library bears no types
    """One thread's client, which remembers what the network asked for beside a refusal."""

    def __init__(self, settings: TwilioSettings, timeout: tuple[float, float]) -> None:
        super().__init__()
        self.timeout = timeout  # only set afterwards may it be a pair
        self.retry_after: float | None = None
        self.client = Client(
            settings.api_key or settings.account_sid,
            settings.api_secret or settings.auth_token,
            settings.account_sid,
            http_client=self,
            environment={"TWILIO_EDGE": "", "TWILIO_REGION": ""},  # else it reads the process's own
        )
        self.client.api.base_url = settings.api_url
        if settings.api_url != TWILIO_API:
            self.client.messaging.base_url = settings.api_url
        self._ask_the_system_once(settings.api_url)

    def _ask_the_system_once(self, url: str) -> None:
        """Proxy and certificates as the process was told at its start; asked anew they cost a fifth of every call."""
        known = self.session.merge_environment_settings(url, {}, None, None, None)
        self.session.proxies, self.session.verify = known["proxies"], known["verify"]
        self.session.trust_env = False

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        self.retry_after = None
        more = args or [name for name, value in kwargs.items() if value and name not in A_FORM]
        answer = (
            super().request(method, url, *args, **kwargs) if more or method != "POST" else self._post(url, **kwargs)
        )
        self.retry_after = _seconds(answer.headers.get("Retry-After"))
        return answer

    def _post(self, url: str, *, data: Any, headers: dict[str, str], auth: Any, **_empty: Any) -> Response:
        """One form by the connection that the session keeps, without what a session does for browsers.

        Cookies, redirections, hooks and looking for settings would cost as much again as the call.
        """
        asked = PreparedRequest()
        asked.method, asked.url = "POST", url
        asked.headers = CaseInsensitiveDict({**self.session.headers, **headers})
        asked.prepare_body(data, None)
        asked.prepare_auth(auth, url)
        line = self.session.get_adapter(url)
        answer = line.send(asked, timeout=self.timeout, verify=self.session.verify, proxies=self.session.proxies)
        return Response(answer.status_code, answer.text, answer.headers)


def really_twilio(settings: TwilioSettings, url: str, fields: MultiDict[str, str], signature: str) -> bool:
    """Whether Twilio signed this webhook. ``url`` is the one Twilio was given, raw query string included."""
    return any(RequestValidator(token).validate(url, fields, signature) for token in settings.webhook_tokens)


def signature_of(settings: TwilioSettings, url: str, fields: Mapping[str, str]) -> str:
    """How Twilio would sign this webhook: for asking ourselves over our public address."""
    signed: str = RequestValidator(settings.auth_token).compute_signature(url, fields)
    return signed


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


def _answered(refusal: TwilioRestException | TwilioServiceException, retry_after: float | None) -> Outcome:
    status, code = int(refusal.status), _code(refusal)
    reason = f"The network answered {status} (code {code})."
    kind = kind_of(code)
    if kind == "later" or (status == 429 and kind != "account"):  # a day's limit, 63038, comes as a 429 too
        return TryLater(reason, retry_after)
    if not 400 <= status < 500 or status == 408:
        return Unsure(reason)
    return Refused(code, reason, kind_of(status) if kind == "other" else kind)


def _code(refusal: TwilioRestException | TwilioServiceException) -> int:
    """Twilio's number for the refusal; HTTP's, when a proxy or a broken answer had none."""
    try:
        return int(refusal.code)
    except (TypeError, ValueError):
        return int(refusal.status)


def _broke_off(failure: RequestException) -> Outcome:
    what = type(failure).__name__
    if isinstance(failure, ConnectTimeout) or any(isinstance(cause, NEVER_LEFT) for cause in _causes(failure)):
        return TryLater(f"The network could not be reached ({what}).")
    return Unsure(f"The network did not answer ({what}).")


def _causes(failure: BaseException) -> Iterator[BaseException]:
    """What a failure of requests or urllib3 was made from, itself first."""
    waiting, seen = [failure], set[int]()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        waiting.extend(error for error in inner if isinstance(error, BaseException))


def _seconds(retry_after: str | None) -> float | None:
    """The header's seconds; None when it is missing or a date."""
    return float(retry_after) if retry_after and retry_after.isascii() and retry_after.isdigit() else None
