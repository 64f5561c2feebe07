import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.replies import OpenQuestion, Question, Reply, ReplyContext, read_reply
from coordinator.core.replies.model import Meaning
from coordinator.core.replies.single_words import is_single_word, normalized

ASKED = ReplyContext(
    open=(OpenQuestion(Question.ASK),),
    choices={3: "Front door", 10: "Bar", 99: "Merch"},
    today=True,
    stage_manager=True,
)
MEANINGS = {
    "C": "yes",
    "1": "yes",
    "OK": "yes",
    "YES": "yes",
    "SI": "yes",
    "X": "no",
    "2": "no",
    "LATE": "late",
    "LATE 10": "late:10",
    "TARDE": "late",
    "TARDE 10": "late:10",
    "HERE": "here",
    "AQUI": "here",
    "WHEN": "when",
    "CUANDO": "when",
    "COVER": "cover",
    "RELEVO": "cover",
    "UNDO": "undo",
    "DESHACER": "undo",
    "GO": "go",
    "DONE": "done",
    "STATUS": "status",
    "3": "choice:3",
    "10": "choice:10",
    "99": "choice:99",
    "STOP": "stop",
    "STOPALL": "stop",
    "STOP ALL": "stop",
    "UNSUBSCRIBE": "stop",
    "REVOKE": "stop",
    "OPTOUT": "stop",
    "OPT OUT": "stop",
    "CANCEL": "stop",
    "END": "stop",
    "QUIT": "stop",
    "PARAR": "stop",
    "ALTO": "stop",
    "START": "start",
    "UNSTOP": "start",
    "HELP": "help",
    "INFO": "help",
    "AYUDA": "help",
}
SPANISH = {"SI", "TARDE", "TARDE 10", "AQUI", "CUANDO", "RELEVO", "DESHACER", "PARAR", "ALTO", "AYUDA"}
ENGLISH = {"YES", "LATE", "LATE 10", "HERE", "WHEN", "COVER", "UNDO"}
WORDS = sorted(MEANINGS)
SPACE = st.text(st.sampled_from(" \t\n\r\u00a0\u200b\ufeff"), max_size=3)
PUNCTUATION = st.text(st.sampled_from(".,!?¿¡;:-–—…()[]\"'“”’«»*#/_"), max_size=3)


@pytest.mark.parametrize("word", WORDS)
def test_every_single_word_has_its_meaning_and_language(word: str) -> None:
    reply = read_reply(word, ASKED)

    assert (is_single_word(word), reply.means) == (True, MEANINGS[word])
    assert reply.language == ("es" if word in SPANISH else "en" if word in ENGLISH else None)


@pytest.mark.parametrize("word", ["CANCEL", "END", "QUIT"])
def test_three_words_that_stop_texts_may_be_about_the_slot(word: str) -> None:
    assert read_reply(word, ASKED) == Reply(Meaning.STOP, word=word, may_give_up=True)


@given(st.data())
def test_case_punctuation_and_outer_space_do_not_matter(data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(WORDS))
    typed = "".join(data.draw(st.sampled_from([letter.upper(), letter.lower()])) for letter in word)
    before, after = (data.draw(SPACE) + data.draw(PUNCTUATION) + data.draw(SPACE) for _ in range(2))

    assert normalized(before + typed + after) == word
    assert is_single_word(before + typed + after)


@given(st.data())
def test_accents_and_full_width_letters_do_not_matter(data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(WORDS))
    accented = "".join(letter + data.draw(st.sampled_from(["", "\u0301", "\u0303"])) for letter in word)
    full_width = "".join(chr(ord(letter) + 0xFEE0) if letter != " " else "\u3000" for letter in word)

    assert normalized(unicodedata.normalize("NFC", accented)) == word
    assert normalized(full_width) == word


@pytest.mark.parametrize(
    ("body", "means"),
    [
        ("1️⃣", "yes"),
        ("2️⃣", "no"),
        ("3️⃣", "choice:3"),
        ("1️⃣0️⃣", "choice:10"),
        ("①", "yes"),
        ("２", "no"),
        ("١", "yes"),
        ("O.K.", "yes"),
        ("(c)", "yes"),
        ("#3", "choice:3"),
        ("opt-out", "stop"),
        ("S.T.O.P.", "stop"),
        ("Sí", "yes"),
        ("Aquí.", "here"),
        ("¿Cuándo?", "when"),
        ("LATE 0", "late:0"),
        ("LATE 240", "late:240"),
        ("late 10 min", "late:10"),
        ("Late10", "late:10"),
        ("late 10m", "late:10"),
        ("LATE: 10 minutes.", "late:10"),
        ("late +10", "late:10"),
        ("late ~ 10", "late:10"),
        ("late\n10", "late:10"),
        ("LATE 1️⃣5️⃣", "late:15"),
        ("LATE 010", "late:10"),
        ("LATE 241", "late"),
        ("LATE 1000", "late"),
        ("LATE " + "9" * 1590, "late"),
        ("LATE " + "9" * 9000, "late"),
        ("LATE " + "0" * 9000 + "7", "late:7"),
        ("TARDE 10 min", "late:10"),
        ("tarde10", "late:10"),
        ("tarde 10 minutos", "late:10"),
    ],
)
def test_the_ways_people_type_the_same(body: str, means: str) -> None:
    assert (is_single_word(body), read_reply(body, ASKED).means) == (True, means)


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
def test_anything_else_is_not_a_single_word(body: str) -> None:
    assert not is_single_word(body)


@given(st.sampled_from(WORDS), st.sampled_from(["I think", "see you", "gracias,", "we are"]), st.booleans())
def test_a_sentence_with_such_a_word_is_not_a_single_word(word: str, others: str, is_first: bool) -> None:
    assert not is_single_word(f"{word} {others}" if is_first else f"{others} {word}")


def test_a_picture_beside_a_word_does_not_change_the_word() -> None:
    assert read_reply("HERE", ReplyContext(media=1)).means == "here"


@given(st.text(st.characters()))
def test_a_single_word_holds_a_letter_or_a_digit(body: str) -> None:
    if is_single_word(body):
        assert any(character.isalnum() for character in unicodedata.normalize("NFKD", body))
