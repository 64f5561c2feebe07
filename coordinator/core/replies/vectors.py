"""A text and its context, read from JSON."""

from collections.abc import Mapping
from typing import Final

from .model import Language, Last, OpenQuestion, Question, ReplyContext

KEYS: Final = frozenset("body media open last choices today names stage_manager speaks".split())


class BadReply(ValueError):
    """The JSON of a text is wrong; the message says how, as a sentence."""


def reply_in(given: object) -> tuple[str, ReplyContext]:
    """The body and its context; only ``body`` is required. Raises BadReply."""
    if not isinstance(given, dict):
        raise BadReply("it must be an object with a body.")
    unknown = sorted(set(given) - KEYS)
    if unknown:
        raise BadReply(f"{unknown[0]!r} is no key; they are {', '.join(sorted(KEYS))}.")
    body = given.get("body")
    if not isinstance(body, str):
        raise BadReply("body must be a text.")
    return body, ReplyContext(
        media=_media(given.get("media", 0)),
        open=tuple(map(_question, _list(given.get("open", []), "open"))),
        last=_last(given.get("last")),
        choices=_choices(given.get("choices", {})),
        today=_flag(given, "today"),
        names=tuple(_text(name, "each of names") for name in _list(given.get("names", []), "names")),
        stage_manager=_flag(given, "stage_manager"),
        speaks=_speaks(given.get("speaks", "en")),
    )


def _media(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise BadReply("media must be how many pictures or sounds came with it, 0 or more.")
    return number


def _question(given: object) -> OpenQuestion:
    kinds = ", ".join(Question)
    if not isinstance(given, dict) or given.get("kind") not in list(Question):
        raise BadReply(f"each of open must have a kind: {kinds}.")
    asked = given.get("asked")
    if asked is not None and not isinstance(asked, str):
        raise BadReply("asked must be the text that asked, or null.")
    return OpenQuestion(Question(given["kind"]), asked)


def _last(given: object) -> Last | None:
    if given is not None and given not in list(Last):
        raise BadReply(f"last must be one of {', '.join(Last)}.")
    return None if given is None else Last(str(given))


def _choices(given: object) -> Mapping[int | str, str]:
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given.values()):
        raise BadReply('choices must be an object such as {"3": "Main stage"}.')
    return given


def _flag(given: Mapping[str, object], key: str) -> bool:
    flag = given.get(key, False)
    if not isinstance(flag, bool):
        raise BadReply(f"{key} must be true or false.")
    return flag


def _speaks(given: object) -> Language:
    if given == "en" or given == "es":  # noqa: PLR1714 - narrows the type
        return given
    raise BadReply("speaks must be en or es.")


def _list(given: object, key: str) -> list[object]:
    if not isinstance(given, list):
        raise BadReply(f"{key} must be a list.")
    return given


def _text(given: object, what: str) -> str:
    if not isinstance(given, str):
        raise BadReply(f"{what} must be a text.")
    return given
