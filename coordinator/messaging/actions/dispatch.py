"""Claim, commit, call the network, record: texts leave here and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from ..gateway import Gateway, Outcome, Refused, TryLater, Unsure
from ..tracks import log_tracks
from .claiming import Claimed, Holding, claim_due, nothing_held
from .outcomes import Answered, record
from .receipts import apply_receipts

AT_ONCE: Final = 16  # texts in the air or answered and not yet written down: what a crash leaves to be looked up
A_FEW: Final = 8
TRIES: Final = 3
PATIENCE: Final = timedelta(seconds=5)  # then the caller looks at the plan again, for times may have moved

Clock = Callable[[], datetime]

log = logging.getLogger(__name__)


def dispatch_due(
    gateway: Gateway,
    *,
    now: Clock,
    worker: str,
    hold: Holding = nothing_held,
    limit: int = 100,
    pool: Executor | None = None,
) -> int:
    """Send what is due, ``limit`` texts a round, until nothing is or some seconds have passed; how many were tried.

    ``now`` is asked often, also from the pool's threads. Without a ``pool`` one text is sent after another.
    Any number of processes may do this at once, each under its own ``worker`` name.
    """
    began_at, tried, more = now(), 0, True
    while more and now() - began_at < PATIENCE:
        claim = claim_due(gateway.sender, now=now(), worker=worker, hold=hold, limit=limit)
        for answers in _answers(claim.texts, gateway, now, pool):
            _keep(answers, gateway.sender, alarmed=claim.alarmed)
        tried, more = tried + len(claim.texts), claim.more
    if tried:
        apply_receipts(now())
    return tried


def _keep(answers: Sequence[Answered], sender: str, *, alarmed: bool) -> None:
    """Write the outcomes down, one by one when they cannot be together: a text that left must not be forgotten.

    What cannot be written at all stays as sending, and is unknown when its lease runs out.
    """
    for _ in range(TRIES):
        try:
            return record(answers, sender=sender, alarmed=alarmed)
        except SQLAlchemyError as failure:
            which = ", ".join(str(answer.claimed.text.message_id) for answer in answers)
            log_tracks(log, failure, f"messages {which}: what became of them could not be written")
    if len(answers) > 1:
        for answer in answers:
            _keep([answer], sender, alarmed=alarmed)
    return None


def _answers(texts: Sequence[Claimed], gateway: Gateway, now: Clock, pool: Executor | None) -> Iterator[list[Answered]]:
    """What became of each text, in small batches as they land; after a refused account nothing more takes off."""
    left = iter(texts)
    landings = _in_turn(left, gateway, now) if pool is None else _side_by_side(left, gateway, now, pool)
    for answers in landings:
        yield answers
        if any(isinstance(answer.outcome, Refused) and answer.outcome.kind == "account" for answer in answers):
            yield [Answered(claimed, TryLater("the line rests", 30), now()) for claimed in left]


def _in_turn(left: Iterator[Claimed], gateway: Gateway, now: Clock) -> Iterator[list[Answered]]:
    yield from iter(lambda: [_sent(claimed, gateway, now) for claimed in islice(left, A_FEW)], [])


def _side_by_side(left: Iterator[Claimed], gateway: Gateway, now: Clock, pool: Executor) -> Iterator[list[Answered]]:
    flying = {pool.submit(_sent, claimed, gateway, now) for claimed in islice(left, AT_ONCE)}
    while flying:
        landed, flying = wait(flying, return_when=FIRST_COMPLETED)
        yield [future.result() for future in landed]
        flying |= {pool.submit(_sent, claimed, gateway, now) for claimed in islice(left, len(landed))}


def _sent(claimed: Claimed, gateway: Gateway, now: Clock) -> Answered:
    if now() >= claimed.leave_by:
        return Answered(claimed, TryLater("its turn did not come in time", 0), now())
    return Answered(claimed, _outcome(claimed, gateway), now())


def _outcome(claimed: Claimed, gateway: Gateway) -> Outcome:
    try:
        return gateway.send(claimed.text)
    except Exception as failure:  # whatever it was, the text may have left before it
        log_tracks(log, failure, f"message {claimed.text.message_id}: the gateway broke")
        return Unsure(f"The gateway broke ({type(failure).__name__}).")
