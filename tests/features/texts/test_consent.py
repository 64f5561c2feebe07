"""Proof of consent: what everyone agreed to, when and how, and who wanted no more."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db, transaction
from coordinator.messaging.actions.consent import start_texts, stop_texts
from coordinator.people.actions.consent import agree_to_emails, agree_to_texts, stop_emails, take_back_agreement
from coordinator.people.actions.persons import forget_person
from tests.builders import a_coordinator, a_night, a_shift, a_slot, an_organisation, sign_in
from tests.features.texts.writing import TEXTS
from tests.night import ANight


@pytest.fixture
def night(app: Flask) -> ANight:
    return a_night([a_slot("Josh Granowski")], shifts=[a_shift("Bar", "19:00", "21:00", people=("Ana Ruiz",))])


def lines(night: ANight, client: FlaskClient) -> list[list[str]]:
    alice = sign_in(client, a_coordinator("Alice", organisation=night.organisation))
    answer = alice.post(f"{TEXTS}/consent")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="consent-justice-in-motion.csv"'
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_each_agreement_its_end_each_stop_and_its_lifting_is_a_line(night: ANight, client: FlaskClient) -> None:
    ana, josh = night.person("Ana Ruiz"), night.person("Josh Granowski")
    with transaction():
        josh.agreed_at = None
        ana.agreed_at = None
    agree_to_texts(ana, "sign-up", "I agree,\nvery much.", night.at("10:00"))
    take_back_agreement(ana, night.at("10:30"))
    agree_to_texts(ana, "told Alice", "They said yes.", night.at("11:00"))
    stop_texts(ana.phone or "", sender="+12125550100", cause="STOP", now=night.at("12:00"))
    start_texts(ana.phone or "", sender="+12125550100", now=night.at("12:30"))

    head, *found = lines(night, client)

    assert head == ["Name", "Phone", "Email", "What", "When", "How", "Wording", "Sender"]
    assert found == [
        ["Ana Ruiz", ana.phone, "", "Agreed", "2026-12-04T10:00:00-05:00", "sign-up", "I agree,\nvery much.", ""],
        ["Ana Ruiz", ana.phone, "", "That agreement ended", "2026-12-04T10:30:00-05:00", "", "", ""],
        ["Ana Ruiz", ana.phone, "", "Agreed", "2026-12-04T11:00:00-05:00", "told Alice", "They said yes.", ""],
        ["Ana Ruiz", ana.phone, "", "Doesn't want texts", "2026-12-04T12:00:00-05:00", "STOP", "", "+12125550100"],
        ["Ana Ruiz", ana.phone, "", "Wants texts again", "2026-12-04T12:30:00-05:00", "", "", "+12125550100"],
        ["Josh Granowski", josh.phone, "", "Hasn't agreed to texts or emails", "", "", "", ""],
    ]


def test_that_somebody_took_the_file_is_recorded(night: ANight, client: FlaskClient) -> None:
    lines(night, client)

    taken = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "consent.exported")).all()
    assert [(entry.by, entry.subject) for entry in taken] == [("Alice", "justice-in-motion")]


def test_nobody_else_gets_it(night: ANight, client: FlaskClient) -> None:
    charlie = sign_in(client, a_coordinator("Charlie", organisation=an_organisation("Others")))

    assert charlie.post(f"{TEXTS}/consent").status_code == 404


def test_who_is_forgotten_is_not_in_it(night: ANight, client: FlaskClient) -> None:
    ana = night.person("Ana Ruiz")
    take_back_agreement(ana, night.at("10:30"))
    forget_person(ana, night.at("11:00"))

    assert [line[0] for line in lines(night, client)[1:]] == ["Josh Granowski"]


def test_an_agreement_to_emails_and_its_end_are_lines_of_their_own(night: ANight, client: FlaskClient) -> None:
    ana = night.person("Ana Ruiz")
    with transaction():
        night.person("Josh Granowski").agreed_at = ana.agreed_at = ana.phone = None
        ana.email = "ana@show.example"
    agree_to_emails(ana, "sign-up", "Email me.", night.at("10:00"))
    stop_emails(ana, night.at("10:30"))
    agree_to_emails(ana, "own page", "Email me again.", night.at("11:00"))

    found = [line[1:7] for line in lines(night, client) if line[0] == "Ana Ruiz"]

    assert found == [
        ["", "ana@show.example", "Agreed to emails", "2026-12-04T10:00:00-05:00", "sign-up", "Email me."],
        ["", "ana@show.example", "That agreement to emails ended", "2026-12-04T10:30:00-05:00", "", ""],
        ["", "ana@show.example", "Agreed to emails", "2026-12-04T11:00:00-05:00", "own page", "Email me again."],
    ]
