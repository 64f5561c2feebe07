"""Asks which of several options a person means; each has its own number."""

from collections.abc import Sequence

from coordinator.core.sms_text import fits_one_segment

from . import choices
from .choices import Means
from .inbound import InboundContext

MOST = 97  # numbers go up to 99


def ask(inbound: InboundContext, words: str, options: Sequence[tuple[Means, str, str]]) -> bool:
    """Ask which is meant. Each option is what it does, its short description and its name.

    When the options do not fit one text, only their names are listed, then only the first names.
    """
    options = options[:MOST]
    names = [name for _, _, name in options]
    distinct = len({name.casefold() for name in names}) == len(names)
    called = names if distinct else [said for _, said, _ in options]
    meanings, described = [means for means, _, _ in options], [said for _, said, _ in options]
    numbers = choices.offer(inbound.sender_context.phone, meanings, inbound.now, names=called, said=described)
    told = _numbered(inbound, numbers, [said for _, said, _ in options])
    if distinct and not _fits(inbound, words, told):
        told = _numbered(inbound, numbers, names)
    while len(told) > 2 and not _fits(inbound, words, told):
        told.pop()
    inbound.echo.say(words, first_name=inbound.first_name, choices="; ".join(told))
    return True


def _numbered(inbound: InboundContext, numbers: Sequence[int], names: Sequence[str]) -> list[str]:
    pairs = zip(numbers, names, strict=True)
    return [inbound.echo.part("part-choice", number=str(number), name=name) for number, name in pairs]


def _fits(inbound: InboundContext, words: str, told: Sequence[str]) -> bool:
    return fits_one_segment(inbound.echo.part(f"echo-{words}", first_name=inbound.first_name, choices="; ".join(told)))
