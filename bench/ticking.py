"""One round of the jobs process without due work, with a million texts due in the future."""

from datetime import timedelta
from typing import cast

from sqlalchemy import text

from bench.installations import ENGINES, an_installation
from bench.table import Row, Size, median_ms, once_ms, under
from coordinator import clock
from coordinator.db import transaction
from coordinator.messaging.actions.heartbeat import beat
from coordinator.services import AppServices
from jobs.tick import network_steps_of, steps_of, tick
from tests.builders import a_night

TEXTS = """
    INSERT INTO messages (organisation_id, event_id, person_id, direction, phone, kind, language, body, segments,
                          state, created_at, due_at, any_hour, attempts, looks, resends, needs_answer)
    SELECT :organisation, :event, :person, 'out', '+12125550100', 'note', 'en', 'Later.', 1,
           'waiting', :made_at, :due_at, false, 0, 0, 0, false
    FROM {numbers}
"""
NUMBERS = {
    "postgresql": "generate_series(1, :texts)",
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :texts) SELECT i FROM n)",
}


def measure(size: Size) -> list[Row]:
    return [row for engine in ENGINES for row in _on(engine, size.of(1_000_000, 100_000))]


def _on(engine: str, texts: int) -> list[Row]:
    with an_installation(engine) as app:
        written = once_ms(lambda: _write(engine, texts))
        services = cast("AppServices", app.extensions["callboard"])
        steps = steps_of(services, "bench", None)
        for _warming in range(3):
            tick(app, steps)
        taken = median_ms(lambda: tick(app, steps), times=100)
        looks = median_ms(lambda: tick(app, network_steps_of(services)))
        noted = median_ms(lambda: beat("jobs", clock.now()))
    return [
        under(f"empty round, {engine}, {texts:,} future texts (written in {written / 1000:.0f} s)", taken, 5),
        Row("  every third also notes that it was here", f"{noted:.1f} ms"),
        Row("  beside it, what is asked of the network: nothing", f"{looks:.1f} ms"),
    ]


def _write(engine: str, texts: int) -> None:
    night, made_at = a_night(), clock.now()
    columns = {
        "texts": texts,
        "organisation": night.organisation.id,
        "event": night.event.id,
        "person": night.person("Josh Granowski").id,
        "made_at": made_at,
        "due_at": made_at + timedelta(days=300),
    }
    with transaction() as session:
        session.execute(text(TEXTS.replace("{numbers}", NUMBERS[engine])), columns)
        session.execute(text("ANALYZE messages"))
