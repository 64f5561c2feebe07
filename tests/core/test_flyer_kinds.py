"""Other flyers of the same kinds: other names, times, words and marks."""

from datetime import date

import pytest

from coordinator.core.flyer import read_flyer
from tests.core.flyers.facts import differences
from tests.core.flyers.variants import Variant, variant

LISTS = [
    variant(
        "01 an evening list above prose with figures",
        """
        Come help us raise funds for Harbor Light!
        7:30 Nina Castellane
        8:15 The Paper Boats
        9:00 Moses Adler
        Suggested donation: $15
        Harbor Light has served more than 300 families since 1998. We are open from 7 a.m. until 6 p.m. every day.
        What do we do?
        We cook 1,200 meals a week, on 24 stoves, for people who have nowhere else to go at night.
        Volunteers arrive at 5 in the morning.
        """,
        """
        19:30 | Nina Castellane
        20:15 | The Paper Boats
        21:00 | Moses Adler
        """,
        beneficiary="Harbor Light",
        donation={"suggested": 15, "currency": "USD"},
        doors=None,
        ends=None,
        curfew=None,
        age=None,
        about_contains=["more than 300 families since 1998", "1,200 meals a week", "at 5 in the morning"],
    ),
    variant(
        "01 with the cause first and the price in another place",
        """
        RAISING MONEY FOR CLEAN WATER NOW
        $5 suggested donation at the door
        6:45 - Tin Whistle Tom
        7:30 - Hanna Roos
        8:45 - Kettle Corn
        About Clean Water Now
        We dig wells. Since June 2011 we have dug 48 of them in 9 countries, and we go on digging every day.
        """,
        """
        18:45 | Tin Whistle Tom
        19:30 | Hanna Roos
        20:45 | Kettle Corn
        """,
        beneficiary="Clean Water Now",
        donation={"suggested": 5, "currency": "USD"},
        about_contains=["48 of them in 9 countries"],
    ),
    variant(
        "02 twelve after eleven, in a house with a benefit",
        """
        The Copper Kettle (food shelf benefit)

        5:00 Ann & Ned
        6:30 Gravy Boat
        8:00 Lou Sparrow
        10:00 The Understudies
        11:15 Night Ferry
        12:30 Loose Change
        """,
        """
        17:00 | Ann & Ned
        18:30 | Gravy Boat
        20:00 | Lou Sparrow
        22:00 | The Understudies
        23:15 | Night Ferry
        00:30+1 | Loose Change
        """,
        venue="The Copper Kettle",
        warns=["guessed_pm"],
    ),
    variant(
        "02 one o'clock after midnight",
        """
        Brickyard Pub (library roof fundraiser)
        9:00 Fen
        10:15 The Hatpins
        11:30 Two Left Boots
        12:45 Opal Dray
        1:30 Sleepless
        """,
        """
        21:00 | Fen
        22:15 | The Hatpins
        23:30 | Two Left Boots
        00:45+1 | Opal Dray
        01:30+1 | Sleepless
        """,
        venue="Brickyard Pub",
    ),
    variant(
        "03 stages in square brackets that bear no such word",
        """
        Cattail Days
        an evening for the Marsh Trust
        Friday, July 23rd

        7:00 Sedge [Boathouse]
        7:40 Reed & Rush [Millpond]
        8:20 Heron (duo) [Boathouse]
        9:05 Otter Choir [Millpond]
        9:50 Bittern [Boathouse]
        """,
        """
        19:00 | Sedge | stage=Boathouse
        19:40 | Reed & Rush | stage=Millpond
        20:20 | Heron | stage=Boathouse | note=duo
        21:05 | Otter Choir | stage=Millpond
        21:50 | Bittern | stage=Boathouse
        """,
        title="Cattail Days",
        beneficiary="Marsh Trust",
        date="2027-07-23",
    ),
    variant(
        "03 stages behind dashes",
        """
        Plum Street Fest
        all proceeds benefit the Plum Street School
        Sat June 12th

        7:15pm Mulberry - Main Stage
        7:45pm Ash - Side Stage
        8:30pm The Elders - Main Stage
        9:15pm Rowan (acoustic) - Side Stage
        """,
        """
        19:15 | Mulberry | stage=Main Stage
        19:45 | Ash | stage=Side Stage
        20:30 | The Elders | stage=Main Stage
        21:15 | Rowan | stage=Side Stage | note=acoustic
        """,
        title="Plum Street Fest",
        beneficiary="Plum Street School",
        date="2027-06-12",
    ),
    variant(
        "04 headings with colons, the second stage starting earlier",
        """
        HARVEST HOME
        in support of the Grange Fund
        Saturday, September 18, 2027

        Big Barn:
        3:00 pm  Combine
        4:30 pm  The Scythes

        Orchard Tent:
        2:15 pm  Windfall
        3:45 pm  Cider Press
        """,
        """
        14:15 | Windfall | stage=Orchard Tent
        15:00 | Combine | stage=Big Barn
        15:45 | Cider Press | stage=Orchard Tent
        16:30 | The Scythes | stage=Big Barn
        """,
        title="Harvest Home",
        beneficiary="Grange Fund",
        date="2027-09-18",
        warns_not=["order_reversed", "overlap", "same_time"],
    ),
    variant(
        "04 headings that name no kind of place",
        """
        Three Rivers Day
        benefiting the Ferrymen's Widows
        June 20

        THE LANDING
        1:00 Coracle
        2:00 Barge

        THE WEIR
        1:30 Eel
        2:30 Salmon Leap
        """,
        """
        13:00 | Coracle | stage=The Landing
        13:30 | Eel | stage=The Weir
        14:00 | Barge | stage=The Landing
        14:30 | Salmon Leap | stage=The Weir
        """,
        title="Three Rivers Day",
        beneficiary="Ferrymen's Widows",
        date="2027-06-20",
        warns_not=["order_reversed"],
    ),
    variant(
        "05 names first, with dots between",
        """
        A fundraiser for the Elm Grove Playground
        Saturday June 5th at Foxglove Hall

        Ruth Okafor ..... 7:30 p.m.
        The Seven Sisters ..... 8:20 p.m.
        Half Moon Bay ..... 9:40 p.m.

        Doors at 6:45 p.m., music goes until about 11:30 p.m.
        $8 at the door, all profits go to the Elm Grove Playground
        """,
        """
        19:30 | Ruth Okafor
        20:20 | The Seven Sisters
        21:40 | Half Moon Bay
        """,
        venue="Foxglove Hall",
        beneficiary="Elm Grove Playground",
        date="2027-06-05",
        doors="18:45",
        ends="23:30",
        donation=None,
    ),
    variant(
        "05 names first, with a bar",
        """
        Benefit concert for the Row House Clinic
        Friday, May 28 @ St. Brendan's Hall

        Ghost Pepper | 9pm
        Milo & the Otters | 10:15pm
        Static | 11:30pm
        Ends around midnight. Gates: 8pm
        """,
        """
        21:00 | Ghost Pepper
        22:15 | Milo & the Otters
        23:30 | Static
        """,
        venue="St. Brendan's Hall",
        beneficiary="Row House Clinic",
        date="2027-05-28",
        doors="20:00",
        ends="00:00+1",
    ),
    variant(
        "06 ranges with words between, and daggers",
        """
        Doors: 6 pm
        Soft Parade: 6:30 to 7:10 pm
        Nickel: 7:30 to 8:15 pm†
        The Great Lakes: 8:40 to 10:00 pm
        † times are approximate and may shift
        """,
        """
        18:30–19:10 | Soft Parade
        19:30–20:15 | Nickel
        20:40–22:00 | The Great Lakes
        """,
        doors="18:00",
        kept=["times are approximate and may shift"],
        warns_not=["overlap"],
    ),
    variant(
        "06 ranges over midnight",
        """
        Gates open 8:30pm
        Lantern Slides — 9:00–9:45pm*
        Mud Season — 10:15–11:15pm*
        After Hours — 11:45pm–1:00am**
        * set times subject to change
        ** 21+ after midnight
        """,
        """
        21:00–21:45 | Lantern Slides
        22:15–23:15 | Mud Season
        23:45–01:00+1 | After Hours
        """,
        doors="20:30",
        kept=["subject to change"],
    ),
    variant(
        "07 headliner first, the doors misspelt",
        """
        Pop Goes the Parish
        a whole day of bands in aid of St. Agnes' Roof

        9.30pm - Teacup Riot
        8.30pm - The Cardigans of Doom
        7.45pm - Margarine
        6.15pm - Sad Lads
        5.00pm - Polite Society
        Dooors open at 4.30pm
        """,
        """
        17:00 | Polite Society
        18:15 | Sad Lads
        19:45 | Margarine
        20:30 | The Cardigans of Doom
        21:30 | Teacup Riot
        """,
        title="Pop Goes the Parish",
        beneficiary="St. Agnes' Roof",
        doors="16:30",
        warns=["order_reversed"],
        warns_not=["guessed_pm"],
    ),
    variant(
        "07 headliner first, without a.m. or p.m., closing after midnight",
        """
        Loud Night
        12:15 Grand Finale Orchestra
        11:00 Second to Last
        9:45 Middling
        8:30 First of All
        """,
        """
        20:30 | First of All
        21:45 | Middling
        23:00 | Second to Last
        00:15+1 | Grand Finale Orchestra
        """,
        title="Loud Night",
        warns=["order_reversed", "guessed_pm"],
    ),
    variant(
        "08 two rooms, tildes, and prices with times",
        """
        Doors 5pm. Show 6-11 in the yard, then upstairs after 9. $12 adv. $18 day of show. $5 after 10pm. 18+

        6pm Goat Rodeo ~ six drunk fiddlers (yard)
        7:30 Plywood ~ (yard)
        9 Cassette ~ just a tape deck (upstairs)
        10:15 The Old Ones ~ (upstairs)
        11:30 Sleepwalk ~ (upstairs)
        """,
        """
        18:00 | Goat Rodeo | stage=yard | note=six drunk fiddlers
        19:30 | Plywood | stage=yard
        21:00 | Cassette | stage=upstairs | note=just a tape deck
        22:15 | The Old Ones | stage=upstairs
        23:30 | Sleepwalk | stage=upstairs
        """,
        doors="17:00",
        show="18:00",
        age="18+",
        donation=None,
        kept=["$18 day of", "$5 after 10pm"],
    ),
    variant(
        "08 bare hours to half past twelve",
        """
        doors 8 / music 8:30 / $7 / 21 and over
        8:30 Nix (basement)
        9:15 Pax (basement)
        10 Rex (rooftop)
        11 Lux (rooftop)
        12:30 Vox (rooftop)
        """,
        """
        20:30 | Nix | stage=basement
        21:15 | Pax | stage=basement
        22:00 | Rex | stage=rooftop
        23:00 | Lux | stage=rooftop
        00:30+1 | Vox | stage=rooftop
        """,
        doors="20:00",
        show="20:30",
        age="21+",
        kept=["$7"],
    ),
    variant(
        "09 numbers in names, times in brackets",
        """
        Bolt Fest II
        8pm doors / 8:30pm show

        Heaven's 11 (8:30)
        The 39 Steps (9:10)
        2nd & Main (9:50)
        Highway 61 (10:30)
        Ninety-9 (11:15)
        U.S. 1 (12:00)

        21+ / $10 / 30 minute sets
        """,
        """
        20:30 | Heaven's 11
        21:10 | The 39 Steps
        21:50 | 2nd & Main
        22:30 | Highway 61
        23:15 | Ninety-9
        00:00+1 | U.S. 1
        """,
        title="Bolt Fest II",
        doors="20:00",
        show="20:30",
        age="21+",
        kept=["30 minute sets"],
    ),
    variant(
        "09 numbers in names, times first",
        """
        Doors @ 7 - Show @ 8
        8:00 3 Doors Shut
        8:45 MX-80
        9:30 10,000 Lakes
        10:15 50 Foot Waves
        11:00 The B-25s
        all ages
        """,
        """
        20:00 | 3 Doors Shut
        20:45 | MX-80
        21:30 | 10,000 Lakes
        22:15 | 50 Foot Waves
        23:00 | The B-25s
        """,
        doors="19:00",
        show="20:00",
        age="all ages",
    ),
    variant(
        "10 noon as a word, a picnic and a band called Midnight",
        """
        Songs on the Green
        11:30am — Wren Tulloch
        Noon — The Barley Mow
        1:00 — Community picnic
        2:00 — Prize draw
        2:15 — Midnight Ramblers
        3:30 — Holly & Ivy
        """,
        """
        11:30 | Wren Tulloch
        12:00 | The Barley Mow
        13:00 | Community picnic | kind=break
        14:00 | Prize draw | kind=speech
        14:15 | Midnight Ramblers
        15:30 | Holly & Ivy
        """,
        title="Songs on the Green",
    ),
    variant(
        "10 midday to evening with a colon",
        """
        Day of Strings
        Midday: Anna Bright
        12:45: The Gut Strings
        1:30: Pie auction
        1:45: Bow & Arrow
        """,
        """
        12:00 | Anna Bright
        12:45 | The Gut Strings
        13:30 | Pie auction | kind=speech
        13:45 | Bow & Arrow
        """,
        title="Day of Strings",
    ),
    variant(
        "11 noon in figures",
        """
        CHERRY LANE MUSIC DAY
        Sunday afternoon in the park, bring a blanket

        11:30   Penny Lane Kids' Choir
        12:15   Otis Wren
        1:00    Raffle
        1:15    The Garden Gates
        2:30    Blue Ruin
        """,
        """
        11:30 | Penny Lane Kids' Choir
        12:15 | Otis Wren
        13:00 | Raffle | kind=speech
        13:15 | The Garden Gates
        14:30 | Blue Ruin
        """,
        title="Cherry Lane Music Day",
    ),
    variant(
        "11 twelve at the beginning",
        """
        Mill Race Sing
        12:00 - Open mic
        1:30 - Ada Fern
        2:45 - Silent auction
        3:00 - The Millers
        5:15 - Dusty
        """,
        """
        12:00 | Open mic
        13:30 | Ada Fern
        14:45 | Silent auction | kind=speech
        15:00 | The Millers
        17:15 | Dusty
        """,
        title="Mill Race Sing",
    ),
    variant(
        "12 a time, then a name",
        """
        HARBOR NIGHTS OPENER
        A benefit for the Lifeboat Crew
        FRIDAY, JULY 9

        5:00 – 6:15 PM
        Salt Wives – Pier Stage
        6:30 – 7:30 PM
        OPENER: Tideline – Pier Stage
        8:00-9:45 PM
        HEADLINER: The Mackerel Skies – Lighthouse Stage
        10:30 PM
        Event ends
        """,
        """
        17:00–18:15 | Salt Wives | stage=Pier Stage
        18:30–19:30 | Tideline | stage=Pier Stage
        20:00–21:45 | The Mackerel Skies | stage=Lighthouse Stage
        """,
        title="Harbor Nights Opener",
        beneficiary="Lifeboat Crew",
        date="2027-07-09",
        ends="22:30",
    ),
    variant(
        "12 a name, then a time, with blank lines between",
        """
        Riverbend Revue
        proceeds go to the Bend Food Co-op

        Salome Price
        7:00 PM

        Box of Rain Checks
        8:15 PM

        Special guest: Hollis
        9:30 PM
        """,
        """
        19:00 | Salome Price
        20:15 | Box of Rain Checks
        21:30 | Hollis | note=Special guest
        """,
        title="Riverbend Revue",
        beneficiary="Bend Food Co-op",
    ),
    variant(
        "12 three lines an entry",
        """
        TOWN GREEN SOCIAL
        SATURDAY, JUNE 12

        4:00 – 5:00 PM
        Maple Syrup Band
        Bandstand

        5:30 – 6:30 PM
        Acorn Squash
        Tea Tent

        7:00 PM
        Festival ends
        """,
        """
        16:00–17:00 | Maple Syrup Band | stage=Bandstand
        17:30–18:30 | Acorn Squash | stage=Tea Tent
        """,
        title="Town Green Social",
        date="2027-06-12",
        ends="19:00",
    ),
    variant(
        "13 two days, the first ending late",
        """
        BIG SKY STOMP 2027

        Saturday, July 17
        12:00 p.m. – Gates open
        1:00 p.m. – Prairie Dogs
        9:30 p.m. – Long Shadows
        12:30 a.m. – Moonshine Kin

        Sunday, July 18
        11am – Gospel Brunch Choir
        12pm – 1:30pm – Banjo class
        3:00 p.m. – Prairie Dogs
        """,
        """
        13:00 | Prairie Dogs | on=2027-07-17
        21:30 | Long Shadows | on=2027-07-17
        00:30+1 | Moonshine Kin | on=2027-07-17
        11:00 | Gospel Brunch Choir | on=2027-07-18
        12:00–13:30 | Banjo class | on=2027-07-18
        15:00 | Prairie Dogs | on=2027-07-18
        """,
        title_contains=["Big Sky Stomp"],
        doors="12:00",
        date="2027-07-17",
        warns_not=["order_reversed", "same_time"],
    ),
    variant(
        "13 three days by name only",
        """
        Fern Hollow Weekend
        August 6-8, 2027

        FRIDAY
        7pm Ember
        8:30pm Kindling

        SATURDAY
        2pm Ash Wednesday
        11pm Last Coals

        SUNDAY
        noon - Hymn sing
        1pm Smoke
        """,
        """
        19:00 | Ember | on=2027-08-06
        20:30 | Kindling | on=2027-08-06
        14:00 | Ash Wednesday | on=2027-08-07
        23:00 | Last Coals | on=2027-08-07
        12:00 | Hymn sing | on=2027-08-08
        13:00 | Smoke | on=2027-08-08
        """,
        title="Fern Hollow Weekend",
        date="2027-08-06",
    ),
]


@pytest.mark.parametrize("flyer", LISTS, ids=str)
def test_a_list_is_read_whatever_its_names_times_and_marks(flyer: Variant) -> None:
    read = read_flyer(flyer.text, default_on=date(2027, 5, 1), zone="America/Chicago").as_json()

    assert differences(flyer.expected, read) == []
