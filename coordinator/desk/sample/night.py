"""The benefit night of the flyer beside this file, five days ahead, with people on fictional numbers.

No text is inserted ready-made: the slots are invited, and the ordinary planner does the rest.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ...accounts.actions import add_coordinator, add_organisation
from ...accounts.models import Coordinator
from ...accounts.queries import coordinator_by_email
from ...core.flyer import Flyer, read_flyer
from ...core.show_time import instant_of
from ...db import transaction
from ...people.actions import agree_to_texts
from ..document import load, read_document

SLUG = "justice-in-motion"
ZONE = ZoneInfo("America/New_York")
AHEAD = timedelta(days=5)
ORGANISATION = "Kitchen Table Concerts"
OWNER = ("ines@callboard.example", "Ines Okafor", "+12125550110")
FLYER = Path(__file__).with_name("flyer.txt")
WORDS = "I agree to texts about this show."

PERFORMERS = (
    ("josh", "Josh Granowski", "+12125550101"),
    ("carlos", "Carlos Lumbi", "+12125550102"),
    ("wren", "Wren Okada", "+12125550103"),
    ("tomas", "Tomas Ide", "+12125550104"),
)
STAGE_MANAGER = ("sam", "Sam Ortiz", "+12125550105")
VOLUNTEERS = (
    ("ben", "Ben Adler", "+12125550111"),
    ("sunita", "Sunita Rao", "+12125550112"),
    ("dana", "Dana Reyes", "+12125550113"),
    ("mikel", "Mikel Etxe", "+12125550114"),
    ("ruth", "Ruth Amari", "+12125550115"),
    ("lea", "Lea Brandt", "+12125550116"),
)
ACTS = (
    ("josh-granowski", "Songs on guitar", ("josh",), 20, 10, 5),
    ("carlos-lumbi", "Solo piano", ("carlos",), 40, 10, 5),
    ("the-poor-nobodys", "Full band", ("wren", "tomas"), 45, 20, 10),
)
ROLES = (
    ("set-up", "Set up", "Chairs and sound. Some lifting", False),
    ("door", "Front door", "Welcome people, take donations. Seated", False),
    ("stage", "Stage helpers", "Carry and plug in between the acts", True),
    ("table", "Tea and cake", "You hear the first two sets", False),
    ("clear-up", "Clear up", "Many hands, quick work", False),
)


def add_sample(now: datetime) -> Coordinator:
    """Make the sample organisation, its owner and its night, five days after ``now``."""
    with transaction():
        organisation = add_organisation(ORGANISATION, now)
        email, name, phone = OWNER
        owner = add_coordinator(email, name, phone, "owner", organisation, now)
        agree_to_texts(owner.person, "sample", WORDS, now)
        document = sample_document(now.astimezone(ZONE).date() + AHEAD, now)
        load(read_document(json.dumps(document), now=now), organisation, now=now, by="the sample")
    return owner


def sample_owner() -> Coordinator | None:
    """Whom the sample night belongs to; None when there is no sample."""
    return coordinator_by_email(OWNER[0])


def sample_document(on: date, now: datetime) -> dict[str, Any]:
    """The night as an event document, on this date."""
    flyer = read_flyer(FLYER.read_text(encoding="utf-8"), default_on=on, zone=ZONE.key)

    def at(wall: str, days: int = 0) -> str:
        local = datetime.combine(on + timedelta(days=days), time.fromisoformat(wall))
        return instant_of(local, ZONE, fold=0).astimezone(ZONE).isoformat()

    agreed = {"agreed_at": now.isoformat(timespec="seconds"), "how": "sample"}
    people = [_person(each, agreed) for each in (*PERFORMERS, STAGE_MANAGER, *VOLUNTEERS)]
    return {
        "callboard": 1,
        "slug": SLUG,
        "title": "Songs for Justice in Motion",
        "zone": ZONE.key,
        "date": on.isoformat(),
        "venue": {"name": "Alder Street Hall", "address": "214 Alder Street, side entrance"},
        "doors": at("19:30"),
        "beneficiary": flyer.beneficiary,
        "donation": {"suggested": 10, "currency": "USD", "url": None},
        "about": flyer.about,
        "published": True,
        "quiet": None,
        "people": people,
        "acts": [
            {"key": key, "name": act.name, "about": about, "people": list(members)}
            for (key, about, members, *_), act in zip(ACTS, flyer.acts, strict=True)
        ],
        "stages": [{"key": "main", "name": "Main stage", "curfew": at("23:00"), "slots": _slots(flyer, at)}],
        "roles": [
            {"key": key, "name": name, "note": note, "works_changeovers": works} for key, name, note, works in ROLES
        ],
        "shifts": _shifts(at),
        "sign_ups": [
            {"shift": shift, "person": person, "state": "confirmed"}
            for shift, person in (
                ("set-up-1", "ben"),
                ("set-up-1", "sunita"),
                ("door-1", "dana"),
                ("stage-carlos", "mikel"),
                ("stage-carlos", "ruth"),
                ("stage-nobodys", "mikel"),
                ("stage-nobodys", "ruth"),
                ("table-1", "sunita"),
                ("clear-up-1", "lea"),
            )
        ],
        "rules": [],
    }


def _person(each: tuple[str, str, str], agreed: dict[str, str]) -> dict[str, Any]:
    key, name, phone = each
    manages = {"stage_manager": True} if each is STAGE_MANAGER else {}
    return {"key": key, "name": name, "phone": phone, "language": "en", "texts": agreed} | manages


def _slots(flyer: Flyer, at: Any) -> list[dict[str, Any]]:
    return [
        {
            "key": key.split("-")[-1] if key.startswith("the") else key.split("-")[0],
            "kind": "set",
            "act": key,
            "starts": at(str(act.starts)),
            "length": length,
            "changeover": changeover,
            "changeover_min": least,
            "state": "invited",
        }
        for (key, _about, _members, length, changeover, least), act in zip(ACTS, flyer.acts, strict=True)
    ]


def _shifts(at: Any) -> list[dict[str, Any]]:
    def changeover(slot: str) -> dict[str, Any]:
        return {"slot": slot, "from": "changeover_start", "to": "set_start", "before": 5, "after": 0}

    return [
        {"key": "set-up-1", "role": "set-up", "min": 2, "max": 4, "starts": at("17:30"), "ends": at("19:00")},
        {"key": "door-1", "role": "door", "min": 2, "max": 2, "starts": at("19:15"), "ends": at("20:45")},
        {"key": "stage-carlos", "role": "stage", "min": 2, "max": 2, "follows": changeover("carlos")},
        {"key": "stage-nobodys", "role": "stage", "min": 2, "max": 2, "follows": changeover("nobodys")},
        {"key": "table-1", "role": "table", "min": 1, "max": 2, "starts": at("20:00"), "ends": at("21:30")},
        {
            "key": "clear-up-1",
            "role": "clear-up",
            "min": 2,
            "max": 4,
            "follows": {"slot": "nobodys", "from": "set_end", "to": "set_end", "before": 0, "after": 60},
        },
    ]
