"""Phone numbers as people write them, and as they are stored: E.164."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import phonenumbers
from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

NORTH_AMERICA = 1
_AREA_AND_EXCHANGE = re.compile(r"[2-9]\d\d[2-9]\d{6}", re.ASCII)
_LANDLINES = {PhoneNumberType.FIXED_LINE}
_NOBODYS = {  # kinds of numbers that nobody carries, and that cost whoever texts them
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PERSONAL_NUMBER,
    PhoneNumberType.UAN,
    PhoneNumberType.PAGER,
    PhoneNumberType.VOICEMAIL,
}


class NotAPhone(ValueError):
    """The text is not a phone number that can be texted."""


@dataclass(frozen=True, slots=True)
class Landline:
    """A notice, not a refusal: this number is certainly a landline, which texts seldom reach."""

    phone: str

    @property
    def message(self) -> str:
        return _("%(phone)s is a landline, so it may not get texts.", phone=self.phone)


def parse_phone(text: str, region: str = "US") -> str:
    """The number in E.164 (``+12125550101``), read as someone in ``region`` would write it.

    A number must be possible, not in use: fictional numbers (555-01xx) are accepted too. Raises NotAPhone, which says
    what would be right.
    """
    if not text.strip():
        raise NotAPhone(_("Enter a phone number, like (212) 555-0101 or +44 7700 900123."))
    number = _read(text.strip(), region)
    if number.extension:
        raise NotAPhone(_("%(text)s has an extension, and texts can't reach extensions.", text=text.strip()))
    _refuse_the_impossible(number, text.strip())
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def notices_about(phone: str) -> list[Landline]:
    """Warnings about a number in E.164. A US number does not show whether it is a landline."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return [Landline(phone)] if kind in _LANDLINES else []


def refuse_strange_numbers(phone: str, regions: Collection[str], ours: str | None) -> None:
    """A stranger asks us to text this number (E.164): allow only mobile numbers of these countries (``US``).

    Raises NotAPhone for other countries, for satellite, premium, shared-cost, toll-free and personal numbers, and for
    ``ours``, the number that texts come from.
    """
    number = phonenumbers.parse(phone)
    if phone == ours:
        raise NotAPhone(_("That's the number our texts come from. Enter your own mobile number."))
    if phonenumbers.number_type(number) in _NOBODYS:
        raise NotAPhone(_("%(phone)s isn't a mobile number. Enter a mobile number.", phone=phone))
    known = phonenumbers.region_code_for_number(number)  # None for a fictional number
    possible = {known} if known else set(phonenumbers.region_codes_for_country_code(number.country_code or 0))
    if not possible & set(regions):
        countries = " / ".join(_country(region) for region in sorted(regions))
        raise NotAPhone(_("We can only text numbers from here: %(countries)s.", countries=countries))


def _country(region: str) -> str:
    names = (get_locale() or Locale("en")).territories
    return str(names.get(region, region))


def _read(text: str, region: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException as fault:
        if fault.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise NotAPhone(
                _("%(text)s is missing its country code. Write it like +1 212 555 0101.", text=text)
            ) from None
        raise _not_a_phone(text) from None


def _refuse_the_impossible(number: PhoneNumber, text: str) -> None:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == ValidationResult.TOO_SHORT:
        raise NotAPhone(_("%(text)s is too short. Write it like (212) 555-0101 or +44 7700 900123.", text=text))
    if reason == ValidationResult.TOO_LONG:
        raise NotAPhone(_("%(text)s is too long. Write it like (212) 555-0101 or +44 7700 900123.", text=text))
    if reason == ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise NotAPhone(_("%(text)s is missing its area code. Write it like (212) 555-0101.", text=text))
    if reason != ValidationResult.IS_POSSIBLE or _is_misdialled(number):
        raise _not_a_phone(text)


def _is_misdialled(number: PhoneNumber) -> bool:
    """In North America neither an area code nor an exchange begins with 0 or 1."""
    national = str(number.national_number)
    return number.country_code == NORTH_AMERICA and not _AREA_AND_EXCHANGE.fullmatch(national)


def _not_a_phone(text: str) -> NotAPhone:
    sentence = _("%(text)s isn't a phone number. Write it like (212) 555-0101 or +44 7700 900123.", text=text)
    return NotAPhone(sentence)
