"""What only puts an answer off, told from what somebody has to read."""

import pytest

from coordinator.core.replies import Last, Meaning, OpenQuestion, Question, ReplyContext, puts_off, read_reply

ASKED = ReplyContext(open=(OpenQuestion(Question.ASK, "Can you play?"),), last=Last.QUESTION)


@pytest.mark.parametrize(
    "body",
    [
        "maybe", "MAYBE!!", "Not sure yet, I'll let you know", "hmm, let me check. Thanks", "I don't know yet, sorry",
        "Quizás", "no sé, te aviso", "Tal vez. Gracias", "maybe 🤔",
    ],
)  # fmt: skip
def test_it_only_puts_the_answer_off_and_is_never_one(body: str) -> None:
    assert puts_off(body)
    assert read_reply(body, ASKED).meaning is Meaning.UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        "", "maybe?", "thanks", "yet", "yes", "C", "maybe at 9", "let me check with Ben", "yes but only at nine",
        "is there parking", "maybe. where do I park", "quizás más tarde", "🤔",
    ],
)  # fmt: skip
def test_whatever_says_more_is_for_a_person(body: str) -> None:
    assert not puts_off(body)
