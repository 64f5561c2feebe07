"""The stage that a stage manager's text names: ``GO GARDEN``."""

import re
import unicodedata
from collections.abc import Sequence

from coordinator.events.models import Event

_WORD = re.compile(
    r"\s*(GO|DONE|STATUS|UNDO|DESHACER|(?:LATE|TARDE)(?:\s*\+?\d+(?:\s*(?:M|MINS?|MINUTES?|MINUTOS?)\b)?)?)[\s,:]+(\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def without_stage(body: str, runs: Sequence[Event]) -> tuple[str, int | None]:
    """(the text without the stage it names, that stage's id); the whole text and None when it names none.

    ``runs``: the shows that the sender may run. A stage is named by its key, or by any words of its name that no other
    stage has.
    """
    found = _WORD.fullmatch(body) if runs else None
    if found is None:
        return body, None
    said = _words(found[2])
    stages = [stage for event in runs for stage in event.stages]
    named = [stage for stage in stages if said and (said <= _words(stage.name) or said == {stage.key})]
    return (found[1], named[0].id) if len(named) == 1 else (body, None)


def _words(text: str) -> set[str]:
    """The words without accents, capitals and punctuation."""
    spelled = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in spelled if not unicodedata.combining(each))
    return set(re.findall(r"[\w-]+", kept))
