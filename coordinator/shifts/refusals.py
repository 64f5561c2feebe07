"""What cannot be done with a shift, each a fact with a sentence that a volunteer can read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from flask_babel.speaklater import LazyString

from ..core.cover import Objection, Obstacle


class CannotTakeShift(ValueError):
    """Nobody was put on the shift. Its text is a sentence to the person, in the reader's language."""

    def __init__(self, sentence: LazyString, of: Callable[[str], LazyString] | None = None) -> None:
        """``of`` makes the sentence about somebody of that name; None: it speaks to nobody in particular."""
        super().__init__(sentence)
        self._of = of

    def of(self, name: str) -> str:
        """The same to a coordinator, about the person of this name."""
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
            _l("%(role)s is over already. Please choose another shift.", role=role),
            lambda _name: _l("%(role)s is over already.", role=role),
        )


class ShiftIsFull(CannotTakeShift):
    """Every place is taken."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _l("%(role)s has just filled up. Please choose another shift.", role=role),
            lambda name: _l("%(role)s is full, without %(name)s.", role=role, name=name),
        )


class AlreadyOnShift(CannotTakeShift):
    """This person has a place on it."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _l("You are down for %(role)s already.", role=role),
            lambda name: _l("%(name)s is down for %(role)s already.", name=name, role=role),
        )


class ShiftClashes(CannotTakeShift):
    """The person has something else to do at the same time; ``clashes_with`` is its name."""

    def __init__(self, role: str, clashes_with: str) -> None:
        self.clashes_with = clashes_with
        super().__init__(
            _l("%(role)s is at the same time as %(other)s, which you have already.", role=role, other=clashes_with),
            lambda name: _l("%(name)s is on %(other)s then.", name=name, other=clashes_with),
        )


class ShiftHasPlaces(CannotTakeShift):
    """Nobody need queue for it."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s has a place again. Take it.", role=role))


class NoTimeBetween(CannotTakeShift):
    """There is no time to walk from one to the other and be there at call time; ``other`` is its name."""

    def __init__(self, role: str, other: str, minutes: int) -> None:
        super().__init__(
            _l(
                "%(role)s is too close to %(other)s: there must be %(minutes)d minutes between them.",
                role=role,
                other=other,
                minutes=minutes,
            )
        )


class TooLittleRest(CannotTakeShift):
    """Less than the rest that the house asks for between it and another shift."""

    def __init__(self, role: str, other: str, minutes: int) -> None:
        super().__init__(
            _l(
                "Between %(role)s and %(other)s there must be %(minutes)d minutes of rest.",
                role=role,
                other=other,
                minutes=minutes,
            )
        )


class TooLongAtAStretch(CannotTakeShift):
    """Together with the shifts beside it, it would be longer than the house allows without a rest."""

    def __init__(self, role: str, hours: str) -> None:
        super().__init__(
            _l("With %(role)s you would work longer than %(hours)s hours without a rest.", role=role, hours=hours),
            lambda name: _l(
                "With %(role)s %(name)s would work longer than %(hours)s hours without a rest.",
                role=role,
                name=name,
                hours=hours,
            ),
        )


class SkillIsMissing(CannotTakeShift):
    """The work asks for something that the person has not said they know."""

    def __init__(self, role: str, skill: str) -> None:
        super().__init__(_l("%(role)s needs somebody who knows: %(skill)s.", role=role, skill=skill))


class AgeIsUnknown(CannotTakeShift):
    """The work has a minimum age, and the person has not said when they were born; ``age`` is that minimum."""

    def __init__(self, role: str, age: int) -> None:
        self.age = age
        super().__init__(
            _l("For %(role)s you must be %(age)d. Please tell us your date of birth.", role=role, age=age),
            lambda name: _l(
                "%(role)s is for people of %(age)d or more, and %(name)s has told us no date of birth.",
                role=role,
                age=age,
                name=name,
            ),
        )


class TooYoung(CannotTakeShift):
    """Younger than the work's minimum age on the day of the show."""

    def __init__(self, role: str, age: int) -> None:
        super().__init__(
            _l("For %(role)s you must be %(age)d on the day of the show.", role=role, age=age),
            lambda name: _l(
                "%(role)s is for people of %(age)d or more, and %(name)s is younger on the day of the show.",
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
    """The work is not for a first-timer with nobody beside them who has done a shift before."""

    def __init__(self, role: str) -> None:
        super().__init__(
            _l(
                "%(role)s is no work to do alone the first time. "
                "Choose another shift, or come back when somebody with experience has taken it.",
                role=role,
            ),
            lambda name: _l(
                "%(role)s is no work to do alone the first time, and for %(name)s it would be the first time.",
                role=role,
                name=name,
            ),
        )


class NeedsAReason(CannotTakeShift):
    """What stands against it can be passed over, by a coordinator who says why; ``refusals`` are the sentences."""

    def __init__(self, refusals: Sequence[CannotTakeShift]) -> None:
        self.refusals = refusals
        super().__init__(_l("Say why it should be so all the same."))


class NoSuchFriend(CannotTakeShift):
    """Two people were to come together, and one of them cannot; ``name`` is whose."""

    def __init__(self, name: str, why: CannotTakeShift) -> None:
        super().__init__(_l("You can only come together. For %(name)s: %(why)s", name=name, why=str(why)))


class FriendIsTooLate(CannotTakeShift):
    """The place was held for them, and is no longer."""

    def __init__(self) -> None:
        super().__init__(_l("This place was held for half an hour and is open to everybody again. Choose a shift."))


class OwnInvitation(CannotTakeShift):
    """Somebody opened the link that they should have passed on."""

    def __init__(self, friend: str) -> None:
        super().__init__(_l("This link is for %(friend)s. Send it to them.", friend=friend))


def refusal_of(objection: Objection, role: str) -> CannotTakeShift:
    """The sentence for what the rules object."""
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


class CannotLeaveShift(ValueError):
    """The sign-up stays as it is. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class ShiftHasBegun(CannotLeaveShift):
    """From its start on, only a coordinator takes somebody off a shift."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s has begun. Please tell a coordinator if you cannot stay.", role=role))


