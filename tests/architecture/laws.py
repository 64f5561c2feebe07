"""The laws of the house. Each takes one source file and yields its breaches, one readable line each."""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator

from tests.architecture.source import SLICES, Import, Source, dotted

OPEN_ROOMS = (
    "models",
    "queries",
    "actions",
    "refusals",
)  # what another slice may import, refusals being said by actions
PASSED_ALONG = {("messaging", "gateway")}  # what the house hands to actions of every slice above
ROOMS = {  # what each room may import of our own, in its slice and in the open rooms of the slices before it
    "models": {"models", "core", "db"},
    "queries": {"models", "queries", "core", "db"},
    "actions": {"models", "queries", "actions", "core", "db"},
    "forms": {"forms", "models", "queries", "core", "web"},
    "views": {"views", "forms", "models", "queries", "actions", "core", "web", "clock", "house"},
}
SPOKEN = "coordinator.web.spoken"  # pure: texts say times as pages do
CLOCK_READERS = {"views", "commands", "web", "jobs"}
VAGUE = set("utils util helpers helper common misc manager managers service services base handler".split())
IMPURE = set("logging os pathlib random secrets socket sqlite3 subprocess threading time urllib".split())
REQUEST_NAMES = {"request", "session", "g", "current_app", "current_user"}
WALL_CLOCK = {
    *(f"datetime.{kind}.{reading}" for kind in ("datetime", "date") for reading in ("now", "utcnow", "today")),
    *(f"time.{reading}" for reading in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")),
    *(f"sqlalchemy.func.{reading}" for reading in ("now", "current_timestamp", "current_date", "localtimestamp")),
}
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb", "os.putenv"}


Law = Callable[[Source], Iterable[str]]


def _ours(found: Import) -> tuple[str, str] | None:
    """The floor and room that an import of ours reaches; None for a library."""
    if found.parts[0] == "jobs":
        return "jobs", "jobs"
    if found.target.startswith(SPOKEN):
        return "core", "core"
    if found.parts[0] != "coordinator" or len(found.parts) < 2:
        return None
    floor = found.parts[1]
    return floor, found.parts[2] if floor in SLICES and len(found.parts) > 2 else floor


def slices_import_downwards(source: Source) -> Iterator[str]:
    if source.floor not in SLICES:
        return
    for found in source.imports:
        floor, room = _ours(found) or ("", "")
        if floor not in SLICES or floor == source.floor:
            continue
        if SLICES.index(floor) > SLICES.index(source.floor):
            yield source.at(found.line, f"imports {found.target}; {floor} stands above {source.floor}")
        elif room not in OPEN_ROOMS and (floor, room) not in PASSED_ALONG:
            yield source.at(found.line, f"imports {found.target}; of {floor} it may have {', '.join(OPEN_ROOMS)} only")


def what_all_share_knows_no_slice(source: Source) -> Iterator[str]:
    """Of the slices, the pages' common ground may know who is signed in; db, clock and core know none."""
    allowed = {"web": {"people", "accounts"}, "house": {"messaging"}, "db": set(), "clock": set(), "core": set()}
    for found in source.imports if source.floor in allowed else ():
        floor, room = _ours(found) or ("", "")
        if floor in SLICES and (floor not in allowed[source.floor] or room in {"views", "forms", "commands"}):
            yield source.at(found.line, f"imports {found.target}; all slices build on {source.floor}")


def rooms_keep_to_their_doors(source: Source) -> Iterator[str]:
    allowed = ROOMS.get(source.room)
    for found in source.imports if allowed else ():
        reached = _ours(found)
        if allowed and reached and reached[1] in {*ROOMS, "commands", "core", "db", "web", "clock", "house"} - allowed:
            yield source.at(
                found.line, f"imports {found.target}; {source.room} may import {', '.join(sorted(allowed))}"
            )


def pages_leave_the_database_to_queries(source: Source) -> Iterator[str]:
    for found in source.imports if source.room in {"views", "forms"} else ():
        if found.parts[0] in {"sqlalchemy", "flask_sqlalchemy"} and "exc" not in found.parts:
            yield source.at(found.line, f"imports {found.target}; {source.room} may name models, and queries read them")


def actions_know_no_request(source: Source) -> Iterator[str]:
    given = source.room in {*OPEN_ROOMS, "core"} or source.path.match("coordinator/web/spoken.py")
    for found in source.imports if given else ():
        if found.target == "flask" or (found.parts[0] in {"flask", "flask_login"} and found.parts[-1] in REQUEST_NAMES):
            yield source.at(found.line, f"imports {found.target}; {source.path.stem} is given what it needs")


def only_db_commits(source: Source) -> Iterator[str]:
    for node in source.nodes if source.floor != "db" else ():
        if isinstance(node, ast.Attribute) and node.attr == "commit":
            yield source.at(node.lineno, "commits; only transaction() of coordinator/db.py does")
    for found in source.imports if source.room in {"models", "queries"} else ():
        if found.target == "coordinator.db.transaction":
            yield source.at(found.line, f"imports transaction; {source.room} change nothing")


def only_clock_reads_the_wall_clock(source: Source) -> Iterator[str]:
    if source.floor == "clock":
        return
    for used in source.names_used:
        if used.target in WALL_CLOCK:
            yield source.at(used.line, f"reads {used.target}; only coordinator/clock.py reads a wall clock")
    for found in source.imports if source.room not in CLOCK_READERS else ():
        if found.target.startswith("coordinator.clock"):
            yield source.at(found.line, f"imports the clock; {source.room} is given now")


def only_config_reads_the_environment(source: Source) -> Iterator[str]:
    for used in source.names_used if source.floor != "config" else ():
        if used.target in ENVIRONMENT:
            yield source.at(used.line, f"reads {used.target}; only config.py does")


def only_one_gateway_imports_twilio(source: Source) -> Iterator[str]:
    for found in source.imports if (source.floor, source.room) != ("messaging", "twilio_gateway") else ():
        if found.parts[0] == "twilio":
            yield source.at(found.line, "imports twilio; only coordinator/messaging/twilio_gateway does")


def core_is_pure(source: Source) -> Iterator[str]:
    for found in source.imports if source.floor == "core" else ():
        top = found.parts[0]
        inside = found.target.startswith("coordinator.core.")
        if not inside and (top not in sys.stdlib_module_names or top in IMPURE):
            yield source.at(found.line, f"imports {found.target}; core is the standard library's pure part and itself")


def nothing_imports_jobs(source: Source) -> Iterator[str]:
    for found in source.imports if source.floor != "jobs" else ():
        if found.parts[0] == "jobs":
            yield source.at(found.line, f"imports {found.target}; jobs call actions, and nothing calls jobs")


def private_names_stay_at_home(source: Source) -> Iterator[str]:
    for found in source.imports:
        name = found.parts[-1]
        if found.parts[0] in {"coordinator", "jobs", "config"} and name.startswith("_") and name.strip("_"):
            yield source.at(found.line, f"imports {found.target}; a leading underscore stays in its file")


def only_commands_print(source: Source) -> Iterator[str]:
    for node in source.nodes if source.room != "commands" else ():
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
