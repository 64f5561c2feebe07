"""What a code says, as a text and as an email."""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from coordinator.core.json_values import JsonObject
from coordinator.core.wording import worded
from coordinator.events.models import Event
from coordinator.messaging.actions.outbox import queue_text
from coordinator.messaging.models import MessageKind
from coordinator.messaging.queries.default_texts import default_text
from coordinator.people.models import Channel

from ..models import ProofCode


def queue_code(event: Event, code: ProofCode, digits: str, host: str, now: datetime) -> None:
    """Put the code into the outbox. ``host`` is the site that may fill it in from the text."""
    is_text, title = code.channel is Channel.TEXT, event.called(code.language)
    said = worded(
        default_text("code", code.language),
        {"title": title, "code": digits},
        code.language,
        org=event.organisation.name,
        after=f"\n@{host} #{digits}" if is_text else "",
    )
    queue_text(
        organisation_id=event.organisation_id,
        event_id=event.id,
        person=None,
        channel=code.channel,
        phone=code.sent_to if is_text else None,
        address=None if is_text else code.sent_to,
        language=code.language,
        kind=MessageKind.CODE,
        body=said.body,
        first_body=said.first_body,
        mail=None if is_text else _mail(title, digits, code.language),
        now=now,
        useful_until=code.expires_at,
        any_hour=True,
        shift_id=code.shift_id,
    )


def _mail(title: str, digits: str, language: str) -> JsonObject:
    with force_locale(language):
        words = [
            _("%(code)s is your code for %(title)s.", code=digits, title=title),
            _("It works for 15 minutes. Don't share it with anyone."),
        ]
        return {"subject": words[0].rstrip("."), "body": "\n\n".join(words)}
