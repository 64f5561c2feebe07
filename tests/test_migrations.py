"""The migrations and the models tell of the same tables, on both engines."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from coordinator import create_app
from coordinator.db import Base, db, transaction
from tests.databases import settings_for, sqlite_url

MIGRATIONS = Path(__file__).resolve().parent.parent / "coordinator/migrations"


def differences() -> list[object]:
    with db.engine.connect() as connection:
        return list(
            compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)
        )


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_a_migrated_database_has_the_tables_of_the_models(app: Flask) -> None:
    assert differences() == []


def test_every_migration_can_be_taken_back(app: Flask) -> None:
    downgrade(revision="base")

    assert inspect(db.engine).get_table_names() == ["alembic_version"]

    upgrade()

    assert differences() == []


def test_a_database_from_before_the_first_release_is_left_as_it_is(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0022'"))

    with pytest.raises(SystemExit):
        upgrade()

    assert "This database is at 0022, which is not of this version." in caplog.text


def test_a_folder_that_is_missing_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(settings_for(sqlite_url(tmp_path / "none" / "show.sqlite3"), tmp_path))

    result = app.test_cli_runner().invoke(args=["db", "upgrade"])

    assert result.exit_code == 1
    assert f"DATABASE_URL names the folder '{tmp_path}/none', which doesn't exist. Create it first." in caplog.text
