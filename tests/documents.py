"""Event documents for tests: a small one, and one that uses every key."""

import json
from copy import deepcopy
from datetime import datetime
from typing import Any

from coordinator.features.event_document.entries import Document
from coordinator.features.event_document.read import read_document
from tests.builders import MADE_AT


def small() -> dict[str, Any]:
    """One act on one stage, a shift at the door and one that follows the act, one volunteer."""
    return deepcopy(
        {
            "callboard": 1,
            "slug": "benefit",
            "title": "Songs for Justice in Motion",
            "zone": "America/New_York",
            "date": "2026-12-04",
            "people": [
                {"key": "josh", "name": "Josh Granowski", "phone": "+12125550101"},
                {"key": "ana", "name": "Ana Ruiz", "phone": "+12125550102"},
            ],
            "acts": [{"key": "josh", "name": "Josh Granowski", "people": ["josh"]}],
            "stages": [
                {
                    "key": "main",
                    "name": "Main stage",
                    "curfew": "2026-12-04T23:00:00-05:00",
                    "slots": [
                        {"key": "josh", "act": "josh", "starts": "2026-12-04T20:00:00-05:00", "length": 20},
                        {
                            "key": "raffle",
                            "kind": "speech",
                            "title": "Raffle",
                            "starts": "2026-12-04T20:40:00-05:00",
                            "length": 10,
                            "changeover": 10,
                        },
                    ],
                }
            ],
            "roles": [{"key": "door", "name": "Front door"}],
            "shifts": [
                {
                    "key": "door-1",
                    "role": "door",
                    "min": 1,
                    "max": 2,
                    "starts": "2026-12-04T19:15:00-05:00",
                    "ends": "2026-12-04T20:45:00-05:00",
                },
                {
                    "key": "door-2",
                    "role": "door",
                    "follows": {"slot": "raffle", "from": "changeover_start", "to": "set_start", "before": 5},
                },
            ],
            "sign_ups": [{"shift": "door-1", "person": "ana"}],
        }
    )


def full() -> dict[str, Any]:
    """Every possible key, in the form of an export: two stages, every kind of slot, facts, rules."""
    return deepcopy(_FULL)


def read(document: dict[str, Any], now: datetime = MADE_AT) -> Document:
    return read_document(json.dumps(document), now=now)


def slot_of(document: dict[str, Any], key: str) -> dict[str, Any]:
    """The slot with this key, to change in place."""
    slots = (slot for stage in document["stages"] for slot in stage["slots"])
    return next(slot for slot in slots if slot["key"] == key)


