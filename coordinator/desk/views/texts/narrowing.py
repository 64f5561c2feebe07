"""What a list of texts or people is narrowed to: a state, a kind of text, somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ....messaging.queries import kinds_of_texts
from ... import sending


@dataclass(frozen=True)
class Narrowing:
    """What was chosen, empty where nothing was, and what there is to choose from."""

    state: str
    what: str
    to: str
    page: int
    person_ids: frozenset[int] | None  # None: everybody
    kinds: Sequence[str]
    circles: Sequence[tuple[str, Sequence[sending.Circle]]]

    @property
    def is_narrow(self) -> bool:
        return bool(self.state or self.what or self.to)

    @property
    def asked(self) -> dict[str, str]:
        """The same in an address, without the page."""
        return {key: value for key, value in (("state", self.state), ("what", self.what), ("to", self.to)) if value}


def narrowing_of(house: sending.House, asked: Mapping[str, str]) -> Narrowing:
    """As a form with state, what, to and page says; somebody whom nobody knows is nobody."""
    to, page = asked.get("to", ""), asked.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    ids = frozenset(each.person.id for each in sending.meant(house, to)) if to else None
    kinds = kinds_of_texts(house.event.id)
    what = asked.get("what", "")
    return Narrowing(
        state=asked.get("state", ""),
        what=what if what in kinds else "",
        to=to,
        page=max(1, number),
        person_ids=ids,
        kinds=kinds,
        circles=sending.circles(house),
    )
