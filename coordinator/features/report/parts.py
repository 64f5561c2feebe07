"""The parts of a report as lines of a spreadsheet: a head, and what stands under it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import pgettext

from coordinator.money.labels import MONEY_KINDS

from .queries import Report, whole_minutes

Part = tuple[Sequence[str], Iterator[Sequence[str]]]


def slots_part(report: Report, zone: ZoneInfo) -> Part:
    """Each slot as planned and as played; lengths in minutes, instants with their offset from UTC."""
    planned = (_("Planned start"), _("Planned end"), _("Planned changeover (min)"))
    marked = (
        pgettext("column", "Start"),
        _("End"),
        _("Length (min)"),
        _("Changeover (min)"),
        _("Late (min)"),
        _("Lost (min)"),
    )
    return [_("Day"), _("Stage"), _("Act"), *planned, *marked, _("Canceled")], _slots(report, zone)


def texts_part(report: Report, zone: ZoneInfo) -> Part:
    """Texts and emails by kind."""
    head = [_("Kind"), _("Sent as"), _("Sent"), _("Delivered"), _("Failed"), _("Not sent"), _("Segments")]
    return head, (
        [each.what, each.channel, *map(str, (each.sent, each.delivered, each.failed, each.not_sent, each.segments))]
        for each in report.texts
    )


def money_part(report: Report, zone: ZoneInfo) -> Part:
    """What is confirmed, by cause and kind."""
    return [_("Cause"), _("Kind"), _("Amount"), _("Currency")], (
        [each.cause or report.event.beneficiary or "", str(MONEY_KINDS[kind]), str(amount), each.currency]
        for each in report.totals
        for kind, amount in each.by_kind.items()
    )


PARTS: Mapping[str, Callable[[Report, ZoneInfo], Part]] = MappingProxyType(
    {"slots": slots_part, "texts": texts_part, "money": money_part}
)


def _slots(report: Report, zone: ZoneInfo) -> Iterator[Sequence[str]]:
    for stage in report.stages:
        for line in stage.lines:
            was = line.was
            yield [
                stage.night.day.on.isoformat(),
                stage.night.stage.name,
                line.slot.name,
                _wall(was.planned_at, zone),
                _wall(was.planned_end_at, zone),
                _minutes(was.plan.changeover),
                _wall(was.started_at, zone),
                _wall(was.ended_at, zone),
                *map(_minutes, (was.length, was.changeover, was.late, was.lost)),
                _("yes") if was.plan.cancelled else "",
            ]


def _wall(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="minutes") if at else ""


def _minutes(length: timedelta | None) -> str:
    number = whole_minutes(length)
    return "" if number is None else str(number)
