"""Start a show: paste the flyer, see what was read, fix it, create."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from coordinator.accounts.models import Actor, Coordinator
from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.core.clean_text import cleaned
from coordinator.core.flyer import UnreadableFlyer, decode_flyer, read_flyer
from coordinator.core.show_time import zone_named
from coordinator.features.event_document.problems import BadDocument
from coordinator.web.guard import needs, the_coordinator
from coordinator.web.typed import form_as_sent
from coordinator.web.wall_times import two_readings

from .actions import UnclearTime, event_from
from .forms import MOST_ROWS, ZONES, DraftForm, FlyerForm, line_of, values_of
from .labels import WARNINGS
from .queries import ShowDraft, draft_of, printed_lines

bp = Blueprint("start_show", __name__)

__all__ = ["bp"]


@bp.get("/coordinate/new")
@needs(Permission.PUBLISH)
def start_show() -> ResponseReturnValue:
    return render_template("start_show/start.html", form=FlyerForm(), zones=ZONES)


@bp.post("/coordinate/new")
@needs(Permission.PUBLISH)
def read_show() -> ResponseReturnValue:
    """Show what was read from the flyer, or why it cannot be read."""
    form = FlyerForm()
    if not form.validate_on_submit():
        return render_template("start_show/start.html", form=form, zones=ZONES), 422
    try:
        text = decode_flyer(_pasted(form))
    except UnreadableFlyer as refusal:
        form.flyer.errors = [_(str(refusal))]
        return render_template("start_show/start.html", form=form, zones=ZONES), 422
    zone = form.zone.data or ""
    today = now().astimezone(zone_named(zone)).date()
    draft = draft_of(read_flyer(text, default_on=today, zone=zone))
    if len(draft.rows) > MOST_ROWS:
        form.flyer.errors = [
            _("The flyer lists more than %(most)d acts and breaks. Paste it in parts, one show each.", most=MOST_ROWS)
        ]
        return render_template("start_show/start.html", form=form, zones=ZONES), 422
    return _shown(DraftForm(formdata=None, data=values_of(draft, cleaned(text))), draft)


@bp.post("/coordinate/new/show")
@needs(Permission.PUBLISH)
def create_show() -> ResponseReturnValue:
    """Create the show from the form, or add a line to fill in."""
    form = DraftForm()
    if len(form.rows) + ("add" in request.form) > MOST_ROWS:
        form.form_errors.append(
            _("A new show can have at most %(most)d lines. Add the rest to its running order later.", most=MOST_ROWS)
        )
        return _shown(form), 422
    if "add" in request.form:
        form.rows.append_entry({"take": True, "kind": "set", "length": 30, "changeover": 15, "changeover_min": 8})
        return _shown(form)
    if not form.validate_on_submit() or not _day_is_meant(form):
        return _shown(form), 422
    return _create(form, the_coordinator())


def _create(form: DraftForm, coordinator: Coordinator) -> ResponseReturnValue:
    taken = [entry.form for entry in form.rows if entry.form.take.data]
    try:
        event = event_from(form.draft(), coordinator.organisation, actor=Actor.of(coordinator), now=now())
    except UnclearTime as unclear:
        asked = form if unclear.row is None else taken[unclear.row]
        asked[unclear.field].errors = [two_readings(unclear.cause)]
        return _shown(form), 422
    except BadDocument as refusal:
        form.form_errors.append(str(refusal))
        return _shown(form), 422
    flash(_("The show was created. Now say who plays in each act."))
    return redirect(url_for("performers.performers", slug=event.slug), 303)


def _pasted(form: FlyerForm) -> bytes:
    file = form.file.data
    uploaded = file.read() if isinstance(file, FileStorage) and file.filename else b""
    return uploaded or form_as_sent().get("flyer", "").encode()


def _day_is_meant(form: DraftForm) -> bool:
    """A show in the past is created only with confirmation."""
    today = now().astimezone(zone_named(form.zone.data or "UTC")).date()
    if form.on.data is None or form.on.data >= today or form.allow_past.data:
        return True
    form.on.errors = [_("That day is in the past. Choose another, or check the box below to use it anyway.")]
    return False


def _shown(form: DraftForm, draft: ShowDraft | None = None) -> str:
    """The form, with warnings about the flyer; ``draft`` saves reading it again."""
    draft = draft or draft_of(read_flyer(form.flyer.data or "", default_on=now().date(), zone="Etc/UTC"))
    warnings = [(str(WARNINGS[code]), acts) for code, acts in draft.warnings]
    return render_template(
        "start_show/draft.html",
        form=form,
        warnings=warnings,
        zones=ZONES,
        days=sorted({entry.form.on.data for entry in form.rows if entry.form.on.data}),
        printed=printed_lines(form.flyer.data or "", [line_of(row.form) for row in form.rows], draft.unread),
        several_stages=len({entry.form.stage.data or "" for entry in form.rows}) > 1,
        is_past=bool(form.on.errors) and form.on.data is not None,
    )
