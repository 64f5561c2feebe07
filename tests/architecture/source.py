"""A source file as the rules see it: its place, its imports, the names it uses."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

SLICES = ("people", "accounts", "messaging", "events", "money", "lineup", "shownight", "shifts", "reminders")
SLICE_ROOMS = ("models", "labels", "queries", "actions", "refusals")
FEATURE_ROOMS = ("views", "forms", "labels", "queries", "actions", "commands")


@dataclass(frozen=True)
class Place:
    """Where a module belongs. ``layer``: slices, features, or the name of any other package.

    ``part``: which slice or feature. ``room``: its kind of module; any other file counts as actions.
    """

    layer: str
    part: str = ""
    room: str = ""


def place_of(parts: Sequence[str]) -> Place:
    """The place of a dotted name of ours: ``coordinator.lineup.models.Slot`` is in a room of a slice."""
    if parts[0] != "coordinator" or len(parts) < 2:
        return Place(parts[0], room=parts[0])
    if parts[1] in SLICES:
        return Place("slices", parts[1], _room(parts[2:], SLICE_ROOMS))
    if parts[1] == "features":
        return Place("features", parts[2] if len(parts) > 2 else "", _room(parts[3:], FEATURE_ROOMS))
    return Place(parts[1], room=parts[1])


def _room(rest: Sequence[str], rooms: Sequence[str]) -> str:
    return rest[0] if rest and rest[0] in rooms else "actions"


@dataclass(frozen=True)
class Import:
    """``target`` is the absolute dotted name: ``coordinator.lineup.models.Slot``."""

    line: int
    target: str

    @property
    def parts(self) -> list[str]:
        return self.target.split(".")


@dataclass(frozen=True)
class Source:
    """One of our files: its path from the root of the repository, and its text."""

    path: PurePosixPath
    text: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(ast.parse(self.text, str(self.path))))

    @cached_property
    def imports(self) -> list[Import]:
        return [found for node in self.nodes for found in self._imports_of(node)]

    @cached_property
    def place(self) -> Place:
        return place_of([part.removesuffix(".py") for part in self.path.parts if part != "__init__.py"])

    @property
    def room(self) -> str:
        return self.place.room

    @cached_property
    def names_used(self) -> list[Import]:
        """Every name or attribute, resolved through this file's imports: ``dt.now`` is ``datetime.datetime.now``."""
        known = self._names_bound()
        used = ((node, dotted(node)) for node in self.nodes if isinstance(node, ast.Attribute | ast.Name))
        traced = ((node.lineno, *name.partition(".")) for node, name in used if name)
        return [Import(line, known[first] + dot + rest) for line, first, dot, rest in traced if first in known]

    def _names_bound(self) -> dict[str, str]:
        """Every name that an import binds in this file, and its dotted name."""
        bound: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                plain = (name.name.split(".")[0] for name in node.names if not name.asname)
                bound |= {name: name for name in plain}
                bound |= {name.asname: name.name for name in node.names if name.asname}
            if isinstance(node, ast.ImportFrom):
                bound |= {name.asname or name.name: f"{self._module(node)}.{name.name}" for name in node.names}
        return bound

    def _imports_of(self, node: ast.AST) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, name.name) for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (Import(node.lineno, f"{self._module(node)}.{name.name}") for name in node.names)

    def _module(self, node: ast.ImportFrom) -> str:
        above = self.path.parts[: len(self.path.parts) - node.level] if node.level else ()
        return ".".join([*above, *([node.module] if node.module else [])])

    def at(self, line: int, breach: str) -> str:
        return f"{self.path}:{line} {breach}"


def dotted(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return None
