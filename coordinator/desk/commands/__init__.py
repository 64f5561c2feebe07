"""What can be done from the command line that takes several slices."""

from .doctor import doctor
from .events import event
from .flyer import flyer
from .people import people
from .rehearse import rehearse
from .sample import sample

__all__ = ["doctor", "event", "flyer", "people", "rehearse", "sample"]
