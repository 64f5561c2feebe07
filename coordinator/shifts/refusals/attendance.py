"""Why something cannot be said of someone's presence yet."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from coordinator.lineup.refusals import TooEarly


class NotStarted(TooEarly):
    """Nobody is a no-show before their shift starts."""

    def __init__(self, starts_at: datetime, zone: str) -> None:
        words = _l("This shift starts at %(time)s on %(day)s. You can mark a no-show from then on.")
        super().__init__(words, starts_at, zone)
