"""Whether a webhook is really Twilio's."""

from collections.abc import Mapping

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from config import TwilioSettings


def really_twilio(settings: TwilioSettings, url: str, fields: MultiDict[str, str], signature: str) -> bool:
    """Whether Twilio signed this webhook. ``url`` is the one Twilio was given, raw query string included."""
    return any(RequestValidator(token).validate(url, fields, signature) for token in settings.webhook_tokens)


def signature_of(settings: TwilioSettings, url: str, fields: Mapping[str, str]) -> str:
    """How Twilio would sign this webhook: for asking ourselves over our public address."""
    signed: str = RequestValidator(settings.auth_token).compute_signature(url, fields)
    return signed
