"""Over everything that can go wrong with network, provider and processes: no text is lost, doubled, late or illegal."""

from pathlib import Path

import pytest

from tests.faults.rehearsal import Plan, rehearse

SHORT = {"texts": 300, "due_over": 20, "killed_for": 24, "stretch": 26, "settles": 240}
LONG = {"texts": 10_000, "due_over": 420, "killed_for": 430, "stretch": 140, "settles": 600}
AT_WORK = {"sqlite": (2, 2), "postgresql": (3, 4)}  # jobs processes, in the short form and in the long one


@pytest.fixture(params=list(AT_WORK))
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_every_text_is_accepted_once_or_shown_to_a_person(
    engine: str,
    long_form: bool,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    database_url: str = request.getfixturevalue(f"{engine}_database_url")
    plan = Plan(jobs=AT_WORK[engine][long_form], **(LONG if long_form else SHORT))  # type: ignore[arg-type]

    verdict = rehearse(plan, database_url, tmp_path)

    with capsys.disabled():
        print(f"\n{engine}, {plan.jobs} jobs processes, {verdict}")  # noqa: T201 - what the run is for
    assert verdict.wrong == {}
    assert verdict.accepted > plan.texts / 10  # else nothing was rehearsed
