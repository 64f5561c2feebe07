"""The script of a rehearsal: what is pressed and what is texted on the night, read from JSON and written as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from coordinator.core.json_values import JsonObject
from coordinator.shownight.models import Verb

from .steps import ATTEND, DESK, GO_ON, HOLD, NO_SHOW, PLAN, STAND_IN, SWAP, TEXT, BadScript, RehearsalStep

PRESS_KEYS = ("at", "do", "slot", "minutes")
KEYS = {
    TEXT: ("at", "do", "from", "body"),
    PLAN: ("at", "do", "slot", "starts"),
    ATTEND: ("at", "do", "stage"),
    HOLD: ("at", "do", "stage", "reason"),
    GO_ON: ("at", "do", "stage", "minutes"),
    STAND_IN: ("at", "do", "slot", "act"),
    SWAP: ("at", "do", "slot"),
    NO_SHOW: ("at", "do", "person"),
}
TAKE_MINUTES = (Verb.LATE, Verb.EXTEND, GO_ON)
DOINGS = (*Verb, *KEYS)


def steps_in(text: str) -> list[RehearsalStep]:
    """The steps in a text, a JSON list. Raises BadScript with a sentence that names the wrong step."""
    return steps_of(_list_in(text))


def steps_of(steps: Sequence[object]) -> list[RehearsalStep]:
    """The steps as they were written; the first is step 1. Raises BadScript."""
    return [_step(step, number) for number, step in enumerate(steps, start=1)]


def script_of(steps: Iterable[RehearsalStep], zone: str) -> str:
    """The steps as JSON, one on each line, with times in this zone: what ``steps_in`` reads."""
    lines = [json.dumps(_written(step, ZoneInfo(zone)), ensure_ascii=False) for step in steps]
    return "[\n  " + ",\n  ".join(lines) + "\n]" if lines else "[]"


def _written(step: RehearsalStep, zone: ZoneInfo) -> JsonObject:
    starts = step.starts_at and step.starts_at.astimezone(zone).isoformat()
    values = {"slot": step.slot, "minutes": step.minutes, "starts": starts, "stage": step.stage, "act": step.act}
    values |= {"person" if step.do == NO_SHOW else "from": step.sender}
    said = {"body": step.body} if step.do == TEXT else {"reason": step.body} if step.do == HOLD else {}
    at = step.at.astimezone(zone).isoformat()
    return {"at": at, "do": step.do, **{key: value for key, value in values.items() if value is not None}, **said}


def _list_in(text: str) -> list[object]:
    try:
        steps = json.loads(text)
    except json.JSONDecodeError as fault:
        where = {"line": fault.lineno, "column": fault.colno}
        what = fault.msg.lower()
        raise BadScript(_l("not JSON: %(what)s at line %(line)d, column %(column)d.", what=what, **where)) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or endlessly nested brackets
        raise BadScript(_l("not JSON that can be read.")) from None
    if not isinstance(steps, list):
        raise BadScript(_l("must hold a list of steps."))
    return steps


def _step(step: object, which: int) -> RehearsalStep:
    if not isinstance(step, Mapping):
        raise BadScript(_l("Step %(which)s must be an object with at, do and slot.", which=which))
    do = _do(step, which)
    known = KEYS.get(do, PRESS_KEYS)
    if unknown := [key for key in step if key not in known]:
        names = {"do": do, "key": repr(unknown[0]), "known": ", ".join(known)}
        raise BadScript(
            _l('Step %(which)d: "%(do)s" has no key %(key)s; its keys are %(known)s.', which=which, **names)
        )
    at = _instant(step, "at", which)
    if do == TEXT:
        return RehearsalStep(at, do, sender=_text(step, "from", which), body=_text(step, "body", which))
    if do == ATTEND:
        return RehearsalStep(at, do, stage=_stage(step, which))
    if do in DESK:
        return _desk(step, at, do, which)
    if do == PLAN:
        return RehearsalStep(at, do, slot=_text(step, "slot", which), starts_at=_instant(step, "starts", which))
    return RehearsalStep(at, do, slot=_text(step, "slot", which), minutes=_minutes(step, do, which))


def _desk(step: Mapping[str, object], at: datetime, do: str, which: int) -> RehearsalStep:
    if do == HOLD:
        return RehearsalStep(at, do, stage=_stage(step, which), body=_text(step, "reason", which))
    if do == GO_ON:
        return RehearsalStep(at, do, stage=_stage(step, which), minutes=_minutes(step, do, which))
    if do == NO_SHOW:
        return RehearsalStep(at, do, sender=_text(step, "person", which))
    act = _text(step, "act", which) if do == STAND_IN else None
    return RehearsalStep(at, do, slot=_text(step, "slot", which), act=act)


def _stage(step: Mapping[str, object], which: int) -> str | None:
    return _text(step, "stage", which) if step.get("stage") is not None else None


def _do(step: Mapping[str, object], which: int) -> str:
    if step.get("do") not in DOINGS:
        known = ", ".join(DOINGS)
        raise BadScript(_l("Step %(which)d: do must be one of %(known)s.", which=which, known=known))
    return str(step["do"])


def _instant(step: Mapping[str, object], key: str, which: int) -> datetime:
    try:
        at = datetime.fromisoformat(str(step[key]))
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        pass
    like = "2026-12-04T20:05:00-05:00"
    raise BadScript(_l("Step %(which)d: %(key)s must be an instant such as %(like)s.", which=which, key=key, like=like))


def _text(step: Mapping[str, object], key: str, which: int) -> str:
    value = step.get(key)
    if not isinstance(value, str):
        raise BadScript(_l("Step %(which)d: %(key)s must be a text in quotes.", which=which, key=key))
    return value


def _minutes(step: Mapping[str, object], do: str, which: int) -> int | None:
    minutes = step.get("minutes")
    if do not in TAKE_MINUTES and minutes is not None:
        late, extend, _go_on = TAKE_MINUTES
        sentence = _l(
            'Step %(which)d: "%(do)s" takes no minutes; they belong to %(late)s and %(extend)s.',
            which=which,
            do=do,
            late=late,
            extend=extend,
        )
        raise BadScript(sentence)
    if do not in TAKE_MINUTES:
        return None
    if not isinstance(minutes, int) or isinstance(minutes, bool):
        raise BadScript(_l("Step %(which)d: minutes must be a whole number.", which=which))
    return minutes
