"""Claim, commit, call the network, record: texts go out here and nowhere else."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from ..gateway import Line, Outcome, Refused, TryLater, Unsure
from ..log_traceback import log_traceback
from .claiming import FRESH, Claim, Claimed, claim_due, still_to_leave
from .dispositions import Holding, nothing_held
from .lanes import Lanes
from .outcomes import SendResult, record
from .receipts import apply_receipts

AT_ONCE: Final = 8  # texts in flight, or answered and not yet recorded: what a crash leaves to be looked up
A_FEW: Final = 8  # results are recorded together if they arrive within a moment
AT_FIRST: Final = 2 * AT_ONCE
TRIES: Final = 3
PATIENCE: Final = timedelta(seconds=5)  # after this the caller runs the planner again, because times may have moved

Clock = Callable[[], datetime]

log = logging.getLogger(__name__)


def dispatch_due(  # noqa: PLR0913 - every one is a thing that tests and jobs set apart
    line: Line,
    *,
    now: Clock,
    worker: str,
    hold: Holding = nothing_held,
    limit: int = 100,
    pool: Executor | None = None,
    pace: float = 0,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Send the line what is due, up to ``limit`` per claim, until nothing is or PATIENCE is over. How many were tried.

    ``now`` is called often, also from the pool's threads. Without a ``pool``, one text is sent after another. ``pace``
    is how many segments a second the sender's line carries, 0 if unknown. Once ``stopping`` is true, texts that are not
    in flight return to the outbox. Any number of processes may do this at once, each under its own ``worker`` name.
    """
    began_at = now()
    claims = _Claims(
        lambda most: claim_due(
            line.sender, now=now(), worker=worker, hold=hold, limit=most, channel=line.channel, pace=pace
        ),
        lambda: began_at <= now() < began_at + PATIENCE and not stopping(),
        now,
        limit,
    )
    sending = _Round(claims, line, now, stopping, limit)
    if pool is None:
        sending.send_in_turn()
    else:
        sending.send_side_by_side(pool)
    if claims.number:
        apply_receipts(now())
    return claims.number


class _Claims:
    """Claimed texts that are not in flight yet, and how many more to claim while ``go_on`` is true.

    Few at first, and twice as many each time they go out fast, up to ``limit``: a process that dies blocks all its
    claimed texts until their lease ends.
    """

    def __init__(self, claim: Callable[[int], Claim], go_on: Callable[[], bool], now: Clock, limit: int) -> None:
        self.claim, self.go_on, self.now = claim, go_on, now
        self.limit, self.size, self.began_at = limit, min(AT_FIRST, limit), now()
        self.claimed_at = self.began_at
        self.left: list[Claimed] = []
        self.more, self.alarmed, self.number = True, False, 0

    def look_ahead(self, number: int) -> None:
        """Claim so many, if there are so many."""
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
        """Whether the round has lasted so long that the rest should be checked again."""
        return not self.began_at <= self.now() < self.began_at + 2 * PATIENCE

    def take(self, number: int) -> list[Claimed]:
        taken, self.left = self.left[:number], self.left[number:]
        return taken

    def take_the_rest(self) -> list[Claimed]:
        self.more = False
        return self.take(len(self.left))


class _Round:
    """Sends the texts of one round. After a refused account, or once stopping, no further text is sent.

    A small ``limit`` bounds what is in flight too: nobody can be asked about the emails of a process that died.
    """

    def __init__(self, claims: _Claims, line: Line, now: Clock, stopping: Callable[[], bool], limit: int) -> None:
        self.claims, self.line, self.now, self.stopping = claims, line, now, stopping
        self.at_once, self.ahead = min(AT_ONCE, limit), AT_ONCE if limit > AT_ONCE else 0

    def send_in_turn(self) -> None:
        while texts := self._next(A_FEW):
            self._keep([self._sent(claimed) for claimed in texts])

    def send_side_by_side(self, pool: Executor) -> None:
        """Claim the next texts and record outcomes while others are in flight."""
        self.claims.look_ahead(1)
        lanes_needed = self.at_once if self.claims.more else min(self.at_once, len(self.claims.left))
        with Lanes(pool, lanes_needed, self._sent) as lanes:
            try:
                while lanes.in_flight or self.claims.left:
                    lanes.submit(self._next(self.at_once - lanes.in_flight))
                    self.claims.look_ahead(self.ahead)
                    self._keep(lanes.completed(A_FEW))
            finally:  # whatever failed, texts in flight complete and are recorded
                while lanes.in_flight:
                    self._write(lanes.completed(A_FEW))
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
        """Without texts that another process has by now, or whose person opted out while they queued here."""
        now = self.now()
        if all(claimed.is_fresh(now) for claimed in texts):
            return texts
        ours, wanted = still_to_leave(texts, self.line.sender)
        mine = [claimed for claimed in texts if claimed.text.message_id in ours]
        self._return([each for each in mine if each.text.message_id not in wanted], TryLater("it may be unwanted", 0))
        return [claimed for claimed in mine if claimed.text.message_id in wanted]

    def _give_back(self, why: TryLater) -> None:
        self._return(self.claims.take_the_rest(), why)

    def _return(self, texts: Sequence[Claimed], why: TryLater) -> None:
        self._write([SendResult(claimed, why, self.now()) for claimed in texts])

    def _keep(self, answers: Sequence[SendResult]) -> None:
        self._write(answers)
        if any(isinstance(answer.outcome, Refused) and answer.outcome.kind == "account" for answer in answers):
            self._give_back(TryLater("the line rests", 30))

    def _write(self, answers: Sequence[SendResult]) -> None:
        """Record the outcomes, one by one if they cannot be written together: what went out must not be forgotten.

        What cannot be written at all stays ``sending``, and becomes unknown when its lease expires.
        """
        for _ in range(TRIES if answers else 0):
            try:
                return record(answers, sender=self.line.sender, channel=self.line.channel, alarmed=self.claims.alarmed)
            except SQLAlchemyError as failure:
                which = ", ".join(str(answer.claimed.text.message_id) for answer in answers)
                log_traceback(log, failure, f"messages {which}: what became of them could not be written")
        if len(answers) > 1:
            for answer in answers:
                self._write([answer])
        return None

    def _sent(self, claimed: Claimed) -> SendResult:
        at = self.now()
        if not claimed.may_leave(at):
            return SendResult(claimed, TryLater("its turn did not come in time", 0), at)
        return SendResult(claimed, self._outcome(claimed, at), self.now())

    def _outcome(self, claimed: Claimed, at: datetime) -> Outcome:
        try:
            return self.line.send(claimed.posted(at))
        except Exception as failure:  # whatever it was, the text may have gone out before it
            log_traceback(log, failure, f"message {claimed.text.message_id}: the gateway broke")
            return Unsure(f"The gateway broke ({type(failure).__name__}).")
