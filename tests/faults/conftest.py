"""What the fault rehearsals may ask for."""

import os

import pytest


@pytest.fixture
def long_form(full_length: bool) -> bool:
    """Whether to rehearse for as long as it can take: ``--full-length``, or FAULTS=long."""
    return full_length or os.environ.get("FAULTS") == "long"
