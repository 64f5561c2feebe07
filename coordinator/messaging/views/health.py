"""What watches over the installation: is it alive, can it work, how many texts are where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flask import Response, current_app, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from ... import clock
from ...house import house
from ..queries import database_answers, last_tick, messages_by_state, migrations_are_applied, oldest_overdue
from .blueprint import bp

TICKS_MISSED = 10
LEAST_PATIENCE = timedelta(seconds=10)


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 when everything a night needs works; else 503, and which of it does not."""
    failing = _failing()
    return jsonify(ready=not failing, failing=failing), 503 if failing else 200


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus's text: messages by direction and state, how late the latest is, when a jobs process last ticked."""
    registry = CollectorRegistry()
    registry.register(_Texts())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _failing() -> list[str]:
    try:
        database_answers()
    except SQLAlchemyError:
        return ["database"]
    if not migrations_are_applied(str(Path(current_app.root_path) / "migrations")):
        return ["migrations"]
    ticked_at = last_tick()
    patience = max(timedelta(seconds=TICKS_MISSED * house().settings.tick_seconds), LEAST_PATIENCE)
    return [] if ticked_at is not None and clock.now() - ticked_at <= patience else ["jobs"]


class _Texts(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        texts = GaugeMetricFamily("callboard_messages", "Texts, by direction and state.", labels=["direction", "state"])
        for (direction, state), count in sorted(messages_by_state().items()):
            texts.add_metric([direction, state], count)
        yield texts
        now, overdue_at, ticked_at = clock.now(), oldest_overdue(clock.now()), last_tick()
        late = (now - overdue_at).total_seconds() if overdue_at else 0.0
        yield GaugeMetricFamily("callboard_overdue_seconds", "How long the text waits that is due longest.", value=late)
        if ticked_at is not None:
            at = ticked_at.timestamp()
            yield GaugeMetricFamily("callboard_last_tick_timestamp_seconds", "When jobs last did a round.", value=at)
