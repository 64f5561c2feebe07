"""Single things that flyers do, each in the shortest flyer that does it."""

from datetime import date

import pytest

from coordinator.core.flyer import Flyer, act_size, read_flyer


def read(text: str, zone: str = "America/Chicago") -> Flyer:
    return read_flyer(text, default_on=date(2027, 5, 1), zone=zone)


def rows(text: str) -> list[tuple[str, str, str | None]]:
    return [(str(act.starts), act.name, act.stage) for act in read(text).acts]


@pytest.mark.parametrize(
    ("printed", "starts"),
    [
        ("8pm", "20:00"),
        ("8 P.M.", "20:00"),
        ("8p", "20:00"),
        ("8:30p.m.", "20:30"),
        ("20:30", "20:30"),
        ("20.30 Uhr", "20:30"),
        ("20 Uhr 30", "20:30"),
        ("20h30", "20:30"),
        ("20 h", "20:00"),
        ("20 heures", "20:00"),
        ("8 o'clock", "20:00"),
        ("eight o'clock", "20:00"),
        ("half 8", "20:30"),
        ("half past eight", "20:30"),
        ("halb neun", "20:30"),
        ("quarter past 8", "20:15"),
        ("quarter to 9", "20:45"),
        ("viertel nach 8", "20:15"),
        ("ten to nine", "20:50"),
        ("8 y media", "20:30"),
        ("8 e mezza", "20:30"),
        ("noon", "12:00"),
        ("12 noon", "12:00"),
        ("midi", "12:00"),
        ("mezzogiorno", "12:00"),
        ("midnight", "00:00+1"),
        ("12 midnight", "00:00+1"),
        ("Mitternacht", "00:00+1"),
        ("minuit", "00:00+1"),
        ("medianoche", "00:00+1"),
        ("12 a.m.", "00:00+1"),
        ("24.00", "00:00+1"),
        ("0h30", "00:30+1"),
        ("845pm", "20:45"),
        ("1O:3O PM", "22:30"),
        ("８：１５", "20:15"),
        ("午後8時", "20:00"),
        ("20時半", "20:30"),
        ("8 de la noche", "20:00"),
        ("8 du soir", "20:00"),
        ("11 in the morning", "11:00"),
    ],
)
def test_a_time_however_it_is_printed(printed: str, starts: str) -> None:
    assert rows(f"{printed} - Ash") == [(starts, "Ash", None)]


@pytest.mark.parametrize(
    "about",
    ["8ish", "around 8pm", "about 8 pm", "ca. 20 Uhr", "gegen 20 Uhr", "vers 20h", "sobre las 20:00", "20時頃", "~8pm"],
)
def test_a_time_that_is_not_meant_to_the_minute(about: str) -> None:
    assert [(str(act.starts), act.approx) for act in read(f"{about} - Ash\n9pm - Elm").acts] == [
        ("20:00", True),
        ("21:00", False),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Call 555-0142 for a ride",
        "Tel. 01 55 00 12 30",
        "815 E. 9th St.",
        "14 Main Street",
        "$8 at the door",
        "Tickets 12.50 in advance",
        "18 and over, 21 to drink",
        "20 minute sets",
        "Since 1998",
        "Our kitchen is open from 7 a.m. until 6 p.m. on every day of the week but Sunday.",
        "Free after 10pm",
    ],
)
def test_figures_that_are_no_times(line: str) -> None:
    flyer = read(f"8pm Ash\n9pm Elm\n\n{line}")

    assert [act.name for act in flyer.acts] == ["Ash", "Elm"]
    assert (flyer.doors, flyer.show, flyer.ends) == (None, None, None)


@pytest.mark.parametrize(
    "name",
    """
    The Early Doors; Show Ponies; Curfew Kids; Noon Patrol; Midnight Ramblers; 9 to 5; Heaven 17; 4th &
    Vine; Half Moon; Until December; About Time; After Midnight; The 7/16s; 10,000 Lakes; 808 State; Me, You
    & Them; The End Times; Break Even; Raffle Kings; Welcome Wagon; Garden; M.I.A.; Les 4 Saisons; 24-7
    Spies; +/-
    """.strip()
    .replace("\n    ", " ")
    .split("; "),
)
def test_a_name_may_look_like_something_else(name: str) -> None:
    flyer = read(f"7:00 pm  {name}\n8:00 pm  Elm")

    assert [(act.name, act.kind) for act in flyer.acts] == [(name, "set"), ("Elm", "set")]


