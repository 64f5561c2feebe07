"""Lines as a file that spreadsheets open."""

import pytest

from coordinator.web.spreadsheets import harmless


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2", "'-2"),
        ("+1 212 555 0100", "'+1 212 555 0100"),
        ("\t=1", "'\t=1"),
        ("+12125550100", "+12125550100"),
        ("+12125550100\n=1", "'+12125550100\n=1"),
        ("Ana", "Ana"),
        ("", ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell: str, kept: str) -> None:
    assert harmless(cell) == kept
