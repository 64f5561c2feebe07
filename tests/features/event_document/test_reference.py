"""docs/event-document.md tells of every key, and its example is a document."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from coordinator.features.event_document.apply import load
from coordinator.features.event_document.dump import dump
from coordinator.features.event_document.entry_fields import Table
from coordinator.features.event_document.fields import EVENT, TABLES
from coordinator.features.event_document.read import read_document
from tests.builders import an_organisation
from tests.documents import full

REFERENCE = (Path(__file__).resolve().parents[3] / "docs/event-document.md").read_text(encoding="utf-8")


def example() -> str:
    found = re.search(r"```json\n(.+?)```", REFERENCE, re.DOTALL)
    assert found is not None
    return found[1]


def section_of(table: Table) -> str:
    """The part of the reference under the heading of this list."""
    heading = r"## The event" if table is EVENT else rf"###? `{table.key}`"
    found = re.search(rf"^{heading}\n(.+?)(?=^##|\Z)", REFERENCE, re.DOTALL | re.MULTILINE)
    assert found is not None, table.key
    return found[1]


@pytest.mark.parametrize("table", [EVENT, *TABLES], ids=lambda table: table.what)
def test_every_key_is_in_the_reference(table: Table) -> None:
    section = section_of(table)

    for field in table.fields:
        group, _, key = field.key.rpartition(".")
        assert (f'"{key}"' if group else f"`{key}`") in section, field.key


@pytest.mark.parametrize("table", [EVENT, *TABLES], ids=lambda table: table.what)
def test_every_key_is_used_by_the_full_document_of_these_tests(table: Table) -> None:
    text = str(full())

    for field in table.fields:
        if field.key != "days":  # takes the place of keys that the document uses
            assert f"'{field.key.rpartition('.')[2]}': " in text, field.key


def test_the_example_is_a_document_without_warnings(app: Flask, now: datetime) -> None:
    document = read_document(example(), now=now)

    event = load(document, an_organisation(), now=now).event

    assert document.warnings == ()
    assert load(document, event.organisation, now=now).comparison.changes == ()
    assert dump(event)["slug"] == "justice-in-motion"
