"""A short notation for a flyer and its expected facts."""

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import Any, Final

_TIME: Final = re.compile(r"(?P<starts>\d\d:\d\d(?:\+1)?|-)(?:–(?P<ends>\d\d:\d\d(?:\+1)?))?")


@dataclass(frozen=True, slots=True)
class Variant:
    """A flyer, and its facts in the form of the expected files."""

    name: str
    text: str
    expected: dict[str, Any]

    def __str__(self) -> str:
        return self.name


def variant(name: str, text: str, acts: str | None = None, **facts: Any) -> Variant:
    """``acts`` has one line per act: ``20:00–20:40 | Name | stage=Barn | kind=speech | note=solo | approx``, with
    ``on=`` and a date on flyers of several days.

    ``-`` is no time; the default kind is a set.
    """
    expected = dict(facts)
    if acts is not None:
        expected["acts"] = [_act(line) for line in acts.strip().splitlines()]
    return Variant(name, dedent(text).strip("\n"), expected)


def _act(line: str) -> dict[str, Any]:
    time, name, *more = (cell.strip() for cell in line.split(" | "))
    found = _TIME.fullmatch(time)
    assert found, line
    starts = None if found["starts"] == "-" else found["starts"]
    act: dict[str, Any] = {"starts": starts, "ends": found["ends"], "name": name, "kind": "set", "approx": False}
    for cell in more:
        key, _, value = cell.partition("=")
        if key == "note":
            act["note_contains"] = [value]
        elif key == "approx":
            act["approx"] = True
        else:
            act[{"on": "date"}.get(key, key)] = value
    return act
