"""What must be ready before a set."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from coordinator.shownight.models import ReadyPart

READY: Final[Mapping[str, LazyString]] = {
    ReadyPart.STAGE: _l("Stage is set"),
    ReadyPart.SOUND: _l("Sound is ready"),
    ReadyPart.ACT: _l("Act is ready"),
}
