"""What a volunteer is asked by text, beside a performer's slots: to take a place, to swap, whether they will come.

C and X are about the one open question of a phone; where there are more, the person is asked which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import force_locale

from ...core.rules import SHIFT_ASK
from ...db import db
from ...messaging.queries import opted_out
from ...reminders.queries import rules_of
from ...shifts.actions import agree_swap, answer_offer, decline_swap, give_back, reopen_offer, say_will_come
from ...shifts.models import CoverOffer, Shift, SignUp, Swap
from ...shifts.queries import house_rule_of, last_offer_to, offers_to, open_swaps, times_now
from ...shifts.refusals import CannotLeaveShift, SwapIsOver, SwapRefused
from . import choices, performers, volunteers

if TYPE_CHECKING:
    from .routing import Heard

LATELY = timedelta(hours=24)  # how long after it was closed a yes is still understood to be about an offer


@dataclass(frozen=True, slots=True)
class Question:
    """One open question: what an answer to it does, and the words by which it is told from others."""

    means: dict[str, Any]
    words: str


def confirm(heard: Heard) -> bool:
    """C: yes to what a volunteer is asked."""
    return _answer(heard, yes=True) or _yes_too_late(heard)


def yes(heard: Heard) -> bool:
    """YES is everyday talk: it answers the only open question of a phone that wants texts; else a person reads it.

    What was declined or put up for cover is not asked any more: only C takes that back.
    """
    asked = [*_slots(heard, True), *_offers(heard, True), *_swaps(heard, True), *_comings(heard, True, back=False)]
    if len(asked) != 1 or opted_out([heard.standing.phone]):
        return False
    return _CHOSEN[asked[0].means["do"]](heard, asked[0].means)


def cannot(heard: Heard) -> bool:
    """X: no to it."""
    return _answer(heard, yes=False)


def offer_chosen(heard: Heard, means: dict[str, Any]) -> bool:
    offer = db.session.get(CoverOffer, means["offer"])
    if offer is None or offer.person_id not in _ids(heard):
        return False
    return _answer_offer(heard, offer, yes=means["yes"])


def swap_chosen(heard: Heard, means: dict[str, Any]) -> bool:
    swap = db.session.get(Swap, means["swap"])
    if swap is None or swap.theirs.person_id not in _ids(heard):
        return False
    heard.message.event_id = swap.event_id
    if means["yes"]:
        return _agree(heard, swap)
    decline_swap(swap, now=heard.now)
    _say(heard, "swap-no", swap.theirs.shift, name=swap.mine.person.first_name)
    return True


def coming_chosen(heard: Heard, means: dict[str, Any]) -> bool:
    mine = next((mine for mine in heard.standing.shifts if mine.sign_up.id == means["sign_up"]), None)
    if mine is None:
        return False
    say_will_come(mine.sign_up, now=heard.now)
    choices.remember(heard.standing.phone, {"undo": "coming", "sign_up": mine.sign_up.id}, heard.now)
    _say(heard, "come", mine.sign_up.shift)
    return True


def undo_offer_yes(heard: Heard, means: dict[str, Any]) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    try:
        give_back(sign_up, now=heard.now)
    except CannotLeaveShift as refusal:
        return _in_words(heard, refusal)
    return heard.echo.shift(sign_up.shift)


def undo_offer_no(heard: Heard, means: dict[str, Any]) -> str:
    offer = db.session.get_one(CoverOffer, means["offer"])
    if reopen_offer(offer, now=heard.now):
        return heard.echo.part("part-answer-open")
    return heard.echo.part("echo-offer-late", **_values(heard, offer.search.shift))


def undo_coming(heard: Heard, means: dict[str, Any]) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    say_will_come(sign_up, now=heard.now, undo=True)
    return heard.echo.shift(sign_up.shift)


def _answer(heard: Heard, *, yes: bool) -> bool:
    own = [*_offers(heard, yes), *_swaps(heard, yes), *_comings(heard, yes)]
    if not own:
        return False
    every = [*_slots(heard, yes), *own]
    if len(every) == 1:
        return _CHOSEN[own[0].means["do"]](heard, own[0].means)
    numbers = choices.offer(heard.standing.phone, [each.means for each in every], heard.now)
    named = [f"{number}: {each.words}" for number, each in zip(numbers, every, strict=True)]
    heard.echo.say("which", first_name=heard.first_name, choices="; ".join(named))
    return True


def _slots(heard: Heard, yes: bool) -> Iterator[Question]:
    by_slot = {mine.slot.id: mine for mine in reversed(heard.standing.unconfirmed)}
    for mine in sorted(by_slot.values(), key=lambda mine: mine.slot.starts_at):
        do = "confirm" if yes else "cannot"
        means = {"do": do, "slot": mine.slot.id, "person": mine.person.id, "minutes": None}
        yield Question(means, heard.echo.slot(mine.slot))


def _offers(heard: Heard, yes: bool) -> Iterator[Question]:
    for offer in offers_to(_ids(heard), heard.now):
        yield Question({"do": "offer", "offer": offer.id, "yes": yes}, _shift(heard, offer.search.shift))


def _swaps(heard: Heard, yes: bool) -> Iterator[Question]:
    for swap in open_swaps([mine.sign_up.id for mine in heard.standing.shifts]):
        if swap.theirs.person_id in _ids(heard):
            words = heard.echo.part("part-swap", name=swap.mine.person.first_name, what=_shift(heard, swap.mine.shift))
            yield Question({"do": "swap", "swap": swap.id, "yes": yes}, words)


def _comings(heard: Heard, yes: bool, *, back: bool = True) -> Iterator[Question]:
    """Shifts that somebody is asked to confirm; ``back``: also those that they want cover for and may take back."""
    for mine in heard.standing.shifts:
        sign_up = mine.sign_up
        wants_cover = sign_up.wants_cover_at is not None
        if (wants_cover and yes and back) or (not wants_cover and _is_asked(sign_up, heard.now)):
            do = "coming" if yes else "cover"
            yield Question({"do": do, "sign_up": sign_up.id}, heard.echo.shift(sign_up.shift))


def _is_asked(sign_up: SignUp, now: datetime) -> bool:
    shift = sign_up.shift
    if sign_up.will_come_at is not None or not house_rule_of(shift.event).asks_to_confirm:
        return False
    leads = [rule.lead for rule in rules_of(shift.event_id) if rule.key == SHIFT_ASK.key]
    return sign_up.state == "confirmed" and any(shift.starts_at - lead <= now for lead in leads)


def _yes_too_late(heard: Heard) -> bool:
    """C after the place was filled: the person is told, and nobody stands at the door for nothing."""
    if heard.standing.unconfirmed:
        return False
    offer = last_offer_to(_ids(heard), heard.now - LATELY)
    if offer is None or offer.answer not in ("withdrawn", "expired", "too_late"):
        return False
    return _answer_offer(heard, offer, yes=True)


def _answer_offer(heard: Heard, offer: CoverOffer, *, yes: bool) -> bool:
    answered = answer_offer(offer, yes=yes, now=heard.now)
    shift, phone = answered.shift, heard.standing.phone
    heard.message.event_id, heard.message.shift_id = shift.event_id, shift.id
    if answered.refusal is not None:
        heard.echo.say("refused", event=shift.event, what=_in_words(heard, answered.refusal))
        return True
    if answered.sign_up is not None:
        choices.remember(phone, {"undo": "offer_yes", "sign_up": answered.sign_up.id}, heard.now)
    if answered.outcome == "no":
        choices.remember(phone, {"undo": "offer_no", "offer": offer.id}, heard.now)
    _say(heard, {"taken": "offer-yes", "no": "offer-no"}.get(answered.outcome, "offer-late"), shift)
    return True


def _agree(heard: Heard, swap: Swap) -> bool:
    theirs_to_be = swap.mine.shift
    try:
        agree_swap(swap, now=heard.now)
    except SwapIsOver:
        _say(heard, "swap-late", swap.theirs.shift)
    except SwapRefused as refusal:
        heard.echo.say("refused", event=theirs_to_be.event, what=_in_words(heard, refusal))
    else:
        _say(heard, "swap-done", theirs_to_be, name=swap.mine.person.first_name)
    return True


def _ids(heard: Heard) -> list[int]:
    return [person.id for person in heard.standing.people]


def _shift(heard: Heard, shift: Shift) -> str:
    return heard.echo.shift(shift, times_now(shift, heard.now).starts_at)


def _in_words(heard: Heard, refusal: Exception) -> str:
    with force_locale(heard.echo.language):
        return str(refusal)


def _say(heard: Heard, words: str, shift: Shift, **values: str) -> None:
    heard.echo.say(words, event=shift.event, **_values(heard, shift), **values)


def _values(heard: Heard, shift: Shift) -> dict[str, str]:
    event, at = shift.event, times_now(shift, heard.now).starts_at or shift.starts_at
    return {
        "first_name": heard.first_name,
        "role": shift.role.name,
        "time": heard.echo.clock(at, event),
        "day": heard.echo.day(at, event),
        "place": shift.place or "",
        "venue": event.venue_name or "",
    }


_CHOSEN = {
    "confirm": performers.chosen,
    "offer": offer_chosen,
    "swap": swap_chosen,
    "coming": coming_chosen,
    "cover": volunteers.chosen,
}
