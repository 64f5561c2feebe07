"""The default texts, in every language: one segment with ordinary names, known placeholders, the same kinds."""

import re
from pathlib import Path

import pytest

from coordinator.core.sms_text import measure
from coordinator.core.wording import fill, worded
from coordinator.messaging.queries.default_texts import default_text
from tests.ordinary import BY_LANGUAGE, IN_ENGLISH

SMS = Path(__file__).parents[2] / "coordinator" / "templates" / "sms"
TEXTS = sorted(path.relative_to(SMS).as_posix() for path in SMS.glob("*/*.txt"))


def words(name: str) -> str:
    language, _, file = name.partition("/")
    return default_text(file.removesuffix(".txt"), language)


# The first ask has to say who asks, for which show, when, how to answer and where to read more, to someone who may
# never have heard of us: that is two segments. Whoever is texted again knows, and so does whoever gets anything else.
TWO_SEGMENTS = ("ask",)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_the_house_fits_one_segment_with_ordinary_names(name: str) -> None:
    measured = measure(fill(words(name), BY_LANGUAGE[name[:2]]))

    assert (measured.encoding, measured.segments) == ("GSM-7", 2 if Path(name).stem in TWO_SEGMENTS else 1)


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_the_first_ask_names_organization_show_time_and_venue_and_has_the_link(language: str) -> None:
    values = BY_LANGUAGE[language]

    said = worded(words(f"{language}/ask.txt"), values, language, org=values["org"]).first_body

    named = ("org", "first_name", "title", "time", "day", "venue", "link")
    assert [name for name in named if values[name] not in said] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_the_house_fills_in_all_that_it_names(name: str) -> None:
    named = set(re.findall(r"\{([a-z_]+)\}", words(name)))

    assert named - set(IN_ENGLISH) == set()


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_asks_for_a_word_that_belongs_to_the_carrier(name: str) -> None:
    asked = re.findall(r"(?:Reply|Responde|reply|responde) ([A-ZÁÉÍÓÚ]+)", words(name))

    assert set(asked) & {"YES", "NO", "CANCEL", "END", "QUIT", "SI"} == set()


def test_every_language_has_every_text() -> None:
    by_language = {folder.name: {path.name for path in folder.glob("*.txt")} for folder in SMS.iterdir()}

    assert by_language["es"] == by_language["en"]


# As long as what they offer, or as what has changed; or a call time beside a link.
LISTS = ("changed-shift", "echo-on-now", "echo-over-now", "echo-when", "echo-when-one", "echo-which", "echo-who")
ELSEWHERE = (*LISTS, *TWO_SEGMENTS, "stopped")  # "stopped" only ever answers STOP
FIRST = [
    name
    for name in TEXTS
    if name != "es/signed-up.txt" and Path(name).stem not in ELSEWHERE and not Path(name).stem.startswith("part-")
]
NEVER_TOGETHER = {"act": "", "set": ""}  # the time is for performers, the act and its set for the crew
AS_THEY_STAND = {
    "swap-ask": {"was": "Front door 9pm"},
    "hold": NEVER_TOGETHER | {"why": "bad weather"},
    "hold-over": NEVER_TOGETHER,
}


@pytest.mark.parametrize("name", FIRST)
def test_a_text_that_is_the_first_says_who_writes_and_how_to_stop_in_one_segment(name: str) -> None:
    language, kind = name[:2], Path(name).stem
    values = BY_LANGUAGE[language] | AS_THEY_STAND.get(kind, {})

    said = worded(words(name), values, language, org=values["org"]).first_body
    measured = measure(said)

    assert values["org"] in said
    assert "STOP" in said
    assert (measured.encoding, measured.segments) == ("GSM-7", 1)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_the_first_text_takes_two_segments_at_most(name: str) -> None:
    values = BY_LANGUAGE["en"]

    said = worded(words(f"en/{name}.txt"), values, "en", org=values["org"]).first_body

    assert said.startswith(f"{values['org']}: ")
    assert measure(said).segments <= 2
