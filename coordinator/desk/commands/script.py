"""The script of a rehearsal: what is pressed and what is texted on the night, read from a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...shownight.models import VERBS
from ..rehearsal import TEXT, BadScript, Step
from .files import text_in

PRESS_KEYS, TEXT_KEYS = ("at", "do", "slot", "minutes"), ("at", "do", "from", "body")
TAKE_MINUTES = ("late", "extend")


def steps_in(file: Path) -> list[Step]:
    """The steps in a file, which holds a JSON list of them.

    Raises ClickException for a file that cannot be read, BadScript with a sentence that names the step that is wrong.
    """
    try:
        return steps_of(_list_in(text_in(file)))
    except BadScript as fault:
        raise BadScript(f"{file}: {fault}") from None


def steps_of(steps: list[Any]) -> list[Step]:
    """The steps as they were written; the first is step 1. Raises BadScript."""
    return [_step(step, f"Step {number}") for number, step in enumerate(steps, start=1)]


def _list_in(text: str) -> list[Any]:
    try:
        steps = json.loads(text)
    except json.JSONDecodeError as fault:
        raise BadScript(f"not JSON: {fault.msg.lower()} at line {fault.lineno}, column {fault.colno}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets within brackets without end
        raise BadScript("not JSON that can be read.") from None
    if not isinstance(steps, list):
        raise BadScript("must hold a list of steps.")
    return steps


def _step(step: Any, which: str) -> Step:
    if not isinstance(step, Mapping):
        raise BadScript(f"{which} must be an object with at, do and slot.")
    do = _do(step, which)
    known = TEXT_KEYS if do == TEXT else PRESS_KEYS
    if unknown := [key for key in step if key not in known]:
        raise BadScript(f'{which}: "{do}" has no key {unknown[0]!r}; its keys are {", ".join(known)}.')
    at = _instant(step, which)
    if do == TEXT:
        return Step(at, do, sender=_text(step, "from", which), body=_text(step, "body", which))
    return Step(at, do, slot=_text(step, "slot", which), minutes=_minutes(step, do, which))


def _do(step: Mapping[str, Any], which: str) -> str:
    if step.get("do") not in (*VERBS, TEXT):
        raise BadScript(f"{which}: do must be one of {', '.join((*VERBS, TEXT))}.")
    return str(step["do"])


def _instant(step: Mapping[str, Any], which: str) -> datetime:
    try:
        at = datetime.fromisoformat(step["at"])
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    raise BadScript(f"{which}: at must be an instant such as 2026-12-04T20:05:00-05:00.")


def _text(step: Mapping[str, Any], key: str, which: str) -> str:
    value = step.get(key)
    if not isinstance(value, str):
        raise BadScript(f"{which}: {key} must be a text in quotes.")
    return value


def _minutes(step: Mapping[str, Any], do: str, which: str) -> int | None:
    minutes = step.get("minutes")
    if do not in TAKE_MINUTES and minutes is not None:
        raise BadScript(f'{which}: "{do}" takes no minutes; they belong to {" and ".join(TAKE_MINUTES)}.')
    if do in TAKE_MINUTES and (not isinstance(minutes, int) or isinstance(minutes, bool)):
        raise BadScript(f"{which}: minutes must be a whole number.")
    return minutes
