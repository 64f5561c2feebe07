"""STATUS: what is on, next, late, on hold or not marked, and whether curfew holds, on all stages in one text."""

from collections.abc import Sequence
from datetime import timedelta

from coordinator.core.sms_text import segments
from coordinator.core.stage_names import short_name
from coordinator.core.timeline import SlotState
from coordinator.events.models import Event
from coordinator.lineup.models import Slot
from coordinator.shownight.actions.catching_up import missed_start
from coordinator.shownight.labels import hold_reason_in
from coordinator.shownight.queries import StageNight, night
from coordinator.spoken import without_dear_accents

from .inbound import InboundContext

MOST_SEGMENTS = 2
LONGEST_NAME = 16  # of an act, where there are many stages
LONGEST_REASON = 30  # of a hold
MINUTE = timedelta(minutes=1)

Place = tuple[Event, StageNight]


def places_of(inbound: InboundContext) -> list[Place]:
    """The stages that the text may be about: the one it names, or all that the sender may run."""
    sender = inbound.sender_context
    places = [(event, stage) for event in sender.runs for stage in night(event.id, inbound.now).today.stages]
    theirs = [each for each in places if each[1].stage.id in sender.stage_ids]
    return [each for each in theirs if inbound.stage_id in (None, each[1].stage.id)]


def status(inbound: InboundContext) -> None:
    """One text: a stage in full, several in a line each, those that are on or late first."""
    places = places_of(inbound)
    if not places:
        inbound.echo.say("not-your-stage")
    elif len(places) == 1:
        inbound.echo.say("status", event=places[0][0], **_in_full(inbound, *places[0]))
    else:
        inbound.echo.say("status-stages", event=places[0][0], stages=_in_few_words(inbound, places))


def now_on(inbound: InboundContext, event: Event, stage: StageNight) -> dict[str, str]:
    """What is on, what is next, when the stage ends, and since when its times stand still."""
    echo = inbound.echo
    on, coming, end = stage.projection.on, stage.projection.next, stage.projection.projected_end_at
    curfew = stage.curfew_at
    parts = {"on": "", "next": "", "ends": "", "frozen": ""}
    if stage.projection.frozen_since_at:
        parts["frozen"] = echo.part("part-frozen", time=echo.clock(stage.projection.frozen_since_at, event))
    if on and on.starts_at and on.state is SlotState.ON and stage.on:
        parts["on"] = echo.part("part-on", act=stage.on.name, time=echo.clock(on.starts_at, event))
    if coming and coming.starts_at and stage.next:
        parts["next"] = echo.part("part-next", act=stage.next.name, time=echo.clock(coming.starts_at, event))
    if end is not None:
        words = "part-ended" if _is_over(stage) else _end_against(stage)
        was = echo.clock(curfew, event) if curfew else ""
        parts["ends"] = echo.part(words, time=echo.clock(end, event), was=was, over=_minutes_over(stage))
    return parts


def _in_full(inbound: InboundContext, event: Event, stage: StageNight) -> dict[str, str]:
    """The same, with how late the stage runs; and in place of what is next, that it should be on and isn't marked.

    On hold, in place of all times to come: since when, why, and what waits.
    """
    parts, echo, missed = now_on(inbound, event, stage), inbound.echo, _missed(stage)
    if stage.held_since_at:
        waits = stage.next.name if stage.next else ""
        held = echo.part("part-held", time=echo.clock(stage.held_since_at, event), why=_why(inbound, stage), next=waits)
        return {"due": held, "late": "", "on": parts["on"], "next": "", "ends": "", "frozen": ""}
    late = _minutes_late(stage)
    runs_late = late and not missed and not parts["frozen"]
    parts["late"] = echo.part("part-running-late", minutes=str(late)) if runs_late else ""
    parts["due"] = ""
    if missed:
        parts |= {"next": "", "due": echo.part("part-due", act=missed.name, time=_due(inbound, event, stage, missed))}
    return parts


def _due(inbound: InboundContext, event: Event, stage: StageNight, missed: Slot) -> str:
    """When everybody was told that it starts."""
    return inbound.echo.clock(stage.told[missed.key].starts_at or missed.starts_at, event)


