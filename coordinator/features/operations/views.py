"""Monitoring: is it alive, can it work, how many texts are in which state."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hmac import compare_digest
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from coordinator import clock
from coordinator.messaging.actions.proxies import SEEN
from coordinator.messaging.queries.figures import lateness, messages_by_state, oldest_unknown, opt_outs, tallies
from coordinator.messaging.queries.health import database_answers, jobs_tick, migrations_are_applied
from coordinator.messaging.queries.installation import the_installation
from coordinator.messaging.queries.texts import last_tick, oldest_overdue
from coordinator.services import services
from coordinator.web.addresses import caller_address, forwarded_for, peer_is_trusted
from coordinator.web.signed import unsign

bp = Blueprint("operations", __name__)

OTHER_WAY = ("bounced", "on_by_email", "on_by_text")
RARE = ("found", "sent_again", "expired", "left_to_people", "came_back", "recovered", *OTHER_WAY)
STAYS_TRUE = timedelta(days=90)
WHAT_IS_RARE = (
    "Looked up and found, sent again, too late or left to people; came back; taken in without a webhook; "
    "emails that bounced; notices that went on by the other channel."
)


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers. A caller with this installation's key, such as the doctor, is told how it appears to us."""
    if unsign(SEEN, request.args.get(SEEN, ""), clock.now()) is None:
        return Response("ok\n", mimetype="text/plain")
    peer, named = request.remote_addr, forwarded_for()
    return jsonify(peer=peer, names=bool(named), trusted=peer_is_trusted(), caller=caller_address(), named=named)


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 if everything a night needs works; else 503, with what does not.

    ``simulated``: phones are simulated, and no text leaves this machine. ``held``: why no text goes out until someone
    ends the hold.
    """
    failing = _failing()
    held = None if {"database", "migrations"}.intersection(failing) else _held_because()
    simulated = services().settings.twilio is None
    return jsonify(ready=not failing, failing=failing, simulated=simulated, held=held), 503 if failing else 200


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Prometheus metrics: texts by state, lateness, rare events, the last tick of a jobs process.

    If ``METRICS_TOKEN`` is set, requests must send it as a bearer token.
    """
    if not _may_read_metrics():
        return Response("Show METRICS_TOKEN as a bearer token.\n", 401, {"WWW-Authenticate": "Bearer"}, "text/plain")
    registry = CollectorRegistry()
    registry.register(_Texts())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@bp.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Where to report a vulnerability (RFC 9116); 404 without ``SECURITY_CONTACT``."""
    settings = services().settings
    if settings.security_contact is None:
        abort(404)
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {settings.security_contact}",
        f"Expires: {midnight + STAYS_TRUE:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, es",
        f"Canonical: {settings.public_url}/.well-known/security.txt",
    )
    return Response("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


def _may_read_metrics() -> bool:
    wanted = services().settings.metrics_token
    if wanted is None:
        return True
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and compare_digest(shown.strip().encode(), wanted.encode())


def _failing() -> list[str]:
    try:
        database_answers()
    except SQLAlchemyError:
        return ["database"]
    if not migrations_are_applied(str(Path(current_app.root_path) / "migrations")):
        return ["migrations"]
    return [] if jobs_tick(last_tick(), services().settings.tick_seconds, clock.now()) else ["jobs"]


def _held_because() -> str | None:
    row = the_installation()
    return row.held_because if row is not None else None


class _Texts(Collector):
    def collect(self) -> Iterator[Metric]:
        texts = GaugeMetricFamily(
            "callboard_messages", "Texts and emails.", labels=["channel", "direction", "kind", "state"]
        )
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
