"""People and shifts from a spreadsheet: checked line by line, then added."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.events.models import Event
from coordinator.web.guard import current_actor, needs, our_event

from ..forms import PasteForm
from ..pasting.lines import CannotPaste, Pasted, UnansweredLines
from ..pasting.people import paste_people, preview_people
from ..pasting.shifts import paste_shifts, preview_shifts
from .blueprint import bp

SHOWN = 60  # good lines that are shown; more are collapsed
WHO = "who-"  # begins the name of the field that says whom a line means


@bp.get("/coordinate/<slug>/volunteers/import")
@needs(Permission.EDIT_PLAN)
def pasting(slug: str) -> ResponseReturnValue:
    """The form for pasting a table."""
    return _page(our_event(slug), PasteForm(formdata=None))


@bp.post("/coordinate/<slug>/volunteers/import")
@needs(Permission.EDIT_PLAN)
def paste(slug: str) -> ResponseReturnValue:
    """Check the table, or add it: all of it, or the lines that are good."""
    event, at, form = our_event(slug), now(), PasteForm()
    if not form.validate_on_submit():
        return _page(event, form), 422
    wanted = request.form.get("do", "look")
    try:
        if wanted not in ("all", "good"):
            return _page(event, form, _preview(event, form, at))
        pasted = _put_in(event, form, at, skip_wrong=wanted == "good")
    except UnansweredLines as refusal:
        return _page(event, form, _preview(event, form, at), unanswered=str(refusal)), 422
    except CannotPaste as refusal:
        form.text.errors = [str(refusal)]
        return _page(event, form), 422
    flash(ngettext("%(num)s line was added.", "%(num)s lines were added.", len(pasted.news)), "ok")
    if not pasted.wrong:
        return redirect(url_for("shift_plan.plan" if form.kind.data == "shifts" else ".pasting", slug=slug), 303)
    form.text.data = pasted.left
    return _page(event, form, _preview(event, form, at))


def _preview(event: Event, form: PasteForm, at: datetime) -> Pasted:
    text = form.text.data or ""
    if form.kind.data == "people":
        return preview_people(event, text, _chosen())
    return preview_shifts(event, text, actor=current_actor(), now=at)


def _put_in(event: Event, form: PasteForm, at: datetime, *, skip_wrong: bool) -> Pasted:
    text = form.text.data or ""
    if form.kind.data == "people":
        return paste_people(event, text, actor=current_actor(), now=at, skip_wrong=skip_wrong, chosen=_chosen())
    return paste_shifts(event, text, actor=current_actor(), now=at, skip_wrong=skip_wrong)


def _chosen() -> dict[int, str]:
    """Whom lines mean, by the numbers of the lines."""
    said = {key.removeprefix(WHO): value for key, value in request.form.items() if key.startswith(WHO)}
    return {int(line): value for line, value in said.items() if line.isascii() and line.isdigit() and len(line) < 7}


def _page(event: Event, form: PasteForm, pasted: Pasted | None = None, unanswered: str = "") -> str:
    good = [line for line in pasted.good if not line.choices] if pasted else []
    return render_template(
        "people_list/pasting.html",
        event=event,
        form=form,
        pasted=pasted,
        shown=good[:SHOWN],
        folded=good[SHOWN:],
        unanswered=unanswered,
    )
