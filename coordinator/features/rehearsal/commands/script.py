"""The script of a rehearsal: what is pressed and what is texted on the night, read from a file."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from coordinator.command_line.files import text_in
from coordinator.shownight.models import Verb

from ..playing import ATTEND, PLAN, TEXT, BadScript, RehearsalStep

PRESS_KEYS = ("at", "do", "slot", "minutes")
KEYS = {TEXT: ("at", "do", "from", "body"), PLAN: ("at", "do", "slot", "starts"), ATTEND: ("at", "do", "stage")}
TAKE_MINUTES = (Verb.LATE, Verb.EXTEND)
DOINGS = (*Verb, *KEYS)


def steps_in(file: Path) -> list[RehearsalStep]:
    """The steps in a file, a JSON list.

    Raises ClickException for a file that cannot be read, BadScript with a sentence that names the wrong step.
    """
    try:
        return steps_of(_list_in(text_in(file)))
    except BadScript as fault:
        raise BadScript(f"{file}: {fault}") from None


def steps_of(steps: Sequence[object]) -> list[RehearsalStep]:
    """The steps as they were written; the first is step 1. Raises BadScript."""
    return [_step(step, f"Step {number}") for number, step in enumerate(steps, start=1)]


def _list_in(text: str) -> list[object]:
    try:
        steps = json.loads(text)
    except json.JSONDecodeError as fault:
        raise BadScript(f"not JSON: {fault.msg.lower()} at line {fault.lineno}, column {fault.colno}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or endlessly nested brackets
        raise BadScript("not JSON that can be read.") from None
    if not isinstance(steps, list):
        raise BadScript("must hold a list of steps.")
    return steps


def _step(step: object, which: str) -> RehearsalStep:
    if not isinstance(step, Mapping):
        raise BadScript(f"{which} must be an object with at, do and slot.")
    do = _do(step, which)
    known = KEYS.get(do, PRESS_KEYS)
    if unknown := [key for key in step if key not in known]:
        raise BadScript(f'{which}: "{do}" has no key {unknown[0]!r}; its keys are {", ".join(known)}.')
    at = _instant(step, "at", which)
    if do == TEXT:
        return RehearsalStep(at, do, sender=_text(step, "from", which), body=_text(step, "body", which))
    if do == ATTEND:
        return RehearsalStep(at, do, stage=_text(step, "stage", which) if step.get("stage") is not None else None)
    if do == PLAN:
        return RehearsalStep(at, do, slot=_text(step, "slot", which), starts_at=_instant(step, "starts", which))
    return RehearsalStep(at, do, slot=_text(step, "slot", which), minutes=_minutes(step, do, which))


def _do(step: Mapping[str, object], which: str) -> str:
    if step.get("do") not in DOINGS:
        raise BadScript(f"{which}: do must be one of {', '.join(DOINGS)}.")
    return str(step["do"])


def _instant(step: Mapping[str, object], key: str, which: str) -> datetime:
    try:
        at = datetime.fromisoformat(str(step[key]))
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        pass
    raise BadScript(f"{which}: {key} must be an instant such as 2026-12-04T20:05:00-05:00.")


def _text(step: Mapping[str, object], key: str, which: str) -> str:
    value = step.get(key)
    if not isinstance(value, str):
        raise BadScript(f"{which}: {key} must be a text in quotes.")
    return value


def _minutes(step: Mapping[str, object], do: str, which: str) -> int | None:
    minutes = step.get("minutes")
    if do not in TAKE_MINUTES and minutes is not None:
        raise BadScript(f'{which}: "{do}" takes no minutes; they belong to {" and ".join(TAKE_MINUTES)}.')
    if do not in TAKE_MINUTES:
        return None
    if not isinstance(minutes, int) or isinstance(minutes, bool):
        raise BadScript(f"{which}: minutes must be a whole number.")
    return minutes