def _why(inbound: InboundContext, stage: StageNight) -> str:
    """Why it is on hold, in the language of the reply."""
    return _cut(without_dear_accents(hold_reason_in(inbound.echo.language, stage.stage.held_reason)), LONGEST_REASON)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 2].rstrip()}.."


def _end_against(stage: StageNight) -> str:
    if stage.curfew_at is None:
        return "part-ends-open"
    return "part-ends-over" if _minutes_over(stage) else "part-ends"


def _in_few_words(inbound: InboundContext, places: Sequence[Place]) -> str:
    """All stages in the fewest segments, with short names where that saves one; else what fits, and how many more."""
    ordered = sorted(places, key=lambda each: _rank(each[1]))
    whole = " ".join(_line(inbound, place, places, is_short=False) for place in ordered)
    lines = [_line(inbound, place, places, is_short=True) for place in ordered]
    if segments(whole) <= min(segments(" ".join(lines)), MOST_SEGMENTS):
        return whole
    for kept in range(len(lines), 1, -1):
        left = len(lines) - kept
        more = [inbound.echo.part("part-status-more", more=str(left))] if left else []
        said = " ".join([*lines[:kept], *more])
        if segments(said) <= MOST_SEGMENTS:
            return said
    return lines[0]


def _rank(stage: StageNight) -> tuple[int, float]:
    """Those that are on, late, on hold or not marked first, then by what comes next; those that are over last."""
    coming = stage.projection.next
    is_off = stage.held_since_at is not None or bool(_minutes_late(stage)) or _missed(stage) is not None
    is_first = stage.on is not None or is_off
    at = coming.starts_at.timestamp() if coming and coming.starts_at else 0.0
    return (0 if is_first else 2 if _is_over(stage) else 1, 0.0 if is_first else at)


def _line(inbound: InboundContext, place: Place, places: Sequence[Place], *, is_short: bool) -> str:
    event, stage = place
    echo, coming = inbound.echo, stage.projection.next
    name = _name(place, places, is_short=is_short)
    over, missed = _minutes_over(stage), _missed(stage)
    if _is_over(stage):
        return echo.part("part-status-over", stage=name)
    if stage.held_since_at:
        since = echo.clock(stage.held_since_at, event)
        return echo.part("part-status-held", stage=name, time=since, why=_why(inbound, stage))
    if missed:
        due = _due(inbound, event, stage, missed)
        return echo.part("part-status-due", stage=name, next=_act(missed, is_short=is_short), time=due, over=over)
    return echo.part(
        "part-status-on" if stage.on else "part-status-next",
        stage=name,
        act=_act(stage.on, is_short=is_short),
        next=_act(stage.next, is_short=is_short),
        time=echo.clock(coming.starts_at, event) if coming and coming.starts_at else "",
        minutes=str(_minutes_late(stage) or ""),
        over=over,
    )


def _name(place: Place, places: Sequence[Place], *, is_short: bool) -> str:
    """The stage; with its show where the sender runs stages of two shows."""
    event, stage = place
    others = [other.stage.name for show, other in places if other.stage.id != stage.stage.id and show.id == event.id]
    name = short_name(stage.stage.name, others) if is_short and others else stage.stage.name
    shows = {show.id: show for show, _ in places}
    return name if len(shows) == 1 else f"{event.title[:LONGEST_NAME].strip()}, {name}"


def _act(slot: Slot | None, *, is_short: bool) -> str:
    if slot is None:
        return ""
    return _cut(slot.name, LONGEST_NAME) if is_short else slot.name


def _missed(stage: StageNight) -> Slot | None:
    """What should be on by what was told, while nothing is marked to be on."""
    return missed_start(stage) if stage.on is None else None


def _is_over(stage: StageNight) -> bool:
    return stage.on is None and stage.projection.next is None


def _minutes_over(stage: StageNight) -> str:
    """Of the curfew, a part of a minute counted as one; empty while it holds."""
    return str(-(-stage.projection.over_curfew // MINUTE) or "")


def _minutes_late(stage: StageNight) -> int:
    return max((stage.late or MINUTE * 0) // MINUTE, 0)
