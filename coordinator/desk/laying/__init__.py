"""Several shifts in one go: a crew at every changeover, one after another, as last time, as for a small benefit."""

from .benefit import small_benefit
from .changeovers import crew_at_every_changeover
from .drafts import Laying, Pattern
from .earlier import as_last_time
from .repeats import one_after_another

__all__ = [
    "Laying",
    "Pattern",
    "as_last_time",
    "crew_at_every_changeover",
    "one_after_another",
    "small_benefit",
]