class TooLateToLeave(CannotLeaveShift):
    """After the deadline one does not just leave, but asks for cover."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("%(role)s begins soon. Ask for cover, and we look for somebody else.", role=role))


class NotOnShift(CannotLeaveShift):
    """The person had no place on it any more."""

    def __init__(self, role: str) -> None:
        super().__init__(_l("You are no longer down for %(role)s.", role=role))


class SwapRefused(ValueError):
    """Both keep their places. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class SwapIsOver(SwapRefused):
    """One of the two has no place any more, has begun, or the question was answered or taken back."""

    def __init__(self) -> None:
        super().__init__(_l("That swap is no longer possible. You keep your shift."))


class CannotSwap(SwapRefused):
    """The rules stand against the reader's part of it; ``why`` is the sentence."""

    def __init__(self, why: CannotTakeShift) -> None:
        super().__init__(_l("You cannot swap: %(why)s", why=str(why)))


class OtherCannotSwap(SwapRefused):
    """The rules stand against the other's part of it; why is nobody else's business."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__(_l("%(name)s cannot take %(role)s. Please ask somebody else.", name=name, role=role))


class OtherIsNotReached(SwapRefused):
    """No text reaches the other, so nobody can ask them."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("We cannot ask %(name)s by text. Please ask somebody else.", name=name))


class ImpossibleShift(ValueError):
    """A shift was given times or places that cannot be. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class EndsBeforeItBegins(ImpossibleShift):
    """The end is not after the start."""

    def __init__(self) -> None:
        super().__init__(_l("A shift must end after it begins."))


class PlacesOutOfRange(ImpossibleShift):
    """Fewer places than people needed, or none at all."""

    def __init__(self) -> None:
        super().__init__(_l("A shift needs at least one place, and no more people than it has places."))


class PlacesAreTaken(ImpossibleShift):
    """More people have a place than would be left."""

    def __init__(self, taken: int) -> None:
        super().__init__(
            _l("%(taken)s people are on this shift. Take somebody off before you give it fewer places.", taken=taken)
        )


class NoRoleName(ImpossibleShift):
    """A role was given no name, or one longer than 120 letters."""

    def __init__(self) -> None:
        super().__init__(_l("Please say what the work is, in 120 letters at most."))


class RoleIsThere(ImpossibleShift):
    """Another role of the event has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(_l("%(name)s is there already. Change that one, or take another name.", name=name))


class RoleHasShifts(ImpossibleShift):
    """There is work of this kind in the plan; called off or over, it counts too."""

    def __init__(self, name: str, shifts: int) -> None:
        super().__init__(
            lazy_ngettext(
                "%(name)s has %(num)s shift. Remove it first.",
                "%(name)s has %(num)s shifts. Remove them first.",
                shifts,
                name=name,
            )
        )


class NoSuchAge(ImpossibleShift):
    """A minimum age that nobody has."""

    def __init__(self) -> None:
        super().__init__(_l("A minimum age is a number of years from 0 to 99."))


class TooManySkills(ImpossibleShift):
    """More skills than anybody reads, or one that is a story."""

    def __init__(self, most: int, letters: int) -> None:
        super().__init__(
            _l(
                "Name %(most)d skills at most, of %(letters)d letters each, with commas between.",
                most=most,
                letters=letters,
            )
        )


class LengthOutOfReach(ImpossibleShift):
    """A call time, or minutes before or after a slot, that are below nothing or longer than a day."""

    def __init__(self) -> None:
        super().__init__(_l("Minutes before and after are whole numbers from 0 to 1440."))


class NothingToFollow(ImpossibleShift):
    """One of the anchors has no time in the plan."""

    def __init__(self) -> None:
        super().__init__(_l("What the shift should follow has no time. Choose a slot, or give doors and curfew first."))


class FollowsNoTime(ImpossibleShift):
    """It would end before it begins, or take no time."""

    def __init__(self) -> None:
        super().__init__(_l("So it would take no time. Give it minutes before or after, or another end."))


class TooManyShifts(ImpossibleShift):
    """More than are laid in one go."""

    def __init__(self, most: int) -> None:
        super().__init__(_l("That would be more than %(most)d shifts. Choose fewer.", most=most))


class NothingToLayBy(ImpossibleShift):
    """Neither doors nor a running order says when."""

    def __init__(self) -> None:
        super().__init__(_l("Give doors, or plan the first slot: the shifts are laid by that."))


class ShiftHasPeople(ImpossibleShift):
    """Somebody is on it, or was there; only calling it off tells them."""

    def __init__(self, people: int) -> None:
        super().__init__(
            _l("%(people)s people are or were on this shift. It can be called off, and they are told.", people=people)
        )


class ShiftWasTold(ImpossibleShift):
    """Texts about it went out, or were planned."""

    def __init__(self) -> None:
        super().__init__(_l("Somebody was texted about this shift. It can be called off."))


class CodeRefused(ValueError):
    """The code proves nothing. Its text is a sentence in the reader's language."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)


class WrongCode(CodeRefused):
    """Not the digits that were sent; ``tries_left`` more may follow."""

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        super().__init__(_l("That is not the code. Check the newest text from us; it has 6 digits."))


class CodeIsOver(CodeRefused):
    """Used, too old, or tried too often."""

    def __init__(self) -> None:
        super().__init__(_l("This code no longer works. Ask for a new one below."))
