"""The email that hands on a report: the main numbers and the link, in the reader's language."""

from collections.abc import Sequence

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from coordinator.core.timeline import NOTHING
from coordinator.spoken import on_page

from .actions import ReportMail
from .queries import Report, StageReport


def mail_for(report: Report, address: str, language: str, words: str, link: str) -> ReportMail:
    """The email to this address. ``words`` go before the numbers."""
    event = report.event
    with force_locale(language):
        title = event.called(language)
        lines = [words.strip(), *_numbers(report, language), "", _("The whole report: %(link)s", link=link)]
        body = "\n".join(line for number, line in enumerate(lines) if line or number)
        return ReportMail(address, language, _("Report: %(title)s", title=title), body)


def _numbers(report: Report, language: str) -> Sequence[str]:
    event, says = report.event, on_page(report.event.zone, language)
    lines = [_("%(title)s, %(day)s", title=event.called(language), day=says.show_days(event.dates))]
    if (raised := report.hours.raised) is not None:
        amount = says.money(raised, event.currency)
        lines.append(
            _("Raised for %(cause)s: %(amount)s", cause=event.beneficiary, amount=amount)
            if event.beneficiary
            else _("Raised: %(amount)s", amount=amount)
        )
    if report.hours.came:
        number = len(report.hours.came)
        hours = says.length(report.hours.length)
        lines.append(
            ngettext("%(num)s volunteer, %(hours)s in all", "%(num)s volunteers, %(hours)s in all", number, hours=hours)
        )
    lines += [line for stage in report.stages if (line := _ended(stage, report, language))]
    return lines


def _ended(stage: StageReport, report: Report, language: str) -> str:
    ended_at, says = stage.played.ended_at, on_page(report.event.zone, language)
    if ended_at is None:
        return ""
    values = {"stage": stage.night.stage.name, "time": says.clock(ended_at)}
    over = stage.played.over_curfew
    if over is None:
        return _("%(stage)s ended at %(time)s", **values)
    if over > NOTHING:
        return _("%(stage)s ended at %(time)s, %(length)s after curfew", **values, length=says.length(over))
    return _("%(stage)s ended at %(time)s, before curfew", **values)
