"""``flask backup``, ``flask restore``, ``flask texts``, as typed."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import make_url, text

from config import Settings, TwilioSettings
from coordinator import clock, create_app
from coordinator.accounts.models import AuditEntry
from coordinator.db import db
from coordinator.events.models import Event
from coordinator.messaging.actions.heartbeat import beat
from coordinator.messaging.gateway import RecordingGateway
from coordinator.messaging.listing import Found, LookedUp, Unreachable
from coordinator.messaging.models import Message
from coordinator.messaging.queries.installation import the_installation
from coordinator.services import AppServices
from tests.builders import a_night
from tests.databases import postgresql_programs
from tests.messaging.posting import a_text, state

TITLE = "Songs for Justice in Motion"


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def settings_of(app: Flask) -> Settings:
    settings: Settings = app.extensions["callboard"].settings
    return settings


@pytest.fixture
def programs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore, which come with the server of the tests, where they can be found."""
    if db.engine.dialect.name == "postgresql":
        found = postgresql_programs()
        if found is None:
            pytest.skip("pg_dump is not there")
        monkeypatch.setenv("PATH", str(found))


def test_what_was_backed_up_is_put_back_and_starts_held(app: Flask, programs: None, tmp_path: Path) -> None:
    file, settings = tmp_path / "kept.callboard", settings_of(app)
    night = a_night(quiet_from=None, quiet_to=None)
    now = clock.now()
    a_text(night, night.person("Josh Granowski"), due_at=now - timedelta(minutes=1))
    beat("jobs", now - timedelta(hours=1))

    made = run(app, "backup", str(file))
    db.session.query(Event).one().title = "Changed since"
    db.session.commit()
    back = run(app, "restore", str(file))

    assert (made.exit_code, made.stderr, file.stat().st_mode & 0o777) == (0, "", 0o600)
    assert (back.exit_code, back.stderr) == (0, "")
    assert "is restored, and its texts are on hold." in back.stdout
    again = create_app(settings)
    with again.app_context():
        row = the_installation()
        assert row is not None
        assert (row.held_because, db.session.query(Event).one().title) == ("restored", TITLE)
        assert [message.state for message in db.session.query(Message)] == ["unknown"]
        db.session.remove()
        db.engine.dispose()


