"""Times and names in informal messages: "then we got cactus league at 930 and the pennies close it out"."""

import re
from typing import Final

from ..text.lines import plain, without_edges
from .kinds import kind_of

_OUT: Final = r"(?:\s(?:it|things|us|up|off|out|the (?:night|show|evening)|stage)){0,3}"
_VERB: Final = re.compile(
    r"\s+(?:(?:is|are|will be|goes|go|going|comes?|coming|gets?|be)\s(?:on|up|out)(?:\sstage)?|is|are|on|up|sets?|"
    rf"(?:plays?|playing|starts?|starting|kicks?|kicking|clos(?:e|es|ing)|finish(?:es|ing)?|headlin(?:e|es|ing)|"
    rf"opens?|opening|follows|following|"
    rf"wraps?|wrapping|rounds?|ends?|ending){_OUT}(?:\s(?:first|next|last|second|third))?|"
    rf"(?:takes?|hits?|taking|hitting)(?: the)? stage|hits?)$"
)
_GREETING: Final = (
    r"(?:hey|hi|hello|yo|hiya|howdy|heads up|ok|okay|so)(?:\s(?:all|everyone|everybody|folks|team|guys|y'all|yall|"
    r"there|friends|gang|pals))*"
)
_CONNECTOR: Final = re.compile(
    rf"^(?:(?:and|then|next|plus|so|also|after that|after|followed|first|last|finally|ok|okay|we|we've|weve|we'll|"
    rf"we're|its|it's|that's|"
    rf"thats|there's|theres|have|has|got|get|up|is|are|by|that|with|will|be|on|at|to|comes|the night|"
    rf"{_GREETING})[\s,:]+)+(?=\S)"
)
_LEAD_IN: Final = re.compile(
    r"^.*\b(?:we(?:'ve|'ll| will)? (?:have|got|have got)|weve got|first up(?: is| are|'s)?|up first(?: is| are)?|"
    r"(?:on|up|off|out|start\w*|open\w*|clos\w*|finish\w*|end\w*|kick\w*|wrap\w*)(?: things| it)? with|"
    r"(?:opening|opening act|opening band|headlining|closer|closing)(?: is| are| will be|:)|"
    r"(?:opener|headliner)(?: is| are| will be|:)?)\s+(?=\S)"
)
_TRAILING: Final = re.compile(r"(?:\s+(?:and|then|plus|&|followed by|next|at|so|first(?: up)?|last|finally))+$")
_WORK: Final = re.compile(
    r"(?:^|\s)(load[\s-]?in|get[\s-]in|sound[\s-]?check|line[\s-]?check)(?:\s(?:is|are|at|from|starts?))*$"
)
LISTED_WITH: Final = re.compile(r"^(?:w/|with\b|feat\.|featuring\b|plus\b|\+|&)\s*(?=\S)")
GREETS: Final = re.compile(rf"{_GREETING}\b")
LONG: Final = 12  # words


def is_running(text: str) -> bool:
    """An informal message: long, with hardly any capitals."""
    said = text.split()
    capitals = sum(word[0].isupper() for word in said)
    return text.islower() or (len(said) > LONG and capitals <= 2 and capitals * 10 <= len(said))


def without_verb(text: str) -> str:
    """ "wren holloway is on" without the verb; words with capitals are part of the name."""
    if kind_of(text) != "set":
        return text
    bare = text
    while (found := _VERB.search(bare)) and found[0].islower() and len(bare[: found.start()].strip()) > 1:
        bare = bare[: found.start()]
        if not text.islower():
            break
    return bare


def spoken_name(text: str) -> str:
    """The name in an informal message: without "then we got" before it and "close it out" after it."""
    begins_sentence = text.lstrip().startswith((". ", "! "))
    text = without_edges(text.lstrip(" .!"))
    if begins_sentence:
        text = text[:1].lower() + text[1:] if _CONNECTOR.match(plain(text)) else text
    found = _LEAD_IN.match(text) or _CONNECTOR.match(text)
    if found and found[0].strip() != "the night":
        text = text[found.end() :]
    if text.islower():
        text = without_edges(_TRAILING.sub("", text))
    work = _WORK.search(plain(text))
    if work:
        return text[work.start(1) : work.end(1)]
    return LISTED_WITH.sub("", without_edges(without_verb(text)))


_EVERYBODY_OUT: Final = re.compile(
    r"(?:^|\s)(?:(?:we|you|y'all|everyone|everybody|all|we'll|we're|have|has|got|gotta|need|must|to|be|are)\s)*(?:out|done|finished|over)\s*$"
)


def time_is_up(before: str, time: str) -> tuple[str] | None:
    """(the words before) when everyone must be out by then."""
    found = _EVERYBODY_OUT.search(plain(before)) if time.startswith("by") else None
    return (before[: found.start()],) if found else None
