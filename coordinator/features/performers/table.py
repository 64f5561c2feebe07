"""Who plays as one table: what was typed into each row, what is wrong with it, and what it changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from coordinator.core.sheets import PerformerLine, PersonLine, read_performers
from coordinator.core.sheets.table import NoTable
from coordinator.events.models import Event
from coordinator.events.regions import region_of
from coordinator.features.sheets.labels import no_table
from coordinator.lineup.models import Act
from coordinator.people.actions.phones import NotAPhone, parse_phone
from coordinator.people.models import Person

from .queries import Cast

BLANKS = 3  # empty rows at the end
MOST_NEW = 500  # rows that one paste or one press may add
LONGEST = {"act": 200, "name": 200, "phone": 40}
CELLS = ("act", "name", "phone")


class CannotRead(ValueError):
    """The pasted list cannot be read; its text is a sentence in the reader's language."""


@dataclass(slots=True)
class Row:
    """One row as it is typed. ``person`` and ``of`` are whose it is; None: it adds someone to the act that is typed.

    ``was``: name, number and agreement as they stood when the row was shown. ``errors``: by the name of the cell.
    """

    key: str
    act: str
    name: str = ""
    phone: str = ""
    agreed: bool = False
    person: Person | None = None
    of: Act | None = None
    was: tuple[str, str, bool] = ("", "", False)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return self.person is None and not (self.name or self.phone or self.agreed)

    @property
    def is_changed(self) -> bool:
        return (self.name, self.phone, self.agreed) != self.was


def rows_of(cast: Cast) -> list[Row]:
    """Everyone who plays, act by act, and empty rows. Who plays in several acts has one row, in the first."""
    rows: dict[int, Row] = {}
    for act in cast.acts:
        for person in act.people:
            was = (person.name, person.phone or "", person.agreed_at is not None)
            rows.setdefault(person.id, Row(str(person.id), act.name, *was, person=person, of=act, was=was))
    return [*rows.values(), *(Row(f"new{place}", "") for place in range(BLANKS))]


def typed_rows(cast: Cast, said: Mapping[str, str]) -> list[Row]:
    """The rows as they came back with the form; whoever it does not mention has no row."""
    known = [row for row in rows_of(cast) if row.person is not None and f"name-{row.key}" in said]
    for row in known:
        row.was = (
            said.get(f"was-name-{row.key}", ""),
            said.get(f"was-phone-{row.key}", ""),
            f"was-agreed-{row.key}" in said,
        )
        _type(row, said)
    return known + list(_new_rows(said))


def check(event: Event, cast: Cast, rows: Sequence[Row]) -> bool:
    """Write into each row what is wrong with it. Returns whether all of them can be saved."""
    acts = acts_by_name(cast)
    for row in rows:
        if row.is_blank or not row.is_changed:
            continue
        if not row.name:
            row.errors["name"] = _("Enter a name.")
        if row.person is None and row.act.casefold() not in acts:
            row.errors["act"] = (
                _("No act has this name. Add it to the running order first.") if row.act else _("Name the act.")
            )
        if row.agreed and not row.was[2] and not row.phone:
            row.errors["phone"] = _("Enter the number that agreed to texts.")
        if row.phone and row.phone != row.was[1]:
            row.errors |= _wrong_phone(row.phone, region_of(event.zone))
        for cell, longest in LONGEST.items():
            if len(getattr(row, cell)) > longest:
                row.errors[cell] = _("That's too long: %(max)d characters at most.", max=longest)
    return not any(row.errors for row in rows)


def acts_by_name(cast: Cast) -> dict[str, Act]:
    return {act.name.casefold(): act for act in reversed(cast.acts)}


def filled_in(cast: Cast, text: str) -> list[Row]:
    """The table with a pasted list typed into it: rows of those who play already, and new ones. Raises CannotRead."""
    try:
        lines = read_performers(text)
    except NoTable as refusal:
        raise CannotRead(no_table(refusal, "people")) from None
    if not lines:
        raise CannotRead(_("There's nothing below the headings."))
    if len(lines) > MOST_NEW:
        raise CannotRead(_("That's more than %(most)d lines. Paste them in batches.", most=MOST_NEW))
    rows = [row for row in rows_of(cast) if row.person is not None]
    there = {(row.of.id, row.name.casefold()): row for row in rows if row.of}
    acts = acts_by_name(cast)
    for place, line in enumerate(lines):
        act, name = acts.get(line.act.casefold()), line.person.about
        _fill(there.get((act.id, name.casefold())) if act else None, line, place, rows)
    return [*rows, *(Row(f"new{len(lines) + place}", "") for place in range(BLANKS))]


def _fill(row: Row | None, line: PerformerLine, place: int, rows: list[Row]) -> None:
    said = line.person
    if row is None:
        row = Row(f"new{place}", line.act, said.about)
        rows.append(row)
    if isinstance(said, PersonLine):
        row.phone, row.agreed = said.phone or row.phone, bool(said.agreed) or row.agreed
    else:
        row.errors["name"] = _("Enter a name.")


def _new_rows(said: Mapping[str, str]) -> Iterator[Row]:
    keys = [key.removeprefix("name-") for key in said if key.startswith("name-new")]
    for key in keys[: MOST_NEW + BLANKS]:
        row = Row(key, "")
        _type(row, said)
        yield row


def _type(row: Row, said: Mapping[str, str]) -> None:
    if row.person is None:
        row.act = " ".join(said.get(f"act-{row.key}", "").split())
    row.name = " ".join(said.get(f"name-{row.key}", "").split())
    row.phone = said.get(f"phone-{row.key}", "").strip()
    row.agreed = f"agreed-{row.key}" in said


def _wrong_phone(phone: str, region: str) -> dict[str, str]:
    try:
        parse_phone(phone, region)
    except NotAPhone as refusal:
        return {"phone": str(refusal)}
    return {}
