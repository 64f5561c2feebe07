"""People and shifts from a spreadsheet: looked at line by line, then put in."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from ...clock import now
from ...events.models import Event
from ...web.guard import coordinator_required
from ..forms.pasting import PasteForm
from ..pasting import Pasted, look_at_people, look_at_shifts, paste_people, paste_shifts
from ..pasting.lines import CannotPaste
from .overview import our_event
from .signing import by_whoever
from .volunteers import bp

SHOWN = 60  # good lines that stand open; more are folded away


@bp.get("/coordinate/<slug>/volunteers/import")
@coordinator_required
def pasting(slug: str) -> ResponseReturnValue:
    """Where a table is pasted."""
    return _page(our_event(slug), PasteForm(formdata=None))


@bp.post("/coordinate/<slug>/volunteers/import")
@coordinator_required
def paste(slug: str) -> ResponseReturnValue:
    """Look at it; or put it in: all of it, or the lines that are good."""
    event, at, form = our_event(slug), now(), PasteForm()
    if not form.validate_on_submit():
        return _page(event, form), 422
    wanted = request.form.get("do", "look")
    try:
        if wanted not in ("all", "good"):
            return _page(event, form, _look(event, form, at))
        pasted = _put_in(event, form, at, despite_wrong=wanted == "good")
    except CannotPaste as refusal:
        form.text.errors = [str(refusal)]
        return _page(event, form), 422
    flash(ngettext("%(num)s line was put in.", "%(num)s lines were put in.", len(pasted.news)), "ok")
    if not pasted.wrong:
        return redirect(url_for(".plan" if form.kind.data == "shifts" else ".pasting", slug=slug), 303)
    form.text.data = pasted.left
    return _page(event, form, _look(event, form, at))


def _look(event: Event, form: PasteForm, at: datetime) -> Pasted:
    text = form.text.data or ""
    if form.kind.data == "people":
        return look_at_people(event, text)
    return look_at_shifts(event, text, by=by_whoever(), now=at)


def _put_in(event: Event, form: PasteForm, at: datetime, *, despite_wrong: bool) -> Pasted:
    text = form.text.data or ""
    put_in = paste_people if form.kind.data == "people" else paste_shifts
    return put_in(event, text, by=by_whoever(), now=at, despite_wrong=despite_wrong)


def _page(event: Event, form: PasteForm, pasted: Pasted | None = None) -> str:
    return render_template("volunteers/pasting.html", event=event, form=form, pasted=pasted, most_shown=SHOWN)
