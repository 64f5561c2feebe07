"""Listings as they are really printed: house numbers, grids, two days, hours as headings, programmes, hosts."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.flyer import Flyer, decode_flyer, read_flyer
from tests.core.flyers.facts import differences
from tests.core.flyers.variants import Variant, variant

SMALL = Path(__file__).parent / "flyers" / "small"


def read(text: str) -> Flyer:
    return read_flyer(text, default_on=date(2026, 12, 5), zone="America/New_York")


@pytest.mark.parametrize("name", sorted(path.stem for path in SMALL.glob("*.txt")))
def test_a_small_listing_is_read_as_a_careful_reader_would(name: str) -> None:
    expected = json.loads((SMALL / f"{name}.expected.json").read_text(encoding="utf-8"))

    assert differences(expected, read(decode_flyer((SMALL / f"{name}.txt").read_bytes())).as_json()) == []


LISTINGS = [
    variant(
        "two days without headings are cut where the times go back",
        """
        Folk Weekend, June 5-6
        12:00pm Ada Foss
        3:00pm Bo Tandy
        6:00pm Cy Lark
        11:00am Dee Moss
        2:00pm Ed North
        """,
        """
        12:00 | Ada Foss | on=2027-06-05
        15:00 | Bo Tandy | on=2027-06-05
        18:00 | Cy Lark | on=2027-06-05
        11:00 | Dee Moss | on=2027-06-06
        14:00 | Ed North | on=2027-06-06
        """,
        title="Folk Weekend",
        warns=["several_days"],
    ),
    variant(
        "two days, and no fall to cut them at",
        """
        Folk Weekend, June 5-6
        12:00pm Ada Foss
        3:00pm Bo Tandy
        """,
        """
        12:00 | Ada Foss
        15:00 | Bo Tandy
        """,
        date="2027-06-05",
        warns_not=["several_days"],
    ),
    variant(
        "the weekdays of two dates head their lists",
        """
        Christmas Market
        Sat 12th & Sun 13th December 2026
        Saturday
        11.00 Choir
        14.30 Panto songs
        Sunday
        11.00 Samba
        """,
        """
        11:00 | Choir | on=2026-12-12
        14:30 | Panto songs | on=2026-12-12
        11:00 | Samba | on=2026-12-13
        """,
        title="Christmas Market",
        venue=None,
        warns_not=["weekday_mismatch"],
    ),
    variant(
        "a date before a colon",
        """
        December 11: Ada Foss 7pm
        December 12: Bo Tandy 8pm
        """,
        """
        19:00 | Ada Foss | on=2026-12-11
        20:00 | Bo Tandy | on=2026-12-12
        """,
    ),
    variant(
        "a short date before a colon, of which one is past",
        """
        12/5: 7pm Ada Foss, 8pm Bo Tandy
        12/6: 6pm Cy Lark, 9pm Dee Moss
        """,
        """
        19:00 | Ada Foss | on=2026-12-05
        20:00 | Bo Tandy | on=2026-12-05
        18:00 | Cy Lark | on=2026-12-06
        21:00 | Dee Moss | on=2026-12-06
        """,
    ),
    variant(
        "the hour is a heading",
        """
        Library day, May 8
        10:00-11:00
        Storytime (Children's room)
        Puppet show (Hall)
        11:00-12:00
        Choir (Hall)
        12:00-1:00
        Lunch
        Band (Garden)
        """,
        """
        10:00–11:00 | Storytime
        10:00–11:00 | Puppet show
        11:00–12:00 | Choir
        12:00–13:00 | Lunch | kind=break
        12:00–13:00 | Band
        """,
        title="Library day",
        venue=None,
    ),
    variant(
        "hosts in brackets do not hide a stage",
        """
        Street party, Saturday 5 December
        MAIN STAGE (hosted by Radio Q)
        2pm Ada Foss
        YOUTH STAGE [sponsored by the bakery]
        2.30pm Cy Lark
        """,
        """
        14:00 | Ada Foss | stage=Main
        14:30 | Cy Lark | stage=Youth
        """,
        title="Street party",
        kept=["Radio Q", "the bakery"],
    ),
    variant(
        "a stage without the word stays by day",
        """
        Barn Dance
        The Yurt
        12:00 Ada Foss
        5:00 Cy Lark
        Bakehouse Corner
        12:30 Dee Moss
        1:30 Ed North
        """,
        """
        12:00 | Ada Foss | stage=The Yurt
        12:30 | Dee Moss | stage=Bakehouse Corner
        13:30 | Ed North | stage=Bakehouse Corner
        17:00 | Cy Lark | stage=The Yurt
        """,
        warns_not=["order_reversed"],
    ),
    variant(
        "a grid in bars, with its rule and its empty cells",
        """
        | Time | Main | Garden |
        |------|------|--------|
        | 2:00 PM | Ada Foss | |
        | 2:30 PM | | Bo Tandy |
        | 3:00 PM | Cy Lark | Dee Moss |
        """,
        """
        14:00 | Ada Foss | stage=Main
        14:30 | Bo Tandy | stage=Garden
        15:00 | Cy Lark | stage=Main
        15:00 | Dee Moss | stage=Garden
        """,
    ),
    variant(
        "twelve o'clock after eleven at night",
        """
        10:00 PM Ada Foss
        11:00–12:00pm Bo Tandy
        12:00pm Cy Lark
        1am Dee Moss
        """,
        """
        22:00 | Ada Foss
        23:00–00:00+1 | Bo Tandy
        00:00+1 | Cy Lark
        01:00+1 | Dee Moss
        """,
    ),
    variant(
        "sharp, prompt and set numbers",
        """
        7pm sharp – Ada Foss
        8 pm prompt Bo Tandy
        Set 2: 9:00-9:45pm Ada Foss
        """,
        """
        19:00 | Ada Foss
        20:00 | Bo Tandy
        21:00–21:45 | Ada Foss
        """,
    ),
    variant(
        "verses and hymns are no times",
        """
        Advent service, Dec 6
        5pm Carols
        Luke 2:8
        Hymn 12
        6pm Choir
        """,
        """
        17:00 | Carols
        18:00 | Choir
        """,
        kept=["Luke 2:8", "Hymn 12"],
        warns_not=["lost_time"],
    ),
    variant(
        "a list without times, split by an intermission",
        """
        School concert, Dec 11, 6pm
        Grade 3 - Snow
        Grade 4 - Rain
        INTERMISSION
        Grade 5 - Sun
        """,
        """
        - | Grade 3 - Snow
        - | Grade 4 - Rain
        - | INTERMISSION | kind=break
        - | Grade 5 - Sun
        """,
        title="School concert",
        venue=None,
        show="18:00",
    ),
    variant(
        "opening by day makes the hours those of the day",
        """
        Open day at Mill House, Sunday 6 December 2026
        Building opens 10am
        10.30 Welcome by the Mayor
        11.00 - 11.20 Handbells
        Building closes at 5pm
        """,
        """
        10:30 | Welcome by the Mayor | kind=speech
        11:00–11:20 | Handbells
        """,
        venue="Mill House",
        doors="10:00",
        ends="17:00",
    ),
    variant(
        "last year's flyer, with a weekday that is not its own",
        """
        Saturday, December 5, 2025
        8pm Ada Foss
        """,
        """
        20:00 | Ada Foss
        """,
        date="2025-12-05",
        warns=["weekday_mismatch"],
    ),
    variant(
        "hours behind the date, and a bar that is no venue",
        """
        Church fete Sat 12 Dec 11-4
        Bar open until 4
        11.30 Brass band
        1.15 Dog show
        """,
        """
        11:30 | Brass band
        13:15 | Dog show
        """,
        title="Church fete",
        venue=None,
        show="11:00",
        ends="16:00",
    ),
    variant(
        "when and where with labels, and bands in a sentence",
        """
        When: Friday, December 11, 2026, 7:00 PM - 10:00 PM
        Where: Oak Hall, 12 Pine St
        Lineup:
        Ada Foss
        Bo Tandy
        """,
        """
        - | Ada Foss
        - | Bo Tandy
        """,
        title=None,
        venue="Oak Hall",
        date="2026-12-11",
        show="19:00",
        ends="22:00",
    ),
    variant(
        "a set of thirteen hours is asked about",
        """
        11:00pm-12:00pm Ada Foss
        """,
        warns=["long_set"],
    ),
    variant(
        "a second time for the doors has no place, and says so",
        """
        Doors 7pm
        8pm Ada Foss
        Doors 6pm
        """,
        """
        20:00 | Ada Foss
        """,
        doors="19:00",
        kept=["Doors 6pm"],
        warns=["lost_time"],
    ),
]


@pytest.mark.parametrize("listing", LISTINGS, ids=str)
def test_a_listing_is_read_however_it_is_printed(listing: Variant) -> None:
    assert differences(listing.expected, read(listing.text).as_json()) == []


WORDS = st.sampled_from(
    "Ash Elm the of in presence until Doors Show Barn Stage Main raffle at music house St party Hall open".split()
)
LINES = st.lists(
    st.tuples(st.integers(1, 11), st.booleans(), st.lists(WORDS, min_size=1, max_size=30)), min_size=1, max_size=12
)


@given(LINES, st.sampled_from(["", "Folk Night, June 5", "June 5-6", "Saturday"]))
def test_no_line_with_a_clock_time_is_lost_in_silence(lines: list[tuple[int, bool, list[str]]], head: str) -> None:
    times = [f"{hour}:{number + 10}pm" for number, (hour, _, _) in enumerate(lines)]  # each minute stands once
    printed = [
        " ".join([time, *words] if leads else [*words, time])
        for time, (_, leads, words) in zip(times, lines, strict=True)
    ]

    flyer = read("\n".join([head, *printed]))

    told = {time.minute for act in flyer.acts for time in (act.starts, act.ends) if time}
    told |= {time.minute for time in (flyer.doors, flyer.show, flyer.curfew, flyer.ends) if time}
    lost = [line for number, line in enumerate(printed) if number + 10 not in told]
    warned = {name for warning in flyer.warnings if warning.code == "lost_time" for name in warning.acts}
    assert [line for line in lost if line not in warned or line not in flyer.unread] == []
