"""The container: two services of one image, no user of rights, no secret, and nothing named that is not there."""

import json
import os
import re
from typing import Any

import yaml  # type: ignore[import-untyped]

from coordinator.command_line.files import bytes_in
from tests.attacks.server import ROOT
from tests.deploy.test_systemd import OTHERS, READ

FOLDER = ROOT / "deploy/container"
IMAGE = re.sub(r"\\\n\s*", "", (FOLDER / "Containerfile").read_text(encoding="utf-8"))
COMPOSE: dict[str, Any] = yaml.safe_load(bytes_in(FOLDER / "compose.yaml"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("prepare", "web", "jobs")


def said(instruction: str) -> list[str]:
    return re.findall(rf"^\s*{instruction} (.+)$", IMAGE, re.MULTILINE)


def test_the_image_runs_as_nobody_in_particular() -> None:
    assert said("USER") == ["10001:10001"]
    assert IMAGE.index("\nUSER") < IMAGE.index("\nCMD")


def test_the_image_holds_what_it_names_and_no_more() -> None:
    copied = [word for line in said("COPY") if "--from" not in line for word in line.split()[:-1]]

    assert [word for word in copied if not (ROOT / word).exists()] == []
    assert {"coordinator", "jobs", "deploy/web"} < set(copied)
    assert [word for word in copied if word in {".", "instance"} or "env" in word] == []
    assert os.access(ROOT / json.loads(said("CMD")[-1])[0], os.X_OK)


def test_no_secret_is_in_the_image_or_beside_it() -> None:
    keys = set(re.findall(r"([A-Z][A-Z_]+)=", " ".join(said("ENV"))))

    assert keys <= READ | OTHERS
    assert [key for key in keys if re.search("SECRET|TOKEN|PASSWORD|DATABASE", key)] == []
    assert [service for service in OURS if SERVICES[service]["env_file"] != "callboard.env"] == []
    assert "callboard.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_web_and_jobs_are_two_services_that_are_started_again_each_by_itself() -> None:
    assert [SERVICES[service]["restart"] for service in ("web", "jobs")] == ["always", "always"]
    assert [set(SERVICES[service]["depends_on"]) for service in ("web", "jobs")] == [{"prepare"}, {"prepare"}]
    assert SERVICES["jobs"]["command"] == [".venv/bin/python", "-m", "jobs"]


def test_each_tells_whether_it_is_well() -> None:
    assert "/healthz" in IMAGE
    assert "last_round.json" in SERVICES["jobs"]["healthcheck"]["test"][1]
    assert "last_round.json" in (ROOT / "jobs/remembering.py").read_text(encoding="utf-8")


def test_services_have_no_more_rights_than_they_need() -> None:
    for service in OURS:
        told = SERVICES[service]
        assert (told["read_only"], told["cap_drop"], told["security_opt"]) == (
            True,
            ["ALL"],
            ["no-new-privileges:true"],
        )
        assert "ports" not in told
        assert set(told["environment"]) <= READ


def test_the_proxy_is_the_one_that_is_trusted() -> None:
    (subnet,) = COMPOSE["networks"]["inside"]["ipam"]["config"]

    assert SERVICES["web"]["environment"]["TRUSTED_PROXIES"] == subnet["subnet"]
    assert SERVICES["proxy"]["environment"]["UPSTREAM"] == "web:8000"
    assert (FOLDER / SERVICES["proxy"]["volumes"][0].split(":")[0]).resolve() == ROOT / "deploy/caddy/Caddyfile"
