import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.replies import (
    Cannot,
    Choice,
    Confirm,
    Cover,
    Done,
    FreeText,
    Go,
    Help,
    Here,
    Late,
    OptIn,
    OptOut,
    Reply,
    Status,
    Undo,
    When,
    Yes,
    read_reply,
)

GRAMMAR: dict[str, Reply] = {
    "C": Confirm(),
    "1": Confirm(),
    "OK": Confirm(),
    "X": Cannot(),
    "2": Cannot(),
    "LATE 10": Late(10, language="en"),
    "TARDE 10": Late(10, language="es"),
    "LATE": Late(None, language="en"),
    "TARDE": Late(None, language="es"),
    "HERE": Here(language="en"),
    "AQUI": Here(language="es"),
    "WHEN": When(language="en"),
    "CUANDO": When(language="es"),
    "COVER": Cover(language="en"),
    "RELEVO": Cover(language="es"),
    "UNDO": Undo(language="en"),
    "DESHACER": Undo(language="es"),
    "GO": Go(),
    "DONE": Done(),
    "STATUS": Status(),
    "YES": Yes(language="en"),
    "SI": Yes(language="es"),
    "3": Choice(3),
    "10": Choice(10),
    "99": Choice(99),
    "STOP": OptOut("STOP"),
    "STOPALL": OptOut("STOPALL"),
    "STOP ALL": OptOut("STOPALL"),
    "UNSUBSCRIBE": OptOut("UNSUBSCRIBE"),
    "REVOKE": OptOut("REVOKE"),
    "OPTOUT": OptOut("OPTOUT"),
    "OPT OUT": OptOut("OPTOUT"),
    "CANCEL": OptOut("CANCEL", may_give_up=True),
    "END": OptOut("END", may_give_up=True),
    "QUIT": OptOut("QUIT", may_give_up=True),
    "PARAR": OptOut("PARAR", language="es"),
    "ALTO": OptOut("ALTO", language="es"),
    "START": OptIn("START"),
    "UNSTOP": OptIn("UNSTOP"),
    "HELP": Help(),
    "INFO": Help(),
    "AYUDA": Help(language="es"),
}
SPACE = st.text(st.sampled_from(" \t\n\r\u00a0\u200b\ufeff"), max_size=3)
PUNCTUATION = st.text(st.sampled_from(".,!?¿¡;:-–—…()[]\"'“”’«»*#/_"), max_size=3)


@pytest.mark.parametrize(("body", "reply"), GRAMMAR.items())
def test_every_word_of_the_grammar_is_read(body: str, reply: Reply) -> None:
    assert read_reply(body) == reply


@given(st.data())
def test_case_punctuation_and_outer_space_do_not_matter(data: st.DataObject) -> None:
    body, reply = data.draw(st.sampled_from(sorted(GRAMMAR.items(), key=lambda entry: entry[0])))
    typed = "".join(data.draw(st.sampled_from([letter.upper(), letter.lower()])) for letter in body)
    before, after = (data.draw(SPACE) + data.draw(PUNCTUATION) + data.draw(SPACE) for _ in range(2))

    assert read_reply(before + typed + after) == reply


@given(st.data())
def test_accents_and_full_width_letters_do_not_matter(data: st.DataObject) -> None:
    body, reply = data.draw(st.sampled_from(sorted(GRAMMAR.items(), key=lambda entry: entry[0])))
    accented = "".join(letter + data.draw(st.sampled_from(["", "\u0301", "\u0303"])) for letter in body)
    full_width = "".join(chr(ord(letter) + 0xFEE0) if letter != " " else "\u3000" for letter in body)

    assert read_reply(unicodedata.normalize("NFC", accented)) == reply
    assert read_reply(full_width) == reply


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        ("1️⃣", Confirm()),
        ("2️⃣", Cannot()),
        ("3️⃣", Choice(3)),
        ("1️⃣0️⃣", Choice(10)),
        ("①", Confirm()),
        ("２", Cannot()),
        ("١", Confirm()),
        ("O.K.", Confirm()),
        ("(c)", Confirm()),
        ("#3", Choice(3)),
        ("opt-out", OptOut("OPTOUT")),
        ("S.T.O.P.", OptOut("STOP")),
        ("Sí", Yes(language="es")),
        ("Aquí.", Here(language="es")),
        ("¿Cuándo?", When(language="es")),
    ],
)
def test_the_ways_people_type_the_same(body: str, reply: Reply) -> None:
    assert read_reply(body) == reply


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        ("LATE 0", 0),
        ("LATE 240", 240),
        ("late 10 min", 10),
        ("Late10", 10),
        ("late 10m", 10),
        ("LATE: 10 minutes.", 10),
        ("late +10", 10),
        ("late ~ 10", 10),
        ("late\n10", 10),
        ("LATE 1️⃣5️⃣", 15),
        ("LATE 010", 10),
        ("LATE 241", None),
        ("LATE 1000", None),
        ("LATE " + "9" * 1590, None),
        ("LATE " + "9" * 9000, None),
        ("LATE " + "0" * 9000 + "7", 7),
        ("late?", None),
    ],
)
def test_how_late_is_read_up_to_240_minutes_and_asked_for_otherwise(body: str, minutes: int | None) -> None:
    assert read_reply(body) == Late(minutes, language="en")


@pytest.mark.parametrize("body", ["Tarde 10", "TARDE 10 min", "tarde10", "tarde 10 minutos"])
def test_late_can_be_said_in_spanish(body: str) -> None:
    assert read_reply(body) == Late(10, language="es")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "   ",
        "...",
        "👍",
        "🔟",
        "🆗",
        "C 👍",
        "0",
        "03",
        "100",
        "1 2",
        "1.5",
        "½",
        "CC",
        "no",
        "okay then",
        "OK, but can I go on later?",
        "C\nSent from my phone",
        "please stop",
        "stop it",
        "I am here",
        "ten late",
        "LATE 1.5",
        "LATE 10-15",
        "LATE 1 hour",
        "LATE ten",
        "late 10 late 20",
        "buenas tardes",
        "We GO on at 8",
        "\ud83d",
        "\x00",
        "a" * 1601,
    ],
)
def test_whatever_is_not_in_the_grammar_is_free_text_as_it_came(body: str) -> None:
    assert read_reply(body) == FreeText(body)


@given(st.sampled_from(sorted(GRAMMAR)), st.sampled_from(["I think", "see you", "gracias,", "we are"]), st.booleans())
def test_a_sentence_that_holds_a_word_of_the_grammar_is_free_text(word: str, others: str, is_first: bool) -> None:
    body = f"{word} {others}" if is_first else f"{others} {word}"

    assert read_reply(body) == FreeText(body)


def test_a_picture_without_words_is_free_text_with_its_count() -> None:
    assert read_reply("", num_media=2) == FreeText("", num_media=2)


def test_a_picture_beside_a_word_does_not_change_the_word() -> None:
    assert read_reply("HERE", num_media=1) == Here(language="en")


@given(st.text(st.characters()), st.integers(min_value=0, max_value=10))
def test_any_body_is_read_and_free_text_keeps_it(body: str, num_media: int) -> None:
    reply = read_reply(body, num_media=num_media)

    if isinstance(reply, FreeText):
        assert reply == FreeText(body, num_media)
    else:
        assert any(character.isalnum() for character in unicodedata.normalize("NFKD", body))