@pytest.mark.parametrize(
    ("row", "name", "stage", "note"),
    [
        ("8pm Ash (Indoor Stage)", "Ash", "Indoor Stage", None),
        ("8pm Ash [patio]", "Ash", "patio", None),
        ("8pm Ash – Barn Stage", "Ash", "Barn Stage", None),
        ("8pm Ash @ Barn Stage", "Ash", "Barn Stage", None),
        ("8pm Ash on the Barn Stage", "Ash", "Barn Stage", None),
        ("8pm Ash, Barn Stage", "Ash", "Barn Stage", None),
        ("8pm Barn Stage: Ash", "Ash", "Barn Stage", None),
        ("Barn Stage: 8pm Ash", "Ash", "Barn Stage", None),
        ("[Barn] 8pm Ash", "Ash", "Barn", None),
        ("8pm Ash (solo) (Barn)", "Ash", "Barn", "solo"),
        ("8pm Ash ~ from up north (inside)", "Ash", "inside", "from up north"),
        ("8pm Ash ~ just a tape deck", "Ash", None, "just a tape deck"),
        ("8pm HEADLINER: Ash", "Ash", None, "HEADLINER"),
        ("8pm Special guests - Ash", "Ash", None, "Special guests"),
        ("8pm w/ Ash", "Ash", None, None),
        ("8pm “Ash”", "Ash", None, None),
        ("8pm «Ash»", "Ash", None, None),
        ("• 8pm • Ash *", "Ash", None, None),
        ("🎸 8pm 🎸 Ash 🎸", "Ash", None, None),
        ("8pm ........ Ash", "Ash", None, None),
        ("Ash ........ 8pm", "Ash", None, None),
    ],
)
def test_what_stands_around_a_name(row: str, name: str, stage: str | None, note: str | None) -> None:
    acts = read(f"{row}\n9pm Elm").acts

    assert [(act.name, act.stage, act.note) for act in acts if act.name != "Elm"] == [(name, stage, note)]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Doors 7, show 8, curfew 11", ("19:00", "20:00", "23:00", None)),
        ("Doors at 7 for 8", ("19:00", "20:00", None, None)),
        ("7pm doors | 8pm show | ends 11pm", ("19:00", "20:00", None, "23:00")),
        ("Doors 7pm - 8pm show", ("19:00", "20:00", None, None)),
        ("Gates open at noon", ("12:00", None, None, None)),
        ("Doros open 7pm", ("19:00", None, None, None)),
        ("First band at 8pm", (None, "20:00", None, None)),
        ("Dancing until 1am", (None, None, None, "01:00+1")),
        ("Everybody out by 11pm", (None, None, None, "23:00")),
        ("Noise curfew: midnight", (None, None, "00:00+1", None)),
        ("Einlass 18.30, Beginn 19 Uhr, Ende gegen 23 Uhr", ("18:30", "19:00", None, "23:00")),
        ("Portes à 19h, début à 20h, fin vers 1h", ("19:00", "20:00", None, "01:00+1")),
        ("Puertas 20:00h - Cierre 02:00h", ("20:00", None, None, "02:00+1")),
        ("OPEN 18:00 / START 18:30", ("18:00", "18:30", None, None)),
        ("couvre-feu 23h", (None, None, "23:00", None)),
        ("Friday June 4, 7-11pm", (None, "19:00", None, "23:00")),
    ],
)
def test_facts_of_the_night(line: str, facts: tuple[str | None, ...]) -> None:
    flyer = read(line)

    assert tuple(time and str(time) for time in (flyer.doors, flyer.show, flyer.curfew, flyer.ends)) == facts
    assert flyer.acts == ()


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("All proceeds go to the Elm House", "Elm House"),
        ("100% of proceeds → Elm House", "Elm House"),
        ("BENEFITS ELM HOUSE", "ELM HOUSE"),
        ("raising vital funds for Elm House!", "Elm House"),
        ("a night of songs for the Elm House", "Elm House"),
        ("it's all for the elm house call me", "elm house"),
        ("Elm House Benefit", "Elm House"),
        ("Concert au profit de l'association Orme", "association Orme"),
        ("Solikonzert für Haus Ulme", "Haus Ulme"),
        ("Noche benéfica por la Casa Olmo", "Casa Olmo"),
        ("Festa beneficente para o Lar Olmo", "Lar Olmo"),
        ("Serata a favore della Casa Olmo", "Casa Olmo"),
        ("A Jumble Sale for the Ears", None),
        ("Come one, come all", None),
    ],
)
def test_the_cause(line: str, cause: str | None) -> None:
    assert read(f"{line}\n8pm Ash").beneficiary == cause


@pytest.mark.parametrize(
    ("line", "suggested"),
    [
        ("Suggested donation $10", (10, "USD")),
        ("$7.50 suggested", (7.5, "USD")),
        ("£6 donations suggested", (6, "GBP")),
        ("Spende: 5 € empfohlen", (5, "EUR")),
        ("Don conseillé : 5,50 €", (5.5, "EUR")),
        ("suggested donation 10", (10, "USD")),
        ("$5 at the door", None),
        ("$10 adv / $15 day of show", None),
        ("Minimum donation $5", None),
        ("A donation of $50 feeds a family of four for a whole week and then some more of them", None),
    ],
)
def test_only_a_suggestion_is_a_donation(line: str, suggested: tuple[float, str] | None) -> None:
    donation = read(f"{line}\n8pm Ash").donation

    assert (donation and (donation.suggested, donation.currency)) == suggested


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("21 & OVER", "21+"),
        ("18 and up", "18+"),
        ("Over 18s only", "18+"),
        ("All-ages", "all ages"),
        ("+18", "18+"),
        ("10 bands", None),
    ],
)
def test_how_old_one_must_be(line: str, age: str | None) -> None:
    assert read(f"{line}\n8pm Ash").age == age


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("Saturday, June 19", date(2027, 6, 19)),
        ("April 30", date(2028, 4, 30)),
        ("May 1", date(2027, 5, 1)),
        ("the 5th of June", date(2027, 6, 5)),
        ("12 juin", date(2027, 6, 12)),
        ("Freitag, 21.05.2027", date(2027, 5, 21)),
        ("Fr. 21.05.", date(2027, 5, 21)),
        ("29 de mayo de 2027", date(2027, 5, 29)),
        ("2027年6月20日（日）", date(2027, 6, 20)),
        ("2027-06-19", date(2027, 6, 19)),
        ("Sat 6/5", date(2027, 6, 5)),
        ("Saturday", date(2027, 5, 1)),
        ("Sunday afternoon on the green", date(2027, 5, 2)),
        ("February 30", None),
    ],
)
def test_the_day(line: str, on: date | None) -> None:
    assert read(f"Fest\n{line}\n\n8pm Ash").on == on


