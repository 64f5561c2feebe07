"""Claim, commit, call the network, record: texts leave here and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from ..gateway import Gateway, Outcome, Refused, TryLater, Unsure
from ..tracks import log_tracks
from .claiming import FRESH, Claim, Claimed, Holding, claim_due, nothing_held, still_to_leave
from .lanes import Lanes
from .outcomes import Answered, record
from .receipts import apply_receipts

AT_ONCE: Final = 8  # texts in the air or answered and not yet written down: what a crash leaves to be looked up
A_FEW: Final = 8  # are written down together, if they land within a moment
AT_FIRST: Final = 2 * AT_ONCE
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
    pace: float = 0,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due, up to ``limit`` texts a claim, until nothing is or some seconds passed; how many were tried.

    ``now`` is asked often, also from the pool's threads. Without a ``pool`` one text is sent after another.
    ``pace`` is how many segments a second the sender's line carries, 0 if that is not known.
    Once ``stopping`` says so, what has not taken off goes back into the outbox. Any number of processes may do this at
    once, each under its own ``worker`` name.
    """
    began_at = now()
    claims = _Claims(
        lambda most: claim_due(gateway.sender, now=now(), worker=worker, hold=hold, limit=most, pace=pace),
        lambda: began_at <= now() < began_at + PATIENCE and not stopping(),
        now,
        limit,
    )
    line = _Line(claims, gateway, now, stopping)
    if pool is None:
        line.send_in_turn()
    else:
        line.send_side_by_side(pool)
    if claims.number:
        apply_receipts(now())
    return claims.number


class _Claims:
    """What is claimed and has not taken off yet, and what more there is to claim while ``go_on`` says so.

    Few at first, and twice as many each time that they leave fast, until they are ``limit``: a process that dies keeps
    all that it has claimed from leaving until its lease ends.
    """

    def __init__(self, claim: Callable[[int], Claim], go_on: Callable[[], bool], now: Clock, limit: int) -> None:
        self.claim, self.go_on, self.now = claim, go_on, now
        self.limit, self.size, self.began_at = limit, min(AT_FIRST, limit), now()
        self.claimed_at = self.began_at
        self.left: list[Claimed] = []
        self.more, self.alarmed, self.number = True, False, 0

    def look_ahead(self, number: int) -> None:
        """See to it that so many can take off, if there are so many."""
        while len(self.left) < number and self.more and self.go_on():
            claim = self.claim(self.size)
            self._grow()
            self.left += claim.texts
            self.more, self.alarmed, self.number = claim.more, claim.alarmed, self.number + len(claim.texts)

    def _grow(self) -> None:
        before, self.claimed_at = self.claimed_at, self.now()
        is_fast = before <= self.claimed_at < before + FRESH
        self.size = min(2 * self.size if is_fast else AT_FIRST, self.limit)

    def is_late(self) -> bool:
        """Whether the round has lasted so long that what is left had better be looked at anew."""
        return not self.began_at <= self.now() < self.began_at + 2 * PATIENCE

    def take(self, number: int) -> list[Claimed]:
        taken, self.left = self.left[:number], self.left[number:]
        return taken

    def take_the_rest(self) -> list[Claimed]:
        self.more = False
        return self.take(len(self.left))


class _Line:
    """The texts of one round on their way. After a refused account, or when we are to stop, nothing more takes off."""

    def __init__(self, claims: _Claims, gateway: Gateway, now: Clock, stopping: Callable[[], bool]) -> None:
        self.claims, self.gateway, self.now, self.stopping = claims, gateway, now, stopping

    def send_in_turn(self) -> None:
        while texts := self._next(A_FEW):
            self._keep([self._sent(claimed) for claimed in texts])

    def send_side_by_side(self, pool: Executor) -> None:
        """The next texts are claimed, and outcomes written down, while others are in the air."""
        self.claims.look_ahead(1)
        lanes_needed = AT_ONCE if self.claims.more else min(AT_ONCE, len(self.claims.left))
        with Lanes(pool, lanes_needed, self._sent) as lanes:
            try:
                while lanes.flying or self.claims.left:
                    lanes.take_off(self._next(AT_ONCE - lanes.flying))
                    self.claims.look_ahead(AT_ONCE)
                    self._keep(lanes.landed(A_FEW))
            finally:  # whatever broke meanwhile, what is in the air lands and is written down
                while lanes.flying:
                    self._write(lanes.landed(A_FEW))
                self._give_back(TryLater("the round broke off", 0))

    def _next(self, number: int) -> list[Claimed]:
        if self.stopping():
            self._give_back(TryLater("the process that had it stops", 0))
        elif self.claims.is_late():
            self._give_back(TryLater("the network was slow, and times may have moved", 0))
        while number:
            self.claims.look_ahead(1)
            taken = self.claims.take(number)
            if not taken or (texts := self._seen_again(taken)):
                return texts if taken else []
        return []

    def _seen_again(self, texts: list[Claimed]) -> list[Claimed]:
        """Without those that somebody else has by now, or that their person stopped while they queued here."""
        now = self.now()
        if all(claimed.is_fresh(now) for claimed in texts):
            return texts
        ours, wanted = still_to_leave(texts, self.gateway.sender)
        mine = [claimed for claimed in texts if claimed.text.message_id in ours]
        self._return([each for each in mine if each.text.message_id not in wanted], TryLater("it may be unwanted", 0))
        return [claimed for claimed in mine if claimed.text.message_id in wanted]

    def _give_back(self, why: TryLater) -> None:
        self._return(self.claims.take_the_rest(), why)

    def _return(self, texts: Sequence[Claimed], why: TryLater) -> None:
        self._write([Answered(claimed, why, self.now()) for claimed in texts])

    def _keep(self, answers: Sequence[Answered]) -> None:
        self._write(answers)
        if any(isinstance(answer.outcome, Refused) and answer.outcome.kind == "account" for answer in answers):
            self._give_back(TryLater("the line rests", 30))

    def _write(self, answers: Sequence[Answered]) -> None:
        """Write the outcomes down, one by one when they cannot be together: what left must not be forgotten.

        What cannot be written at all stays as sending, and is unknown when its lease runs out.
        """
        for _ in range(TRIES if answers else 0):
            try:
                return record(answers, sender=self.gateway.sender, alarmed=self.claims.alarmed)
            except SQLAlchemyError as failure:
                which = ", ".join(str(answer.claimed.text.message_id) for answer in answers)
                log_tracks(log, failure, f"messages {which}: what became of them could not be written")
        if len(answers) > 1:
            for answer in answers:
                self._write([answer])
        return None

    def _sent(self, claimed: Claimed) -> Answered:
        at = self.now()
        if not claimed.may_leave(at):
            return Answered(claimed, TryLater("its turn did not come in time", 0), at)
        return Answered(claimed, self._outcome(claimed, at), self.now())

    def _outcome(self, claimed: Claimed, at: datetime) -> Outcome:
        try:
            return self.gateway.send(claimed.posted(at))
        except Exception as failure:  # whatever it was, the text may have left before it
            log_tracks(log, failure, f"message {claimed.text.message_id}: the gateway broke")
            return Unsure(f"The gateway broke ({type(failure).__name__}).")
