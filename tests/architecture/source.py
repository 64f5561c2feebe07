"""A source file, as the laws of the house see it: where it stands, what it imports, which names it uses."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

SLICES = ("people", "accounts", "messaging", "events", "lineup", "shownight", "shifts", "reminders", "desk", "api")


@dataclass(frozen=True)
class Import:
    """``target`` is absolute and dotted to the name: ``coordinator.lineup.models.Slot``."""

    line: int
    target: str

    @property
    def parts(self) -> list[str]:
        return self.target.split(".")


@dataclass(frozen=True)
class Source:
    """A file of ours: its path from the top of the house, and its text."""

    path: PurePosixPath
    text: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(ast.parse(self.text, str(self.path))))

    @cached_property
    def imports(self) -> list[Import]:
        return [found for node in self.nodes for found in self._imports_of(node)]

    @property
    def floor(self) -> str:
        """The slice, or what stands beside the slices: ``lineup``, ``core``, ``web``, ``jobs``, ``config``."""
        parts = [part.removesuffix(".py") for part in self.path.parts]
        return parts[1] if parts[0] == "coordinator" and len(parts) > 1 else parts[0]

    @property
    def room(self) -> str:
        parts = [part.removesuffix(".py") for part in self.path.parts]
        return parts[2] if self.floor in SLICES and len(parts) > 2 else self.floor

    @cached_property
    def names_used(self) -> list[Import]:
        """Every name or attribute, traced through the imports of this file: ``dt.now`` is ``datetime.datetime.now``."""
        known = self._names_bound()
        used = ((node, dotted(node)) for node in self.nodes if isinstance(node, ast.Attribute | ast.Name))
        traced = ((node.lineno, *name.partition(".")) for node, name in used if name)
        return [Import(line, known[first] + dot + rest) for line, first, dot, rest in traced if first in known]

    def _names_bound(self) -> dict[str, str]:
        """Every name an import binds in this file, and what it stands for."""
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
