"""Counting money at the door, on a phone: enter, match or not, recount; and what is confirmed so far."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.money.actions import Money, count_money, delete_count, enter_count, recount, reopen
from coordinator.money.models import MoneyCount, MoneyKind
from coordinator.money.queries import count_of, counts_of, raised_of, totals_of
from coordinator.money.refusals import CannotCount, NoInitials
from coordinator.shifts.actions.attendance import new_key
from coordinator.web.guard import current_actor, needs, our_event, the_coordinator, we_may
from coordinator.web.live import live_page
from coordinator.web.pause_status import event_etag

from .forms import EntryForm, MoneyForm
from .queries import CountShown, CountState, initials_of, shown

bp = Blueprint("counting", __name__, url_prefix="/coordinate/<slug>/money")


@bp.get("")
@needs(Permission.CHECK_IN)
def money(slug: str) -> ResponseReturnValue:
    """Every sum of the show, first those that the member is to count."""
    event, at = our_event(slug), now()
    return live_page(f"{event_etag(event, at)}-money", lambda: _page(event, is_live=True))


@bp.post("")
@needs(Permission.CHECK_IN)
def begin(slug: str) -> ResponseReturnValue:
    """The first count of a sum. Cards and online are confirmed by one person who may change the plan."""
    event, form = our_event(slug), MoneyForm()
    form.amount.as_in(event)
    if not form.validate_on_submit():
        return _page(event, form), 422
    is_enough = we_may(Permission.EDIT_PLAN) and not form.twice.data
    cause, note = ((field.data or "").strip() for field in (form.cause, form.note))
    assert form.amount.data is not None
    key = f"{form.key.data or new_key()}-{form.kind.data}-{form.amount.data}"  # another sum is no second tap
    money = Money(MoneyKind(form.kind.data), cause, note, 1 if is_enough else 2, key)
    try:
        counted = count_money(event, money, form.amount.data, form.initials.data, actor=current_actor(), now=now())
    except NoInitials as refusal:
        form.initials.errors = [str(refusal)]
        return _page(event, form), 422
    return _told(event, counted)


@bp.post("/<int:count_id>")
@needs(Permission.CHECK_IN)
def enter(slug: str, count_id: int) -> ResponseReturnValue:
    """The member's own count of a sum, or a correction of it while the other has not counted."""
    event = our_event(slug)
    counted = count_of(event, count_id) or abort(404)
    form = EntryForm(prefix=f"count-{count_id}")
    form.amount.as_in(event)
    if not form.validate_on_submit():
        return _page(event, entering=(count_id, form)), 422
    assert form.amount.data is not None
    try:
        counted = enter_count(
            count_id,
            form.amount.data,
            form.initials.data,
            actor=current_actor(),
            now=now(),
            is_enough=we_may(Permission.EDIT_PLAN),
        )
    except NoInitials as refusal:
        form.initials.errors = [str(refusal)]
        return _page(event, entering=(count_id, form)), 422
    except CannotCount as refusal:
        flash(str(refusal), "wait")
        return _back(slug)
    return _told(event, counted)


@bp.post("/<int:count_id>/recount")
@needs(Permission.CHECK_IN)
def again(slug: str, count_id: int) -> ResponseReturnValue:
    """Both count again what they did not agree on."""
    return _change(slug, count_id, recount, _("Both of you count again. Neither sees the other's new number first."))


@bp.post("/<int:count_id>/reopening")
@needs(Permission.EDIT_PLAN)
def open_again(slug: str, count_id: int) -> ResponseReturnValue:
    """A confirmed sum is to be counted again."""
    return _change(slug, count_id, reopen, _("Reopened. It no longer counts until it's confirmed again."))


@bp.post("/<int:count_id>/removal")
@needs(Permission.EDIT_PLAN)
def delete(slug: str, count_id: int) -> ResponseReturnValue:
    """Take away a sum that is not confirmed."""
    return _change(slug, count_id, delete_count, _("Deleted."))


def _change(slug: str, count_id: int, change: Callable[..., object], done: str) -> ResponseReturnValue:
    if count_of(our_event(slug), count_id) is None:
        abort(404)
    try:
        change(count_id, actor=current_actor(), now=now())
    except CannotCount as refusal:
        flash(str(refusal), "wait")
    else:
        flash(done, "ok")
    return _back(slug)


def _told(event: Event, counted: MoneyCount) -> ResponseReturnValue:
    words = {
        CountState.CONFIRMED: (_("The two counts match.") if counted.counters > 1 else _("Saved."), "ok"),
        CountState.MISMATCH: (_("The two counts don't match."), "bad"),
        CountState.OTHERS: (_("Saved. Now someone else counts it on their own phone."), "ok"),
    }
    flash(*words[_seen(counted).state])
    return _back(event.slug)


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for(".money", slug=slug), 303)


def _page(
    event: Event, form: MoneyForm | None = None, *, entering: tuple[int, EntryForm] | None = None, is_live: bool = False
) -> str:
    counts = [_seen(counted) for counted in counts_of(event)]
    signed = initials_of(the_coordinator().person.name)
    new = form or MoneyForm(formdata=None, initials=signed, cause=event.beneficiary or "", key=new_key())
    new.amount.as_in(event)
    forms: dict[int, Any] = {each.count.id: _entry_form(event, each.count, signed) for each in counts}
    forms |= dict([entering]) if entering else {}
    causes = dict.fromkeys([event.beneficiary, *(each.count.cause for each in counts)])
    return render_template(
        "counting/money.html",
        event=event,
        counts=counts,
        forms=forms,
        form=new,
        causes=[cause for cause in causes if cause],
        raised=raised_of(event),
        totals=totals_of(event),
        is_live=is_live and request.method == "GET",
    )


def _seen(counted: MoneyCount) -> CountShown:
    """The sum as the signed-in member may see it."""
    return shown(counted, the_coordinator().id, sees_plan=we_may(Permission.SEE_PLAN))


def _entry_form(event: Event, counted: MoneyCount, signed: str) -> EntryForm:
    form = EntryForm(formdata=None, prefix=f"count-{counted.id}", initials=signed)
    form.amount.as_in(event)
    return form
