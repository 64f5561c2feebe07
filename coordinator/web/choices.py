"""What is chosen from a list when a line-up is planned."""

from typing import cast

from wtforms.fields.choices import SelectChoice

from coordinator.accounts.labels import ROLES as ACCOUNT_ROLES
from coordinator.lineup.labels import SLOT_KINDS
from coordinator.people.models import LANGUAGES as CODES
from coordinator.people.models import Channel
from coordinator.shifts.labels import ANCHORS, ASKS_WHOM
from coordinator.web.words import lazy as _l

from .languages import LANGUAGES as NAMES

KINDS = [SelectChoice(kind, cast("str", word)) for kind, word in SLOT_KINDS.items()]
DST_FOLDS = [SelectChoice("", "–"), SelectChoice("0", _l("the first")), SelectChoice("1", _l("the second"))]
WHOM_TO_ASK = [SelectChoice(whom, cast("str", word)) for whom, word in ASKS_WHOM.items()]
BEGINS = [SelectChoice(anchor, cast("str", word)) for anchor, word in ANCHORS.items()]
HOW_AGREED = [
    SelectChoice("in person", _l("in person")),
    SelectChoice("on the phone", _l("on the phone")),
    SelectChoice("in writing", _l("in writing")),
]
WAYS = [SelectChoice(Channel.TEXT, _l("By text")), SelectChoice(Channel.EMAIL, _l("By email"))]
ROLES = [SelectChoice(role, cast("str", word)) for role, word in ACCOUNT_ROLES.items()]
LANGUAGES = [SelectChoice(code, NAMES[code]) for code in CODES]
