"""Days, sheets, tables, messages and venues, as strangers word them."""

from datetime import date

import pytest

from coordinator.core.flyer import read_flyer
from tests.core.flyers.facts import differences
from tests.core.flyers.variants import Variant, variant

WORDINGS = [
    variant(
        "13 weekdays and dates in figures",
        """
        Two Nights for the Carousel

        FRI 10/8
        8:00 Brass Rings
        9:15 Calliope Jones

        SAT 10/9
        7:30 Painted Ponies
        8:45 Nickel a Ride
        10:00 Merry Go Sorry
        """,
        """
        20:00 | Brass Rings | on=2027-10-08
        21:15 | Calliope Jones | on=2027-10-08
        19:30 | Painted Ponies | on=2027-10-09
        20:45 | Nickel a Ride | on=2027-10-09
        22:00 | Merry Go Sorry | on=2027-10-09
        """,
        title="Two Nights for the Carousel",
        warns_not=["order_reversed"],
    ),
    variant(
        "13 a line a day",
        """
        BARNRAISER!
        Thursday 10/7: 7pm Beam, 8pm Rafter, 9:30pm Joist
        Friday 10/8: 7pm Ridgepole, 8:15pm Nail Gun, 12am DJ Sawdust
        """,
        """
        19:00 | Beam | on=2027-10-07
        20:00 | Rafter | on=2027-10-07
        21:30 | Joist | on=2027-10-07
        19:00 | Ridgepole | on=2027-10-08
        20:15 | Nail Gun | on=2027-10-08
        00:00+1 | DJ Sawdust | on=2027-10-08
        """,
    ),
    variant(
        "20 a day sheet of figures that count to 24",
        """
        Day sheet 18.06.2027
        1400 Get-in
        1530 Line check
        1630 Sound check: Ruth & the Rams
        1800 Catering
        1900 Doors
        1930 Ettie Boon
        2015 Set change
        2035 Ruth & the Rams
        2215 House music
        2300 Venue closes
        """,
        """
        14:00 | Get-in | kind=load_in
        15:30 | Line check | kind=soundcheck
        16:30 | Sound check: Ruth & the Rams | kind=soundcheck
        18:00 | Catering | kind=other
        19:30 | Ettie Boon
        20:15 | Set change | kind=changeover
        20:35 | Ruth & the Rams
        22:15 | House music
        """,
        date="2027-06-18",
        doors="19:00",
        ends="23:00",
        warns_not=["guessed_pm"],
    ),
    variant(
        "20 hrs",
        """
        1500hrs load in
        1600hrs soundcheck - Vela
        1700hrs soundcheck - Orla
        1830hrs doors
        1900hrs Orla
        2000hrs Vela
        2130hrs curfew
        """,
        """
        15:00 | load in | kind=load_in
        16:00 | soundcheck - Vela | kind=soundcheck
        17:00 | soundcheck - Orla | kind=soundcheck
        19:00 | Orla
        20:00 | Vela
        """,
        doors="18:30",
        curfew="21:30",
        warns_not=["past_curfew"],
    ),
    variant(
        "21 a house between the date and the doors",
        """
        Punks for Pups
        benefit for Second Chance Hounds
        Saturday, August 7, 2027
        The Dog & Duck
        Doors: 6:30pm | Music: 7:00pm | 18+

        Featuring:
        • Bark at the Moon
        • Leash Law
        • Kibble & Bits
        • Sit! Stay!
        """,
        """
        - | Bark at the Moon
        - | Leash Law
        - | Kibble & Bits
        - | Sit! Stay!
        """,
        title="Punks for Pups",
        beneficiary="Second Chance Hounds",
        date="2027-08-07",
        venue="The Dog & Duck",
        doors="18:30",
        show="19:00",
        age="18+",
    ),
    variant(
        "21 acts named in the title",
        """
        Strike Fund Benefit w/ Picket & Line, Scab Removal, Wildcat
        Thursday, June 3rd
        Local 117 Hall, 44 Cannery Row
        Doors 6:30, music 7
        All Ages! Sober space!
        """,
        """
        - | Picket & Line
        - | Scab Removal
        - | Wildcat
        """,
        date="2027-06-03",
        venue_contains=["Local 117 Hall"],
        doors="18:30",
        show="19:00",
        age="all ages",
    ),
    variant(
        "21 acts named in a sentence",
        """
        Mending Night
        benefit for the Repair Cafe
        7pm Friday 22 October, Methodist Hall
        Music from Darn It, Patch Adamski and The Loose Threads
        Entry by donation (suggested £3)
        """,
        """
        - | Darn It
        - | Patch Adamski
        - | The Loose Threads
        """,
        date="2027-10-22",
        venue="Methodist Hall",
        beneficiary="Repair Cafe",
        donation={"suggested": 3, "currency": "GBP"},
        title="Mending Night",
    ),
    variant(
        "22 semicolons, and the bar",
        """
        Running order: 19:00 Aster; 19:40 Bert Lund, Jr.; 20:25 Ci & Ce; 21:10 D'Angelo Drift
        Doors 18:30, bar to 23:00
        """,
        """
        19:00 | Aster
        19:40 | Bert Lund, Jr.
        20:25 | Ci & Ce
        21:10 | D'Angelo Drift
        """,
        doors="18:30",
        warns_not=["guessed_pm"],
    ),
    variant(
        "22 arrows between entries",
        """
        Tonight! 7pm Ada → 7:45pm Bix & Co. → 8:30pm Cleo → 9:30pm Dot Matrix
        """,
        """
        19:00 | Ada
        19:45 | Bix & Co.
        20:30 | Cleo
        21:30 | Dot Matrix
        """,
    ),
    variant(
        "22 a name that begins with figures, behind a dash",
        """
        Order of play: 8 - Fern Hill, 8.40 - Mop & Bucket, 9.30 - 21 Grams, 10.30 - Dad's Army Surplus
        Doors 7.30. All profits to the Skylark Trust.
        """,
        """
        20:00 | Fern Hill
        20:40 | Mop & Bucket
        21:30 | 21 Grams
        22:30 | Dad's Army Surplus
        """,
        doors="19:30",
        beneficiary="Skylark Trust",
    ),
    variant(
        "23 a back room, seven for half past",
        """
        Back room of the Plough, 7pm for 7.30pm
        for the Under 9s' new goalposts

        7.30 - Stan the Van
        quarter to nine - Kicking Off
        about 9.30 - The Offside Trap
        10.30 - late: Disco Dave
        """,
        """
        19:30 | Stan the Van
        20:45 | Kicking Off
        21:30 | The Offside Trap | approx
        22:30 | Disco Dave
        """,
        venue_contains=["Plough"],
    ),
    variant(
        "23 hours in words",
        """
        At the Railway Arms, Sat 12th June
        Doors seven o'clock
        eight o'clock - Signal Box
        half past eight - Points & Crossings
        nine thirty - Mind the Gap
        around 10:45 until late - DJ Beeching
        """,
        """
        20:00 | Signal Box
        20:30 | Points & Crossings
        21:30 | Mind the Gap
        22:45 | DJ Beeching | approx
        """,
        venue="Railway Arms",
        date="2027-06-12",
        doors="19:00",
    ),
    variant(
        "23 a floor above, hours in words",
        """
        Above the Three Tuns, Friday 14th May
        doors half seven, first act at eight
        eight - Poor Tom
        twenty to nine - Edgar & Edmund
        half nine-ish - Goneril's Greatest Hits
        ten thirty till late - DJ Fool
        a fiver suggested
        """,
        """
        20:00 | Poor Tom
        20:40 | Edgar & Edmund
        21:30 | Goneril's Greatest Hits | approx
        22:30 | DJ Fool
        """,
        venue_contains=["Three Tuns"],
        date="2027-05-14",
        doors="19:30",
        show="20:00",
    ),
    variant(
        "25 a column of dates",
        """
        Gorse Fest
        Date,Stage,Start,Band
        2027-08-20,Main,8:00 PM,Prickle
        2027-08-20,Main,9:15 PM,"Heath, Moor"
        2027-08-21,Main,7:30 PM,Whin
        2027-08-21,Main,12:15 AM,DJ Furze
        """,
        """
        20:00 | Prickle | stage=Main | on=2027-08-20
        21:15 | Heath, Moor | stage=Main | on=2027-08-20
        19:30 | Whin | stage=Main | on=2027-08-21
        00:15+1 | DJ Furze | stage=Main | on=2027-08-21
        """,
        warns_not=["order_reversed"],
    ),
    variant(
        "26 a column of days",
        """
        Day\tStart\tEnd\tArtist\tStage
        Fri 8/6\t6:00 PM\t6:45 PM\tGull\tNorth
        Fri 8/6\t11:30 PM\t12:15 AM\tKite & String\tSouth
        Sat 8/7\t1:00 PM\t1:40 PM\tTern\tNorth
        Sat 8/7\t12:10 AM\t1:00 AM\tDJ Petrel\tSouth
        """,
        """
        18:00–18:45 | Gull | stage=North | on=2027-08-06
        23:30–00:15+1 | Kite & String | stage=South | on=2027-08-06
        13:00–13:40 | Tern | stage=North | on=2027-08-07
        00:10+1–01:00+1 | DJ Petrel | stage=South | on=2027-08-07
        """,
    ),
    variant(
        "27 a raffle told the other way round",
        """
        doors 7pm, skinny legs start at 730, pop rivet at 815, 9pm is the raffle, honey trap at 915
        """,
        """
        19:30 | skinny legs
        20:15 | pop rivet
        21:00 | the raffle | kind=speech
        21:15 | honey trap
        """,
        doors="19:00",
    ),
    variant(
        "28 a door for the doors",
        """
        🎪 Tent Revival 🎪
        → 5 PM :: Lyle Crow
        → 6 PM :: The Hot Meals
        → 7:15 PM :: Gospel Train No. 9
        → 8:30 PM :: BIG TOP
        🚪 4:30 PM
        🐶 all proceeds to Fetch & Friends
        """,
        """
        17:00 | Lyle Crow
        18:00 | The Hot Meals
        19:15 | Gospel Train No. 9
        20:30 | BIG TOP
        """,
        title_contains=["Tent Revival"],
        beneficiary="Fetch & Friends",
    ),
    variant(
        "28 spaces within the times",
        """
        P A P E R   M O O N   B A L L
        in aid of the Crescent Trust

        7 : 30 pm   -   Luna
        8 . 15 pm   -   Moth & Flame
        9:00pm -Tidal
        9:45pm-Eclipse
        10:30  pm  :  Half Light
        """,
        """
        19:30 | Luna
        20:15 | Moth & Flame
        21:00 | Tidal
        21:45 | Eclipse
        22:30 | Half Light
        """,
        beneficiary="Crescent Trust",
        warns_not=["guessed_pm"],
    ),
    variant(
        "28 a pin for the venue",
        """
        🎃👻 MONSTER MASH BASH 👻🎃
        🗓️ Sat, October 30
        📍 The Crypt Lounge
        ⏰ 8PM – 🧛 Count Basically
        ⏰ 9PM – 🧟 The Undeadlines
        ⏰ 10PM – 🐺 Where, Wolf?
        💀 suggested donation $13 💀
        🩸 proceeds benefit the County Blood Bank
        """,
        """
        20:00 | Count Basically
        21:00 | The Undeadlines
        22:00 | Where, Wolf?
        """,
        date="2027-10-30",
        venue="The Crypt Lounge",
        donation={"suggested": 13, "currency": "USD"},
        beneficiary="County Blood Bank",
        title_contains=["Monster Mash Bash"],
    ),
    variant(
        "32 a curfew in brackets",
        """
        Amplified music must end by 10pm (city noise curfew)
        Gates: 4pm
        4:30 Pothole
        5:45 Speed Bump
        7:00 Roundabout
        8:15 Cul-de-Sac
        9:30-10:30 Dead End
        """,
        """
        16:30 | Pothole
        17:45 | Speed Bump
        19:00 | Roundabout
        20:15 | Cul-de-Sac
        21:30–22:30 | Dead End
        """,
        doors="16:00",
        curfew="22:00",
        warns=["past_curfew"],
    ),
]


@pytest.mark.parametrize("flyer", WORDINGS, ids=str)
def test_a_flyer_is_read_however_it_is_worded(flyer: Variant) -> None:
    read = read_flyer(flyer.text, default_on=date(2027, 5, 1), zone="America/Chicago").as_json()

    assert differences(flyer.expected, read) == []