def test_figures_of_a_date_are_read_as_the_country_does() -> None:
    assert read("Fri 6/7").on == date(2027, 6, 7)
    assert read("Fri 6/7", "Europe/London").on == date(2027, 7, 6)
    assert read("Sexta 4/6/2027 – Entrada franca").on == date(2027, 6, 4)


@pytest.mark.parametrize(
    ("head", "venue"),
    [
        ("Fest\nSat. May 22 @ The Blue Door", "The Blue Door"),
        ("Fest\nFriday, June 4, Blue Door", "Blue Door"),
        ("Fest\nUpstairs at the Blue Door", "Upstairs at the Blue Door"),
        ("Fest\nVenue: The Blue Door", "The Blue Door"),
        ("Fest\nTHE BLUE DOOR\n815 E. 9TH ST.", "THE BLUE DOOR"),
        ("Fest\nThe Blue Door, 14 Elm Street", "The Blue Door"),
        ("The Blue Door (food shelf benefit)", "The Blue Door"),
        ("Fest\nFriday, June 4, rain or shine", None),
        ("Wrench Night", None),
    ],
)
def test_the_venue(head: str, venue: str | None) -> None:
    assert read(f"{head}\n8pm Ash").venue == venue


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Ash", "band"),
        ("Ash (solo acoustic)", "solo"),
        ("Ash ~ duo, two synths", "duo"),
        ("DJ Ash", "dj"),
        ("Ash (voz y guitarra)", "band"),
    ],
)
def test_how_many_come_on_stage(name: str, size: str) -> None:
    assert act_size(read(f"8pm {name}").acts[0]) == size


def test_a_night_list_and_a_day_list_are_told_apart() -> None:
    assert [row[0] for row in rows("Late Show\n10:00 A\n11:00 B\n12:00 C\n1:00 D")] == [
        "22:00",
        "23:00",
        "00:00+1",
        "01:00+1",
    ]
    assert [row[0] for row in rows("Family morning\n10:00 A\n11:00 B\n12:00 C\n1:00 D")] == [
        "10:00",
        "11:00",
        "12:00",
        "13:00",
    ]


def test_a_numbered_list_has_no_times() -> None:
    assert [(act.starts, act.name) for act in read("Doors 7\n1. Ash\n2. Elm\n3. Fir").acts] == [
        (None, "Ash"),
        (None, "Elm"),
        (None, "Fir"),
    ]


def test_rows_with_a_date_each_are_of_several_days() -> None:
    acts = read("Fri 6/4 7pm Ash\nFri 6/4 8pm Elm\nSat 6/5 7pm Fir").acts

    assert [(act.on, act.name) for act in acts] == [
        (date(2027, 6, 4), "Ash"),
        (date(2027, 6, 4), "Elm"),
        (date(2027, 6, 5), "Fir"),
    ]


def test_a_stage_at_the_head_of_a_line_is_that_of_all_its_acts() -> None:
    assert rows("Main Stage: Ash 2pm, Elm 3:10\nGarden Stage: Fir 2:35") == [
        ("14:00", "Ash", "Main Stage"),
        ("14:35", "Fir", "Garden Stage"),
        ("15:10", "Elm", "Main Stage"),
    ]


def test_a_table_needs_no_head() -> None:
    assert rows("7:00 PM,7:30 PM,Ash,Cellar\n8:00 PM,8:30 PM,Elm,Attic\n9:00 PM,9:30 PM,Fir,Cellar") == [
        ("19:00", "Ash", "Cellar"),
        ("20:00", "Elm", "Attic"),
        ("21:00", "Fir", "Cellar"),
    ]


def test_text_without_a_time_is_kept_as_it_is() -> None:
    flyer = read("Our garden\nWe grow beans and peas, and give them all away to our neighbours.")

    assert (flyer.title, flyer.about, flyer.acts) == (
        "Our garden",
        "We grow beans and peas, and give them all away to our neighbours.",
        (),
    )


def test_an_ellipsis_after_a_dash_is_nobody() -> None:
    assert [act.name for act in read("1-…\n8pm Ash").acts] == ["Ash"]
