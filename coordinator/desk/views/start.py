"""Start a show: paste the flyer, see what was read, fix it, create."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from ...accounts.models import Coordinator
from ...clock import now
from ...core.flyer import UnreadableFlyer, decode_flyer, read_flyer
from ...core.show_time import AmbiguousLocalTime, zone_named
from ...web.guard import coordinator_required, the_coordinator
from ..document import BadDocument
from ..starting import Draft, draft_of, events_from
from ..starting.forms import ZONES, DraftForm, FlyerForm, values_of
from ..starting.making import UnclearTime
from .overview import bp

__all__ = ["bp"]

WARNINGS = {
    "order_reversed": _l("The list was printed latest first; it has been turned round."),
    "same_time": _l("Two lines on one stage start in the same minute."),
    "past_curfew": _l("A line starts or ends after the curfew."),
    "overlap": _l("A line is said to end after the next one starts."),
    "guessed_pm": _l("Hours without a.m. or p.m. were read as afternoon or evening."),
}
REFUSALS = (  # what decode_flyer says, to be found by those who translate
    _l("This flyer is over 1 MB; paste only its text."),
    _l("This flyer is empty; paste the text of the flyer."),
    _l("This is not text, perhaps a picture; paste the words of the flyer."),
)


@bp.get("/coordinate/new")
@coordinator_required
def start_show() -> ResponseReturnValue:
    return render_template("desk/start.html", form=FlyerForm(), zones=ZONES)


@bp.post("/coordinate/new")
@coordinator_required
def read_show() -> ResponseReturnValue:
    """What was read from the flyer, or why it cannot be."""
    form = FlyerForm()
    if not form.validate_on_submit():
        return render_template("desk/start.html", form=form, zones=ZONES), 422
    try:
        text = decode_flyer(_pasted(form))
    except UnreadableFlyer as refusal:
        form.flyer.errors = [_(str(refusal))]
        return render_template("desk/start.html", form=form, zones=ZONES), 422
    zone = form.zone.data or ""
    today = now().astimezone(zone_named(zone)).date()
    draft = draft_of(read_flyer(text, default_on=today, zone=zone))
    return _shown(DraftForm(formdata=None, data=values_of(draft, text)), draft)


@bp.post("/coordinate/new/show")
@coordinator_required
def create_show() -> ResponseReturnValue:
    """Create what the form says; or one more line to fill in."""
    form = DraftForm()
    if "add" in request.form:
        form.rows.append_entry({"take": True, "kind": "set", "length": 30, "changeover": 15, "changeover_min": 8})
        return _shown(form)
    if not form.validate_on_submit() or not _day_is_meant(form):
        return _shown(form), 422
    return _create(form, the_coordinator())


def _create(form: DraftForm, coordinator: Coordinator) -> ResponseReturnValue:
    taken = [entry.form for entry in form.rows if entry.form.take.data]
    try:
        events = events_from(form.draft(), coordinator.organisation, by=coordinator.person.name, now=now())
    except UnclearTime as unclear:
        asked = form if unclear.row is None else taken[unclear.row]
        asked[unclear.field].errors = [_two_readings(unclear.cause)]
        return _shown(form), 422
    except BadDocument as refusal:
        form.form_errors.append(str(refusal))
        return _shown(form), 422
    if len(events) > 1:
        flash(ngettext("%(num)s show is made.", "%(num)s shows are made, one for each day.", len(events)))
        return redirect(url_for("desk.shows", all=1), 303)
    flash(_("The show is made. Now say who plays in each act."))
    return redirect(url_for("lineup.performers", slug=events[0].slug), 303)


def _pasted(form: FlyerForm) -> bytes:
    file = form.file.data
    uploaded = file.read() if isinstance(file, FileStorage) and file.filename else b""
    return uploaded or (form.flyer.data or "").encode()


def _day_is_meant(form: DraftForm) -> bool:
    """A day that has gone by is created only when somebody says so."""
    today = now().astimezone(zone_named(form.zone.data or "UTC")).date()
    if form.on.data is None or form.on.data >= today or form.past_is_fine.data:
        return True
    form.on.errors = [_("That day is past. Choose another one, or tick below that you mean it.")]
    return False


def _two_readings(cause: ValueError) -> str:
    if isinstance(cause, AmbiguousLocalTime):
        return _("That time comes twice that night, because the clocks go back. Choose the first or the second.")
    return _(
        "That time does not exist that night, because the clocks go forward. Choose another, or which side you mean."
    )


def _shown(form: DraftForm, draft: Draft | None = None) -> str:
    """The form, with the doubts about the flyer; ``draft`` spares reading it again."""
    draft = draft or draft_of(read_flyer(form.flyer.data or "", default_on=now().date(), zone="Etc/UTC"))
    warnings = [(str(WARNINGS[code]), acts) for code, acts in draft.warnings]
    return render_template(
        "desk/draft.html",
        form=form,
        warnings=warnings,
        zones=ZONES,
        days=sorted({entry.form.on.data for entry in form.rows if entry.form.on.data}),
        is_past=bool(form.on.errors) and form.on.data is not None,
    )
