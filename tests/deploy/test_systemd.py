"""The units of systemd: understood, of what is there, and what they start is Callboard, web and jobs apart."""

import configparser
import os
import re
import shutil
import signal
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

from config import Settings
from tests.attacks.server import PATIENCE, ROOT, SECRET
from tests.databases import copy_of
from tests.faults.fleet import free_ports

UNITS = ROOT / "deploy/systemd"
HOME = "/srv/callboard"
SERVICES = ("callboard-web", "callboard-jobs")
READ = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "config.py").read_text(encoding="utf-8")))
OTHERS = {"FLASK_SKIP_DOTENV", "PYTHONUNBUFFERED", "GRANIAN_WORKERS"}  # of what Callboard is made of


class Unit(configparser.ConfigParser):
    """One file of systemd, whose names are written as they are meant."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def unit(name: str) -> Unit:
    parser = Unit(interpolation=None, comment_prefixes=("#",), delimiters=("=",))
    parser.read_string((UNITS / name).read_text(encoding="utf-8"))
    return parser


def environment_of(service: str) -> dict[str, str]:
    return dict(each.split("=", 1) for each in unit(f"{service}.service")["Service"]["Environment"].split())


def here(command: str) -> list[str]:
    """The command as it is in this folder."""
    return command.replace(HOME, str(ROOT)).split()


def lines_of(example: Path) -> dict[str, str]:
    """The keys of an environment file, those that are put out of use by a # among them."""
    return dict(re.findall(r"^#?([A-Z][A-Z_]+)=(.*)$", example.read_text(encoding="utf-8"), re.MULTILINE))


def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None and "CI" not in os.environ:  # there it has to be
        pytest.skip("systemd-analyze is not there")
    for file in UNITS.iterdir():
        written = file.read_text(encoding="utf-8").replace(HOME, str(ROOT))
        (tmp_path / file.name).write_text(written, encoding="utf-8")

    files = [str(file) for file in tmp_path.iterdir()]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)

    ours = [line for line in done.stderr.splitlines() if "callboard" in line]
    assert (ours, done.returncode) == ([], 0)


@pytest.mark.parametrize("service", SERVICES)
def test_each_is_started_again_whatever_becomes_of_the_other(service: str) -> None:
    told = unit(f"{service}.service")
    bonds = {"Requires", "Requisite", "BindsTo", "Upholds", "Conflicts"}

    assert (told["Service"]["Restart"], told["Unit"]["StartLimitIntervalSec"]) == ("always", "0")
    assert bonds.isdisjoint(told["Unit"])
    assert f"{service}.service" in unit("callboard.target")["Unit"]["Wants"].split()


@pytest.mark.parametrize("service", SERVICES)
def test_each_runs_as_a_user_of_its_own_and_keeps_its_files_to_itself(service: str) -> None:
    told = unit(f"{service}.service")["Service"]

    assert (told["User"], told["UMask"], told["NoNewPrivileges"]) == ("callboard", "0077", "yes")
    assert environment_of(service)["INSTANCE_PATH"] == f"/var/lib/{told['StateDirectory']}"


@pytest.mark.parametrize("service", SERVICES)
def test_what_they_name_is_there(service: str) -> None:
    told = unit(f"{service}.service")["Service"]

    for key in ("ExecStart", "ExecStartPre"):
        for path in re.findall(rf"{HOME}/\S+", told[key]):
            assert os.access(path.replace(HOME, str(ROOT)), os.X_OK), path
    assert set(environment_of(service)) <= READ | OTHERS


def test_the_example_holds_settings_that_there_are_and_that_a_start_takes(tmp_path: Path) -> None:
    keys = lines_of(ROOT / "deploy/callboard.env.example")
    filled = {key: value for key, value in keys.items() if value} | {
        "TWILIO_ACCOUNT_SID": "AC0",
        "TWILIO_AUTH_TOKEN": "a token",
        "TWILIO_FROM": "+12025550100",
    }

    settings = Settings.from_env({**environment_of("callboard-web"), **filled, "INSTANCE_PATH": str(tmp_path)})

    assert (set(keys) - READ, settings.https, len(settings.trusted_proxies)) == (set(), True, 2)


def started(service: str, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        here(unit(f"{service}.service")["Service"]["ExecStart"]),
        env={"PATH": os.environ["PATH"], **environment_of(service), **environment},
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def ends(process: "subprocess.Popen[bytes]", source: int) -> None:
    os.killpg(process.pid, source)
    process.wait(PATIENCE)


def test_what_the_units_start_is_callboard_and_neither_needs_the_other(sqlite_template: Path, tmp_path: Path) -> None:
    (port,) = free_ports(1)
    with copy_of(sqlite_template) as url:
        known = {"DATABASE_URL": url, "INSTANCE_PATH": str(tmp_path), "SECRET_KEY": SECRET, "PORT": str(port)}
        running = {service: started(service, {**known, "SIMULATED": "1"}) for service in SERVICES}
        try:
            until(lambda: answers(port, "/readyz") == 200)
            ends(running["callboard-jobs"], signal.SIGKILL)
            assert answers(port, "/healthz") == 200
            running["callboard-jobs"] = started("callboard-jobs", {**known, "SIMULATED": "1"})
            ends(running["callboard-web"], signal.SIGKILL)
            rounds = tmp_path / "last_round.json"
            before = rounds.read_text(encoding="ascii")
            until(lambda: rounds.read_text(encoding="ascii") != before)
            assert running["callboard-jobs"].poll() is None
        finally:
            for process in running.values():
                if process.poll() is None:
                    ends(process, signal.SIGTERM)


def answers(port: int, path: str) -> int | None:
    """The status; None when nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def until(true: Any) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up_at
        time.sleep(0.1)
