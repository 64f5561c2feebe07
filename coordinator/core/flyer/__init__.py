"""Reads pasted flyers: decodes the text, reads it, infers a plan. README.md shows the pipeline."""

from .model import Flyer, FlyerAct, FlyerWarning, WallTime
from .plan import Plan, PlannedSlot, plan_of
from .reader import read_flyer
from .text.decode import UnreadableFlyer, decode_flyer
from .vocabulary.kinds import act_size

__all__ = [
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
    "read_flyer",
]
