"""What a page of the rehearsal asks for: the script, the moment that is looked at, one more happening, a step forward.

All of it is in the form. Nothing is kept here, so whichever process answers, and after every restart, it is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from coordinator.shownight.models import Verb

from ..ready_made import ReadyMade, ReadyScript
from ..script import TAKE_MINUTES, script_of, steps_in
from ..steps import DESK, GO_ON, HOLD, NO_SHOW, STAND_IN, TEXT, BadScript, RehearsalStep

LONGEST_SCRIPT: Final = 50_000  # characters
MOST_STEPS: Final = 300
LONGEST_TEXT: Final = 1600  # as the network takes them
FIELD_OF: Final = {STAND_IN: "act", NO_SHOW: "person", HOLD: "reason", GO_ON: "reason"}  # where a refusal is said

Fields = MultiDict[str, str]


class Wrong(ValueError):
    """What was typed cannot be; ``field`` names where."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.where = where


@dataclass(frozen=True)
class Asking:
    """One request. ``typed`` is the script as it was typed; ``at`` None: the beginning. ``wrong``: sentences by field.

    ``strict``: a step that is impossible is refused.
    """

    typed: str
    steps: tuple[RehearsalStep, ...] = ()
    on_time: bool = False
    strict: bool = False
    at: datetime | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)

    def with_step(self, step: RehearsalStep) -> Asking:
        """The same with one more step."""
        return replace(self, steps=(*self.steps, step), at=step.at)

    def script(self, zone: str) -> str:
        """The steps as JSON; what was typed, where that is no script."""
        return script_of(self.steps, zone) if self.steps and "script" not in self.wrong else self.typed


def asked_in(form: Fields, ready: Mapping[ReadyMade, ReadyScript]) -> Asking:
    """What the form asks for, but what is added at a moment. A script that cannot be read is ``wrong``."""
    if form.get("ready") in ready:
        chosen = ready[ReadyMade(form["ready"])]
        return Asking("", chosen.steps, on_time=chosen.on_time)
    typed = form.get("script", "")
    asking = Asking(typed, on_time=form.get("on_time") == "1", strict="own" in form, at=instant_in(form.get("at", "")))
    try:
        steps = _steps(typed)
    except BadScript as fault:
        sentence = str(fault)
        return replace(asking, wrong={"script": sentence[:1].upper() + sentence[1:]})
    return replace(asking, steps=_without(steps, form.get("drop", "")))


def added_in(form: Fields, at: datetime) -> RehearsalStep | None:
    """What is to happen besides, at this moment; None: nothing. Raises Wrong."""
    if "press" in form:
        return _press(form, at)
    if (key := _sender(form)) is not None:
        key, _between, word = key.partition(" ")
        body = word or form.get(f"text-{key}", "").strip()
        if not body:
            raise Wrong(f"text-{key}", _("Enter a text first, like C."))
        if len(body) > LONGEST_TEXT:
            raise Wrong(f"text-{key}", _("Texts are limited to 1,600 characters. Make it shorter."))
        return RehearsalStep(at, TEXT, sender=key, body=body)
    return None


def _sender(form: Fields) -> str | None:
    """Who texts; Enter in a field presses the first button of the form, and means what was typed there."""
    if "say" in form:
        return form["say"]
    typed = [name for name, value in form.items() if name.startswith("text-") and value.strip()]
    return typed[0].removeprefix("text-") if form.get("to") == "stay" and typed else None


def _press(form: Fields, at: datetime) -> RehearsalStep:
    verb = form["press"]
    if verb not in (*Verb, *DESK):
        raise Wrong("slot", _("Choose what happens."))
    written = form.get("minutes", "").strip()
    if verb in TAKE_MINUTES and not (written.isascii() and written.isdigit() and len(written) < 5):
        raise Wrong("minutes", _("Enter a whole number of minutes, like 10."))
    minutes = int(written) if verb in TAKE_MINUTES else None
    match verb:
        case "hold" | "go_on":
            reason = form.get("reason", "").strip() if verb == HOLD else ""
            return RehearsalStep(at, verb, stage=form.get("stage"), minutes=minutes, body=reason)
        case "no_show":
            return RehearsalStep(at, verb, sender=form.get("person", ""))
        case "stand_in":
            return RehearsalStep(at, verb, form.get("slot", ""), act=form.get("act", ""))
    return RehearsalStep(at, verb, form.get("slot", ""), minutes)


def _steps(typed: str) -> Sequence[RehearsalStep]:
    if len(typed) > LONGEST_SCRIPT:
        raise BadScript(_("A script here is limited to %(most)d steps.", most=MOST_STEPS))
    steps = steps_in(typed) if typed.strip() else []
    if len(steps) > MOST_STEPS:
        raise BadScript(_("A script here is limited to %(most)d steps.", most=MOST_STEPS))
    return steps


def _without(steps: Sequence[RehearsalStep], number: str) -> tuple[RehearsalStep, ...]:
    dropped = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None
    return tuple(step for place, step in enumerate(steps) if place != dropped)


def instant_in(written: str) -> datetime | None:
    """The instant in a field; None if it is none."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None else None
