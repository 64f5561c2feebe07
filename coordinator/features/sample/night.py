"""The benefit night of the flyer beside this file, five days ahead, with people on fictional numbers.

It inserts no texts: the slots are invited, and the ordinary planner does the rest.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from coordinator.accounts.actions.accounts import add_coordinator, add_organisation
from coordinator.accounts.models import Actor, Coordinator
from coordinator.accounts.queries import account_by_email
from coordinator.core.flyer import Flyer, read_flyer
from coordinator.core.json_values import JsonObject
from coordinator.core.show_time import instant_of
from coordinator.db import transaction
from coordinator.features.event_document.apply import load
from coordinator.features.event_document.read import read_document
from coordinator.people.actions.consent import agree_to_texts

SLUG = "justice-in-motion"
ZONE = ZoneInfo("America/New_York")
AHEAD = timedelta(days=5)
ORGANISATION = "Kitchen Table Concerts"
OWNER = ("ines@callboard.example", "Ines Okafor", "+12125550110")
FLYER = Path(__file__).with_name("flyer.txt")
ABOUT_IN_SPANISH = Path(__file__).with_name("about_es.txt")
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
    ("iris", "Iris Novak", "iris@show.example"),  # has no phone, and is told by email
)
ACTS = (
    ("josh-granowski", "Songs on guitar", ("josh",), 20, 10, 5),
    ("carlos-lumbi", "Solo piano", ("carlos",), 40, 10, 5),
    ("the-poor-nobodys", "Full band", ("wren", "tomas"), 45, 20, 10),
)
ROLES = (  # name and note in English and in Spanish
    ("set-up", ("Set up", "Montaje"), ("Chairs and sound. Some lifting", "Sillas y sonido. Se carga algo de peso")),
    (
        "door",
        ("Front door", "Puerta"),
        ("Welcome people, take donations. Seated", "Recibir a la gente y los donativos. Hay silla"),
    ),
    (
        "stage",
        ("Stage helpers", "Ayuda en el escenario"),
        ("Carry and plug in between the acts", "Cargar y conectar entre actuaciones"),
    ),
    (
        "table",
        ("Tea and cake", "Café y pasteles"),
        ("You hear the first two sets", "Escuchas las dos primeras actuaciones"),
    ),
    ("clear-up", ("Clean up", "Limpieza"), ("Many hands, quick work", "Entre muchos se acaba pronto")),
)

SIGN_UPS = (
    ("set-up-1", "ben"),
    ("set-up-1", "sunita"),
    ("set-up-1", "iris"),
    ("door-1", "dana"),
    ("stage-carlos", "mikel"),
    ("stage-carlos", "ruth"),
    ("stage-nobodys", "mikel"),
    ("stage-nobodys", "ruth"),
    ("table-1", "sunita"),
    ("clear-up-1", "lea"),
)
SAMPLE = Actor.command("The sample night")


def add_sample(now: datetime) -> Coordinator:
    """Make the sample organization, its owner and its night, five days after ``now``."""
    with transaction():
        organisation = add_organisation(ORGANISATION, now, actor=SAMPLE)
        email, name, phone = OWNER
        owner = add_coordinator(email, name, phone, "owner", organisation, now, actor=SAMPLE)
        agree_to_texts(owner.person, "sample", WORDS, now)
        document = sample_document(now.astimezone(ZONE).date() + AHEAD, now)
        load(read_document(json.dumps(document), now=now), organisation, now=now, actor=SAMPLE)
    return owner


def sample_owner() -> Coordinator | None:
    """Whom the sample night belongs to; None when there is no sample."""
    account = account_by_email(OWNER[0])
    return account.active_memberships[0] if account is not None and account.active_memberships else None


def sample_document(on: date, now: datetime) -> JsonObject:
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
        "donation": {"suggested": 10, "currency": "USD", "goal": 2500, "url": "https://example.org/give"},
        "about": _in_both(flyer.about or "", ABOUT_IN_SPANISH.read_text(encoding="utf-8").strip()),
        "published": True,
        "quiet": None,
        "people": people,
        "acts": _acts(flyer),
        "stages": [{"key": "main", "name": "Main stage", "curfew": at("23:00"), "slots": _slots(flyer, at)}],
        "roles": [
            {"key": key, "name": _in_both(*name), "note": _in_both(*note), "works_changeovers": key == "stage"}
            for key, name, note in ROLES
        ],
        "shifts": _shifts(at),
        "sign_ups": [{"shift": shift, "person": person, "state": "confirmed"} for shift, person in SIGN_UPS],
        "rules": [],
    }


def _in_both(english: str, spanish: str) -> dict[str, str]:
    return {"en": english, "es": spanish}


def _acts(flyer: Flyer) -> list[JsonObject]:
    return [
        {"key": key, "name": act.name, "about": about, "people": list(members)}
        for (key, about, members, *_), act in zip(ACTS, flyer.acts, strict=True)
    ]


def _person(each: tuple[str, str, str], agreed: dict[str, str]) -> JsonObject:
    key, name, where = each
    manages = {"stage_manager": True} if each is STAGE_MANAGER else {}
    by_mail: JsonObject = {"phone": None, "email": where, "emails": agreed}
    reached = by_mail if "@" in where else {"phone": where, "texts": agreed}
    return {"key": key, "name": name, "language": "en"} | reached | manages


def _slots(flyer: Flyer, at: Callable[[str], str]) -> list[JsonObject]:
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


def _shifts(at: Callable[[str], str]) -> list[JsonObject]:
    def changeover(slot: str) -> JsonObject:
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
