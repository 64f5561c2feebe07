"""The migrations and the models tell of the same tables, on both engines."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from coordinator.db import Base, db

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
