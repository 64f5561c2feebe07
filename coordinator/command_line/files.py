"""Reading the files that commands are given; a file that cannot be read is reported in one sentence."""

import json
from pathlib import Path

import click

from coordinator.core.json_values import JsonObject


def bytes_in(file: Path) -> bytes:
    """The bytes of a file. Raises ClickException."""
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


def object_in(text: str, file: Path) -> JsonObject:
    """The one JSON object in a file. Raises ClickException."""
    whole = json_in(text, file)
    if not isinstance(whole, dict):
        raise click.ClickException(f"{file} must hold one JSON object.")
    return whole


def list_in(text: str, file: Path) -> list[object]:
    """The one JSON list in a file. Raises ClickException."""
    whole = json_in(text, file)
    if not isinstance(whole, list):
        raise click.ClickException(f"{file} must hold one JSON list.")
    return whole


def json_in(text: str, file: Path) -> object:
    """The JSON value in a file. Raises ClickException."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise click.ClickException(f"{file} is not JSON: {fault.msg.lower()} at {where}.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or endlessly nested brackets
        raise click.ClickException(f"{file} is not JSON that can be read.") from None
