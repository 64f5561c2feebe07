"""What organizers call things, in the language of whoever reads it."""

from collections.abc import Mapping
from typing import Final, Protocol, cast

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import escape

from coordinator.people.models import LANGUAGES

from .models import PrintKind

PRINTS: Final[Mapping[str, LazyString]] = {
    PrintKind.RUNNING_ORDER: _l("Running order"),
    PrintKind.CALL_SHEETS: _l("Call sheets"),
    PrintKind.SHIFTS: _l("Paper shift sheet"),
    PrintKind.DOOR: _l("Door list"),
    PrintKind.PHONES: _l("Phone list"),
    PrintKind.BADGES: _l("Badges"),
}


class Titled(Protocol):
    """An event or a role."""

    def called(self, language: str) -> str: ...


class _Called(LazyString):
    """Unlike other lazy words these were typed by somebody: in a page they are no markup."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__(lambda: names["es" if str(get_locale() or "en").startswith("es") else "en"])  # type: ignore[no-untyped-call]

    def __html__(self) -> str:
        return str(escape(str(self)))


def called(thing: Titled) -> str:
    """What it is called, in the language that is spoken when this is shown: for sentences that are shown later.

    For a text or a calendar of somebody whose language is known, ask the thing itself.
    """
    return cast("str", _Called({language: thing.called(language) for language in LANGUAGES}))
