"""``python -m jobs``: the round that plans and sends, until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from types import FrameType
from typing import cast

from config import Settings, WrongSettings
from coordinator import clock, create_app
from coordinator.house import House
from coordinator.logs import write_logs
from coordinator.messaging.actions import AT_ONCE

from .clockwork import watch
from .timetable import AWAKE, timetable

log = logging.getLogger("jobs")


def main() -> None:
    """Run until SIGTERM or SIGINT; then finish what is in the air, give back the rest and stop."""
    write_logs()
    try:
        settings = Settings.from_env()
    except WrongSettings as wrong:
        sys.exit(str(wrong))
    app = create_app(settings)
    house = cast("House", app.extensions["callboard"])
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="line") if settings.twilio else None
    stopping = Event()
    scheduler = timetable(app, house, _own_name(), pool, stopping.is_set)

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()
        scheduler.shutdown(wait=True)

    def look_again() -> bool:
        return not stopping.wait(settings.tick_seconds)

    Thread(target=watch, args=(scheduler, AWAKE, look_again, clock.Steadiness()), daemon=True).start()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    network = "through Twilio" if settings.twilio else "to simulated phones"
    log.info("looking every %g s, texts go %s", settings.tick_seconds, network)
    scheduler.start()


def _own_name() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


if __name__ == "__main__":
    main()
