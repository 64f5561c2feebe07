"""Lists of the evening, as strangers lay them out."""

from datetime import date

import pytest

from coordinator.core.flyer import read_flyer
from tests.core.flyers.facts import differences
from tests.core.flyers.variants import Variant, variant

LAYOUTS = [
    variant(
        "01 a telephone number in a paragraph about the cause",
        """
        Songs for the Seed Library
        7:15 Ottoline Marsh
        8:00 The 23 Skidoos
        9:10 Fenn & Daughters
        Suggested donation: $15
        The Kettle Valley Seed Library lends seeds to anybody who asks, free of charge, and has done so since 1998.
        Why does it need money?
        In March 2026 the roof of its shed came down. More than 300 jars were lost.
        Who runs it?
        Nobody is paid. Volunteers sit at the desk from 10 until 4, and answer the phone (555-0117).
        """,
        """
        19:15 | Ottoline Marsh
        20:00 | The 23 Skidoos
        21:10 | Fenn & Daughters
        """,
        title="Songs for the Seed Library",
        donation={"suggested": 15, "currency": "USD"},
        doors=None,
        curfew=None,
        age=None,
        about_contains=["free of charge", "March 2026", "Nobody is paid", "More than 300 jars"],
        warns=["guessed_pm"],
        kept=["555-0117"],
    ),
    variant(
        "02 a house that heads its own bill, and past midnight without a.m.",
        """
        QUARRY ROAD SOCIAL CLUB
        a night for the lifeboat

        8.00 Jem Pascoe
        8.45 The Salt Box
        9.45 raffle
        10.00 Ann & the Anchors
        11.15 Dead Reckoning
        12.15 Slow Tide
        close 1.30
        """,
        """
        20:00 | Jem Pascoe
        20:45 | The Salt Box
        21:45 | raffle | kind=speech
        22:00 | Ann & the Anchors
        23:15 | Dead Reckoning
        00:15+1 | Slow Tide
        """,
        venue="Quarry Road Social Club",
        beneficiary_contains=["lifeboat"],
        ends="01:30+1",
    ),
    variant(
        "02 a house and its benefit on one line",
        """
        Sparrow's Nest Pub — benefit for Kit's new wheelchair
        5.30 Rosin
        6.45 Bow & Fiddle
        8.15 Two Left Feet
        9.30 Jack-in-the-Green
        11.00 Blue Moon Boys
        12.15 last waltz
        """,
        """
        17:30 | Rosin
        18:45 | Bow & Fiddle
        20:15 | Two Left Feet
        21:30 | Jack-in-the-Green
        23:00 | Blue Moon Boys
        00:15+1 | last waltz
        """,
        venue="Sparrow's Nest Pub",
        beneficiary="Kit's new wheelchair",
    ),
    variant(
        "03 stages told with on the",
        """
        Block by Block
        Sat. Sept. 18

        5:00pm Loose Change on the Main Stage
        5:45pm Penny Dreadful on the Alley Stage
        6:30pm Dime Store on the Main Stage
        7:20pm Nickelodeon (feat. Ruby T.) on the Alley Stage
        """,
        """
        17:00 | Loose Change | stage=Main Stage
        17:45 | Penny Dreadful | stage=Alley Stage
        18:30 | Dime Store | stage=Main Stage
        19:20 | Nickelodeon | stage=Alley Stage | note=Ruby T.
        """,
        date="2027-09-18",
    ),
    variant(
        "04 stage headings with on the",
        """
        Wharf Week Finale
        in support of Harbor Seal Rescue
        June 13

        On the Pier Stage
        Gull & Gannet, 1pm
        The Bilge Rats, 2:30pm
        Admiral Sue, 4pm

        On the Boathouse Stage
        Knots, 1:45pm
        Ferry Tales, 3:15pm
        """,
        """
        13:00 | Gull & Gannet | stage=Pier Stage
        13:45 | Knots | stage=Boathouse Stage
        14:30 | The Bilge Rats | stage=Pier Stage
        15:15 | Ferry Tales | stage=Boathouse Stage
        16:00 | Admiral Sue | stage=Pier Stage
        """,
        title="Wharf Week Finale",
        beneficiary="Harbor Seal Rescue",
        date="2027-06-13",
        warns_not=["order_reversed"],
    ),
    variant(
        "04 an acoustic tent between rules",
        """
        Salt Marsh Social, Sunday 22 August 2027
        --- MAIN STAGE ---
        3pm Egret
        4pm Heron & Sons
        --- ACOUSTIC TENT ---
        2.30pm Wren Day
        3.30pm Rob Robin
        """,
        """
        14:30 | Wren Day | stage=Acoustic Tent
        15:00 | Egret | stage=Main Stage
        15:30 | Rob Robin | stage=Acoustic Tent
        16:00 | Heron & Sons | stage=Main Stage
        """,
        date="2027-08-22",
        warns_not=["order_reversed"],
    ),
    variant(
        "05 dotted leaders and a curfew",
        """
        A Benefit for Meals on Bikes
        Wednesday, September 8 at Turtle Creek Grange

        Dot & Dash ........ 7:00 PM
        The Sixpenny Opera ... 7:45 PM
        Q&A .............. 8:40 PM
        Wilhelmina Fox .... 9:30 PM

        Doors open 6:30 PM. Curfew 10:30 PM.
        """,
        """
        19:00 | Dot & Dash
        19:45 | The Sixpenny Opera
        20:40 | Q&A | kind=speech
        21:30 | Wilhelmina Fox
        """,
        beneficiary="Meals on Bikes",
        venue="Turtle Creek Grange",
        date="2027-09-08",
        doors="18:30",
        curfew="22:30",
        warns_not=["past_curfew", "guessed_pm"],
    ),
    variant(
        "05 a bar that is no act",
        """
        Concert for the Penrose Street Garden
        Friday 11 June, Corn Exchange

        Tilly Marchetti, 7.30pm
        Old Money, 8.20pm
        Frost and Sons — 9.15pm
        The Wyrd Sisters: 10.10pm

        Doors 7pm. Bar until 11.30pm. Ends at 11pm sharp.
        """,
        """
        19:30 | Tilly Marchetti
        20:20 | Old Money
        21:15 | Frost and Sons
        22:10 | The Wyrd Sisters
        """,
        beneficiary="Penrose Street Garden",
        venue="Corn Exchange",
        date="2027-06-11",
        doors="19:00",
        ends="23:00",
        kept=["Bar until"],
    ),
    variant(
        "06 ranges with to, and a dagger",
        """
        Gate 11:30 am
        The Early Birds: 12:00 to 12:40 pm
        Mrs. Pettigrew's Revenge: 1:00 to 1:45 pm
        Sal & Pepper†: 2:00 to 3:00 pm
        Horse Latitudes: 3:15 to 4:30 pm
        † if it rains, in the tent
        """,
        """
        12:00–12:40 | The Early Birds
        13:00–13:45 | Mrs. Pettigrew's Revenge
        14:00–15:00 | Sal & Pepper
        15:15–16:30 | Horse Latitudes
        """,
        doors="11:30",
        kept=["if it rains"],
    ),
    variant(
        "07 latest first, with places in the bill",
        """
        Ten Pound Pop
        in aid of Copse Lane Playgroup

        HEADLINER: The Vapour Trails - 9.45pm
        Special guests: Mary Celeste - 8.45pm
        Support: Bracken - 8.00pm
        Opening: Tim from Accounts - 7.30pm
        Doors 7pm
        """,
        """
        19:30 | Tim from Accounts
        20:00 | Bracken
        20:45 | Mary Celeste
        21:45 | The Vapour Trails
        """,
        title="Ten Pound Pop",
        beneficiary="Copse Lane Playgroup",
        doors="19:00",
        warns=["order_reversed"],
    ),
    variant(
        "07 two stages, each latest first",
        """
        Split Decision
        Main Stage
        9:30pm Red Corner
        8:15pm Blue Corner
        Balcony
        7:45pm Cut Man
        9:00pm Ringside Annie
        """,
        """
        19:45 | Cut Man | stage=Balcony
        20:15 | Blue Corner | stage=Main Stage
        21:00 | Ringside Annie | stage=Balcony
        21:30 | Red Corner | stage=Main Stage
        """,
        warns=["order_reversed"],
    ),
    variant(
        "09 a time within a name",
        """
        Odd Numbers
        8pm doors / 8:30pm show

        7 Year Witch (8:30)
        Apartment 3G (9:10)
        1,000 Paper Boats (9:50)
        Mk. II (10:30)
        24-7 Spies (11:15)
        The 12:05 to Leeds (12:05)

        21+ / $10
        """,
        """
        20:30 | 7 Year Witch
        21:10 | Apartment 3G
        21:50 | 1,000 Paper Boats
        22:30 | Mk. II
        23:15 | 24-7 Spies
        00:05+1 | The 12:05 to Leeds
        """,
        title="Odd Numbers",
        doors="20:00",
        show="20:30",
        age="21+",
        donation=None,
    ),
    variant(
        "09 a date for a name",
        """
        Counting House
        Doors 7:00 PM

        7:30 PM 99 Cent Dreams
        8:10 PM 4 Non-Violinists
        9:00 PM 867-5309
        9:45 PM Studio 54½
        10:30 PM The 3rd of May
        """,
        """
        19:30 | 99 Cent Dreams
        20:10 | 4 Non-Violinists
        21:00 | 867-5309
        21:45 | Studio 54½
        22:30 | The 3rd of May
        """,
        title="Counting House",
        doors="19:00",
        warns_not=["guessed_pm"],
    ),
    variant(
        "09 sums and routes for names",
        """
        MATH ROCK IV
        doors 7pm, first band 7:30

        Pi Day (7:30)
        x = y (8:10)
        Route 66½ (8:55)
        Blink-281 (9:40)
        12 Angry Mensches (10:30)
        9 to 5 (11:15)
        """,
        """
        19:30 | Pi Day
        20:10 | x = y
        20:55 | Route 66½
        21:40 | Blink-281
        22:30 | 12 Angry Mensches
        23:15 | 9 to 5
        """,
        title="Math Rock IV",
        doors="19:00",
        show="19:30",
    ),
    variant(
        "10 midday and a prize draw",
        """
        Cowslip Fayre
        Midday - Morris men
        12:40 - Isolde Penn
        1:30pm - prize draw
        1:45pm - The Afternoon Delights
        3pm - Cloudberry Jam
        """,
        """
        12:00 | Morris men
        12:40 | Isolde Penn
        13:30 | prize draw | kind=speech
        13:45 | The Afternoon Delights
        15:00 | Cloudberry Jam
        """,
        title="Cowslip Fayre",
    ),
    variant(
        "11 a farmers market in the morning",
        """
        Farmers' Market Buskers
        Every act plays on the bandstand, Saturday, July 3, 9 till 2

        9:00  Egg & Chips
        10:15  Marrow
        11:30  Lettuce Pray
        12:15  Radicchio Head
        1:00  Swede Dreams
        """,
        """
        09:00 | Egg & Chips
        10:15 | Marrow
        11:30 | Lettuce Pray
        12:15 | Radicchio Head
        13:00 | Swede Dreams
        """,
        title="Farmers' Market Buskers",
        date="2027-07-03",
        warns_not=["order_reversed"],
    ),
    variant(
        "12 two lines an entry, places behind @",
        """
        LANTERN WALK 2027
        Saturday, November 13

        5:30 PM
        Candle Makers' Choir @ Church Steps
        6:15 PM
        Wick & Wax @ Church Steps
        7:00 PM
        Tallow @ Market Cross
        8:30 PM
        The end
        """,
        """
        17:30 | Candle Makers' Choir | stage=Church Steps
        18:15 | Wick & Wax | stage=Church Steps
        19:00 | Tallow
        """,
        date="2027-11-13",
        ends="20:30",
    ),
]


@pytest.mark.parametrize("flyer", LAYOUTS, ids=str)
def test_a_bill_is_read_however_it_is_laid_out(flyer: Variant) -> None:
    read = read_flyer(flyer.text, default_on=date(2027, 5, 1), zone="America/Chicago").as_json()

    assert differences(flyer.expected, read) == []
