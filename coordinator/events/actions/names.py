"""Short names: slugs in URLs, keys in a plan."""

import re
import unicodedata
from collections.abc import Collection

from sqlalchemy import select

from coordinator.db import db

from ..models import Event

LONGEST = 60
NOT_SHOWS = ("account", "new", "organisation", "texting")  # other pages are at these paths: /coordinate/new
_UNDECOMPOSED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "þ": "th"})


def key_from(name: str, otherwise: str = "show") -> str:
    """The name in plain lowercase, digits and hyphens: ``Señor Lumbi!`` is ``senor-lumbi``.

    ``otherwise`` if no character of it can be used.
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_UNDECOMPOSED))
    spelled = plain.replace("'", "").replace("’", "").encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")[:LONGEST].strip("-") or otherwise


def free_key(name: str, taken: Collection[str], otherwise: str = "show") -> str:
    """A key made from the name that is not taken yet: ``josh``, ``josh-2``, ``josh-3``."""
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
