"""Whatever calls itself an event document: it is read, or refused with every problem in words."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coordinator.features.event_document.problems import BadDocument
from coordinator.features.event_document.read import read_document
from tests.builders import MADE_AT
from tests.documents import full, small
from tests.fuzz.strategies import NASTY, fuzzed, hostile_texts

KEYS = st.sampled_from([*NASTY, "key", "en"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(-(10**30), 10**30) | st.floats() | st.sampled_from(NASTY),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A good document in which some values, wherever they stand, became others."""
    document = full() if draw(st.booleans()) else small()
    for _ in range(draw(st.integers(1, 3))):
        _change(document, draw)
    return json.dumps(document)


@fuzzed
@given(documents() | hostile_texts("{", "}", "[", "]", '{"callboard": 1', '"slug": "a"') | VALUES.map(json.dumps))
def test_a_document_is_read_or_refused(text: str) -> None:
    problems: tuple[str, ...] | None = None
    try:
        read_document(text, now=MADE_AT)
    except BadDocument as refusal:
        problems = tuple(refusal.problems)

    assert problems is None or all(0 < len(problem) < 2_000 for problem in problems)
    assert problems != ()


def _change(inside: Any, draw: st.DrawFn) -> None:
    """Put something else in one place of the document."""
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        if isinstance(inside[key], dict | list) and draw(st.booleans()):
            inside = inside[key]
            continue
        inside[key] = draw(VALUES)
        return
