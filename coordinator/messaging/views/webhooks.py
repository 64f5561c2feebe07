"""What Twilio calls: a text came in, something became of one of ours. Signed, or refused; there is no switch for it."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.datastructures import ImmutableMultiDict

from ... import clock
from ...house import house
from ...web.csrf import webhook
from ..actions import HEARD, PROOF, receive_text, store_receipt
from ..twilio_gateway import really_twilio
from .blueprint import bp

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'  # answers leave through the outbox


@bp.post("/twilio/inbound")
@bp.post("/twilio/fallback")
@webhook
def inbound() -> Response:
    """Take in a text from a phone; Twilio calls the second address when the first one did not answer.

    We may call it ourselves, signed, to see that our own address leads here: that has no effect.
    """
    fields = _signed_fields()
    if PROOF in fields:
        return Response(HEARD + fields[PROOF][:64], mimetype="text/plain")
    phone, sid, media = fields.get("From"), fields.get("MessageSid"), fields.get("NumMedia", "0")
    if not phone or not sid or len(sid) > 64:
        abort(400)
    receive_text(
        phone=phone,
        to=house().gateway.sender,
        body=fields.get("Body", ""),
        sid=sid,
        num_media=int(media) if media.isascii() and media.isdigit() else 0,
        now=clock.now(),
        answer=house().answer,
    )
    return Response(NOTHING_TO_SAY, mimetype="text/xml")


@bp.post("/twilio/status/<int(max=2147483647):message_id>")
@webhook
def status(message_id: int) -> tuple[str, int]:
    """Keep what became of a text; it is applied afterwards."""
    store_receipt(message_id, _signed_fields().to_dict(), now=clock.now())
    return "", 204


def _signed_fields() -> ImmutableMultiDict[str, str]:
    """The form's fields; 404 without Twilio's settings, 403 unless Twilio signed them and they are our account's.

    What was signed is the address Twilio was given, which behind a proxy is not the one that arrives here.
    """
    settings = house().settings
    if settings.twilio is None:
        abort(404)
    query = request.query_string.decode("latin-1")
    address = settings.public_url + request.path + (f"?{query}" if query else "")
    if not really_twilio(settings.twilio, address, request.form, request.headers.get("X-Twilio-Signature", "")):
        abort(403)
    if request.form.get("AccountSid") != settings.twilio.account_sid:
        abort(403)
    return request.form
