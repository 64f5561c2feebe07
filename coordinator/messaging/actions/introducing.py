"""The first text from an organization to a phone says who writes, and how to stop."""

from collections.abc import Sequence

from coordinator.core.wording import as_first
from coordinator.people.models import Channel

from ..models import GOODBYE, Message
from ..queries.reached import introductions
from .outbox import reword


def say_who_writes(leaving: Sequence[Message]) -> None:
    """Give those of these texts that are the first to their phone the words of a first text.

    Call it in the transaction that claims them, in the order in which they leave. What waits, was withdrawn or came
    back doesn't count: whoever only should have been texted doesn't know us yet.
    """
    texts = [message for message in leaving if message.channel == Channel.TEXT and not _is_farewell(message)]
    known = introductions({message.phone for message in texts})
    for message in texts:
        pair = (message.phone, message.organisation_id)
        if message.organisation is None or pair in known:
            continue
        known.add(pair)
        first = message.first_body or as_first(message.body, message.language, message.organisation.name)
        reword(message, first, first)


def _is_farewell(message: Message) -> bool:
    return (message.dedupe_key or "").startswith(f"{GOODBYE}:")