def test_the_sqlite_database_that_was_there_is_kept_and_only_its_owner_reads_the_new_one(
    sqlite_app: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "kept.callboard"
    place = Path(make_url(settings_of(sqlite_app).database_url).database or "")
    run(sqlite_app, "backup", str(file))

    said = run(sqlite_app, "restore", str(file)).stdout

    kept = [path for path in place.parent.iterdir() if path.name.startswith(f"{place.name}.before-")]
    assert [f"The previous database is kept as {path}." in said for path in kept] == [True]
    assert (place.stat().st_mode & 0o777, place.with_name(f"{place.name}.restoring").exists()) == (0o600, False)


def test_a_backup_writes_over_nothing(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "there"
    file.write_text("mine")

    result = run(app, "backup", str(file))

    assert (result.exit_code, result.stderr) == (1, f"Error: {file} is there already. Name a new file.\n")
    assert file.read_text() == "mine"


def test_without_pg_dump_one_sentence_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    result = run(app, "backup", str(tmp_path / "kept"))

    expected = (
        (0, "")
        if db.engine.dialect.name == "sqlite"
        else (1, "Error: pg_dump is not installed here; it comes with PostgreSQL's client programs.\n")
    )
    assert (result.exit_code, result.stderr) == expected


def test_nothing_is_put_back_while_jobs_are_at_work(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_bytes(b"whatever")
    beat("jobs", clock.now() - timedelta(seconds=2))

    result = run(app, "restore", str(file))

    assert result.exit_code == 1
    assert "Stop Callboard, web and jobs, first." in result.stderr


@pytest.mark.parametrize(
    ("content", "why"), [(None, "There is no file"), (b"no database", "is no backup of Callboard")]
)
def test_what_is_no_backup_changes_nothing(sqlite_app: Flask, tmp_path: Path, content: bytes | None, why: str) -> None:
    a_night()
    file = tmp_path / "kept"
    if content is not None:
        file.write_bytes(content)

    result = run(sqlite_app, "restore", str(file))

    assert (result.exit_code, why in result.stderr) == (1, True)
    assert db.session.query(Event).count() == 1


def test_the_database_of_something_else_is_refused(sqlite_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE organisations (id INTEGER)")

    assert "is no backup of Callboard" in run(sqlite_app, "restore", str(file)).stderr


def test_texts_are_paused_and_resumed_by_command(app: Flask) -> None:
    said = [run(app, "texts", verb).stdout for verb in ("pause", "pause", "resume", "resume")]

    assert said == [
        "All texts are on hold now.\n",
        "All texts were on hold already.\n",
        "Texts are going out again.\n",
        "Texts were not on hold.\n",
    ]


def test_the_doctor_says_why_all_texts_are_held(app: Flask) -> None:
    run(app, "texts", "pause")

    result = run(app, "doctor")

    assert result.exit_code == 1
    assert "because someone paused them with flask texts pause. 0 are being looked up." in result.stdout


def test_the_texts_of_one_organisation_are_paused_and_resumed_by_its_name(app: Flask) -> None:
    night = a_night()
    name = night.organisation.name
    said = [run(app, "texts", verb, "--organisation", name).stdout for verb in ("pause", "pause", "resume", "resume")]
    nobody = run(app, "texts", "pause", "--organisation", "Nobody")

    assert said == [
        f"All texts of {name} are paused now.\n",
        f"All texts of {name} were paused already.\n",
        f"Texts of {name} are going out again.\n",
        f"Texts of {name} were not paused.\n",
    ]
    assert (nobody.exit_code, nobody.stderr) == (1, "Error: There is no organization 'Nobody'.\n")
    recorded = db.session.query(AuditEntry.what, AuditEntry.by).order_by(AuditEntry.id).all()
    assert [tuple(row) for row in recorded][-2:] == [
        ("all_texts.paused", "flask texts pause"),
        ("all_texts.resumed", "flask texts resume"),
    ]


def with_network(app: Flask, *looked_up: LookedUp) -> RecordingGateway:
    """Twilio's settings, and a network whose list answers with these."""
    services: AppServices = app.extensions["callboard"]
    gateway = RecordingGateway()
    gateway.looked_up = list(looked_up)
    twilio = TwilioSettings(account_sid="AC0123", auth_token="kept to itself", sender=gateway.sender)
    settings = replace(services.settings, twilio=twilio)
    app.extensions["callboard"] = replace(services, settings=settings, gateway=gateway)
    return gateway


def due_texts() -> list[Message]:
    """Two texts that were due a while ago and one that is not due yet."""
    night = a_night(on=date(2099, 12, 4), quiet_from=None, quiet_to=None)
    josh, now = night.person("Josh Granowski"), clock.now()
    ages = {"First.": 20, "Second.": 10, "Third.": -600}
    last_at = now + timedelta(days=1)
    return [
        a_text(night, josh, body, kind="note", due_at=now - timedelta(minutes=age), useful_until=last_at)
        for body, age in ages.items()
    ]


def scratch_left(app: Flask) -> list[str]:
    """What is left of databases that something was verified in."""
    folders = [path.name for path in settings_of(app).instance_path.glob(".verifying-*")]
    if db.engine.dialect.name == "sqlite":
        return folders
    named = text("SELECT datname FROM pg_database WHERE datname LIKE 'callboard_verifying%'")
    return [*folders, *db.session.execute(named).scalars()]


def test_a_backup_is_verified_and_what_left_since_does_not_count_as_owed(
    app: Flask, programs: None, tmp_path: Path
) -> None:
    file = tmp_path / "kept.callboard"
    first, _second, _third = due_texts()
    run(app, "backup", str(file))
    first.state = "delivered"
    db.session.commit()
    gateway = with_network(app, Found("SM" + "1" * 32, "delivered"))

    result = run(app, "backup", "verify", str(file))

    assert (result.exit_code, result.stderr) == (0, "")
    can, found, leaving, twice = result.stdout.splitlines()
    assert (can, twice) == (f"{file} can be restored.", "No text would be sent twice.")
    assert found == "Texts that left since, as Twilio's list says, and count as sent: 1."
    assert leaving.startswith("Texts that would leave as soon as you let them: 1; later, when they are due: ")
    assert (gateway.texts, scratch_left(app)) == ([], [])
    assert [state(message) for message in db.session.query(Message).order_by(Message.id)][1:] == ["waiting", "waiting"]


def test_a_text_that_the_list_lacks_and_that_has_left_all_the_same_is_named(
    app: Flask, programs: None, tmp_path: Path
) -> None:
    file = tmp_path / "kept.callboard"
    first, _second, third = due_texts()
    run(app, "backup", str(file))
    first.state = third.state = "accepted"  # the third was sent by hand before its time
    db.session.commit()
    with_network(app)

    result = run(app, "backup", "verify", str(file))

    assert (result.exit_code, scratch_left(app)) == (1, [])
    assert result.stderr == f"Error: Texts that would be sent twice: 2, with the ids {first.id}, {third.id}.\n"


def test_nothing_is_proved_while_the_list_cannot_be_read(sqlite_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "kept.callboard"
    due_texts()
    run(sqlite_app, "backup", str(file))
    with_network(sqlite_app, Unreachable("It answered 503.", 503))

    result = run(sqlite_app, "backup", "verify", str(file))

    assert result.exit_code == 1
    assert "Twilio's list cannot be read, so nobody can tell what has left. It answered 503." in result.stderr
    assert "No text would be sent twice" not in result.stdout


def test_a_backup_is_verified_where_there_is_no_database_yet(sqlite_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "kept.callboard"
    run(sqlite_app, "backup", str(file))
    place = Path(make_url(settings_of(sqlite_app).database_url).database or "")
    db.session.remove()
    db.engine.dispose()
    place.rename(place.with_name("away"))

    result = run(sqlite_app, "backup", "verify", str(file))

    assert (result.exit_code, place.exists()) == (0, False)
    assert "There is no database here to compare it with." in result.stdout


@pytest.mark.parametrize("words", [[], ["check", "a"], ["verify", "a", "b"]])
def test_other_words_are_a_mistake_in_typing(sqlite_app: Flask, words: list[str]) -> None:
    assert run(sqlite_app, "backup", *words).exit_code == 2


def test_what_is_no_backup_is_not_verified(sqlite_app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_bytes(b"no database")

    result = run(sqlite_app, "backup", "verify", str(file))

    assert (result.exit_code, "is no backup of Callboard" in result.stderr) == (1, True)
