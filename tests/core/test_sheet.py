"""Reading a table that somebody pasted."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.sheet import ColumnTwice, NoSuchColumns, NotASheet, Sheet, read_sheet

NAMES = {"name": ("name", "nombre"), "phone": ("mobile", "movil"), "note": ("note",)}


def cells(sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, dict(row.cells)) for row in sheet.rows]


@pytest.mark.parametrize(
    "text",
    [
        "Name,Mobile\nAna Ruiz,212",
        "Mobile;Name\n212;Ana Ruiz",
        "name\tMOBILE\nAna Ruiz\t212",
        '"Name","Mobile"\r\n"Ana Ruiz","212"\r\n',
        "\ufeffNombre , Móvil\n  Ana Ruiz  , 212 ",
        "Name, Mobile:\rAna Ruiz, 212",
    ],
)
def test_commas_semicolons_and_tabs_in_any_order_and_either_language(text: str) -> None:
    assert cells(read_sheet(text, NAMES, ["name"])) == [(2, {"name": "Ana Ruiz", "phone": "212"})]


def test_a_quoted_cell_may_hold_the_separator_a_quotation_mark_and_lines() -> None:
    sheet = read_sheet('name,note\n"Ruiz, Ana","says ""hi""\nand goes"\nBo,\n', NAMES, ["name"])

    assert cells(sheet) == [
        (2, {"name": "Ruiz, Ana", "note": 'says "hi"\nand goes'}),
        (4, {"name": "Bo", "note": ""}),
    ]


def test_empty_lines_are_passed_over_and_short_lines_are_read() -> None:
    sheet = read_sheet("\n\nname,mobile\n\nAna\n , \nBo,1,extra\n", NAMES, ["name"])

    assert [(row.number, row["name"], row["phone"], row.has_more) for row in sheet.rows] == [
        (5, "Ana", "", False),
        (7, "Bo", "1", True),
    ]


def test_what_a_column_is_not_known_as_is_told() -> None:
    assert read_sheet("name,shoe size,\nAna,38,\n", NAMES, ["name"]).unknown == ("shoe size",)


@pytest.mark.parametrize(
    ("text", "line"),
    [("", None), ("  \n\n", None), ('name\n"Ana', 2), ('name\nBo\n"Ana" Ruiz,1', 3), ("name\n" + "x" * 200_000, 2)],
)
def test_what_is_no_table_says_where(text: str, line: int | None) -> None:
    with pytest.raises(NotASheet) as refused:
        read_sheet(text, NAMES, ["name"])

    assert refused.value.line == line


def test_columns_that_are_lacking_or_there_twice_are_named() -> None:
    with pytest.raises(NoSuchColumns) as lacking:
        read_sheet("Ana,212", NAMES, ["name"])
    with pytest.raises(ColumnTwice) as twice:
        read_sheet("name,nombre\nAna,Ana", NAMES, ["name"])

    assert (lacking.value.lacking, twice.value.column) == (("name",), "name")


def test_only_some_lines_are_a_table_again() -> None:
    sheet = read_sheet('name,mobile\nAna,1\n"Bo, Jr",2\nCy,3', NAMES, ["name"])

    assert sheet.only({3}) == "name\tmobile\nBo, Jr\t2\n"


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, max_size=5))
def test_what_is_written_again_reads_the_same(rows: list[tuple[str, str]]) -> None:
    text = StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("name", "note"), *rows])
    try:
        sheet = read_sheet(text.getvalue(), NAMES, ["name"])
    except NotASheet:
        return
    again = read_sheet(sheet.only({row.number for row in sheet.rows}), NAMES, ["name"])

    assert [row.cells for row in again.rows] == [row.cells for row in sheet.rows]


@given(st.text())
def test_whatever_is_pasted_is_read_or_refused(text: str) -> None:
    try:
        sheet = read_sheet("name,mobile\n" + text, NAMES, ["name"])
    except NotASheet:
        return

    assert all(row.number >= 2 for row in sheet.rows)
