"""Reminders: who is told how long before what, in which words."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.rules import DIGEST
from coordinator.core.wording import PLACEHOLDERS, UnknownPlaceholder
from coordinator.events.models import Event
from coordinator.features.texts.queries.recipients import contacts_of
from coordinator.reminders.actions.rules import (
    LeadOutOfRange,
    NoSuchRule,
    RuleChange,
    WordsTooLong,
    change_rule,
    check_rule_words,
)
from coordinator.services import services
from coordinator.web.guard import current_actor, needs, our_event

from . import labels
from .queries import ShownRule, digest_is_off, shown_rules
from .sampling import Sample, sample_of

bp = Blueprint("reminder_rules", __name__, url_prefix="/coordinate/<slug>/reminders")


@bp.get("")
@needs(Permission.HANDLE_TEXTS)
def reminders(slug: str) -> ResponseReturnValue:
    return _page(slug, None, {})


@bp.post("/<key>")
@needs(Permission.HANDLE_TEXTS)
def change(slug: str, key: str) -> ResponseReturnValue:
    """Change one reminder: when, in which words, or not at all."""
    event = our_event(slug)
    if "check" in request.form:
        wrong = _wrong_words() | _wrong_amount(key)
        return _page(slug, key, wrong), 422 if wrong else 200
    try:
        change_rule(event, key, _wanted(key), actor=current_actor(), now=now())
    except (LeadOutOfRange, NoSuchRule) as refusal:
        return _page(slug, key, {"amount": str(refusal)}), 422
    except (UnknownPlaceholder, WordsTooLong):
        return _page(slug, key, _wrong_words()), 422
    flash(_("Saved. Texts that haven't gone out yet are updated too."))
    return redirect(url_for("reminder_rules.reminders", slug=slug) + f"#{key}", 303)


def _wrong_amount(key: str) -> dict[str, str]:
    """Why it cannot be so long before."""
    try:
        _wanted(key)
    except LeadOutOfRange as refusal:
        return {"amount": str(refusal)}
    return {}


def _wrong_words() -> dict[str, str]:
    """Why the words being tried cannot be saved, as a sentence for each field."""
    wrong: dict[str, str] = {}
    for field in ("text_en", "text_es"):
        try:
            check_rule_words(request.form.get(field, ""))
        except (UnknownPlaceholder, WordsTooLong) as refusal:
            wrong[field] = str(refusal)
    return wrong


def _wanted(key: str) -> RuleChange:
    amount, unit = request.form.get("amount", ""), request.form.get("unit", "minutes")
    off = request.form.get("on") != "1"
    if key == DIGEST:
        return RuleChange(off, None)
    if not amount.isascii() or not amount.isdigit() or len(amount) > 6 or unit not in labels.UNITS:
        raise LeadOutOfRange(_("Enter how long before as a whole number."))
    lead = timedelta(**{unit: int(amount)})
    return RuleChange(off, lead, request.form.get("text_en", ""), request.form.get("text_es", ""))


def _page(slug: str, wrong: str | None, errors: dict[str, str]) -> str:
    event = our_event(slug)
    rules = shown_rules(event)
    return render_template(
        "reminder_rules/reminders.html",
        event=event,
        labels=labels,
        rules=rules,
        samples=_samples(event, rules, wrong),
        digest_off=digest_is_off(event),
        placeholders=PLACEHOLDERS,
        wrong=wrong,
        errors=errors,
        typed=request.form,
    )


def _samples(event: Event, rules: list[ShownRule], tried: str | None) -> dict[str, dict[str, Sample]]:
    """Samples by rule and language; for the rule being changed, of what was typed."""
    those, url = contacts_of(event, now()), services().settings.public_url
    found: dict[str, dict[str, Sample]] = {}
    for rule in rules:
        typed = {code: request.form.get(f"text_{code}", "").strip() for code in rule.words if rule.key == tried}
        own = rule.words if rule.key != tried else rule.default_texts  # left empty, it has the default text again
        words = {code: typed.get(code) or said for code, said in own.items()}
        found[rule.key] = {
            code: sample_of(those, rule.key, rule.audience, said, code, public_url=url) for code, said in words.items()
        }
    return found
