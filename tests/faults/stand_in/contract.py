"""Checks requests and answers against Twilio's published API contract."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

FILE = Path(__file__).resolve().parent.parent / "contract" / "twilio_api_v2010_messages.relaxed.json"
HOST = "https://api.twilio.com"  # the host in the contract, not that of the stand-in
E164 = re.compile(r"\+[1-9]\d{6,14}")
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
CREATE = ("requestBody", "content", "application/x-www-form-urlencoded", "schema", "properties")


@dataclass
class Asked:
    """A request as received, in the form that openapi-core reads."""

    method: str  # lowercase
    target: str  # path and query
    headers: Mapping[str, str]
    body: bytes = b""
    host_url: str = HOST
    parameters: RequestParameters = field(init=False)  # openapi-core adds path parameters

    def __post_init__(self) -> None:
        query = parse_qsl(urlsplit(self.target).query, keep_blank_values=True)
        self.parameters = RequestParameters(query=ImmutableMultiDict(query), header=Headers(dict(self.headers)))

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").lower()


@dataclass(frozen=True)
class Given:
    """An answer as sent, in the form that openapi-core reads."""

    status_code: int
    data: bytes
    content_type: str = "application/json"

    @property
    def headers(self) -> Headers:
        return Headers({"Content-Type": self.content_type})


def breach_of_request(asked: Asked) -> str | None:
    """What is wrong with a request, in words; None when the contract allows it."""
    return _breach(lambda: the_contract().validate_request(asked))


def breach_of_answer(asked: Asked, given: Given) -> str | None:
    """What is wrong with an answer; None when the contract allows it. Refusals are not in the contract or checked."""
    return _breach(lambda: the_contract().validate_response(asked, given)) if given.status_code < 300 else None


@cache
def create_fields() -> frozenset[str]:
    """Every field that a request to create a message may have."""
    found: Any = _written()["paths"][MESSAGES]["post"]
    for step in CREATE:
        found = found[step]
    return frozenset(found)


@cache
def _written() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


@cache
def the_contract() -> OpenAPI:
    """Loading takes a moment: better before the first request than during it."""
    return OpenAPI.from_dict(_written(), config=Config(extra_format_validators=FORMATS))


def _breach(ask: Callable[[], object]) -> str | None:
    try:
        ask()
    except OpenAPIError as breach:
        return "; ".join(_reasons(breach))
    return None


def _reasons(breach: BaseException) -> list[str]:
    """The error and its causes, without values, which are people's numbers and words."""
    found: list[Any] = list(getattr(breach, "schema_errors", ()))
    errors = [f"{'.'.join(map(str, error.path)) or 'it'} breaks {error.validator}" for error in found]
    below = _reasons(breach.__cause__) if breach.__cause__ else []
    return [type(breach).__name__, *errors, *below]


def _is_phone(value: object) -> bool:
    return isinstance(value, str) and E164.fullmatch(value) is not None


def _is_address(value: object) -> bool:
    return isinstance(value, str) and urlsplit(value).scheme in {"http", "https"} and bool(urlsplit(value).netloc)


def _is_date(value: object) -> bool:
    """A day or an instant: the contract says an instant, but its examples are days."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value) is not None
    except ValueError:
        return False


def _is_mail_date(value: object) -> bool:
    try:
        return isinstance(value, str) and parsedate_to_datetime(value).tzinfo is not None
    except ValueError:
        return False


def _is_currency(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[A-Z]{3}", value) is not None


def _is_uri_map(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(uri, str) for uri in value.values())


FORMATS: dict[str, Callable[[Any], bool]] = {
    "phone-number": _is_phone,
    "uri": _is_address,
    "date-time": _is_date,
    "date-time-rfc-2822": _is_mail_date,
    "currency": _is_currency,
    "uri-map": _is_uri_map,
}
