"""The time to read a text grows only linearly with its length, whatever pattern repeats in it."""

from bench.table import Row, Size, median_ms
from coordinator.core.replies import OpenQuestion, Question, ReplyContext, read_reply

UNITS = (
    "thanks ",
    "yes ",
    "a",
    "stop. ",
    "stop texting me, ",
    " ",
    "?",
    "\U0001f600",
    "\U0001f44d",
    "10 ",
    "10-",
    "\n",
    "9",
    "at the ",
    "over ",
    "Liked \u201c",
    "\u200b",
    "Sent from my iPhone\n",
)
SHORT, LONG = 4_000, 16_000
CONTEXT = ReplyContext(open=(OpenQuestion(Question.ASK),))


def measure(size: Size) -> list[Row]:
    times = size.of(9, 3)
    ratios = {unit: _took(unit, LONG, times) / _took(unit, SHORT, times) for unit in UNITS}
    worst = max(ratios, key=lambda unit: ratios[unit])
    what = f"a text four times as long, of {worst!r} again and again (the worst of {len(UNITS)})"
    return [Row(what, f"{ratios[worst]:.2f} times", "linear: < 8", ratios[worst] < 8)]


def _took(unit: str, length: int, times: int) -> float:
    body = unit * (length // len(unit))
    return median_ms(lambda: read_reply(body, CONTEXT), times=times)
