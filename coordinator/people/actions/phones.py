"""Phone numbers as people write them, and as they are kept: E.164."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from flask_babel import gettext as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

NORTH_AMERICA = 1
_AREA_AND_EXCHANGE = re.compile(r"[2-9]\d\d[2-9]\d{6}", re.ASCII)
_LANDLINES = {PhoneNumberType.FIXED_LINE}


class NotAPhone(ValueError):
    """What was written is no phone number that texts can reach."""


@dataclass(frozen=True, slots=True)
class Landline:
    """A notice, not a refusal: this number is surely a landline, which texts seldom reach."""

    phone: str

    @property
    def message(self) -> str:
        return _("%(phone)s is a landline; texts may not reach it.", phone=self.phone)


def parse_phone(text: str, region: str = "US") -> str:
    """The number in E.164 (``+12125550101``), read as somebody in ``region`` would write it.

    A number need not be in use: it must be possible. Numbers kept for fiction (555-01xx) are numbers too. Raises
    NotAPhone, which says what would be right.
    """
    if not text.strip():
        raise NotAPhone(_("Please give a phone number, like (212) 555-0101 or +44 7700 900123."))
    number = _read(text.strip(), region)
    if number.extension:
        raise NotAPhone(_("%(text)s has an extension; texts cannot reach one.", text=text.strip()))
    _refuse_the_impossible(number, text.strip())
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def notices_about(phone: str) -> list[Landline]:
    """What somebody should know about a number in E.164. A US number never tells whether it is a landline."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return [Landline(phone)] if kind in _LANDLINES else []


def _read(text: str, region: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException as fault:
        if fault.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise NotAPhone(_("%(text)s has no country code. Write it like +1 212 555 0101.", text=text)) from None
        raise _not_a_phone(text) from None


def _refuse_the_impossible(number: PhoneNumber, text: str) -> None:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == ValidationResult.TOO_SHORT:
        raise NotAPhone(_("%(text)s is too short. Write it like (212) 555-0101 or +44 7700 900123.", text=text))
    if reason == ValidationResult.TOO_LONG:
        raise NotAPhone(_("%(text)s is too long. Write it like (212) 555-0101 or +44 7700 900123.", text=text))
    if reason == ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise NotAPhone(_("%(text)s lacks its area code. Write it like (212) 555-0101.", text=text))
    if reason != ValidationResult.IS_POSSIBLE or _is_misdialled(number):
        raise _not_a_phone(text)


def _is_misdialled(number: PhoneNumber) -> bool:
    """In North America neither an area code nor an exchange begins with 0 or 1."""
    national = str(number.national_number)
    return number.country_code == NORTH_AMERICA and not _AREA_AND_EXCHANGE.fullmatch(national)


def _not_a_phone(text: str) -> NotAPhone:
    sentence = _("%(text)s is not a phone number. Write it like (212) 555-0101 or +44 7700 900123.", text=text)
    return NotAPhone(sentence)
