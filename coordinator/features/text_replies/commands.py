"""``flask reply``: shows what inbound texts mean, without a database."""

import json
from pathlib import Path

import click

from coordinator.command_line.files import list_in, text_in
from coordinator.core.replies import read_reply
from coordinator.core.replies.vectors import BadReply, reply_in


@click.command("reply")
@click.argument("file", type=click.Path(path_type=Path))
def reply(file: Path) -> None:
    """Print what each text in FILE means and in which language, as a JSON list in the same order.

    FILE is a JSON list of {"body": "yes I can"}; each may also hold what docs/commands.md lists: media, open, last,
    choices, today, names, stage_manager, speaks. What is left out has its default.

    Example: flask reply texts.json
    """
    click.echo(json.dumps([_answer(number, each, file) for number, each in _numbered(file)], ensure_ascii=False))


def _numbered(file: Path) -> list[tuple[int, object]]:
    return list(enumerate(list_in(text_in(file), file), 1))


def _answer(number: int, given: object, file: Path) -> dict[str, str | None]:
    try:
        body, context = reply_in(given)
    except BadReply as fault:
        raise click.ClickException(f"{file}: text {number}: {fault}") from None
    read = read_reply(body, context)
    return {"means": read.means, "language": read.language}
