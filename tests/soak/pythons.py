"""The Pythons of this machine, each with an environment that can serve Callboard."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
OLDEST: Final = (3, 11)
NAMES: Final = ("python3", *(f"python3.{minor}" for minor in range(OLDEST[1], 30)))
ASKS: Final = (
    "import sys, platform; print(platform.python_implementation(), sys.prefix == sys.base_prefix, *sys.version_info)"
)
PATIENCE: Final = 300  # seconds, since packages may have to be downloaded


class CannotServe(RuntimeError):
    """Callboard's dependencies cannot be installed for this Python; the message has the installer's output."""


@dataclass(frozen=True, order=True)
class Python:
    """An interpreter: its version and its path."""

    version: tuple[int, int, int]
    path: Path

    def __str__(self) -> str:
        return ".".join(map(str, self.version))


@cache
def pythons() -> tuple[Python, ...]:
    """Every released CPython from 3.11 on, without duplicates: the running one, and those on the PATH, in /usr/bin, of
    pyenv."""
    found: dict[tuple[int, int, int], Python] = {}
    for path in _places():
        python = _asked(path)
        if python is not None:
            found.setdefault(python.version, python)
    return tuple(sorted(found.values()))


def environment_of(python: Python) -> Path:
    """The interpreter of an environment with the packages of ``requirements.lock``, created if missing.

    Raises CannotServe.
    """
    if python.version == sys.version_info[:3]:
        return Path(sys.executable)
    place = ROOT / ".venvs" / str(python)
    place.parent.mkdir(exist_ok=True)
    interpreter = place / "bin" / "python"
    with (place.parent / f"{python}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not interpreter.exists():
            _uv("venv", "--clear", "--python", str(python.path), str(place))
        lock = str(ROOT / "requirements.lock")
        _uv("pip", "sync", "--compile-bytecode", "--require-hashes", "--python", str(interpreter), lock)
    return interpreter


def _uv(*arguments: str) -> None:
    line = [str(Path(sys.executable).with_name("uv")), "--quiet", *arguments]
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    try:
        done = subprocess.run(
            line, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise CannotServe(str(fault)) from fault
    if done.returncode:
        raise CannotServe(done.stderr.strip()[-1500:])


def _places() -> Iterator[Path]:
    yield Path(sys.executable).resolve()
    for name in NAMES:
        if on_path := shutil.which(name):
            yield Path(on_path)
        yield Path("/usr/bin") / name
    yield from sorted(Path.home().glob(".pyenv/versions/*/bin/python3"))


@cache
def _asked(path: Path) -> Python | None:
    """None for anything but a released CPython that is new enough, and for a virtual environment."""
    try:
        line = [str(path), "-c", ASKS]
        said = subprocess.run(line, capture_output=True, text=True, timeout=20, check=False).stdout.split()
    except (OSError, subprocess.TimeoutExpired):
        return None
    match said:
        case ["CPython", "True", major, minor, micro, "final", _] if (int(major), int(minor)) >= OLDEST:
            return Python((int(major), int(minor), int(micro)), path)
    return None
