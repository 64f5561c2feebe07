"""The list of shifts: what fits first, by day, role and hour; long ones narrowed and jumped in without JavaScript."""

import re

from flask.testing import FlaskClient

from tests.builders import AShift, a_night, a_shift
from tests.features.sign_up.test_sign_up import PHONE, SLUG, Helper
from tests.queries import counted
from tests.reading import words

KEYS = re.compile(r'name="(?:shift|queue)" value="([^"]+)"')
ROLES = ("Front door", "Bar", "Kitchen", "Stage crew")


def eighty(count: int = 80) -> list[AShift]:
    """Two days of four roles, one shift an hour; every fifth is full; the kitchen lacks most people."""
    half = count // 2
    return [
        a_shift(
            ROLES[number % 4],
            f"{8 + number % half // 4 % 15:02}:00" + ("+1" if number >= half else ""),
            f"{9 + number % half // 4 % 15:02}:00" + ("+1" if number >= half else ""),
            min=3 if ROLES[number % 4] == "Kitchen" and number % 5 else 1,
            max=3 if number % 5 else 1,
            people=() if number % 5 else (f"Helper {number}",),
        )
        for number in range(count)
    ]


def test_a_long_list_goes_by_day_role_and_hour_and_folds_what_is_full(client: FlaskClient) -> None:
    night = a_night(shifts=eighty())

    page = Helper(client, night).open(wall="07:00")

    said = words(page)
    friday, saturday = said.index("Friday, December 4 Kitchen"), said.index("Saturday, December 5 Kitchen")
    roles = re.findall(r"<legend>([^<]+)</legend>", page.text)
    kitchen = page.text[page.text.index("<legend>Kitchen") : page.text.index("<legend>Bar")]
    assert friday < saturday
    assert roles == ["Kitchen", "Bar", "Front door", "Stage crew"] * 2
    assert len(KEYS.findall(page.text)) == 80
    assert re.findall(r'<div class="hours num">\s*([^<]+?)\s*</div>', kitchen)[:2] == ["8:00–9:00 AM", "9:00–10:00 AM"]
    assert kitchen.index("<details") > kitchen.rindex('name="shift"')
    assert "2 full shifts: join a waitlist" in " ".join(re.sub(r"<[^>]+>", " ", kitchen).split())


def test_every_jump_lands(client: FlaskClient) -> None:
    page = Helper(client, a_night(shifts=eighty())).open(wall="07:00")

    jumps = re.findall(r'href="#([^"]+)"', page.text)

    assert len(jumps) == 1 + 2 * 4
    assert [jump for jump in jumps if f'id="{jump}"' not in page.text] == []


def test_one_day_and_one_part_of_it_are_shown_by_an_address(client: FlaskClient) -> None:
    amara = Helper(client, a_night(shifts=eighty()))

    saturday = amara.open("volunteer?day=2026-12-05", wall="07:00")
    morning = amara.open("volunteer?day=2026-12-05&part=morning&shift=bar-2", wall="07:00")
    nonsense = amara.open("volunteer?day=Saturday&part=tea", wall="07:00")

    assert len(KEYS.findall(saturday.text)) == 40
    assert "40 shifts aren't shown." in words(saturday)
    assert len(KEYS.findall(morning.text)) == 4 * 4 + 1
    assert re.findall(r'value="(bar-2)"[^>]* checked', morning.text) == ["bar-2"]
    assert f'{SLUG}/volunteer?day=2026-12-05&amp;shift=bar-2"' in morning.text
    assert len(KEYS.findall(nonsense.text)) == 80


def test_a_refused_choice_keeps_the_filter_and_shows_what_was_chosen(client: FlaskClient) -> None:
    amara = Helper(client, a_night(shifts=eighty()))

    answer = amara.press("volunteer?day=2026-12-05&part=morning", wall="07:00", shift=["front-door-5", "kitchen-7"])

    assert answer.status_code == 422
    assert answer.text.count(" checked") == 2
    assert "Choose one." in words(answer)
    assert len(KEYS.findall(answer.text)) == 4 * 4 + 2


def test_who_is_known_sees_first_what_fits_and_then_why_the_rest_does_not(client: FlaskClient) -> None:
    amara = Helper(client, a_night(shifts=eighty()))
    amara.press("volunteer/details?shift=front-door-5", wall="07:00", name="Amara", phone=PHONE)
    amara.press("volunteer/code", wall="07:01", code=amara.digits())

    page = amara.open(wall="07:02")

    fits, others = page.text[page.text.index('id="fits"') :].split('id="others"')
    said = " ".join(re.sub(r"<[^>]+>", " ", others).split())
    assert "Fits you" in fits
    assert KEYS.findall(fits)[:2] == ["kitchen-3", "kitchen-15"]
    assert [key for key in ("front-door-5", "bar-6", "kitchen-7") if f'"{key}"' in fits] == []
    assert "You're signed up for this" in said
    assert "Same time as Front door" in said


def test_a_short_list_has_no_headings_of_roles_and_starts_with_what_lacks_most(client: FlaskClient) -> None:
    night = a_night(
        shifts=[
            a_shift("Front door", "18:00", "19:00", min=1, max=2, people=("Dana Door",)),
            a_shift("Bar", "19:00", "20:00", min=2, max=4),
            a_shift("Cloakroom", "17:00", "18:00", max=1, people=("Eve",)),
        ]
    )

    page = Helper(client, night).open()

    assert KEYS.findall(page.text) == ["bar-2", "front-door-1", "cloakroom-3"]
    assert ("<legend>" in page.text, "All days" in page.text) == (False, False)


def test_two_hundred_shifts_cost_no_more_queries_and_an_unchanged_page_none(client: FlaskClient) -> None:
    amara = Helper(client, a_night(shifts=eighty(200)))
    first = amara.open("volunteer?part=evening", wall="07:00")
    with counted() as statements:
        amara.open("volunteer?part=evening", wall="07:00")

    again = amara.open("volunteer?part=evening", wall="07:00", **{"If-None-Match": first.headers["ETag"]})

    assert len(statements) <= 8
    assert again.status_code == 304
