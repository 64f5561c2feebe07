# ruff: noqa: E501
"""Words for days and clock times in texts, in English and Spanish."""

from typing import Final

from .named_times import TODAY, NamedTime

_DAYS: Final = (
    "monday mon lunes lun", "tuesday tue tues martes mar", "wednesday wed weds miercoles mie", "thursday thu thurs thur jueves jue",
    "friday fri viernes vie", "saturday sat sabado sab", "sunday sun domingo dom",
)  # fmt: skip
WEEKDAYS: Final = {word: number for number, words in enumerate(_DAYS) for word in words.split()}
FULL_DAYS: Final = {word for words in _DAYS for word in words.split() if len(word) > 5 or word in {"lunes", "jueves"}}
_MONTHS: Final = (
    "january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr", "may mayo", "june jun junio",
    "july jul julio", "august aug agosto ago", "september sep sept septiembre", "october oct octubre", "november nov noviembre",
    "december dec diciembre dic",
)  # fmt: skip
MONTHS: Final = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
SPOKEN: Final[dict[str, frozenset[NamedTime]]] = {
    **dict.fromkeys(
        (
            "tonight", "tonite", "2nite", "today", "2day", "this evening", "later tonight", "hoy", "esta noche", "hoy en la noche",
            "hoy por la noche", "hoy noche", "hoy mismo", "el dia de hoy", "for tonight", "for today", "para hoy",
        ),
        frozenset({TODAY}),
    ),
    **dict.fromkeys(
        ("tomorrow", "tmrw", "tmr", "tomorrow night", "2moro", "manana", "manana en la noche", "manana por la noche"),
        frozenset({("tomorrow",)}),
    ),
    **dict.fromkeys(
        (
            "that day", "that night", "that time", "then", "on that day", "that evening", "at that time", "ese dia", "esa noche",
            "esa hora", "a esa hora", "para ese dia", "esa fecha", "that date", "on that date", "en esa fecha",
        ),
        frozenset(),
    ),
    "noon": frozenset({("clock", 12, 0, "p")}), "at noon": frozenset({("clock", 12, 0, "p")}),
    "midnight": frozenset({("clock", 12, 0, "a")}), "at midnight": frozenset({("clock", 12, 0, "a")}),
    "al mediodia": frozenset({("clock", 12, 0, "p")}), "a medianoche": frozenset({("clock", 12, 0, "a")}),
}  # fmt: skip
BEFORE_DAY: Final = frozenset("on this for el este para del de the".split())
NEXT: Final = frozenset("next proximo otro".split())
BEHIND_WED: Final = frozenset("love like be rather prefer have really all but".split())  # we'd
AFTER_DAY: Final = frozenset("night evening noche".split())
BEFORE_HOUR: Final = (("at",), ("a", "las"), ("a", "la"), ("las",), ("para", "las"), ("for",))
VOCABULARY: Final = frozenset(
    {*WEEKDAYS, *MONTHS, *NEXT, *AFTER_DAY, *(word for phrase in SPOKEN for word in phrase.split())}
)
