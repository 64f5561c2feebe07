"""Making the outbox equal what ought to be sent."""

from ...core.wording import SENDER
from ...web.spoken import cheap_day
from .holding import hold, release_unpaused
from .plan import plan
from .rules import LeadOutOfRange, NoSuchRule, RuleChange, change_rule

__all__ = [
    "SENDER",
    "LeadOutOfRange",
    "NoSuchRule",
    "RuleChange",
    "change_rule",
    "cheap_day",
    "hold",
    "plan",
    "release_unpaused",
]
