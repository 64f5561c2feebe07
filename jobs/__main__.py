"""``python -m jobs``: the rounds that plan and send, until told to stop."""

import logging
import os
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from types import FrameType
from typing import cast

from config import Settings, WrongSettings, keep_files_private, root_warning
from coordinator import clock, create_app
from coordinator.collector import keep_to_safe_points
from coordinator.logs import write_logs
from coordinator.messaging.actions.dispatch import AT_ONCE
from coordinator.services import AppServices
from jobs.clockwork import wake_after_clock_jumps
from jobs.sending import MAILS_AT_ONCE
from jobs.timetable import WOKEN, timetable

log = logging.getLogger("jobs")


def main() -> None:
    """Run until SIGTERM or SIGINT; then finish what is in flight, return the rest and stop."""
    write_logs()
    keep_files_private()
    try:
        settings = Settings.from_env()
    except WrongSettings as wrong:
        sys.exit(str(wrong))
    app = create_app(settings)
    services = cast("AppServices", app.extensions["callboard"])
    line = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="line") if settings.twilio else None
    mail = ThreadPoolExecutor(MAILS_AT_ONCE, thread_name_prefix="mail") if settings.smtp_url else None
    stopping = Event()
    scheduler = timetable(app, services, _own_name(), (line, mail), stopping.is_set)

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()
        scheduler.shutdown(wait=True)

    def look_again() -> bool:
        return not stopping.wait(settings.tick_seconds)

    Thread(target=wake_after_clock_jumps, args=(scheduler, WOKEN, look_again, clock.Steadiness()), daemon=True).start()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    keep_to_safe_points()
    if warning := root_warning(os.geteuid()):
        log.warning(warning)
    network = "through Twilio" if settings.twilio else "to simulated phones"
    mails = "through SMTP_URL" if settings.smtp_url else "nowhere" if settings.twilio else "to simulated mailboxes"
    log.info("looking every %g s, texts go %s, emails %s", settings.tick_seconds, network, mails)
    scheduler.start()


def _own_name() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


if __name__ == "__main__":
    main()
