"""What changed since a page was printed: times, other details, new lines and lines that are gone."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.printed import Change, ChangeKind, as_json, changes, fingerprint, from_json, line

EIGHT = datetime(2026, 12, 5, 1, tzinfo=UTC)
NINE = datetime(2026, 12, 5, 2, tzinfo=UTC)

lines = st.builds(line, st.none() | st.sampled_from([EIGHT, NINE]), st.sampled_from(["Josh", "Carlos"]))
states = st.dictionaries(st.sampled_from(["slot:1", "slot:2", "person:1"]), lines)


def test_each_kind_of_change_is_told_in_order_of_time() -> None:
    printed = {
        "about": line(None, "Songs"),
        "slot:1": line(EIGHT, "Josh"),
        "slot:2": line(NINE, "Carlos"),
        "slot:3": line(EIGHT, "Raffle"),
    }
    current = {
        "about": line(None, "Songs"),
        "slot:1": line(NINE, "Josh"),
        "slot:2": line(NINE, "Carlos, with a piano"),
        "slot:4": line(None, "Break"),
    }

    found = changes(printed, current)

    assert found[:2] == [
        Change("slot:4", ChangeKind.NEW, None, None),
        Change("slot:3", ChangeKind.GONE, EIGHT, None),
    ]
    assert {(each.key, each.kind, each.was, each.now) for each in found[2:]} == {
        ("slot:1", ChangeKind.MOVED, EIGHT, NINE),
        ("slot:2", ChangeKind.CHANGED, NINE, NINE),
    }


def test_what_is_stored_holds_no_name_and_no_number() -> None:
    stored = str(as_json({"person:7": line(EIGHT, "Ana Ruiz", "+12125550101")}))

    assert ("Ana" in stored, "555" in stored) == (False, False)


@given(states, states)
def test_stored_states_come_back_and_only_equal_ones_are_current(
    printed: dict[str, object], current: dict[str, object]
) -> None:
    back = from_json(as_json(printed))  # type: ignore[arg-type]

    assert back == printed
    assert (changes(back, current) == []) == (printed == current)  # type: ignore[arg-type]
    assert (fingerprint(back) == fingerprint(current)) == (printed == current)  # type: ignore[arg-type]
