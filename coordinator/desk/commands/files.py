"""Reading the files that commands are given; what cannot be read is said in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


def bytes_in(file: Path) -> bytes:
    """What is in a file. Raises ClickException."""
    try:
        return file.read_bytes()
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be read: {(fault.strerror or 'no such file').lower()}.") from None


def text_in(file: Path) -> str:
    """The text of a file in UTF-8. Raises ClickException."""
    try:
        return bytes_in(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not text; it must be JSON in UTF-8.") from None


def object_in(text: str, file: Path) -> dict[str, Any]:
    """The one JSON object that the text of a file is. Raises ClickException."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise click.ClickException(f"{file} is not JSON: {fault.msg.lower()} at {where}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets within brackets without end
        raise click.ClickException(f"{file} is not JSON that can be read.") from None
    if not isinstance(whole, dict):
        raise click.ClickException(f"{file} must hold one JSON object.")
    return whole
