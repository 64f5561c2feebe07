"""One inbound text and everything needed to answer it."""

from datetime import datetime

from coordinator.accounts.models import Actor, Via
from coordinator.core.personal_links import stand_in
from coordinator.core.pins import without_mask
from coordinator.core.replies import Reply, ReplyContext, read_reply
from coordinator.messaging.models import Message

from .echoes import Echo
from .open import Open, open_questions
from .reading import context_of
from .sender_context import SenderContext, sender_context_of
from .stages import without_stage

MOST_NAMES = 3


class InboundContext:
    """One inbound text and everything needed to answer it."""

    def __init__(self, message: Message, now: datetime, public_url: str) -> None:
        self.message, self.now, self.public_url = message, now, public_url
        self.sender_context: SenderContext = sender_context_of(message, now)
        self.body, self.stage_id = without_stage(without_mask(message.body), self.sender_context.runs)
        self.open: list[Open] = open_questions(self.sender_context, now)
        self.context: ReplyContext = context_of(message, self.sender_context, self.open, now)
        self.reply: Reply = read_reply(self.body, self.context)
        person = self.sender_context.first_person
        self.echo = Echo(message, self.reply.language or (person.language if person else "en"), now)

    @property
    def speaker(self) -> Actor:
        """The sender; the last digits of the number when nobody is known by it."""
        person = self.sender_context.first_person
        return Actor.person(person, Via.TEXT) if person else Actor(self.sender_context.phone[-4:], via=Via.TEXT)

    @property
    def link(self) -> str:
        """Whoever wrote's own link; "" where others share the phone: they would open a page that is not theirs."""
        person = self.message.person
        return stand_in(self.public_url, person.id) if person and len(self.sender_context.people) == 1 else ""

    @property
    def first_name(self) -> str:
        """The sender's first name; several names when two or three people share the phone."""
        names = list(dict.fromkeys(person.first_name for person in self.sender_context.people))
        return " & ".join(names) if len(names) <= MOST_NAMES else ""
