"""Options of the fault rehearsals."""

import os

import pytest

from tests.faults.runs import LONG, SHORT


def is_long(config: pytest.Config) -> bool:
    """Whether to rehearse at full length: ``--full-length``, or FAULTS=long."""
    return bool(config.getoption("--full-length")) or os.environ.get("FAULTS") == "long"


@pytest.fixture
def long_form(pytestconfig: pytest.Config) -> bool:
    return is_long(pytestconfig)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "runs" in metafunc.fixturenames:
        runs = LONG if is_long(metafunc.config) else SHORT
        metafunc.parametrize("runs", runs, ids=["+".join(map(str, each)) for each in runs])
