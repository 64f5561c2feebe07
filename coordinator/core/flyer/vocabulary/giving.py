"""The suggested donation and the minimum age."""

import re
from typing import Final

from ..model import Donation
from ..text.lines import Line

_NUMBER: Final = r"\d{1,6}(?:[.,]\d{1,2})?(?!\d)"
_AMOUNT: Final = re.compile(
    rf"(?:(?P<sign>us\$|r\$|[$£€¥])\s?(?P<first>{_NUMBER})|(?<![\w.,$£€])(?P<second>{_NUMBER})\s?-?(?P<unit>€|£|\$|"
    rf"¥|euros?|eur|dollars?|bucks?|usd|gbp|pounds?|quid|円|reais)(?![a-z]))"
)
_NAMES_OF_MONEY: Final = {
    "USD": "$ us$ dollar dollars buck bucks usd",
    "GBP": "£ pound pounds quid gbp",
    "EUR": "€ euro euros eur",
    "JPY": "¥ 円",
    "BRL": "r$ reais",
}
_CURRENCIES: Final = {name: code for code, names in _NAMES_OF_MONEY.items() for name in names.split()}
_SUGGESTED: Final = re.compile(
    r"\b(?:sugg?est(?:ed|ion)?|recommend(?:ed|ation)?|requested|encouraged|advised|sugerid[ao]s?|recomendad[ao]s?|"
    r"orientativ[ao]s?|consigliat[ao]|"
    r"suggerit[ao]|conseillée?s?|suggérée?s?|indicati(?:f|ve)|empfohlene?r?|empfehlung|spendenempfehlung|richtwert|"
    r"vorschlag)\b"
)
_GIVEN: Final = re.compile(
    r"(?:\b(?:donations?|donate|contribution|spenden?\w*|dons?|participation|donativos?|donación|aportación|"
    r"colaboración|contribución|doação|"
    r"contribuição|offerta|donazione|contributo)\b|投げ銭|カンパ|寄付)"
)
_NO_SUGGESTION: Final = re.compile(
    r"\b(?:min|minimum|mínimo|minimo|mindestens|at least|raised|worth|goal|feeds?|"
    r"provides?|buys?|pays?|tickets?|cover|entry|admission)\b"
)
_BARE_AMOUNT: Final = re.compile(
    rf"\b(?:donation|donativo|spende|don|offerta|doação)s?\b\W{{0,3}}(?:of|de|di|"
    rf"von)?\s?(?P<number>{_NUMBER})(?![\d:%+]|\s?[ap]\.?m)"
)
_CLAUSE_END: Final = re.compile(r"[.;!?|](?=\s|$)|,(?=\s)|\s[-/•·]\s|\)")
FEW_WORDS: Final = 6  # in a line this short all words belong together
SHORT_LINE: Final = 14  # words; in a longer sentence an amount may be anything


def donation_in(line: Line, *, zone: str) -> Donation | None:
    """The suggested amount. A price, a minimum, or what money bought in the past does not count."""
    count = len(line.words)
    for found in _AMOUNT.finditer(line.plain):
        around = line.plain if count <= FEW_WORDS else _clause_around(line.plain, found)
        suggested = bool(_SUGGESTED.search(around))
        given = bool(_GIVEN.search(around)) and count <= SHORT_LINE and not _NO_SUGGESTION.search(around)
        if suggested or given:
            return Donation(_number(found["first"] or found["second"]), _CURRENCIES[found["sign"] or found["unit"]])
    bare = _BARE_AMOUNT.search(line.plain)
    if bare and _SUGGESTED.search(line.plain):
        return Donation(_number(bare["number"]), _currency_of(zone))
    return None


def _clause_around(text: str, found: re.Match[str]) -> str:
    before, after = text[max(0, found.start() - 48) : found.start()], text[found.end() : found.end() + 48]
    start = max((end.end() for end in _CLAUSE_END.finditer(before)), default=0)
    stop = _CLAUSE_END.search(after)
    return before[start:] + " " + (after[: stop.start()] if stop else after)


