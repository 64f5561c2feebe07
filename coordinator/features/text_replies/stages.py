"""The stage that a stage manager's text names: ``GO GARDEN``."""

import re
from collections.abc import Sequence

from coordinator.core.stage_names import is_named, words_of
from coordinator.events.models import Event, Stage

_WORD = re.compile(
    r"\s*(GO|DONE|STATUS|UNDO|DESHACER|(?:LATE|TARDE)(?:\s*\+?\d+(?:\s*(?:M|MINS?|MINUTES?|MINUTOS?)\b)?)?)[\s,:]+(\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def without_stage(body: str, runs: Sequence[Event]) -> tuple[str, int | None]:
    """(the text without the stage it names, that stage's id); the whole text and None when it names none.

    ``runs``: the shows that the sender may run. A stage is named by its whole name, by its key, or by any words of its
    name that no other stage has.
    """
    found = _WORD.fullmatch(body) if runs else None
    said = set(words_of(found[2])) if found else set()
    if found is None or not said:
        return body, None
    stages = [stage for event in runs for stage in event.stages]
    named = [stage for stage in stages if _is_whole(said, stage)] or [
        stage for stage in stages if is_named(found[2], stage.name)
    ]
    return (found[1], named[0].id) if len(named) == 1 else (body, None)


def _is_whole(said: set[str], stage: Stage) -> bool:
    return said in (set(words_of(stage.name)), {stage.key})
