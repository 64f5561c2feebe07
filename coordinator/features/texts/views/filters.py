"""Filters of a list of texts or people: a state, a kind of text, a recipient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordinator.messaging.queries.texts import kinds_of_texts

from ..queries.recipients import EventContacts, meant
from .groups import RecipientGroup, recipient_groups


@dataclass(frozen=True)
class Filters:
    """The chosen filters, empty when not chosen, and the choices."""

    state: str
    what: str
    to: str
    page: int
    person_ids: frozenset[int] | None  # None: everyone
    kinds: Sequence[str]
    recipient_groups: Sequence[tuple[str, Sequence[RecipientGroup]]]

    @property
    def is_narrow(self) -> bool:
        return bool(self.state or self.what or self.to)

    @property
    def asked(self) -> dict[str, str]:
        """The filters as query parameters, without the page."""
        return {key: value for key, value in (("state", self.state), ("what", self.what), ("to", self.to)) if value}


def page_of(number: int, on_a_page: int, asked: int) -> tuple[int, int]:
    """(the page to show, the number of pages), for ``number`` rows with ``on_a_page`` rows each."""
    pages = max(1, -(-number // on_a_page))
    return min(asked, pages), pages


def filters_of(contacts: EventContacts, asked: Mapping[str, str]) -> Filters:
    """From the form fields state, what, to and page. An unknown recipient matches nobody."""
    to, page = asked.get("to", ""), asked.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    ids = frozenset(each.person.id for each in meant(contacts, to)) if to else None
    kinds = kinds_of_texts(contacts.event.id)
    what = asked.get("what", "")
    return Filters(
        state=asked.get("state", ""),
        what=what if what in kinds else "",
        to=to,
        page=max(1, number),
        person_ids=ids,
        kinds=kinds,
        recipient_groups=recipient_groups(contacts),
    )
