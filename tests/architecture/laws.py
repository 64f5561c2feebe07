"""The rules of ARCHITECTURE.md. Each takes one source file and yields its violations, one line each."""

import ast
import re
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from tests.architecture.source import SLICES, Import, Place, Source, dotted, place_of

FOUNDATION = {"config", "core", "db", "spoken"}  # packages that every action may import
DOMAIN = FOUNDATION | {"models", "labels", "queries", "actions", "refusals"}
ROOMS = {  # rooms that each room may import, of its own feature or one listed in ARCHITECTURE.md
    "models": {"models", "core", "db"},
    "labels": {"labels", "models", "core"},
    "queries": FOUNDATION | {"models", "labels", "queries", "refusals"},
    "refusals": FOUNDATION | {"models", "labels", "refusals"},
    "actions": DOMAIN,
    "forms": FOUNDATION - {"db"} | {"forms", "models", "labels", "queries", "refusals", "web"},
    "views": DOMAIN - {"db"} | {"views", "forms", "web", "clock", "services"},
    "commands": DOMAIN | {"commands", "command_line", "clock", "services", "web"},
}
OTHER_PACKAGES = {  # packages outside slices and features, and what each may import
    "core": {"core"},
    "clock": set(),
    "db": {"core", "collector"},
    "spoken": {"core"},
    "logs": {"core"},
    "collector": set(),
    "services": {"config", "core", "slices"},
    "command_line": {"core"},
    "web": FOUNDATION | {"web", "clock", "services", "slices"},
    "translations": {"translations"},
}
VAGUE = set("utils util helpers helper common misc manager managers service base handler".split())
IMPURE = set("logging os pathlib random secrets socket sqlite3 subprocess threading time urllib".split())
REQUEST_NAMES = {"request", "session", "g", "current_app", "current_user"}
CLOCK_READERS = {"views", "commands", "web", "jobs"}
WALL_CLOCK = {
    *(f"datetime.{kind}.{reading}" for kind in ("datetime", "date") for reading in ("now", "utcnow", "today")),
    *(f"time.{reading}" for reading in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")),
    *(f"sqlalchemy.func.{reading}" for reading in ("now", "current_timestamp", "current_date", "localtimestamp")),
}
LONGEST_LINE = 160
LONGEST_FUNCTION = 40
LONGEST_FILE = 250
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb", "os.putenv"}


Law = Callable[[Source], Iterable[str]]


def _ours(found: Import) -> Place | None:
    """The place of an import; None for a library."""
    return place_of(found.parts) if found.parts[0] in {"coordinator", "jobs", "config", "wsgi"} else None


def slices_import_downwards(source: Source) -> Iterator[str]:
    """People ← accounts ← messaging ← events ← money ← lineup ← shownight ← shifts ← reminders."""
    for found in source.imports if source.place.layer == "slices" else ():
        there = _ours(found)
        if there and there.layer == "slices" and SLICES.index(there.part) > SLICES.index(source.place.part):
            yield source.at(found.line, f"imports {found.target}; {there.part} stands above {source.place.part}")


def rooms_import_what_they_may(source: Source) -> Iterator[str]:
    allowed = ROOMS.get(source.room) if source.place.layer in {"slices", "features"} else None
    for found in source.imports if allowed else ():
        there = _ours(found)
        if allowed and there and there.room not in allowed:
            yield source.at(found.line, f"imports {found.target}; {source.room} may import {_listed(allowed)}")


def other_packages_import_what_they_may(source: Source) -> Iterator[str]:
    allowed = OTHER_PACKAGES.get(source.place.layer)
    for found in source.imports if allowed is not None else ():
        there = _ours(found)
        if allowed is not None and there and there.layer not in allowed | {source.place.layer}:
            yield source.at(found.line, f"imports {found.target}; {source.place.layer} may import {_listed(allowed)}")


def nothing_below_knows_a_feature(source: Source) -> Iterator[str]:
    """Only create_app imports features; slices, ``web`` and jobs never do."""
    above = source.place.layer == "features" or source.path.match("coordinator/__init__.py")
    for found in source.imports if not above else ():
        there = _ours(found)
        if there and there.layer == "features":
            yield source.at(found.line, f"imports {found.target}; only create_app knows the features")


def features_import_listed_features(source: Source, listed: Container[tuple[str, str]]) -> Iterator[str]:
    for found in source.imports if source.place.layer == "features" else ():
        there = _ours(found)
        if not there or there.layer != "features" or there.part == source.place.part:
            continue
        if (source.place.part, there.part) not in listed:
            yield source.at(
                found.line, f"imports {found.target}; ARCHITECTURE.md lists no {source.place.part} → {there.part}"
            )


def _listed(allowed: Iterable[str]) -> str:
    return ", ".join(sorted(allowed)) or "nothing of ours"


def pages_leave_the_database_to_queries(source: Source) -> Iterator[str]:
    for found in source.imports if source.room in {"views", "forms", "labels"} else ():
        if found.parts[0] in {"sqlalchemy", "flask_sqlalchemy"} and "exc" not in found.parts:
            yield source.at(found.line, f"imports {found.target}; {source.room} may name models, and queries read them")


def actions_know_no_request(source: Source) -> Iterator[str]:
    given = source.room in {"models", "labels", "queries", "refusals", "actions", "core", "spoken", "db"}
    for found in source.imports if given else ():
        if found.target == "flask" or (found.parts[0] in {"flask", "flask_login"} and found.parts[-1] in REQUEST_NAMES):
            yield source.at(found.line, f"imports {found.target}; {source.path.stem} is given what it needs")


def only_db_commits(source: Source) -> Iterator[str]:
    for node in source.nodes if source.place.layer != "db" else ():
        if isinstance(node, ast.Attribute) and node.attr == "commit":
            yield source.at(node.lineno, "commits; only transaction() of coordinator/db does")
    for found in source.imports if source.room in {"models", "queries"} else ():
        if found.target == "coordinator.db.transaction":
            yield source.at(found.line, f"imports transaction; {source.room} change nothing")


def only_clock_reads_the_wall_clock(source: Source) -> Iterator[str]:
    if source.place.layer == "clock":
        return
    for used in source.names_used:
        if used.target in WALL_CLOCK:
            yield source.at(used.line, f"reads {used.target}; only coordinator/clock.py reads a wall clock")
    for found in source.imports if source.room not in CLOCK_READERS else ():
        if found.target.startswith("coordinator.clock"):
            yield source.at(found.line, f"imports the clock; {source.room} is given now")


def only_config_reads_the_environment(source: Source) -> Iterator[str]:
    for used in source.names_used if source.place.layer != "config" else ():
        if used.target in ENVIRONMENT:
            yield source.at(used.line, f"reads {used.target}; only config.py does")


def only_one_gateway_imports_twilio(source: Source) -> Iterator[str]:
    for found in source.imports if not source.path.match("coordinator/messaging/twilio_gateway/*.py") else ():
        if found.parts[0] == "twilio":
            yield source.at(found.line, "imports twilio; only the package coordinator/messaging/twilio_gateway does")


def core_is_pure(source: Source) -> Iterator[str]:
    for found in source.imports if source.place.layer == "core" else ():
        top = found.parts[0]
        inside = found.target.startswith("coordinator.core.")
        if not inside and (top not in sys.stdlib_module_names or top in IMPURE):
            yield source.at(found.line, f"imports {found.target}; core is the standard library's pure part and itself")


def nothing_imports_jobs(source: Source) -> Iterator[str]:
    for found in source.imports if source.place.layer != "jobs" else ():
        if found.parts[0] == "jobs":
            yield source.at(found.line, f"imports {found.target}; jobs call actions, and nothing calls jobs")


def private_names_stay_in_files(source: Source) -> Iterator[str]:
    for found in source.imports:
        name = found.parts[-1]
        if found.parts[0] in {"coordinator", "jobs", "config"} and name.startswith("_") and name.strip("_"):
            yield source.at(found.line, f"imports {found.target}; a leading underscore stays in its file")


def only_commands_print(source: Source) -> Iterator[str]:
    for node in source.nodes if source.room not in {"commands", "translations"} else ():
        if isinstance(node, ast.Call) and dotted(node.func) == "print":
            yield source.at(node.lineno, "prints; only commands do")


def files_have_plain_names(source: Source) -> Iterator[str]:
    for part in source.path.parts:
        if part.removesuffix(".py") in VAGUE:
            yield source.at(1, f"is called {part}, which could be anything")


EVENTS = "click|change|submit|load|input|key|mouse|focus|blur|error|toggle|pointer|touch|drag|drop|scroll"
TEMPLATE_BREACHES = {
    r"<script(?![^>]*\bsrc=)": "holds a script; scripts are files in static/",
    r"<style\b": "holds a style; styles are files in static/",
    r"\sstyle\s*=": "styles an element in place; give it a class",
    rf"\son({EVENTS})\w*\s*=": "holds an event attribute; scripts are files in static/",
    r"\shx-on\b": "holds hx-on, which the content policy refuses",
    r"javascript:": "holds a javascript: address",
    r"\|\s*safe\b": "trusts a text with |safe",
    r"autoescape\s+false": "switches escaping off",
}


def templates_hold_no_code(source: Source) -> Iterator[str]:
    for pattern, breach in TEMPLATE_BREACHES.items():
        for found in re.finditer(pattern, source.text, re.IGNORECASE):
            yield source.at(source.text.count("\n", 0, found.end()) + 1, breach)


def templates_keep_to_their_feature(source: Source) -> Iterator[str]:
    """A template may include templates of its own feature, and shared ones."""
    folder = source.path.parts[2]
    for found in re.finditer(r"(?:include|import|extends|from)\s+[\"']([\w-]+)/", source.text):
        if found[1] not in {folder, "components", "layouts"}:
            line = source.text.count("\n", 0, found.start()) + 1
            yield source.at(line, f"takes from {found[1]}/; what two features share is a macro in components/")


def template_lines_can_be_read(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if len(line) > LONGEST_LINE:
            yield source.at(number, f"has {len(line)} characters; {LONGEST_LINE} are the most")


TEMPLATE_TABLES = {
    r"\bset\s+\w+\s*=\s*\{": "makes a table; names stand in labels, and presenters decide",
    r"\btimedelta\b|\.total_seconds\(|\.date\(\)|\.astimezone\(|[\w)]\s[-+]\s[\w.(]*_at\b|_at\)?\s[-+]\s": (
        "reckons with times; presenters do"
    ),
}


def templates_hold_no_tables(source: Source) -> Iterator[str]:
    for tag in re.finditer(r"\{[{%].*?[%}]\}", source.text, re.DOTALL):
        for pattern, breach in TEMPLATE_TABLES.items():
            if re.search(pattern, tag[0]):
                yield source.at(source.text.count("\n", 0, tag.start()) + 1, breach)


def functions_are_short(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield source.at(node.lineno, f"{node.name} has {lines} lines; {LONGEST_FUNCTION} are the most")


def long_files_say_why(source: Source) -> Iterator[str]:
    """More than 250 lines only with a reason: a paragraph of the first docstring that begins "Long because"."""
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE and "Long because" not in (ast.get_docstring(ast.parse(source.text)) or ""):
        yield source.at(1, f"has {lines} lines; over {LONGEST_FILE} the first docstring says why")


def circles(sources: Iterable[Source]) -> list[list[str]]:
    """Every group of modules that import each other in a circle, including imports for type checking."""
    modules = {module_of(source): source for source in sources}
    leads = {
        name: {reached for found in source.imports for reached in _modules_in(found, modules)} - {name}
        for name, source in modules.items()
    }
    return [ring for ring in strongly_connected(leads) if len(ring) > 1]


def module_of(source: Source) -> str:
    return ".".join(part.removesuffix(".py") for part in source.path.parts if part != "__init__.py")


def _modules_in(found: Import, modules: Container[str]) -> Iterator[str]:
    """The module that an import names, or the one that defines the imported name."""
    parts = found.parts
    for length in (len(parts), len(parts) - 1):
        if (name := ".".join(parts[:length])) in modules:
            yield name
            return


def strongly_connected(leads: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected components of a graph, by Tarjan's algorithm."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for reached in leads.get(name, ()):
            if reached not in index:
                visit(reached)
                low[name] = min(low[name], low[reached])
            elif reached in stack:
                low[name] = min(low[name], index[reached])
        if low[name] == index[name]:
            cut = stack.index(name)
            found.append(sorted(stack[cut:]))
            del stack[cut:]

    for name in leads:
        if name not in index:
            visit(name)
    return found
