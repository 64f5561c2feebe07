import json
from pathlib import Path
from typing import Any

import pytest

from coordinator.core.vectors import reminders_of, timeline_of

VECTORS = Path(__file__).parent / "vectors"


def _vectors(name: str) -> list[Any]:
    return [pytest.param(vector, id=vector["name"]) for vector in json.loads((VECTORS / name).read_text())]


@pytest.mark.parametrize("vector", _vectors("timeline.json"))
def test_a_stage_is_projected_as_its_vector_says(vector: dict[str, Any]) -> None:
    assert timeline_of(vector) == vector["expect"]


@pytest.mark.parametrize("vector", _vectors("reminders.json"))
def test_a_night_is_texted_as_its_vector_says(vector: dict[str, Any]) -> None:
    assert reminders_of(vector) == vector["expect"]
