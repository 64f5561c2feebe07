"""What sends emails, beside the round: a slow mail server delays no text."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import datetime

from coordinator import clock
from coordinator.messaging.actions.dispatch import dispatch_due
from coordinator.reminders.actions.holding import hold
from coordinator.services import AppServices

MAILS_AT_ONCE = 2  # connections that one process keeps to the mail server

Step = Callable[[datetime], object]


def mail_steps_of(
    services: AppServices,
    worker: str,
    pool: Executor | None,
    stopping: Callable[[], bool] = lambda: False,
    is_sure: Callable[[], bool] = lambda: True,
) -> Mapping[str, Step]:
    """One step; ``is_sure`` says that the database was found to be the newest one."""

    def dispatch(now: datetime) -> int:
        if not is_sure():
            return 0
        line = services.mail_line
        return dispatch_due(
            line, now=clock.now, worker=worker, hold=hold, limit=MAILS_AT_ONCE, pool=pool, stopping=stopping
        )

    return {"sending emails": dispatch}
