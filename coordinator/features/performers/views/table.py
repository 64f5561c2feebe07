"""The table of who plays: one press saves all of its changes, or a pasted list is typed into it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from coordinator.accounts.permissions import Permission
from coordinator.clock import now
from coordinator.web.choices import HOW_AGREED
from coordinator.web.guard import current_actor, needs, our_event

from ..queries import cast_page
from ..saving import save_rows
from ..table import CannotRead, check, filled_in, typed_rows
from .blueprint import bp
from .page import TableShown, performers_page

LONGEST_LIST = 100_000  # characters


@bp.post("/coordinate/<slug>/performers")
@needs(Permission.EDIT_PLAN)
def save(slug: str) -> ResponseReturnValue:
    """Save every row; when one is wrong, none."""
    event = our_event(slug)
    cast, how = cast_page(event), request.form.get("how", "")
    rows = typed_rows(cast, request.form)
    chosen = how if how in {way.value for way in HOW_AGREED} else HOW_AGREED[0].value
    if not check(event, cast, rows):
        return performers_page(event, table=TableShown(rows, how=chosen)), 422
    saved = save_rows(event, cast, rows, chosen, actor=current_actor(), now=now())
    flash(
        ngettext("%(num)s row was saved.", "%(num)s rows were saved.", saved.number)
        if saved.number
        else _("Nothing was changed."),
        "ok",
    )
    for person in saved.ended:
        flash(
            _(
                "%(name)s agreed to texts for the old number. Tick it again once they agree for the new one.",
                name=person.name,
            ),
            "wait",
        )
    for name in saved.shared_names:
        flash(_("You know several people named %(name)s now. They are kept apart by their numbers.", name=name), "wait")
    return redirect(url_for("performers.performers", slug=slug), 303)


@bp.post("/coordinate/<slug>/performers/list")
@needs(Permission.EDIT_PLAN)
def paste(slug: str) -> ResponseReturnValue:
    """Type a pasted list into the table; nothing is saved yet."""
    event, text = our_event(slug), request.form.get("list", "")
    try:
        if len(text) > LONGEST_LIST or not text.strip():
            raise CannotRead(_("Paste a list of up to %(most)d characters.", most=LONGEST_LIST))
        rows = filled_in(cast_page(event), text)
    except CannotRead as refusal:
        return performers_page(event, table=TableShown(None, pasted=text, wrong=str(refusal))), 422
    check(event, cast_page(event), rows)
    return performers_page(event, table=TableShown(rows, is_pasted=True))
