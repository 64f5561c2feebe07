"""Contradictions between the parts of a document, and what is only worth a warning."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain

from coordinator.core.rules import DEFAULT_RULES, DIGEST, Audience
from coordinator.core.show_days import ShowDay, is_show_day
from coordinator.core.show_time import show_day_bounds, zone_named
from coordinator.core.timeline import Anchor
from coordinator.shifts.models import HOLDING

from .entries import Document, DocumentEntry, keys_named
from .fields import TABLES
from .problems import Problems
from .show_days import days_of

MINUTE = timedelta(minutes=1)
DEFAULT_RULES_BY_KEY = {rule.key: rule for rule in DEFAULT_RULES}


def check(document: Document, problems: Problems) -> None:
    """Add every contradiction within the document."""
    for table in TABLES:
        _keys_differ(document.entries(table), table.what, problems)
    _references_hold(document, problems)
    _quiet_hours_end(document.event, problems)
    for entries, judge in _judges(document):
        for entry in entries:
            judge(entry, problems)


def warnings(document: Document, now: datetime) -> tuple[str, ...]:
    """What may be intended, but seldom is."""
    zone, days = zone_named(document.event["zone"]), days_of(document.event, document.stages)
    named, dates = "days" if len(days) > 1 else "date", ", ".join(day.on.isoformat() for day in days)
    found = [f"{named} is {dates}, which is past."] if show_day_bounds(days[-1].on, zone)[1] <= now else []
    for path, at in _planned(document, days):
        if at is not None and not is_show_day(days, at, zone):
            found.append(f"{path} is {at.astimezone(zone).isoformat()}, which is not in the day of the show, {dates}.")
    for slot in document.slots:
        late = [fact for fact in ("started_at", "ended_at") if slot.get(fact) and slot[fact] > now]
        found += [f"{slot.path}.{fact} is still to come." for fact in late]
    return (*found, *_overbooked(document))


def _overbooked(document: Document) -> Iterator[str]:
    on = Counter(each["shift"] for each in document.sign_ups if each.get("state", "confirmed") in HOLDING)
    for shift in document.shifts:
        people = on[shift.key]
        if people > shift.get("max", 1):
            yield f"{shift.path} has {people} people confirmed, and places for {shift.get('max', 1)}."


def _judges(
    document: Document,
) -> Iterator[tuple[tuple[DocumentEntry, ...], Callable[[DocumentEntry, Problems], None]]]:
    yield document.slots, _changeover_fits
    yield document.slots, _ends_after_it_started
    yield document.shifts, _places_fit
    yield document.shifts, _shift_has_times
    yield document.rules, _rule_makes_sense


def _keys_differ(entries: tuple[DocumentEntry, ...], what: str, problems: Problems) -> None:
    first: dict[str, DocumentEntry] = {}
    for entry in entries:
        if entry.key.strip("/") and first.setdefault(entry.key, entry) is not entry:
            there = first[entry.key].path
            if what == "sign-up":
                problems.add(entry.path, f"is the same person on the same shift as {there}; say it once.")
            else:
                problems.add(f"{entry.path}.key", f'is "{entry.key}", which {there} has already; keys must differ.')


def _references_hold(document: Document, problems: Problems) -> None:
    known = {table.key: {entry.key for entry in document.entries(table)} for table in TABLES}
    what = {table.key: table.what for table in TABLES if not _has_unread_keys(table.key, problems)}
    for table in TABLES:
        fields = [field for field in table.fields if field.refers_to]
        for entry, field in ((entry, field) for entry in document.entries(table) for field in fields):
            target = str(field.refers_to)
            for key in keys_named(entry.get(field.key)):
                if target in what and key not in known[target]:
                    problems.add(
                        f"{entry.path}.{field.key}", f'names "{key}"; no {what[target]} of this document has that key.'
                    )


def _has_unread_keys(table: str, problems: Problems) -> bool:
    """Whether a key of this list could not be read or appears twice: a reference to it may be right."""
    key = re.compile(rf"(.*\.)?{table}(\[\d+\](\.key)?)?")
    return any(key.fullmatch(path) for path in problems.paths)


def _quiet_hours_end(event: DocumentEntry, problems: Problems) -> None:
    begins = event.get("quiet.from")
    if begins is not None and begins == event.get("quiet.to"):
        problems.add("quiet.to", "is the same as from; to have no quiet hours, say null.")


def _changeover_fits(slot: DocumentEntry, problems: Problems) -> None:
    least, nominal = slot.get("changeover_min"), slot.get("changeover")
    if least is not None and nominal is None:
        problems.add(f"{slot.path}.changeover", "is missing; changeover_min cannot stand alone.")
    elif least is not None and nominal is not None and least > nominal:
        problems.add(
            f"{slot.path}.changeover_min",
            f"is {least // MINUTE}; it must be at most the changeover, {nominal // MINUTE}.",
        )


def _ends_after_it_started(slot: DocumentEntry, problems: Problems) -> None:
    started_at, ended_at = slot.get("started_at"), slot.get("ended_at")
    if started_at and ended_at and ended_at < started_at:
        problems.add(f"{slot.path}.ended_at", "lies before started_at; a set ends after it starts.")


def _places_fit(shift: DocumentEntry, problems: Problems) -> None:
    least, most = shift.get("min"), shift.get("max")
    if least is not None and most is not None and least > most:
        problems.add(f"{shift.path}.min", f"is {least}; it must be at most max, {most}.")


def _shift_has_times(shift: DocumentEntry, problems: Problems) -> None:
    """A shift has fixed times or follows a slot. Unreadable values have been reported already."""
    if problems.are_within(shift.path):
        return
    starts_at, ends_at = shift.get("starts"), shift.get("ends")
    if shift.get("follows.slot") is not None:
        if starts_at or ends_at:
            problems.add(shift.path, "has starts or ends, and follows as well; say one of them.")
    elif not (starts_at and ends_at):
        problems.add(shift.path, "lacks times; it needs starts and ends, or follows.")
    elif ends_at <= starts_at:
        problems.add(f"{shift.path}.ends", "is not after starts; a shift must take time.")


def _rule_makes_sense(rule: DocumentEntry, problems: Problems) -> None:
    default = DEFAULT_RULES_BY_KEY.get(rule.key)
    if default is None and rule.key != DIGEST and not rule.get("off"):
        for key in ("for", "anchor", "lead"):
            if key not in rule.said:
                problems.add(
                    f"{rule.path}.{key}", f'is missing; "{rule.key}" is no rule of the house, so it must say it.'
                )
    audience = rule.get("for") or (default.audience if default else None)
    anchor = rule.get("anchor") or (default.anchor if default else None)
    if audience == Audience.PERFORMERS and anchor == Anchor.SHIFT_START:
        problems.add(f"{rule.path}.anchor", 'is "shift_start", which performers do not have.')


def _planned(document: Document, days: Sequence[ShowDay]) -> Iterator[tuple[str, datetime | None]]:
    yield "doors", document.event.get("doors")
    for place, day in enumerate(days if len(days) > 1 else ()):
        yield f"days[{place}].doors", day.doors_at
        yield from ((f"days[{place}].curfews.{stage}", at) for stage, at in day.curfews.items())
    timed = ((document.stages, "curfew"), (document.slots, "starts"), (document.shifts, "starts"))
    for entry, key in chain.from_iterable(((entry, key) for entry in entries) for entries, key in timed):
        yield f"{entry.path}.{key}", entry.get(key)
