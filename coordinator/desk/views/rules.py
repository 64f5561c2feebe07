"""Reminders: who is told how long before what, in which words."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...accounts.actions import record_change
from ...clock import now
from ...core.rules import DIGEST
from ...core.wording import PLACEHOLDERS, UnknownPlaceholder, check_words
from ...events.models import Event
from ...house import house
from ...reminders.actions import LeadOutOfRange, NoSuchRule, RuleChange, change_rule
from ...web.guard import coordinator_required, the_coordinator
from ..queries import ShownRule, digest_is_off, shown_rules
from ..sampling import Sample, sample_of
from ..sending import house_of
from .overview import our_event

bp = Blueprint("rules", __name__, url_prefix="/coordinate/<slug>/reminders")

UNITS = ("minutes", "hours", "days")


@bp.get("")
@coordinator_required
def reminders(slug: str) -> ResponseReturnValue:
    return _page(slug, None, None)


@bp.post("/<key>")
@coordinator_required
def change(slug: str, key: str) -> ResponseReturnValue:
    """Change one reminder: when, in which words, or not at all."""
    event = our_event(slug)
    if "check" in request.form:
        unknown = _unknown()
        return _page(slug, key, unknown), 422 if unknown else 200
    try:
        wanted = _wanted(key)
        change_rule(event, key, wanted)
    except (LeadOutOfRange, NoSuchRule, UnknownPlaceholder) as refusal:
        return _page(slug, key, str(refusal)), 422
    record_change(
        organisation_id=event.organisation_id,
        event_id=event.id,
        coordinator_id=the_coordinator().id,
        by=the_coordinator().person.name,
        what="reminder.changed",
        subject=key,
        now=now(),
        after={"off": wanted.off, "text_en": wanted.text_en, "text_es": wanted.text_es},
    )
    flash(_("Saved. Texts that have not left follow."))
    return redirect(url_for("rules.reminders", slug=slug) + f"#{key}", 303)


def _unknown() -> str | None:
    """What cannot be saved of the words that are being tried, as a sentence."""
    try:
        for code in ("en", "es"):
            check_words(request.form.get(f"text_{code}", ""))
    except UnknownPlaceholder as refusal:
        return str(refusal)
    return None


def _wanted(key: str) -> RuleChange:
    amount, unit = request.form.get("amount", ""), request.form.get("unit", "minutes")
    off = request.form.get("on") != "1"
    if key == DIGEST:
        return RuleChange(off, None)
    if not amount.isascii() or not amount.isdigit() or len(amount) > 6 or unit not in UNITS:
        raise LeadOutOfRange(_("Write how long before as a whole number."))
    lead = timedelta(**{unit: int(amount)})
    return RuleChange(off, lead, request.form.get("text_en", ""), request.form.get("text_es", ""))


def _page(slug: str, wrong: str | None, error: str | None) -> str:
    event = our_event(slug)
    rules = shown_rules(event)
    return render_template(
        "desk/reminders.html",
        event=event,
        rules=rules,
        samples=_samples(event, rules, wrong),
        digest_off=digest_is_off(event),
        placeholders=PLACEHOLDERS,
        wrong=wrong,
        error=error,
        typed=request.form,
    )


def _samples(event: Event, rules: list[ShownRule], tried: str | None) -> dict[str, dict[str, Sample]]:
    """By rule and language; of the rule that is being changed, what was typed."""
    those, url = house_of(event, now()), house().settings.public_url
    found: dict[str, dict[str, Sample]] = {}
    for rule in rules:
        typed = {code: request.form.get(f"text_{code}", "").strip() for code in rule.words if rule.key == tried}
        own = rule.words if rule.key != tried else rule.house_words  # emptied, it has the words of the house again
        words = {code: typed.get(code) or said for code, said in own.items()}
        found[rule.key] = {
            code: sample_of(those, rule.key, rule.audience, said, code, public_url=url) for code, said in words.items()
        }
    return found
