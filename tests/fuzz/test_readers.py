"""Whatever is pasted or sent: every reader answers, and what it answers makes sense."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.clean_text import cleaned
from coordinator.core.flyer import UnreadableFlyer, decode_flyer, plan_of, read_flyer
from coordinator.core.replies import Meaning, read_reply
from coordinator.core.sheets import PersonLine, SheetContext, ShiftLine, read_people, read_shifts
from coordinator.core.sheets.table import NoTable
from tests.core.test_reply_properties import PLACES
from tests.fuzz.strategies import fuzzed, hostile_texts

FLYERS = hostile_texts("doors 7", "Main Stage\n", "8pm\tAsh\tBarn\n", "Time|Act\n", "soundcheck", "Bands:\n", "21+")
SHEETS = hostile_texts("name", "mobile", "note", "name,mobile\n", "name\tmobile\n", "Ana\t212\n", '"Ana', '""')
REPLIES = hostile_texts("C yes", "late 10 min", "is that for me?", "I can't make it", "4 de dic", "here", "no puedo")


@fuzzed
@given(FLYERS)
def test_a_flyer_is_read_and_planned(text: str) -> None:
    flyer = read_flyer(text, default_on=date(2026, 11, 1), zone="America/New_York")

    assert all(slot.length.total_seconds() >= 0 for slot in plan_of(flyer).slots)
    assert all(cleaned(act.name) == act.name for act in flyer.acts)


@fuzzed
@given(st.binary(max_size=400) | FLYERS.map(lambda text: text.encode("utf-16", "replace")))
def test_bytes_are_a_flyer_or_are_refused(data: bytes) -> None:
    with suppress(UnreadableFlyer):
        assert "\0" not in decode_flyer(data)


@fuzzed
@given(SHEETS)
def test_what_is_left_of_a_list_can_be_pasted_again(text: str) -> None:
    with suppress(NoTable):
        sheet = read_people(text)
        people = {line.line for line in sheet.lines if isinstance(line, PersonLine)}
        assert len(read_people(sheet.only(people)).lines) == len(people)


TABLES = hostile_texts(
    "role,starts,ends\n",
    "Name;Phone\n",
    "sep=;\n",
    "| Job | Start | End |\n",
    "Door,6pm,8pm\n",
    "12/4,",
    "46360,0.81,",
    "TOTAL",
    '"x',
)


@fuzzed
@given(TABLES)
def test_a_table_of_shifts_or_people_is_read_line_by_line_or_refused(text: str) -> None:
    with suppress(NoTable):
        read = read_shifts(text, SheetContext(date(2026, 11, 1), time(19, 30), month_first=True))
        assert all(line.starts < line.ends for line in read.lines if isinstance(line, ShiftLine))
    with suppress(NoTable):
        assert [line.line for line in read_people(text).lines] == sorted(
            {line.line for line in read_people(text).lines}
        )


@fuzzed
@given(REPLIES, PLACES)
def test_a_reply_has_one_meaning(body: str, context: object) -> None:
    reply = read_reply(body, context)  # type: ignore[arg-type]

    assert reply.meaning in Meaning
    assert read_reply(unicodedata.normalize("NFC", body), context).meaning == reply.meaning  # type: ignore[arg-type]
