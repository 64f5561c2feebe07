"""The reader of pasted flyers: decode, read, infer a plan."""

from coordinator.core.flyer.decode import UnreadableFlyer, decode_flyer
from coordinator.core.flyer.kinds import act_size
from coordinator.core.flyer.model import Donation, Flyer, FlyerAct, FlyerWarning, WallTime
from coordinator.core.flyer.plan import Plan, PlannedSlot, plan_of, plan_slots
from coordinator.core.flyer.reader import read_flyer

__all__ = [
    "Donation",
    "Flyer",
    "FlyerAct",
    "FlyerWarning",
    "Plan",
    "PlannedSlot",
    "UnreadableFlyer",
    "WallTime",
    "act_size",
    "decode_flyer",
    "plan_of",
    "plan_slots",
    "read_flyer",
]