def _number(figures: str) -> int | float:
    amount = float(figures.replace(",", "."))
    return int(amount) if amount.is_integer() else amount


def _currency_of(zone: str) -> str:
    if zone in {"Europe/London", "Europe/Belfast", "GB", "Europe/Jersey", "Europe/Guernsey", "Europe/Isle_of_Man"}:
        return "GBP"
    return "EUR" if zone.startswith("Europe/") else "USD"


_ALL_AGES: Final = re.compile(
    r"\ball[\s-]ages?\b|\btous (?:les )?âges\b|\btout public\b|\btodas las edades\b|\btodos los públicos\b|\btodas "
    r"as idades\b|\blivre para todos\b|"
    r"\bclassificação livre\b|\bper tutte le età\b|\balle altersgruppen\b|\bfamily[\s-]friendly all ages\b"
)
_AT_LEAST: Final = re.compile(
    r"(?<![\d$£€.,:])(?P<after>1[2-9]|2[0-5])(?:\s?\+(?!\d)|\s?(?:&|and|or|y|u)\s?(?:over|up|older|above|más|"
    r"mayores)\b|\s?(?:plus|years and over|ans et plus|ans et \+|anni in su|jahren?)\b)"
    r"|(?<!\w)\+(?P<before>1[2-9]|2[0-5])(?!\d)"
    r"|\b(?:over[\s-]|ab\s|dès\s|must be\s|no one under\s|nobody under\s|strictly\s|(?:para\s)?(?:mayores|maiores) "
    r"de\s|vietato ai minori di\s|interdit aux moins de\s)"
    r"(?P<led>1[2-9]|2[0-5])(?![\d:%]|\s?uhr|h|\s?[ap]\.?m)"
)


def age_in(line: Line) -> str | None:
    """ "all ages", or "21+" and similar."""
    found, everybody = _AT_LEAST.search(line.plain), _ALL_AGES.search(line.plain)
    if everybody and not (found and found.start() < everybody.start()):
        return "all ages"
    return f"{found['after'] or found['before'] or found['led']}+" if found else None


_AGE_FILLERS: Final = frozenset(
    "only show event must be to enter years old with id and the a please for strictly welcome ans anni años anos "
    "show: age ages".split()
)
_GIFT_FILLERS: Final = frozenset(
    "a an of at the door per person please or more - – : is our we for pp each € $ £".split()
)


def begins_with_age(line: Line) -> bool:
    return bool(_AT_LEAST.match(line.plain))


def says_only_an_age(line: Line) -> bool:
    """Whether the line gives an age, and nothing else."""
    rest = _ALL_AGES.sub(" ", _AT_LEAST.sub(" ", line.plain))
    return rest != line.plain and all(word.strip("()[].,!*-–/|") in {"", *_AGE_FILLERS} for word in rest.split())


def says_only_a_donation(line: Line) -> bool:
    """Whether the line gives a donation, and nothing else."""
    rest = _GIVEN.sub(" ", _SUGGESTED.sub(" ", _AMOUNT.sub(" ", line.plain)))
    return rest != line.plain and all(_is_no_word(word) or word in _GIFT_FILLERS for word in rest.split())


def _is_no_word(word: str) -> bool:
    return not any(map(str.isalnum, word)) or not word.strip("0123456789-–.,$£€+")


_OF_MONEY: Final = re.compile(
    r"[$£€¥]\s?\d|\d\s?[€£¥]|\b(?:free|donations?|tickets?|admission|entry|cover|adv(?:ance)?|pwyc|pay what|"
    r"sliding scale|nobody turned away|"
    r"no one turned away|notaflof|eintritt|spenden?|entrée|prix libre|entrada|gratis|gratuit[oae]?|offerta|"
    r"ingresso|doação|donativo|cash|rsvp|bucks)\b"
)


def is_about_money(text: str) -> bool:
    return bool(_OF_MONEY.search(text))
