"""Yes and no: to an open question (to play, to take a shift, to trade shifts, to come), or to change an earlier answer.

They answer the only open question of a phone; when there are several, the person is asked which.
"""

from collections.abc import Sequence
from datetime import timedelta

from coordinator.core.replies import Meaning
from coordinator.core.show_time import call_time
from coordinator.db import db
from coordinator.lineup.models import Slot
from coordinator.shifts.actions.coming import say_will_come
from coordinator.shifts.actions.covering import answer_offer, give_back, reopen_offer
from coordinator.shifts.actions.swapping import agree_swap, decline_swap
from coordinator.shifts.models import CoverOffer, OfferAnswer, Shift, SignUp, Swap
from coordinator.shifts.queries.planned import times_now
from coordinator.shifts.queries.searching import last_offer_to
from coordinator.shifts.refusals.leaving import CannotLeaveShift, SwapIsOver, SwapRefused

from . import choices, performers, slot_offers, volunteers
from .asking import ask
from .choices import Means
from .inbound import InboundContext
from .open import Open, accepted_questions, declined_questions
from .reading import the_one_meant, which_are_meant

LATELY = timedelta(hours=24)  # how long a yes after an offer has closed is still about that offer


def yes(inbound: InboundContext) -> bool:
    """Answer the open question. Without one, C withdraws an earlier no, or is told what they come to or confirmed."""
    if not inbound.sender_context.people:
        return False
    if inbound.open:
        return _answer(inbound, the_one_meant(inbound.body, inbound.context, inbound.open, Meaning.YES), yes=True)
    back = declined_questions(inbound.sender_context)
    if back:
        return _answer(inbound, back, yes=True)
    if volunteers.comes_back(inbound):
        return True
    return (
        _yes_too_late(inbound)
        or slot_offers.comes_too_late(inbound)
        or _comes(inbound)
        or performers.said_already(inbound)
    )


def no(inbound: InboundContext) -> bool:
    """Answer the open question. Without one, it withdraws an earlier yes."""
    if inbound.open:
        return _answer(inbound, the_one_meant(inbound.body, inbound.context, inbound.open, Meaning.NO), yes=False)
    return _answer(inbound, accepted_questions(inbound.sender_context), yes=False)


def which(inbound: InboundContext) -> bool:
    """A yes or no that could answer several questions: ask which."""
    meant, is_yes = which_are_meant(inbound.body, inbound.context, inbound.open)
    return _ask_which(inbound, meant, yes=is_yes)


def offer_chosen(inbound: InboundContext, means: Means) -> bool:
    offer = db.session.get(CoverOffer, means["offer"])
    if offer is None or offer.person_id not in _ids(inbound):
        return False
    return _answer_offer(inbound, offer, yes=means["yes"])


def swap_chosen(inbound: InboundContext, means: Means) -> bool:
    swap = db.session.get(Swap, means["swap"])
    if swap is None or swap.theirs.person_id not in _ids(inbound):
        return False
    inbound.message.event_id = swap.event_id
    if means["yes"]:
        return _agree(inbound, swap)
    decline_swap(swap, now=inbound.now)
    _say(inbound, "swap-no", swap.theirs.shift, name=swap.mine.person.first_name)
    return True


def coming_chosen(inbound: InboundContext, means: Means) -> bool:
    mine = next((mine for mine in inbound.sender_context.shifts if mine.sign_up.id == means["sign_up"]), None)
    if mine is None:
        return False
    say_will_come(mine.sign_up, now=inbound.now)
    choices.remember(inbound.sender_context.phone, {"undo": "coming", "sign_up": mine.sign_up.id}, inbound.now)
    _say(inbound, "come", mine.sign_up.shift)
    return True


def undo_offer_yes(inbound: InboundContext, means: Means) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    try:
        give_back(sign_up, now=inbound.now)
    except CannotLeaveShift as refusal:
        return inbound.echo.refusal(refusal)
    return inbound.echo.part("part-answer-off", what=inbound.echo.shift(sign_up.shift))


def undo_offer_no(inbound: InboundContext, means: Means) -> str:
    offer = db.session.get_one(CoverOffer, means["offer"])
    if reopen_offer(offer, now=inbound.now):
        return inbound.echo.part("part-answer-open")
    return inbound.echo.part("echo-offer-late", **_values(inbound, offer.search.shift))


def undo_coming(inbound: InboundContext, means: Means) -> str:
    sign_up = db.session.get_one(SignUp, means["sign_up"])
    say_will_come(sign_up, now=inbound.now, undo=True)
    return inbound.echo.shift(sign_up.shift)


def _answer(inbound: InboundContext, asked: Sequence[Open], *, yes: bool) -> bool:
    """Apply it to the only question it can answer; ask which when there are more."""
    if len(asked) > 1:
        return _ask_which(inbound, asked, yes=yes)
    return bool(asked) and _do(inbound, asked[0].means(yes=yes))


