"""Nights of the timing model as event documents, so that the whole app can play them."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from coordinator.core.rules import DEFAULT_RULES
from coordinator.core.show_time import read_wall

AGREED = {"agreed_at": "2026-01-01T00:00:00Z"}
AFTERWARDS = {"to_come": "cancel", "on": "end"}
BECOMES = {"start": "on", "end": "ended", "cancel": "cancelled", "restore": "to_come"}


def as_document(vector: dict[str, Any]) -> dict[str, Any]:
    """One person per slot, who agreed to texts; no quiet hours; only the vector's rules."""
    return {
        "callboard": 1,
        "slug": vector["name"],
        "title": vector["name"],
        "zone": vector["zone"],
        "date": vector["date"],
        "doors": instant(vector, vector["doors"]) if vector.get("doors") else None,
        "quiet": None,
        "people": [
            {"key": slot["key"], "name": slot["key"].upper(), "phone": f"+1212555010{number}", "texts": AGREED}
            for number, slot in enumerate(vector["slots"])
        ],
        "acts": [
            {"key": slot["key"], "name": slot["key"].upper(), "people": [slot["key"]]} for slot in vector["slots"]
        ],
        "stages": [
            {
                "key": "main",
                "name": "Main stage",
                "curfew": instant(vector, vector["curfew"]) if vector["curfew"] else None,
                "attended": vector.get("attended", False),
                "slots": [_slot(vector, slot) for slot in vector["slots"]],
            }
        ],
        "rules": _rules(vector["rules"]),
    }


def as_script(vector: dict[str, Any]) -> list[dict[str, Any]]:
    """The vector's script, without extending sets that have not begun, which the app refuses.

    The night is closed a minute after its end; otherwise the app would play it until 05:00.
    """
    begun = {line["slot"]: line["at"] for line in reversed(vector["script"]) if line["do"] == "start"}
    possible = [
        line for line in vector["script"] if line["do"] != "extend" or line["at"] >= begun.get(line["slot"], "~")
    ]
    steps = [_step(vector, line) for line in possible]
    over_at = (wall(vector, vector["until"]) + timedelta(minutes=1)).isoformat()
    state = {slot["key"]: "to_come" for slot in vector["slots"]}
    for line in (line for line in vector["script"] if "slot" in line):
        state[line["slot"]] = BECOMES.get(line["do"], state[line["slot"]])
    rest = {key: AFTERWARDS[each] for key, each in state.items() if each in AFTERWARDS}
    return [*steps, *({"at": over_at, "do": do, "slot": key} for key, do in rest.items())]


def wall(vector: dict[str, Any], written: str) -> datetime:
    return read_wall(written, date.fromisoformat(vector["date"]), ZoneInfo(vector["zone"]))


def instant(vector: dict[str, Any], written: str) -> str:
    """The same in RFC 3339, in the vector's zone."""
    return wall(vector, written).astimezone(ZoneInfo(vector["zone"])).isoformat()


def _step(vector: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    return {**line, **{key: instant(vector, line[key]) for key in ("at", "starts") if key in line}}


def _slot(vector: dict[str, Any], slot: dict[str, Any]) -> dict[str, Any]:
    as_they_are = ("key", "length", "changeover", "changeover_min", "pinned", "early_ok")
    kept = {key: slot[key] for key in as_they_are if key in slot}
    return {**kept, "act": slot["key"], "starts": instant(vector, slot["starts"]), "state": "confirmed"}


def _rules(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    own = [
        {"key": rule["rule"], "for": "performers", "anchor": rule["anchor"], "lead": rule["lead"], "only": None}
        for rule in rules
    ]
    keys = {rule["rule"] for rule in rules}
    return own + [{"key": rule.key, "off": True} for rule in DEFAULT_RULES if rule.key not in keys]
