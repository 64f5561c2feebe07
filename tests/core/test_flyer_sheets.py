"""Day sheets, tables, one-liners, texts from promoters and other flyers that are no plain list."""

from datetime import date

import pytest

from coordinator.core.flyer import read_flyer
from tests.core.flyers.facts import differences
from tests.core.flyers.variants import Variant, variant

SHEETS = [
    variant(
        "20 a day sheet in close figures",
        """
        11am: load-in
        330pm: soundcheck
        545pm: band dinner
        630pm: DOORS
        715pm: The Late Bloomers
        800pm: changeover
        820pm: Ginger Root Beer
        925pm: The Closing Doors
        1040pm: Ada Lux
        1130pm: curfew
        12midnight: load out
        """,
        """
        11:00 | load-in | kind=load_in
        15:30 | soundcheck | kind=soundcheck
        17:45 | band dinner | kind=other
        19:15 | The Late Bloomers
        20:00 | changeover | kind=changeover
        20:20 | Ginger Root Beer
        21:25 | The Closing Doors
        22:40 | Ada Lux
        00:00+1 | load out | kind=other
        """,
        doors="18:30",
        curfew="23:30",
    ),
    variant(
        "20 a day sheet with names first",
        """
        Get in - 2:00 PM
        Sound check (Lamplight) - 4:00 PM
        Line check (Dora) - 5:15 PM
        House opens - 6:30 PM
        Dora - 7:00 PM
        Set change - 7:40 PM
        Lamplight - 8:00 PM
        Show over - 9:30 PM
        """,
        """
        14:00 | Get in | kind=load_in
        16:00 | Sound check | kind=soundcheck | note=Lamplight
        17:15 | Line check | kind=soundcheck | note=Dora
        19:00 | Dora
        19:40 | Set change | kind=changeover
        20:00 | Lamplight
        """,
        doors="18:30",
        ends="21:30",
    ),
    variant(
        "21 bands without times",
        """
        House Show for the Tenants Union
        Fri. June 11 @ The Green Door
        Doors 7:30. Show 8.
        18+. Sliding scale $8-20, no one turned away for lack of funds.

        Line-up:
        - Slow Elevator
        - Aunt Irma's Garage
        - We, The Jury
        """,
        """
        - | Slow Elevator
        - | Aunt Irma's Garage
        - | We, The Jury
        """,
        venue="The Green Door",
        date="2027-06-11",
        doors="19:30",
        show="20:00",
        age="18+",
        kept=["no one turned away"],
        warns=["guessed_pm"],
    ),
    variant(
        "21 bands without times or bullets",
        """
        Winter Coat Drive Party
        Saturday, May 29 at Moonlight Lounge
        Doors at 6 / Music at 7
        All ages until 10. $5 or a coat.

        Featuring
        Tall Tales
        Sister Wolf
        DJ Mittens
        """,
        """
        - | Tall Tales
        - | Sister Wolf
        - | DJ Mittens
        """,
        venue="Moonlight Lounge",
        date="2027-05-29",
        doors="18:00",
        show="19:00",
        age="all ages",
        kept=["or a coat"],
    ),
    variant(
        "22 one line, times behind",
        """
        Running order: Glass Eye 7:30, Tom, Dick & Mary 8, Vim 8:40, The Long Weekend 9:30
        Doors 7, everything goes to the Free Clinic
        """,
        """
        19:30 | Glass Eye
        20:00 | Tom, Dick & Mary
        20:40 | Vim
        21:30 | The Long Weekend
        """,
        doors="19:00",
        beneficiary="Free Clinic",
    ),
    variant(
        "22 one line, times before, slashes",
        """
        7pm Iris / 7:45 Bad Penny / 8:30 Hush Now / 9:20 Moon Unit 9
        Doors 6:30pm. Proceeds to Harbor House.
        """,
        """
        19:00 | Iris
        19:45 | Bad Penny
        20:30 | Hush Now
        21:20 | Moon Unit 9
        """,
        doors="18:30",
        beneficiary="Harbor House",
    ),
    variant(
        "22 one line, bare hours in brackets and dots between",
        """
        Lineup: Coal (8) • Tar (9) • Pitch (10) • Soot (11)
        """,
        """
        20:00 | Coal
        21:00 | Tar
        22:00 | Pitch
        23:00 | Soot
        """,
    ),
    variant(
        "23 half past, til late",
        """
        Downstairs at the Blue Boar, doors 7 for a 7:30 start
        in aid of the Canal Trust

        half 7 - Sid Marsh
        8.15ish - The Damp
        quarter past 9 - Ivy & Oak
        10:30 till late - DJ Crumpet
        Suggested donation of £4.50
        """,
        """
        19:30 | Sid Marsh
        20:15 | The Damp | approx
        21:15 | Ivy & Oak
        22:30 | DJ Crumpet
        """,
        venue_contains=["Blue Boar"],
        beneficiary="Canal Trust",
        doors="19:00",
        show="19:30",
        donation={"suggested": 4.5, "currency": "GBP"},
    ),
    variant(
        "23 about, quarter to, until close",
        """
        Live at the Railway Arms - doors at half 6, music from seven
        raising money for the Ward 9 Playroom

        about 7 - Colin's Accordion
        quarter to 8 - Mothballs
        half eight - Ruby & the Tuesdays
        10 until close - Vinyl Vera
        donations of £5 suggested
        """,
        """
        19:00 | Colin's Accordion | approx
        19:45 | Mothballs
        20:30 | Ruby & the Tuesdays
        22:00 | Vinyl Vera
        """,
        venue_contains=["Railway Arms"],
        beneficiary="Ward 9 Playroom",
        doors="18:30",
        show="19:00",
        donation={"suggested": 5, "currency": "GBP"},
    ),
    variant(
        "24 all in capitals, an address and O for nought",
        """
        ROCK AGAINST RUST
        THE CROOKED SPIRE
        1407 W. 3RD AVE. – 555-0188
        FRI JULY 2 – DOORS 6:3OPM – 18 & UP

        7:OO PM   OXIDE
        7:45 PM   THE FLAKES
        8:30 PM   SILENT AUCTION
        8:45 PM   99 PROBLEMS
        1O:15 PM  PATINA

        SUGGESTED DONATION $8 – BENEFITS NORTHSIDE BIKE SHOP
        """,
        """
        19:00 | Oxide
        19:45 | The Flakes
        20:30 | Silent auction | kind=speech
        20:45 | 99 Problems
        22:15 | Patina
        """,
        title="Rock Against Rust",
        venue="The Crooked Spire",
        beneficiary="Northside Bike Shop",
        date="2027-07-02",
        doors="18:30",
        age="18+",
        donation={"suggested": 8, "currency": "USD"},
        kept=["555-0188", "1407 W. 3rd"],
    ),
    variant(
        "24 capitals, venue with its word",
        """
        SING FOR SUPPER
        MAPLE STREET BALLROOM
        22 MAPLE STREET
        THURS JUNE 17 – ALL AGES

        6:00 PM   DOORS
        6:30 PM   THE LADLES
        7:15 PM   21 SPOONS
        8:00 PM   RAFFLE DRAWING
        8:10 PM   STOCK & BONE

        $1O SUGGESTED – ALL PROCEEDS TO EASTSIDE MEALS
        """,
        """
        18:30 | The Ladles
        19:15 | 21 Spoons
        20:00 | Raffle drawing | kind=speech
        20:10 | Stock & Bone
        """,
        title="Sing for Supper",
        venue="Maple Street Ballroom",
        beneficiary="Eastside Meals",
        date="2027-06-17",
        doors="18:00",
        age="all ages",
    ),
    variant(
        "25 commas, other columns in another order",
        """
        stage,act,start,end
        Loft,Pearl Diver,6:30 PM,7:00 PM
        Loft,"Ham, Eggs & Ham",7:15 PM,8:00 PM
        Garage,The Axles,7:00 PM,7:40 PM
        Garage,Piston,8:00 PM,8:50 PM
        """,
        """
        18:30–19:00 | Pearl Diver | stage=Loft
        19:00–19:40 | The Axles | stage=Garage
        19:15–20:00 | Ham, Eggs & Ham | stage=Loft
        20:00–20:50 | Piston | stage=Garage
        """,
        warns_not=["overlap", "order_reversed"],
    ),
    variant(
        "25 semicolons, figures to 24 and an overlap",
        """
        Artist;Start Time;Finish;Room;Comments
        Vesper;19:00;19:40;Nave;
        Matins;19:30;20:15;Nave;needs piano
        Lauds;23:45;00:30;Crypt;"last one; no encore"
        """,
        """
        19:00–19:40 | Vesper | stage=Nave
        19:30–20:15 | Matins | stage=Nave | note=needs piano
        23:45–00:30+1 | Lauds | stage=Crypt | note=last one; no encore
        """,
        warns=["overlap"],
        warns_not=["guessed_pm"],
    ),
    variant(
        "26 tabs with notes",
        """
        Time	Band	Where	Notes
        4:00 PM	Tug	Quay	two vocal mics
        4:40 PM	Lighter	Shed
        5:20 PM	Dredger	Quay	own backline
        6:00 PM	TBA	Shed
        """.replace("        ", ""),
        """
        16:00 | Tug | stage=Quay | note=two vocal mics
        16:40 | Lighter | stage=Shed
        17:20 | Dredger | stage=Quay | note=own backline
        18:00 | TBA | stage=Shed
        """,
    ),
    variant(
        "26 tabs, ranges in one cell, a title above",
        "Sunrise Fund Day\n\nStage\tSet time\tArtist\n"
        "North\t1:00-1:45 PM\tCirrus\nSouth\t1:30-2:15 PM\tNimbus\nNorth\t2:00-2:50 PM\tStratus\n",
        """
        13:00–13:45 | Cirrus | stage=North
        13:30–14:15 | Nimbus | stage=South
        14:00–14:50 | Stratus | stage=North
        """,
        title="Sunrise Fund Day",
        warns_not=["overlap", "guessed_pm"],
    ),
    variant(
        "27 a text without a comma",
        "hi everyone friday is happening load in from 430 doors at 630 first up is dottie finch at 7 then the "
        "mudlarks at 745 after that slow parade are on at 830 and glass hour finish it off at 930 curfew is 11 "
        "its all for the creek cleanup text me 555 0142",
        """
        16:30 | load in | kind=load_in
        19:00 | dottie finch
        19:45 | the mudlarks
        20:30 | slow parade
        21:30 | glass hour
        """,
        doors="18:30",
        curfew="23:00",
        beneficiary="creek cleanup",
    ),
    variant(
        "27 a text with commas and capitals",
        "Hey folks! Saturday's show: doors at 6:30, load in at 4. June Bug plays at 7, then Cold Snap at 7:45, "
        "Thaw at 8:30, and Equinox close at 9:30. Curfew 11 sharp. It's all for the Snowplow Fund. Questions? 555"
        " 0177",
        """
        16:00 | load in | kind=load_in
        19:00 | June Bug
        19:45 | Cold Snap
        20:30 | Thaw
        21:30 | Equinox
        """,
        doors="18:30",
        curfew="23:00",
        beneficiary="Snowplow Fund",
    ),
    variant(
        "27 a text with times before names",
        "yo so sunday doors 5 then at 6 its paper tiger at 645 odd ducks at 730 marigold and at 830 the bends "
        "curfew 10 all for the new roof call 555 0109",
        """
        18:00 | paper tiger
        18:45 | odd ducks
        19:30 | marigold
        20:30 | the bends
        """,
        doors="17:00",
        curfew="22:00",
        beneficiary="new roof",
    ),
    variant(
        "27 a text with everything after the acts",
        "heads up everyone tomorrow we are on with mabel stark at 7 then the foxes at 745 and finally grub street at 9 "
        "doors 630 curfew 10 load in 430 benefit for the tool library text me at 555 0171",
        """
        16:30 | load in | kind=load_in
        19:00 | mabel stark
        19:45 | the foxes
        21:00 | grub street
        """,
        doors="18:30",
        curfew="22:00",
        beneficiary="tool library",
        warns_not=["order_reversed", "past_curfew"],
    ),
    variant(
        "27 a text that shouts once",
        "yo saturday night is ON doors are 8 music at 9 we got dead letters at 9 the wilds at 10 and king otter "
        "headlining at 11 over by 1 its a benefit for shelter valley hmu 555 0133",
        """
        21:00 | dead letters
        22:00 | the wilds
        23:00 | king otter
        """,
        doors="20:00",
        show="21:00",
        ends="01:00+1",
        beneficiary="shelter valley",
    ),
    variant(
        "27 a text in lines",
        """
        hey all so friday is on
        doors at 7
        load in from 5
        tess moran is on at 8
        then small hours at 845
        and the lanterns close it out at 930
        curfew is 11
        its all for the night kitchen
        """,
        """
        17:00 | load in | kind=load_in
        20:00 | tess moran
        20:45 | small hours
        21:30 | the lanterns
        """,
        doors="19:00",
        curfew="23:00",
        beneficiary="night kitchen",
    ),
    variant(
        "27 a list in a message, times first",
        "hi team heres friday: 4pm load in, 5pm soundcheck, 6.30 doors, 7 lindens, 745 old bay, "
        "9 closing time, 10 curfew",
        """
        16:00 | load in | kind=load_in
        17:00 | soundcheck | kind=soundcheck
        19:00 | lindens
        19:45 | old bay
        21:00 | closing time
        """,
        doors="18:30",
        curfew="22:00",
    ),
    variant(
        "28 emoji and odd spaces",
        """
        🌙 “Songs for Strays” 🌙
        🎷 6：45 pm – The Velvet Paws
        🎺 7：30 pm — “Lady Whiskers”
        🪕 8：20 pm – Tom & the Alley
        💸 $12 suggested donation
        🐕 all proceeds go to Second Leash
        """,
        """
        18:45 | The Velvet Paws
        19:30 | Lady Whiskers
        20:20 | Tom & the Alley
        """,
        title_contains=["Songs for Strays"],
        beneficiary="Second Leash",
        donation={"suggested": 12, "currency": "USD"},
        warns_not=["guessed_pm"],
    ),
    variant(
        "28 keycaps, clocks and no-break spaces",
        """
        ⭐️ Starlight Sessions ⭐️
        📍 The Observatory
        🕗 8️⃣:00 PM ➡️ Comet Club
        🕘 9️⃣:00 PM ➡️ Nebula’s Edge
        ✅ 21+ only
        ❤️ benefiting Dark Skies Now
        """,
        """
        20:00 | Comet Club
        21:00 | Nebula's Edge
        """,
        title="Starlight Sessions",
        age="21+",
        beneficiary="Dark Skies Now",
    ),
    variant(
        "29 changeovers as rows",
        """
        6:30–7:00 PM | Brine
        7:00–7:20 PM | Change over
        7:20–8:10 PM | Sugarfoot
        8:10–8:40 PM | Change over
        8:40–10:00 PM | The Harbourmasters
        10:00–10:20 PM | Change over
        10:20–12:00 AM | Nightjar
        """,
        """
        18:30–19:00 | Brine
        19:00–19:20 | Change over | kind=changeover
        19:20–20:10 | Sugarfoot
        20:10–20:40 | Change over | kind=changeover
        20:40–22:00 | The Harbourmasters
        22:00–22:20 | Change over | kind=changeover
        22:20–00:00+1 | Nightjar
        """,
        warns_not=["overlap"],
    ),
    variant(
        "29 changeovers to 24",
        """
        19.00 - 19.30: Flint
        19.30 - 19.45: Turnaround
        19.45 - 20.30: Tinder
        20.30 - 21.00: Turnaround
        21.00 - 22.30: Bonfire
        """,
        """
        19:00–19:30 | Flint
        19:30–19:45 | Turnaround | kind=changeover
        19:45–20:30 | Tinder
        20:30–21:00 | Turnaround | kind=changeover
        21:00–22:30 | Bonfire
        """,
        warns_not=["overlap", "guessed_pm"],
    ),
    variant(
        "30 speeches, an auction and two rows in one minute",
        """
        A benefit for the Northgate Hospice
        Friday, June 18, 2027
        5:45 Doors open
        6:30 Opening remarks by Mayor Lutz
        6:40 Clementine
        7:20 Quilt auction
        7:45 The Pilot Lights
        8:30 Prize draw
        8:30 Bea Thorne
        9:15 Last Tram
        """,
        """
        18:30 | Opening remarks by Mayor Lutz | kind=speech
        18:40 | Clementine
        19:20 | Quilt auction | kind=speech
        19:45 | The Pilot Lights
        20:30 | Prize draw | kind=speech
        20:30 | Bea Thorne
        21:15 | Last Tram
        """,
        beneficiary="Northgate Hospice",
        date="2027-06-18",
        doors="17:45",
        warns=["same_time", "guessed_pm"],
        warns_not=["overlap"],
    ),
    variant(
        "30 words from somebody, thanks at the end",
        """
        Fundraiser for Lakeside Literacy
        June 3rd
        7:00 p.m. A few words from the librarian
        7:15 p.m. Page Turners
        8:00 p.m. 50/50 raffle
        8:15 p.m. Raffle Kings
        9:00 p.m. Thank-you speech
        """,
        """
        19:00 | A few words from the librarian | kind=speech
        19:15 | Page Turners
        20:00 | 50/50 raffle | kind=speech
        20:15 | Raffle Kings
        21:00 | Thank-you speech | kind=speech
        """,
        beneficiary="Lakeside Literacy",
        date="2027-06-03",
        warns_not=["same_time", "guessed_pm"],
    ),
    variant(
        "31 one act twice, and one to be told",
        """
        Finch @ 4
        Moss/Lichen @ 4:45
        Dee Park feat. Sol @ 5:30
        TBA @ 6:15
        Finch @ 7
        Area 12 @ 7:45
        Me, You & Everyone @ 8:30
        """,
        """
        16:00 | Finch
        16:45 | Moss/Lichen
        17:30 | Dee Park feat. Sol
        18:15 | TBA
        19:00 | Finch
        19:45 | Area 12
        20:30 | Me, You & Everyone
        """,
        warns_not=["order_reversed", "same_time"],
    ),
    variant(
        "31 at in a word",
        """
        Gulls at 6
        TBA at 6:30
        Terns w/ the Skuas at 7:15
        Gulls at 8
        """,
        """
        18:00 | Gulls
        18:30 | TBA
        19:15 | Terns w/ the Skuas
        20:00 | Gulls
        """,
    ),
    variant(
        "32 past the curfew",
        """
        Load in 3:30pm
        Soundcheck 5pm
        Doors 6:30 / Show 7:15
        7:15 Small Engine
        8:00 Pedal Boat
        9:00 Outboard
        10:10 Wake Zone
        Hard curfew 10pm
        """,
        """
        15:30 | Load in | kind=load_in
        17:00 | Soundcheck | kind=soundcheck
        19:15 | Small Engine
        20:00 | Pedal Boat
        21:00 | Outboard
        22:10 | Wake Zone
        """,
        doors="18:30",
        show="19:15",
        curfew="22:00",
        warns=["past_curfew"],
    ),
    variant(
        "32 stated to end past the curfew",
        """
        doors: 7
        8:00-8:45 Hilt
        9:00-9:45 Pommel
        10:00-11:15 Broadsword
        curfew: 11
        """,
        """
        20:00–20:45 | Hilt
        21:00–21:45 | Pommel
        22:00–23:15 | Broadsword
        """,
        doors="19:00",
        curfew="23:00",
        warns=["past_curfew"],
    ),
    variant(
        "32 kept within the curfew",
        """
        Doors 18:00, curfew 23:00
        19:00 Spur
        20:30 Bridle
        22:00-23:00 Saddle
        """,
        """
        19:00 | Spur
        20:30 | Bridle
        22:00–23:00 | Saddle
        """,
        doors="18:00",
        curfew="23:00",
        warns_not=["past_curfew", "guessed_pm"],
    ),
]


@pytest.mark.parametrize("flyer", SHEETS, ids=str)
def test_a_sheet_is_read_however_it_is_laid_out(flyer: Variant) -> None:
    read = read_flyer(flyer.text, default_on=date(2027, 5, 1), zone="America/Chicago").as_json()

    assert differences(flyer.expected, read) == []
