"""From JSON to values: every key known, every value of its kind, every mistake named at once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, NoReturn

from coordinator.core.clean_text import without_hidden
from coordinator.core.two_languages import as_kept
from coordinator.people.models import LANGUAGES

from . import checks, show_days
from .entries import Document, DocumentEntry
from .entry_fields import Field, Group, InTwoLanguages, Item, Table
from .fields import EVENT, SHIFTS, SLOTS, STAGES, TABLES
from .kinds import Unfit, slug
from .problems import MOST_ENTRIES, BadDocument, Problems, shortened, shown

VERSION = 1
SLUG = Field("slug", slug(), "slug", required=True)
ABOUT_THE_DOCUMENT = ("callboard", "slug")


def read_document(text: str, *, now: datetime) -> Document:
    """What the JSON text says. ``now`` is only for warnings: a past date, a fact in the future.

    Raises BadDocument with every problem that can be found without a database.
    """
    whole = _object_in(text)
    _refuse_another_version(whole)
    _refuse_too_many(whole)
    problems = Problems()
    document = _document(whole, problems)
    checks.check(document, problems)
    problems.refuse()
    return replace(document, warnings=checks.warnings(document, now))


def _object_in(text: str) -> Mapping[str, object]:
    try:
        whole = json.loads(
            text.removeprefix("\ufeff"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_each_once
        )
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise BadDocument([f"The document is not JSON: {fault.msg.lower()} at {where}."]) from None
    except RecursionError:
        raise BadDocument(
            ["The document is not JSON that can be read: brackets stand within brackets without end."]
        ) from None
    except BadDocument:
        raise
    except (ValueError, InvalidOperation):
        raise BadDocument(["The document is not JSON that can be read: a number in it has too many digits."]) from None
    whole = _seen(whole)
    if not isinstance(whole, dict):
        raise BadDocument([f"The document is {shown(whole)}; it must be one JSON object."])
    return whole


def _seen(value: object) -> object:
    """The same without what cannot be seen in its texts; keys stay, for unknown ones are refused by name."""
    if isinstance(value, str):
        return without_hidden(value)
    if isinstance(value, list):
        return [_seen(each) for each in value]
    return {key: _seen(each) for key, each in value.items()} if isinstance(value, dict) else value


def _no_number(name: str) -> NoReturn:
    raise BadDocument([f"The document is not JSON: {name} is no number."])


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise BadDocument([f'The document says "{shortened(key)}" twice in one object; say it once.'])
        found[key] = value
    return found


def _refuse_another_version(whole: Mapping[str, object]) -> None:
    version = whole.get("callboard")
    if "callboard" not in whole:
        raise BadDocument([f"callboard is missing; it must be {VERSION}, the version of the format."])
    if version != VERSION or isinstance(version, bool):
        raise BadDocument([f"callboard is {shown(version)}; this Callboard reads version {VERSION}."])


def _refuse_too_many(whole: Mapping[str, object]) -> None:
    """Before any entry is read, so that a document of a million of them costs nothing."""
    stages = [stage for stage in _list(whole, "stages") if isinstance(stage, dict)]
    numbers = {table.key: len(_list(whole, table.key)) for table in TABLES}
    numbers["slots"] = sum(len(_list(stage, "slots")) for stage in stages)
    problems = Problems()
    for key, number in numbers.items():
        if number > MOST_ENTRIES[key]:
            problems.add(key, f"has {number} entries; it must have at most {MOST_ENTRIES[key]}.")
    problems.refuse()


def _document(whole: Mapping[str, object], problems: Problems) -> Document:
    lists = [table for table in TABLES if table is not SLOTS]
    _refuse_unknown(whole, [*ABOUT_THE_DOCUMENT, *_keys(EVENT.items), *(table.key for table in lists)], "", problems)
    said: dict[str, Any] = {}
    _read_field(SLUG, whole, "", said, problems)
    entries: dict[str, Any] = {table.key: _entries(table, whole, "", problems) for table in lists}
    about = _said(EVENT.items, whole, "", problems)
    entries["stages"] = show_days.settle(about, entries["stages"], problems)
    event = DocumentEntry(said.pop("slug", ""), about)
    return Document(event=event, slots=_slots(whole, entries["stages"], problems), **entries)


def _slots(
    whole: Mapping[str, object], stages: Iterable[DocumentEntry], problems: Problems
) -> tuple[DocumentEntry, ...]:
    written = {f"stages[{place}]": stage for place, stage in enumerate(_list(whole, "stages"))}
    return tuple(
        DocumentEntry(slot.key, {**slot.said, "stage": stage.key}, slot.path)
        for stage in stages
        for slot in _entries(SLOTS, written[stage.path], f"{stage.path}.", problems)
    )


def _entries(table: Table, whole: Mapping[str, object], within: str, problems: Problems) -> tuple[DocumentEntry, ...]:
    value, path = whole.get(table.key, []), f"{within}{table.key}"
    if not isinstance(value, list):
        problems.add(path, f"is {shown(value)}; it must be a list.")
        return ()
    return tuple(
        entry for place, item in enumerate(value) if (entry := _entry(table, item, f"{path}[{place}]", problems))
    )


def _entry(table: Table, item: object, path: str, problems: Problems) -> DocumentEntry | None:
    if not isinstance(item, dict):
        problems.add(path, f"is {shown(item)}; it must be an object.")
        return None
    extra = ("slots",) if table is STAGES else ()
    _refuse_unknown(item, [*_keys(table.items), *extra], f"{path}.", problems)
    said = _said(table.items, item, f"{path}.", problems)
    _say_what_follows(table, said)
    return DocumentEntry("/".join(str(said.get(key, "")) for key in table.identity), said, path)


def _say_what_follows(table: Table, said: dict[str, Any]) -> None:
    """For values that depend on each other, add the implied ones."""
    if table is SLOTS and "changeover" in said:
        said.setdefault("changeover_min", said["changeover"])
    if table is SHIFTS and "min" in said:
        said.setdefault("max", max(1, said["min"]))
    if table is SHIFTS and "max" in said:
        said.setdefault("min", 1)
    if table is SHIFTS and "starts" in said:
        following = (field for field in table.fields if field.key.startswith("follows."))
        said.update({field.key: field.empty for field in following if field.key not in said})


def _said(items: Iterable[Item], whole: Mapping[str, object], within: str, problems: Problems) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for item in items:
        if isinstance(item, Group):
            _read_group(item, whole, within, said, problems)
        elif isinstance(item, InTwoLanguages):
            _read_in_two_languages(item, whole, within, said, problems)
        else:
            _read_field(item, whole, within, said, problems)
    return said


def _read_field(
    field: Field, whole: Mapping[str, object], within: str, said: dict[str, Any], problems: Problems
) -> None:
    key = field.key.rpartition(".")[2]
    if key not in whole:
        if field.required:
            problems.add(f"{within}{key}", f"is missing; it must be {field.kind.ought}.")
        return
    value = whole[key]
    if value is None and field.nullable:
        said[field.key] = field.empty
        return
    try:
        said[field.key] = field.kind.read(value)
    except Unfit as unfit:
        why = f"is {shown(value)}; it must be {field.kind.ought}{' or null' if field.nullable else ''}."
        problems.add(f"{within}{key}", str(unfit) or why)


def _read_group(
    group: Group, whole: Mapping[str, object], within: str, said: dict[str, Any], problems: Problems
) -> None:
    if group.key not in whole:
        return
    value, path = whole[group.key], f"{within}{group.key}"
    if value is None:
        said.update({field.key: field.empty for field in group.fields})
        return
    if not isinstance(value, dict):
        problems.add(path, f"is {shown(value)}; it must be an object or null.")
        return
    _refuse_unknown(value, [field.key.rpartition(".")[2] for field in group.fields], f"{path}.", problems)
    if group.whole:
        said.update({field.key: field.default for field in group.fields if not field.required})
    said.update(_said(group.fields, value, f"{path}.", problems))


def _read_in_two_languages(
    item: InTwoLanguages, whole: Mapping[str, object], within: str, said: dict[str, Any], problems: Problems
) -> None:
    value, path = whole.get(item.key), f"{within}{item.key}"
    if not isinstance(value, dict):
        _read_field(item.words, whole, within, said, problems)
        said.update({item.spanish.key: None} if item.key in said else {})
        return
    before = len(problems.found)
    _refuse_unknown(value, list(LANGUAGES), f"{path}.", problems)
    given: dict[str, Any] = {}
    for language in LANGUAGES:
        _read_field(replace(item.spanish, key=language), value, f"{path}.", given, problems)
    words, spanish = as_kept(given.get("en"), given.get("es"))
    if words is None and item.words.required and len(problems.found) == before:
        problems.add(path, f"is {shown(value)}; it must be {item.words.kind.ought}, in one language or both.")
    said.update({item.key: words, item.spanish.key: spanish})


def _refuse_unknown(whole: Mapping[str, object], known: list[str], within: str, problems: Problems) -> None:
    for key in whole:
        if key not in known:
            likely = get_close_matches(key, known, n=1)
            hint = f'did you mean "{likely[0]}"?' if likely else f"the keys here are {', '.join(known)}."
            problems.add(f"{within}{shortened(key)}", f"is not a key that is known here; {hint}")


def _keys(items: Iterable[Item]) -> list[str]:
    return [item.key for item in items]


def _list(whole: Mapping[str, object], key: str) -> list[Any]:
    value = whole.get(key, [])
    return value if isinstance(value, list) else []