_FULL: dict[str, Any] = {
    "callboard": 1,
    "slug": "justice-in-motion",
    "title": "Songs for Justice in Motion",
    "zone": "America/New_York",
    "date": "2026-12-04",
    "venue": {"name": "Alder Street Hall", "address": "214 Alder Street"},
    "doors": "2026-12-04T19:30:00-05:00",
    "beneficiary": "Justice in Motion",
    "donation": {"suggested": 12.5, "currency": "USD", "goal": 2500, "url": "https://give.example/justice"},
    "about": "Two stages.\nOne cause.",
    "notes": "Ask Ines for the keys.",
    "contact": {"name": "Ines", "phone": "+12125550104"},
    "published": True,
    "quiet": {"from": "22:00", "to": "07:30"},
    "house_rules": {
        "walking": 10,
        "rest": 45,
        "longest": 300,
        "minors_until": "21:30",
        "leave_until": 360,
        "promote_until": 2880,
        "offer_until": 120,
        "offer_lasts": 20,
        "asks_whom": "history",
        "asks_to_confirm": True,
        "worry_before": 20,
        "hour_is_worth": 18.5,
        "raised": 1240,
    },
    "people": [
        {
            "key": "josh",
            "name": "Josh Granowski",
            "phone": "+12125550101",
            "language": "en",
            "texts": {"agreed_at": "2026-10-30T08:00:00-04:00", "how": "form"},
            "email": "josh@band.example",
            "emails": {"agreed_at": "2026-10-30T08:00:00-04:00", "how": "form", "words": "Yes, email me."},
            "prefers": "text",
            "notes": "Brings her own stool.",
        },
        {"key": "carlos", "name": "Carlos Lumbi", "phone": "+12125550102", "language": "es"},
        {
            "key": "sam",
            "name": "Sam Ortiz",
            "phone": "+12125550103",
            "language": "en",
            "texts": {"agreed_at": "2026-11-02T08:00:00-05:00", "words": "Yes, text me about the show."},
            "stage_manager": True,
            "artist_liaison": True,
        },
        {
            "key": "ana",
            "name": "Ana Ruiz",
            "phone": "+12125550104",
            "language": "en",
            "skills": ["first aid", "till"],
            "born_on": "1998-05-31",
        },
        {"key": "guest", "name": "A guest", "phone": None, "language": "en"},
    ],
    "acts": [
        {"key": "josh-granowski", "name": "Josh Granowski", "about": "Songs on guitar", "people": ["josh"]},
        {"key": "duo", "name": "Josh & Carlos", "people": ["josh", "carlos"]},
        {"key": "tba", "name": "TBA", "people": []},
    ],
    "stages": [
        {
            "key": "main",
            "name": "Main stage",
            "curfew": "2026-12-05T00:30:00-05:00",
            "attended": True,
            "slots": [
                {
                    "key": "check",
                    "kind": "soundcheck",
                    "act": "josh-granowski",
                    "starts": "2026-12-04T18:00:00-05:00",
                    "length": 30,
                    "changeover": 0,
                    "changeover_min": 0,
                    "pinned": False,
                    "early_ok": False,
                    "note": "Two vocal mics",
                    "state": "confirmed",
                },
                {
                    "key": "josh",
                    "kind": "set",
                    "act": "josh-granowski",
                    "starts": "2026-12-04T20:00:00-05:00",
                    "length": 20,
                    "changeover": 10,
                    "changeover_min": 5,
                    "pinned": True,
                    "early_ok": False,
                    "state": "confirmed",
                    "started_at": "2026-12-04T20:05:10-05:00",
                    "ended_at": "2026-12-04T20:31:00.500000-05:00",
                    "late_by": 5,
                    "extension": 6,
                },
                {
                    "key": "raffle",
                    "kind": "speech",
                    "title": "Raffle",
                    "starts": "2026-12-04T20:40:00-05:00",
                    "length": 10,
                    "changeover": 5,
                    "changeover_min": 0,
                    "pinned": False,
                    "early_ok": False,
                    "state": "open",
                },
                {
                    "key": "duo",
                    "kind": "set",
                    "act": "duo",
                    "starts": "2026-12-04T23:30:00-05:00",
                    "length": 45,
                    "changeover": 20,
                    "changeover_min": 10,
                    "pinned": False,
                    "early_ok": False,
                    "state": "cancelled",
                },
            ],
        },
        {
            "key": "yard",
            "name": "The yard",
            "curfew": None,
            "slots": [
                {
                    "key": "tea",
                    "kind": "break",
                    "starts": "2026-12-04T21:00:00-05:00",
                    "length": 15,
                    "changeover": 0,
                    "changeover_min": 0,
                    "pinned": False,
                    "early_ok": True,
                    "state": "open",
                },
                {
                    "key": "tba",
                    "kind": "set",
                    "act": "tba",
                    "title": "Somebody",
                    "starts": "2026-12-04T21:30:00-05:00",
                    "length": 30,
                    "changeover": 15,
                    "changeover_min": 10,
                    "pinned": False,
                    "early_ok": False,
                    "state": "declined",
                },
            ],
        },
    ],
    "roles": [
        {
            "key": "door",
            "name": "Front door",
            "note": "Seated",
            "skills": ["till"],
            "minimum_age": 18,
            "never_alone": True,
            "instructions": {"en": "Greet everybody.\nThe cash box is under the table.", "es": "Saluda a la gente."},
        },
        {"key": "stage", "name": "Stage helpers", "works_changeovers": True},
    ],
    "shifts": [
        {
            "key": "door-1",
            "role": "door",
            "min": 1,
            "max": 2,
            "place": "Side entrance",
            "call": 10,
            "starts": "2026-12-04T19:15:00-05:00",
            "ends": "2026-12-04T20:45:00-05:00",
        },
        {
            "key": "strike-1",
            "role": "stage",
            "min": 0,
            "max": 2,
            "follows": {"slot": "raffle", "from": "changeover_start", "to": "set_start", "before": 5, "after": 10},
        },
        {
            "key": "pack-up",
            "role": "stage",
            "min": 2,
            "max": 4,
            "follows": {"slot": "tba", "from": "doors", "to": "set_end", "before": 0, "after": 0},
        },
    ],
    "sign_ups": [
        {"shift": "door-1", "person": "ana", "state": "checked_in"},
        {"shift": "strike-1", "person": "ana", "state": "confirmed"},
        {"shift": "strike-1", "person": "sam", "state": "waitlisted"},
    ],
    "rules": [
        {
            "key": "call",
            "for": "performers",
            "anchor": "set_start",
            "lead": 45,
            "only": "unconfirmed",
            "text": {"en": "{act}, you're on at {time}.", "es": "{act}, tocas a las {time}."},
        },
        {"key": "details", "only": None, "text": {"en": "See you tomorrow."}},
        {"key": "stage", "off": True},
        {"key": "tidy", "for": "volunteers", "anchor": "shift_start", "lead": 2},
    ],
}
