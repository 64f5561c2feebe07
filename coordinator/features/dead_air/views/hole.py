"""A hole before a slot, and every way out of it with what it does."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.models import Actor, Via
from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.features.running_order.views.asking import apply_or_confirm, what_it_does
from coordinator.lineup.actions.moves import move_slot
from coordinator.lineup.actions.slots import SlotFacts, add_slot
from coordinator.lineup.models import Slot, SlotOffer
from coordinator.lineup.queries import of_its_day, running_order, slot_offers_of, slot_with_key
from coordinator.lineup.refusals import CannotPlan
from coordinator.reminders.actions.offer_answers import OFFER_ANSWER, answer_and_tell
from coordinator.reminders.previews.queued import QueuedText, queued_by
from coordinator.shownight.actions.offer_texts import ASKS, Question
from coordinator.shownight.actions.offers import (
    ask_stand_ins,
    ask_to_come_forward,
    stand_in_questions,
    withdraw_slot_offer,
)
from coordinator.shownight.queries import night
from coordinator.shownight.refusals import CannotPress
from coordinator.web.filters import clock
from coordinator.web.guard import current_actor, must_run, needs, our_event, we_may_run
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag
from coordinator.web.typed import typed_again

from ..forms import KINDS, FillerForm
from ..queries import Hole, hole_before
from .blueprint import bp

AT = "/coordinate/<slug>/dead-air/<slot_key>"
MINUTE = timedelta(minutes=1)


@bp.get(AT)
@needs(Permission.SEE_PLAN)
def hole(slug: str, slot_key: str) -> ResponseReturnValue:
    """The hole before this slot."""
    event, at = our_event(slug), now()
    slot = _slot(event, slot_key)
    return live_page(f"{event_etag(event, at)}-{slot_key}", lambda: _page(event, slot, at))


@bp.post(f"{AT}/forward")
@needs(Permission.RUN_NIGHT)
def forward(slug: str, slot_key: str) -> ResponseReturnValue:
    """Ask the next act to start earlier: first what its yes would do, then the question."""
    event, at = our_event(slug), now()
    slot, starts_at = _ours(event, slot_key), _instant("starts")
    if request.form.get("sure") != "1":
        return _what_a_yes_does(event, slot, starts_at, at)
    return _pressed(event, slot, lambda: ask_to_come_forward(slot.id, starts_at, actor=current_actor(), now=at))


@bp.post(f"{AT}/swap")
@needs(Permission.RUN_NIGHT)
def swap(slug: str, slot_key: str) -> ResponseReturnValue:
    """Swap the next two acts."""
    event, at, actor = our_event(slug), now(), current_actor()
    slot = _ours(event, slot_key)
    place = of_its_day(slot, running_order(slot.stage)).index(slot) + 1
    question = _("Swap %(name)s with the act after it?", name=slot.name)
    return _planned(event, slot, lambda: move_slot(slot, place, actor=actor, now=at), question, at)


@bp.post(f"{AT}/between")
@needs(Permission.RUN_NIGHT)
def between(slug: str, slot_key: str) -> ResponseReturnValue:
    """Put a speech, a DJ or a break into the hole."""
    event, at, actor, form = our_event(slug), now(), current_actor(), FillerForm()
    slot = _ours(event, slot_key)
    found = hole_before(event, night(event.id, at), slot)
    if found is None or not form.validate_on_submit():
        return _page(event, slot, at, form), 422
    facts = SlotFacts(
        name=form.name.data or "",
        starts_at=found.starts_at,
        length=(form.minutes.data or 0) * MINUTE,
        changeover=timedelta(0),
        changeover_min=timedelta(0),
        kind=KINDS[form.kind.data],
    )
    question = _("Add %(name)s?", name=facts.name)
    return _planned(event, slot, lambda: add_slot(slot.stage, facts, actor=actor, now=at), question, at)


@bp.post(f"{AT}/stand-ins")
@needs(Permission.RUN_NIGHT)
def ask_them(slug: str, slot_key: str) -> ResponseReturnValue:
    """Ask the chosen acts whether they step in; the first yes has the spot."""
    event, at = our_event(slug), now()
    slot = _ours(event, slot_key)
    found = hole_before(event, night(event.id, at), slot)
    chosen = [int(each) for each in request.form.getlist("stand_in") if each.isascii() and each.isdigit()]
    ids = {each.stand_in.id for each in found.stand_ins if "busy" not in each.against} & set(chosen) if found else None
    if found is None or not ids:
        flash(_("Choose whom to ask."), "bad")
        return redirect(_at(event, slot), 303)
    starts_at, room = found.starts_at, found.room
    return _pressed(
        event, slot, lambda: ask_stand_ins(slot.id, ids, starts_at, room, actor=current_actor(), now=at), len(ids)
    )


@bp.post("/coordinate/<slug>/dead-air/offers/<int:asked_id>/<any(yes, no, withdraw):answer>")
@needs(Permission.RUN_NIGHT)
def answer(slug: str, asked_id: int, answer: str) -> ResponseReturnValue:
    """What an act said by phone, or that it is no longer asked."""
    event, at, actor = our_event(slug), now(), current_actor()
    offer: SlotOffer = next((each for each in slot_offers_of(event) if each.id == asked_id), None) or abort(404)
    must_run(offer.slot.stage_id)
    try:
        if answer == "withdraw":
            withdraw_slot_offer(offer.id, actor=actor, now=at)
        else:
            answer_and_tell(offer, yes=answer == "yes", actor=actor, now=at, people=[])
    except (CannotPress, CannotPlan) as refusal:
        flash(str(refusal), "bad")
    return redirect(_at(event, offer.slot), 303)


def _page(event: Event, slot: Slot, at: datetime, form: FillerForm | None = None) -> str:
    found: Hole | None = hole_before(event, night(event.id, at), slot)
    form = form or FillerForm(formdata=None)
    if form.minutes.data is None and found is not None:
        form.minutes.data = found.room // MINUTE
    asking = _questions(found, at) if found is not None and we_may_run(slot.stage_id) else []
    return render_template(
        "dead_air/hole.html", event=event, slot=slot, hole=found, form=form, questions=asking, now=at
    )


def _questions(hole: Hole, at: datetime) -> list[Question]:
    free = [each.stand_in for each in hole.stand_ins if "busy" not in each.against]
    return stand_in_questions(hole.next, free, hole.starts_at, hole.room, at)


def _what_a_yes_does(event: Event, slot: Slot, starts_at: datetime, at: datetime) -> ResponseReturnValue:
    """The question in its words, and all that would follow a yes, found by asking and saying it."""
    texts: list[QueuedText] = []

    def say_yes() -> None:
        asked = ask_to_come_forward(slot.id, starts_at, actor=current_actor(), now=at)
        first = next(iter(asked.act.people), None)
        actor = Actor.person(first, Via.TEXT) if first else current_actor()
        answer_and_tell(asked, yes=True, actor=actor, now=at, people=[])

    try:
        found = what_it_does(event, lambda: texts.extend(queued_by(event.id, say_yes, at)), at)
    except CannotPress as refusal:
        flash(str(refusal), "bad")
        return redirect(_at(event, slot), 303)
    return render_template(
        "dead_air/ask.html",
        event=event,
        slot=slot,
        question=_("Ask %(name)s to start at %(time)s?", name=slot.name, time=clock(starts_at, event.zone)),
        found=found,
        asked=[text for text in texts if text.rule in ASKS.values()],
        runners=[text for text in texts if text.rule == OFFER_ANSWER],
        at_once=[text for text in texts if text.rule not in (*ASKS.values(), OFFER_ANSWER)],
        typed=typed_again(),
        now=at,
    )


def _pressed(event: Event, slot: Slot, press: Callable[[], object], number: int = 1) -> ResponseReturnValue:
    try:
        press()
    except CannotPress as refusal:
        flash(str(refusal), "bad")
    else:
        words = _("Asked in 30 seconds. Nothing moves before a yes.")
        flash(words if number == 1 else _("All of them are asked in 30 seconds. The first yes gets it."), "ok")
    return redirect(_at(event, slot), 303)


def _planned(
    event: Event, slot: Slot, change: Callable[[], object], question: str, at: datetime
) -> ResponseReturnValue:
    try:
        page = apply_or_confirm(event, change, question, at)
    except (CannotPlan, CannotPress) as refusal:
        flash(str(refusal), "bad")
        page = None
    return page or redirect(url_for("show_night.show", slug=event.slug, stage=slot.stage.key), 303)


def _at(event: Event, slot: Slot) -> str:
    return url_for(".hole", slug=event.slug, slot_key=slot.key)


def _slot(event: Event, key: str) -> Slot:
    return slot_with_key(event.id, key) or abort(404)


def _ours(event: Event, key: str) -> Slot:
    """The slot, whose stage the reader runs."""
    slot = _slot(event, key)
    must_run(slot.stage_id)
    return slot


def _instant(name: str) -> datetime:
    """An instant that a page of ours offered; aborts with 400 for anything else."""
    try:
        at = datetime.fromisoformat(request.form.get(name, ""))
    except ValueError:
        abort(400)
    return at if at.tzinfo else abort(400)
