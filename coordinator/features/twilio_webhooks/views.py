"""Twilio's webhooks: an inbound text, or the status of one of ours. Unsigned requests are always refused."""

from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import ImmutableMultiDict

from coordinator import clock
from coordinator.messaging.actions.inbound import InboundText, receive_text
from coordinator.messaging.actions.outside import HEARD, PROOF
from coordinator.messaging.actions.receipts import store_receipt
from coordinator.messaging.twilio_gateway.webhooks import really_twilio
from coordinator.services import services
from coordinator.web.csrf import webhook
from coordinator.web.typed import form_as_sent

bp = Blueprint("twilio_webhooks", __name__)

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'  # replies are sent through the outbox


@bp.post("/twilio/inbound")
@bp.post("/twilio/fallback")
@webhook
def inbound() -> Response:
    """Receive an inbound text. Twilio calls the second address when the first one did not answer.

    The setup check calls it with a signed request of its own, which has no effect.
    """
    fields = _signed_fields()
    if PROOF in fields:
        return Response(HEARD + fields[PROOF][:64], mimetype="text/plain")
    phone, sid, media = fields.get("From"), fields.get("MessageSid"), fields.get("NumMedia", "0")
    if not phone or not sid or len(sid) > 64:
        abort(400)
    receive_text(
        InboundText(
            phone=phone,
            to=services().gateway.sender,
            body=fields.get("Body", ""),
            sid=sid,
            num_media=int(media) if media.isascii() and media.isdigit() and len(media) < 4 else 0,
        ),
        now=clock.now(),
        answer=services().answer,
    )
    return Response(NOTHING_TO_SAY, mimetype="text/xml")


@bp.post("/twilio/status/<int:message_id>")
@webhook
def status(message_id: int) -> tuple[str, int]:
    """Store the status of a text; the jobs process applies it later."""
    store_receipt(message_id, _signed_fields().to_dict(), now=clock.now())
    return "", 204


def _signed_fields() -> ImmutableMultiDict[str, str]:
    """The form's fields. 404 without Twilio settings; 403 unless Twilio signed them and they are for our account.

    The signature covers the address configured at Twilio, which may differ from the request's behind a proxy.
    """
    settings = services().settings
    if settings.twilio is None:
        abort(404)
    query = request.query_string.decode("latin-1")
    address = settings.public_url + request.path + (f"?{query}" if query else "")
    if not really_twilio(settings.twilio, address, form_as_sent(), request.headers.get("X-Twilio-Signature", "")):
        abort(403)
    if request.form.get("AccountSid") != settings.twilio.account_sid:
        abort(403)
    return request.form
