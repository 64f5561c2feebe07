"""What became of a text when Twilio refused it, or the call broke off."""

import ssl
from collections.abc import Iterator

from requests import RequestException
from requests.exceptions import ConnectTimeout
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from ..gateway import Outcome, Refused, TryLater, Unsure
from ..refusals import kind_of

NEVER_LEFT = (ConnectTimeoutError, NewConnectionError, ssl.SSLCertVerificationError)


def outcome_of_refusal(refusal: TwilioRestException | TwilioServiceException, retry_after: float | None) -> Outcome:
    """``retry_after``: the seconds that Twilio asked us to wait, if it did."""
    status, code = int(refusal.status), code_of(refusal)
    reason = f"The network answered {status} (code {code})."
    kind = kind_of(code)
    if kind == "later" or (status == 429 and kind != "account"):  # a day's limit, 63038, comes as a 429 too
        return TryLater(reason, retry_after)
    if not 400 <= status < 500 or status == 408:
        return Unsure(reason)
    return Refused(code, reason, kind_of(status) if kind == "other" else kind)


def code_of(refusal: TwilioRestException | TwilioServiceException) -> int:
    """Twilio's number for the refusal; HTTP's, when a proxy or a broken answer had none."""
    try:
        return int(refusal.code)
    except (TypeError, ValueError):
        return int(refusal.status)


def outcome_of_failure(failure: RequestException) -> Outcome:
    """Only what certainly never left may be tried again."""
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