def _do(inbound: InboundContext, means: Means) -> bool:
    return _CHOSEN[means["do"]](inbound, means)


def _ask_which(inbound: InboundContext, asked: Sequence[Open], *, yes: bool) -> bool:
    return ask(inbound, "which", [(each.means(yes=yes), *_told(inbound, each)) for each in asked])


def _told(inbound: InboundContext, each: Open) -> tuple[str, str]:
    """(its short description, its name); for a shift on a shared phone also the name of the person."""
    if isinstance(each.about, Slot):
        act = each.slot_offer.act.name if each.slot_offer else each.about.name
        return inbound.echo.slot(each.about, each.at, act), act
    name, said = each.about.role.called(inbound.echo.language), inbound.echo.shift(each.about, each.at)
    if each.swap is not None:
        asker = each.swap.mine.person.first_name
        return inbound.echo.part("part-swap", name=asker, what=said), f"{name}, {asker}"
    owner = next(
        (mine.person for mine in inbound.sender_context.shifts if mine.sign_up.id == each.yes.get("sign_up")), None
    )
    is_plain = owner is None or len({mine.person.id for mine in inbound.sender_context.shifts}) == 1
    return (said, name) if is_plain or owner is None else (f"{owner.first_name}, {said}", owner.first_name)


def _comes(inbound: InboundContext) -> bool:
    """C of someone who was asked nothing, to a reminder for example: they are coming to their only shift."""
    context = inbound.sender_context
    if context.slots or len(context.shifts) != 1 or context.shifts[0].sign_up.wants_cover_at is not None:
        return False
    return coming_chosen(inbound, {"sign_up": context.shifts[0].sign_up.id})


def _yes_too_late(inbound: InboundContext) -> bool:
    """C after the spot was filled: tell the person, so that nobody comes for nothing."""
    offer = last_offer_to(_ids(inbound), inbound.now - LATELY)
    if offer is None or offer.answer not in (OfferAnswer.WITHDRAWN, OfferAnswer.EXPIRED, OfferAnswer.TOO_LATE):
        return False
    return _answer_offer(inbound, offer, yes=True)


def _answer_offer(inbound: InboundContext, offer: CoverOffer, *, yes: bool) -> bool:
    answered = answer_offer(offer, yes=yes, now=inbound.now)
    shift, phone = answered.shift, inbound.sender_context.phone
    inbound.message.event_id, inbound.message.shift_id = shift.event_id, shift.id
    if answered.refusal is not None:
        inbound.echo.say("refused", event=shift.event, what=inbound.echo.refusal(answered.refusal))
        return True
    if answered.sign_up is not None:
        choices.remember(phone, {"undo": "offer_yes", "sign_up": answered.sign_up.id}, inbound.now)
    if answered.outcome == "no":
        choices.remember(phone, {"undo": "offer_no", "offer": offer.id}, inbound.now)
    _say(inbound, {"taken": "offer-yes", "no": "offer-no"}.get(answered.outcome, "offer-late"), shift)
    return True


def _agree(inbound: InboundContext, swap: Swap) -> bool:
    theirs_to_be = swap.mine.shift
    try:
        agree_swap(swap, now=inbound.now)
    except SwapIsOver:
        _say(inbound, "swap-late", swap.theirs.shift)
    except SwapRefused as refusal:
        inbound.echo.say("refused", event=theirs_to_be.event, what=inbound.echo.refusal(refusal))
    else:
        _say(inbound, "swap-done", theirs_to_be, name=swap.mine.person.first_name)
    return True


def _ids(inbound: InboundContext) -> list[int]:
    return [person.id for person in inbound.sender_context.people]


def _say(inbound: InboundContext, words: str, shift: Shift, **values: str) -> None:
    inbound.echo.say(words, event=shift.event, **_values(inbound, shift), **values)


def _values(inbound: InboundContext, shift: Shift) -> dict[str, str]:
    event, at = shift.event, times_now(shift, inbound.now).starts_at or shift.starts_at
    return {
        "first_name": inbound.first_name,
        "role": shift.role.called(inbound.echo.language),
        "call": inbound.echo.clock(call_time(at, shift.call), event) if shift.call else "",
        "time": inbound.echo.clock(at, event),
        "day": inbound.echo.day(at, event),
        "place": shift.place or "",
        "venue": event.venue_name or "",
    }


_CHOSEN = {
    "confirm": performers.chosen,
    "cannot": performers.chosen,
    "offer": offer_chosen,
    "swap": swap_chosen,
    "coming": coming_chosen,
    "slot-offer": slot_offers.chosen,
    "leave": volunteers.leave_chosen,
}
