"""Over everything that can go wrong with network, provider and machine: no text is lost, doubled, late or illegal."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.databases import PostgresqlTemplate, copy_of
from tests.faults.machine_faults import Jump, Window
from tests.faults.rehearsal import Plan, rehearse
from tests.faults.runs import Run
from tests.faults.verdict import Verdict

SHORT = {"texts": 300, "due_over": 20, "killed_for": 24, "stretch": 26, "settles": 240}
LONG = {"texts": 10_000, "due_over": 420, "killed_for": 430, "stretch": 140, "settles": 600, "reconcile": 5.0}
FULL = Window(0.35, 0.45)


def jumps(run: Run, *, long_form: bool) -> tuple[Jump, ...]:
    """Where the database has a clock, one process's is wrong by minutes either way. Else it is the whole machine's.

    A machine's is only ever ahead, and then set back: by a clock that is behind everything is late, whoever reads it.
    """
    if run.engine == "postgresql":
        return Jump(Window(0.5, 0.65), 180, ["jobs-0"]), Jump(Window(0.75, 0.9), -180, ["jobs-0"])
    everybody = ["web", *(f"jobs-{number}" for number in range(run.jobs))]
    return (Jump(Window(0.1, 0.25), 180 if long_form else 20, everybody),)


def test_every_text_is_accepted_once_or_shown_to_a_person(
    runs: Sequence[Run],
    long_form: bool,
    sqlite_template: Path,
    postgresql_template: PostgresqlTemplate,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    templates: dict[str, Path | PostgresqlTemplate] = {"sqlite": sqlite_template, "postgresql": postgresql_template}

    def play(run: Run) -> Verdict:
        plan = Plan(
            jobs=run.jobs,
            full=FULL,
            jumps=jumps(run, long_form=long_form),
            **(LONG if long_form else SHORT),
        )
        folder = tmp_path / str(run)
        folder.mkdir()
        with copy_of(templates[run.engine]) as database_url:
            return rehearse(plan, database_url, folder)

    with ThreadPoolExecutor(len(runs)) as pool:  # each of them waits most of the time
        verdicts = dict(zip(runs, pool.map(play, runs), strict=True))

    for run, verdict in verdicts.items():
        record_property("verdict", f"{run}: {verdict}")
    assert {str(run): verdict.wrong for run, verdict in verdicts.items() if verdict.wrong} == {}
    for taken in (verdict.mailed for verdict in verdicts.values()), (each.accepted for each in verdicts.values()):
        assert min(taken) > SHORT["texts"] / 10  # else nothing was rehearsed
