"""Hostile texts, and how many are tried: few in every run, thousands with ``FUZZ=long``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

FEW = 40

_own_clients = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
fuzzed = (
    settings(suppress_health_check=_own_clients)
    if os.environ.get("FUZZ") == "long"
    else settings(max_examples=FEW, suppress_health_check=_own_clients)
)

NASTY = [
    "", " ", "\t", "\n", "\r\n", "\x00", "\x1b[2J", "\x85", "\u2028", "\u202e", "\u200b", "\u200d", "\ufeff", "\ud800",
    "\U000e0041", "\U0001f468\u200d\U0001f469", "e\u0301\u0323", "İ", "ß", "ﬃ", "٣", "²", "１８：００", "9" * 30,
    "9" * 5_000, "-1", "1e400", "NaN", "NULL", "'; --", "%s", "{x}", "{{ 1 }}", "<b>", "../", "8pm", "20:00", "25:99",
    "12/4", "2026-12-04", "0000-00-00", "9999-12-31T23:59:59+14:00", "Feb 30", "$10", "|", ";", ",", '"', "'", "(", ")",
    "-", "–", "…", ":", "@", "STOP", "yes", "SI", "C", "X", "1", "Liked “ok”", "LATE 10", "GO", "DONE 4821",
]  # fmt: skip


def hostile_texts(*pieces: str) -> st.SearchStrategy[str]:
    """Any text; words that readers look for, in any order; or one of them a thousand times."""
    piece = st.sampled_from([*NASTY, *pieces])
    return (
        st.text()
        | st.lists(piece | st.text(max_size=6), max_size=40).map("".join)
        | st.lists(piece, max_size=40).map(" ".join)
        | st.builds(lambda unit, times: unit * times, st.lists(piece, max_size=3).map("".join), st.integers(1, 1_000))
    )
