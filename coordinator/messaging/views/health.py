"""What watches over the installation: is it alive, can it work, how many texts are where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import Response, current_app, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from ... import clock
from ...house import house
from ..queries import (
    database_answers,
    jobs_tick,
    last_tick,
    lateness,
    messages_by_state,
    migrations_are_applied,
    oldest_overdue,
    oldest_unknown,
    opt_outs,
    tallies,
)
from .blueprint import bp

RARE = ("found", "sent_again", "expired", "left_to_people", "came_back", "recovered")
WHAT_IS_RARE = "Looked up and found, sent again, too late or left to people; came back; taken in without a webhook."


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
    """Prometheus's text: where texts are, how late they left, what seldom happens, when a jobs process last ticked."""
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
    return [] if jobs_tick(last_tick(), house().settings.tick_seconds, clock.now()) else ["jobs"]


class _Texts(Collector):
    def collect(self) -> Iterator[Metric]:
        texts = GaugeMetricFamily("callboard_messages", "Texts.", labels=["direction", "kind", "state"])
        for labels, count in sorted(messages_by_state().items()):
            texts.add_metric(labels, count)
        yield texts
        yield self._lateness()
        yield self._tallies()
        yield GaugeMetricFamily("callboard_opt_outs", "Numbers that want no texts.", value=opt_outs())
        yield from self._ages()

    def _lateness(self) -> Metric:
        within, number, seconds = lateness()
        buckets = [(str(limit), float(count)) for limit, count in within.items()]
        name, what = "callboard_lateness_seconds", "How long after they were due texts left."
        return HistogramMetricFamily(name, what, buckets=[*buckets, ("+Inf", float(number))], sum_value=seconds)

    def _tallies(self) -> Metric:
        counted = CounterMetricFamily("callboard_rare_events", WHAT_IS_RARE, labels=["what"])
        known = tallies()
        for name in RARE:
            counted.add_metric([name], known.get(name, 0))
        return counted

    def _ages(self) -> Iterator[Metric]:
        now, overdue_at, unknown_at, ticked_at = clock.now(), oldest_overdue(clock.now()), oldest_unknown(), last_tick()
        overdue, unknown = _age(overdue_at, now), _age(unknown_at, now)
        yield GaugeMetricFamily("callboard_overdue_seconds", "Age of the text that is due longest.", value=overdue)
        yield GaugeMetricFamily("callboard_unknown_seconds", "Age of the oldest text nobody is sure of.", value=unknown)
        if ticked_at is not None:
            at = ticked_at.timestamp()
            yield GaugeMetricFamily("callboard_last_tick_timestamp_seconds", "When jobs last noted a round.", value=at)


def _age(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0.0
