"""Why someone cannot be put on a shift, each with a sentence that a volunteer can read."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from flask_babel.speaklater import LazyString

from coordinator.core.cover import Objection, Obstacle


class CannotTakeShift(ValueError):
    """Nobody was put on the shift. Its text is a sentence to the person, in the reader's language."""

    def __init__(self, sentence: LazyString, of: Callable[[str], LazyString] | None = None) -> None:
        """``of`` is the name of the person the sentence is about; None: it addresses nobody in particular."""
        super().__init__(sentence)
        self._of = of

    def of(self, name: str) -> str:
        """The same for a coordinator, about the person with this name."""
        return str(self._of(name) if self._of else self)


class NoSuchShift(CannotTakeShift):
    """The shift was removed."""

    def __init__(self) -> None:
        super().__init__(
            _l("That shift is no longer there. Please choose another."), lambda _name: _l("That shift was removed.")
        )


class ShiftIsCancelled(CannotTakeShift):
    """It does not take place."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _l("%(role)s was called off. Please choose another shift.", role=role),
            lambda _name: _l("%(role)s was called off.", role=role),
        )


class ShiftIsOver(CannotTakeShift):
    """It has ended."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _l("%(role)s is already over. Please choose another shift.", role=role),
            lambda _name: _l("%(role)s is already over.", role=role),
        )


class ShiftIsFull(CannotTakeShift):
    """Every spot is taken."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _l("%(role)s has just filled up. Please choose another shift.", role=role),
            lambda name: _l("%(role)s is full, so there's no spot for %(name)s.", role=role, name=name),
        )


class AlreadyOnShift(CannotTakeShift):
    """This person already has a spot on it."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _l("You're already signed up for %(role)s.", role=role),
            lambda name: _l("%(name)s is already signed up for %(role)s.", name=name, role=role),
        )


class ShiftClashes(CannotTakeShift):
    """The person has something else to do at the same time; ``clashes_with`` is its name."""

    def __init__(self, role: str, clashes_with: str) -> None:
        self.clashes_with = clashes_with
        super().__init__(
            _l("%(role)s is at the same time as %(other)s, which you already have.", role=role, other=clashes_with),
            lambda name: _l("%(name)s is on %(other)s at that time.", name=name, other=clashes_with),
        )


class ShiftHasPlaces(CannotTakeShift):
    """There is a free spot, so nobody needs to wait."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s has an open spot again. Take it.", role=role))


class NoTimeBetween(CannotTakeShift):
    """There is no time to walk from one to the other and be there at call time; ``other`` is its name."""

    def __init__(self, role: str, other: str, minutes: int) -> None:
        super().__init__(
            lazy_ngettext(
                "%(role)s is too close to %(other)s: there must be %(minutes)d minute between them.",
                "%(role)s is too close to %(other)s: there must be %(minutes)d minutes between them.",
                minutes,
                role=role,
                other=other,
                minutes=minutes,
            )
        )


class TooLittleRest(CannotTakeShift):
    """Less than the event's rest between it and another shift."""

    def __init__(self, role: str, other: str, minutes: int) -> None:
        super().__init__(
            lazy_ngettext(
                "There must be %(minutes)d minute of rest between %(role)s and %(other)s.",
                "There must be %(minutes)d minutes of rest between %(role)s and %(other)s.",
                minutes,
                role=role,
                other=other,
                minutes=minutes,
            )
        )


class TooLongAtAStretch(CannotTakeShift):
    """Together with adjacent shifts, it would be longer than the event allows without a rest."""

    def __init__(self, role: str, hours: str) -> None:
        super().__init__(
            _l("With %(role)s, you'd work more than %(hours)s h without rest.", role=role, hours=hours),
            lambda name: _l(
                "With %(role)s, %(name)s would work more than %(hours)s h without rest.",
                role=role,
                name=name,
                hours=hours,
            ),
        )


class SkillIsMissing(CannotTakeShift):
    """The role requires a skill that the person has not said they have."""

    def __init__(self, role: str, skill: str) -> None:
        super().__init__(_l("%(role)s needs someone who knows: %(skill)s.", role=role, skill=skill))


class AgeIsUnknown(CannotTakeShift):
    """The role has a minimum age, and the person has not given a date of birth; ``age`` is that minimum."""

    def __init__(self, role: str, age: int) -> None:
        self.age = age
        super().__init__(
            _l(
                "To work %(role)s, you must be at least %(age)d. Please tell us your date of birth.", role=role, age=age
            ),
            lambda name: _l(
                "%(role)s is for people %(age)d or older, and %(name)s hasn't told us their date of birth.",
                role=role,
                age=age,
                name=name,
            ),
        )


class TooYoung(CannotTakeShift):
    """Younger than the role's minimum age on the day of the show."""

    def __init__(self, role: str, age: int) -> None:
        super().__init__(
            _l("To work %(role)s, you must be at least %(age)d on the day of the show.", role=role, age=age),
            lambda name: _l(
                "%(role)s is for people %(age)d or older, and %(name)s will be younger on the day of the show.",
                role=role,
                age=age,
                name=name,
            ),
        )


class TooLateForMinors(CannotTakeShift):
    """It ends later than people under 18 may work."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s ends too late for people under 18.", role=role))


class NotAlone(CannotTakeShift):
    """A first-time volunteer cannot do it without someone who has worked a shift before."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _l(
                "First-time volunteers can't work %(role)s alone. Choose another "
                "shift, or come back when someone with experience has signed up.",
                role=role,
            ),
            lambda name: _l(
                "First-time volunteers can't work %(role)s alone, and it would be the first time for %(name)s.",
                role=role,
                name=name,
            ),
        )


class NeedsAReason(CannotTakeShift):
    """A coordinator can override the objections with a reason; ``refusals`` are their sentences."""

    def __init__(self, refusals: Sequence[CannotTakeShift]) -> None:
        self.refusals = refusals
        super().__init__(_l("Give a reason to override this."))


def refusal_of(objection: Objection, role: str) -> CannotTakeShift:
    """The sentence for the rules' objection."""
    return _SAID[objection.obstacle](role, objection)


def _minutes(objection: Objection) -> int:
    return (objection.length or timedelta()) // timedelta(minutes=1)


_SAID: Final[dict[Obstacle, Callable[[str, Objection], CannotTakeShift]]] = {
    Obstacle.CALLED_OFF: lambda role, _: ShiftIsCancelled(role),
    Obstacle.OVER: lambda role, _: ShiftIsOver(role),
    Obstacle.TAKEN: lambda role, _: AlreadyOnShift(role),
    Obstacle.FULL: lambda role, _: ShiftIsFull(role),
    Obstacle.TOO_YOUNG: lambda role, told: TooYoung(role, told.age or 0),
    Obstacle.NIGHT: lambda role, _: TooLateForMinors(role),
    Obstacle.CLASH: lambda role, told: ShiftClashes(role, told.what),
    Obstacle.TOO_CLOSE: lambda role, told: NoTimeBetween(role, told.what, _minutes(told)),
    Obstacle.REST: lambda role, told: TooLittleRest(role, told.what, _minutes(told)),
    Obstacle.TOO_LONG: lambda role, told: TooLongAtAStretch(role, f"{_minutes(told) / 60:g}"),
    Obstacle.SKILL: lambda role, told: SkillIsMissing(role, told.what),
    Obstacle.AGE_UNKNOWN: lambda role, told: AgeIsUnknown(role, told.age or 0),
    Obstacle.ALONE: lambda role, _: NotAlone(role),
}
