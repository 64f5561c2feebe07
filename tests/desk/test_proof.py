"""Proof of consent: what everybody agreed to, when and how, and who wanted no more."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coordinator.accounts.models import AuditEntry
from coordinator.db import db, transaction
from coordinator.messaging.actions import start_texts, stop_texts
from coordinator.people.actions import agree_to_texts, forget_person, take_back_agreement
from tests.builders import a_coordinator, a_night, a_shift, a_slot, an_organisation, sign_in
from tests.desk.writing import TEXTS
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
    stop_texts(ana.phone or "", sender="+12125550100", how="STOP", now=night.at("12:00"))
    start_texts(ana.phone or "", sender="+12125550100", now=night.at("12:30"))

    head, *found = lines(night, client)

    assert head == ["Name", "Phone", "What", "When", "How", "In which words", "Sender"]
    assert found == [
        ["Ana Ruiz", ana.phone, "Agreed", "2026-12-04T10:00:00-05:00", "sign-up", "I agree,\nvery much.", ""],
        ["Ana Ruiz", ana.phone, "That agreement ended", "2026-12-04T10:30:00-05:00", "", "", ""],
        ["Ana Ruiz", ana.phone, "Agreed", "2026-12-04T11:00:00-05:00", "told Alice", "They said yes.", ""],
        ["Ana Ruiz", ana.phone, "Wants no texts", "2026-12-04T12:00:00-05:00", "STOP", "", "+12125550100"],
        ["Ana Ruiz", ana.phone, "Wants texts again", "2026-12-04T12:30:00-05:00", "", "", "+12125550100"],
        ["Josh Granowski", josh.phone, "Has not agreed to texts", "", "", "", ""],
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
