"""Short names: slugs in addresses, keys in a plan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from sqlalchemy import select

from ...db import db
from ..models import Event

LONGEST = 60
NOT_SHOWS = ("new", "texting")  # other pages stand there: /coordinate/new
_UNDECOMPOSED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "þ": "th"})


def key_from(name: str, otherwise: str = "show") -> str:
    """The name in small plain letters, digits and hyphens: ``Señor Lumbi!`` is ``senor-lumbi``.

    ``otherwise`` when nothing of it can be written so.
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_UNDECOMPOSED))
    spelled = plain.replace("'", "").replace("’", "").encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")[:LONGEST].strip("-") or otherwise


def free_key(name: str, taken: Collection[str], otherwise: str = "show") -> str:
    """A key made from the name that is not among those taken: ``josh``, ``josh-2``, ``josh-3``."""
    key, number = key_from(name, otherwise), 1
    free = key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def free_slug(title: str) -> str:
    """A slug for an event of this title that no other event has."""
    beginning = key_from(title)
    taken = db.session.scalars(select(Event.slug).where(Event.slug.startswith(beginning, autoescape=True))).all()
    return free_key(title, [*taken, *NOT_SHOWS])
