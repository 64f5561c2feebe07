"""Defaults for the rules of volunteer work and for filling free spots; an event can change each of them."""

from datetime import time, timedelta
from typing import Final

WALKING: Final = timedelta(minutes=5)
REST: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(hours=6)
MINORS_UNTIL: Final = time(22)
PROMOTE_UNTIL: Final = timedelta(hours=24)
OFFER_UNTIL: Final = timedelta(hours=3)
OFFER_LASTS: Final = timedelta(minutes=30)
