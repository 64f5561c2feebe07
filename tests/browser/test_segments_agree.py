"""Our count of segments and that of Twilio's calculator, text by text, in the browser."""

import random
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from coordinator.core.sms_text import measure

CALCULATOR = Path(__file__).parent / "vendor" / "sms-segments.js"
SEED = 20261204
HOW_MANY = 4_000

GSM_7 = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà"
TWICE = "\f^{}\\[~]|€"
ACCENTED = ["á", "í", "ó", "ú", "ç", "Á", "SÍ", "e\u0301", "n\u0303", "o\u0302\u0323", "`", "\t"]
TYPOGRAPHY = ["“", "”", "‘", "’", "…", "—", "–", "\u00a0", "\u200b", "\u202f", "\r\n", "\n\n"]
EMOJI = ["🎤", "👍", "👍🏽", "1️⃣", "☎️", "🇺🇸", "🇺🇸🇲🇽", "🇺", "👩‍🚒", "👨‍👩‍👧‍👦", "👩🏿‍🎤", "🏳️‍🌈"]
EMOJI += ["🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏃\ufe0f\ufe0f🏽", "🇺🇸\ufe0f\ufe0f"]
OTHER_SCRIPTS = [
    *"演ष각ا𝄞",
    "षि",
    "가",
    "\u1100",
    "\u1161",
    "\u11a8",
    "\u0600",
    "\u200d",
    "\ufe0f",
    "\U0001d165",
    "\ud83d",
    "\udc4d",
]
TOWERS = ["z" + "\u0335\u0348\u0321" * height for height in (5, 20, 23, 40)]

SINGLE = [*GSM_7]
DOUBLE = [*TWICE]
ALPHABETS: list[list[str]] = [
    SINGLE,
    SINGLE * 3 + DOUBLE,
    DOUBLE,
    SINGLE + ACCENTED,
    SINGLE + TYPOGRAPHY,
    SINGLE + DOUBLE + EMOJI,
    EMOJI,
    EMOJI + ACCENTED + TYPOGRAPHY,
    SINGLE + DOUBLE + ACCENTED + TYPOGRAPHY + EMOJI + OTHER_SCRIPTS,
    OTHER_SCRIPTS + EMOJI,
    SINGLE + EMOJI + TOWERS,
]
EDGES = [0, 1, 35, 67, 70, 77, 80, 134, 153, 160, 201, 306, 459, 1600]

ASK = """bodies => bodies.map(body => {
  const text = new smsSegments.SegmentedMessage(body);
  const last = text.segments[text.segments.length - 1];
  const bits = text.getEncodingName() === "GSM-7" ? 7 : 16;
  return {
    encoding: text.getEncodingName(),
    units: text.messageSize / bits,
    segments: text.segmentsCount,
    left: Math.max(0, Math.floor(last.freeSizeInBits() / bits)),
    outside: [...new Set(text.getNonGsmCharacters())],
  };
})"""


def test_every_text_measures_as_in_twilios_calculator(page_at: Callable[[], Page]) -> None:
    bodies = generated_texts()
    page = page_at()
    page.add_script_tag(path=CALCULATOR)

    theirs = page.evaluate(ASK, bodies)

    assert len(theirs) == HOW_MANY
    differing = [
        (body, ours, said) for body, said in zip(bodies, theirs, strict=True) if (ours := measured(body)) != said
    ]
    assert differing == []


def test_the_generated_texts_reach_both_alphabets_and_many_parts() -> None:
    reached = {(found.encoding, found.segments) for found in map(measure, generated_texts())}

    assert reached >= {("GSM-7", count) for count in (1, 2, 3, 4, 11)}
    assert reached >= {("UCS-2", count) for count in (1, 2, 3, 4, 24)}


def generated_texts() -> list[str]:
    """Texts of mixed alphabets, most of them within a few units of a boundary between segments."""
    chance = random.Random(SEED)
    return [text_of(chance, ALPHABETS[number % len(ALPHABETS)]) for number in range(HOW_MANY)]


def text_of(chance: random.Random, alphabet: list[str]) -> str:
    length = max(0, chance.choice(EDGES) + chance.randint(-4, 4))
    plain_share = chance.choice([0, 0, 0.95])
    pieces: list[str] = []
    while length > 0:
        pieces.append(chance.choice(SINGLE if chance.random() < plain_share else alphabet))
        length -= utf_16_units(pieces[-1])
    return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def utf_16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def measured(body: str) -> dict[str, object]:
    """Ours, in the words of the calculator: it has no name for characters that count twice."""
    found = measure(body)
    outside = list(found.costly) if found.encoding == "UCS-2" else []
    return {
        "encoding": found.encoding,
        "units": found.units,
        "segments": found.segments,
        "left": found.left,
        "outside": outside,
    }
