"""The kinds of words a document holds: how each is read from JSON, and written. Numbers and times: ``quantities``."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies

from coordinator.core.cover import LONGEST_SKILL, MOST_SKILLS, skills_of
from coordinator.core.show_time import UnknownZone, zone_named
from coordinator.core.wording import UnknownPlaceholder, check_words
from coordinator.people.actions.emails import NotAnEmail, parse_email
from coordinator.people.actions.phones import NotAPhone, parse_phone

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class Unfit(Exception):
    """The value is not of this kind. With a sentence if more can be said than what it must be."""


@dataclass(frozen=True)
class FieldKind:
    """``ought`` finishes the sentence "it must be …"; ``write`` gets the show's zone."""

    ought: str
    read: Callable[[object], Any]
    write: Callable[[Any, ZoneInfo], Any]


def must(fits: object) -> None:
    if not fits:
        raise Unfit


def string(value: object) -> str:
    """The value as it is. Raises Unfit if it is not a string."""
    if not isinstance(value, str):
        raise Unfit
    return value


def items(value: object) -> list[object]:
    """The value as it is. Raises Unfit if it is not a list."""
    if not isinstance(value, list):
        raise Unfit
    return value


def is_readable(value: str, breaks: str = "") -> bool:
    """Whether it contains no control characters and no lone surrogates."""
    return all(character in breaks or category(character) not in {"Cc", "Cs"} for character in value)


def as_it_is(value: Any, zone: ZoneInfo) -> Any:
    return value


def text(longest: int) -> FieldKind:
    """One line that is not blank."""

    def read(value: object) -> str:
        given = string(value)
        must(given.strip() and len(given) <= longest and is_readable(given))
        return given

    return FieldKind(f"one line of text, of 1 to {longest} letters", read, as_it_is)


def lines(longest: int) -> FieldKind:
    """Text that may have several lines."""

    def read(value: object) -> str:
        given = string(value)
        must(given.strip() and len(given) <= longest and is_readable(given, breaks="\r\n\t"))
        return given

    return FieldKind(f"text of 1 to {longest} letters", read, as_it_is)


def words() -> FieldKind:
    """The words of a reminder, with placeholders."""
    plain = lines(600)

    def read(value: object) -> str:
        try:
            check_words(plain.read(value))
        except UnknownPlaceholder as unknown:
            raise Unfit(f"cannot be filled in: {unknown}") from None
        return str(value)

    return FieldKind(plain.ought, read, as_it_is)


def key(longest: int = 80) -> FieldKind:
    def read(value: object) -> str:
        given = string(value)
        must(given == given.strip() and 1 <= len(given) <= longest)
        must(is_readable(given) and "/" not in given)
        return given

    return FieldKind(f"a short name of 1 to {longest} letters, without a slash", read, as_it_is)


def slug() -> FieldKind:
    def read(value: object) -> str:
        given = string(value)
        must(len(given) <= 80 and _SLUG.fullmatch(given))
        return given

    return FieldKind("small letters, digits and hyphens, like justice-in-motion", read, as_it_is)


def keys() -> FieldKind:
    one = key()

    def read(value: object) -> tuple[str, ...]:
        found = tuple(one.read(item) for item in items(value))
        must(len(set(found)) == len(found))
        return found

    return FieldKind("a list of keys, each once", read, lambda value, _: list(value))


def skills() -> FieldKind:
    """Names of skills, kept in lowercase."""
    one = text(LONGEST_SKILL)

    def read(value: object) -> tuple[str, ...]:
        given = items(value)
        found = tuple(skills_of(one.read(item) for item in given))
        must(len(found) == len(given) <= MOST_SKILLS)
        return found

    ought = f"a list of at most {MOST_SKILLS} skills, each once and of 1 to {LONGEST_SKILL} letters"
    return FieldKind(ought, read, lambda value, _: list(value))


def flag() -> FieldKind:
    def read(value: object) -> bool:
        must(isinstance(value, bool))
        return bool(value)

    return FieldKind("true or false", read, as_it_is)


def one_of(choices: Collection[str]) -> FieldKind:
    def read(value: object) -> str:
        given = string(value)
        must(given in choices)
        return given

    *most, last = [f'"{choice}"' for choice in choices]
    return FieldKind(f"{', '.join(most)} or {last}", read, as_it_is)


def only_unconfirmed() -> FieldKind:
    """A rule for those who have not confirmed yet: ``"unconfirmed"``, or null for everyone."""

    def read(value: object) -> bool:
        must(value is None or value == "unconfirmed")
        return value is not None

    return FieldKind('"unconfirmed" or null', read, lambda value, _: "unconfirmed" if value else None)


def zone_name() -> FieldKind:
    def read(value: object) -> str:
        given = string(value)
        try:
            return zone_named(given).key
        except UnknownZone as unknown:
            raise Unfit(f"cannot be found. {unknown}") from None

    return FieldKind("a time zone like America/New_York", read, as_it_is)


def phone() -> FieldKind:
    def read(value: object) -> str:
        given = string(value)
        try:
            return parse_phone(given)
        except NotAPhone as refusal:
            raise Unfit(f"cannot be used. {refusal}") from None

    return FieldKind("a phone number like +12125550101", read, as_it_is)


def email() -> FieldKind:
    def read(value: object) -> str:
        given = string(value)
        try:
            return parse_email(given)
        except NotAnEmail as refusal:
            raise Unfit(f"cannot be used. {refusal}") from None

    return FieldKind("an email address like ana@show.example", read, as_it_is)


def web_address() -> FieldKind:
    def read(value: object) -> str:
        given = string(value)
        must(len(given) <= 500 and given.isprintable() and " " not in given)
        try:
            parts = urlsplit(given)
        except ValueError:
            raise Unfit from None
        must(parts.scheme in {"http", "https"} and parts.netloc)
        return given

    return FieldKind("a whole address like https://show.example", read, as_it_is)


def currency() -> FieldKind:
    def read(value: object) -> str:
        given = string(value)
        must(given in list_currencies())
        return given

    return FieldKind("a currency's three letters, like USD", read, as_it_is)
