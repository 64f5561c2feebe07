"""The examples for nginx and Caddy: right by what they say, and tried with the real programs where they are there."""

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import clock, create_app
from coordinator.messaging.actions.proxies import FORGED, SEEN
from coordinator.web.bodies import FROM_COORDINATORS
from coordinator.web.signed import sign
from tests.attacks.server import PATIENCE, ROOT, SECRET, Server, procfile_line, web
from tests.databases import copy_of, settings_for
from tests.deploy.test_systemd import answers, until
from tests.faults.fleet import free_ports

NGINX = (ROOT / "deploy/nginx/callboard.conf").read_text(encoding="utf-8")
CADDY = (ROOT / "deploy/caddy/Caddyfile").read_text(encoding="utf-8")
IDLE_SECONDS = int(re.findall(r"--http1-header-read-timeout (\d+)", procfile_line("web"))[0]) / 1000
PLACES = ":/usr/sbin:/usr/local/sbin"


def directive(name: str) -> list[str]:
    """What follows the name of a directive of nginx, each time that it stands there."""
    return re.findall(rf"^\s*{name} ([^;]+);", NGINX, re.MULTILINE)


def test_nginx_names_the_caller_itself_and_passes_no_callers_word_on() -> None:
    assert "X-Forwarded-For $remote_addr" in directive("proxy_set_header")
    assert 'Forwarded ""' in directive("proxy_set_header")
    assert all("$proxy_add_x_forwarded_for" not in header for header in directive("proxy_set_header"))


def test_nginx_takes_bodies_and_answers_in_whole_and_as_large_as_we_do() -> None:
    assert (directive("proxy_request_buffering"), directive("proxy_buffering")) == (["on"], ["on"])
    assert int(directive("client_max_body_size")[0].rstrip("m")) * 2**20 >= FROM_COORDINATORS
    assert directive("proxy_pass") == ["http://callboard"]  # a path behind it would break Twilio's signature


def test_proxies_drop_an_idle_connection_before_callboard_does() -> None:
    caddys = re.findall(r"^\s*keepalive (\d+)s", CADDY, re.MULTILINE)
    nginxs = [written.rstrip("s") for written in directive("keepalive_timeout")]

    assert [int(each) < IDLE_SECONDS for each in (*caddys, *nginxs)] == [True, True]


def test_both_ask_browsers_to_stay_on_https() -> None:
    assert [text.count('Strict-Transport-Security "max-age=31536000"') for text in (NGINX, CADDY)] == [1, 1]


def test_caddy_believes_nobody_in_front_of_it() -> None:
    assert re.findall(r"^\s*trusted_proxies", CADDY, re.MULTILINE) == []
    assert "{$UPSTREAM:127.0.0.1:8000}" in CADDY


def program(name: str) -> str:
    found = shutil.which(name, path=os.environ["PATH"] + PLACES)
    if found is None:
        pytest.skip(f"{name} is not there")
    return found


def nginx(folder: Path, port: int, upstream: int) -> list[str]:
    """The example, but for the certificate, on ports of this test."""
    plain = re.sub(r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};", NGINX)
    plain = re.sub(r"^\s*(ssl_\w+ .*|listen (80|\[::\].*));\n", "", plain, flags=re.MULTILINE)
    plain = plain.replace("server_name show.example;\n    return", f"listen 127.0.0.1:{free_ports(1)[0]};\n    return")
    plain = plain.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    around = f"pid {folder}/pid;\nerror_log {folder}/error;\ndaemon off;\nevents {{}}\n"
    whole = f"{around}http {{\naccess_log off;\n{own}{plain}}}\n"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return [program("nginx"), "-p", str(folder), "-e", f"{folder}/error", "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, port: int, upstream: int) -> list[str]:
    settled = CADDY.replace("{\n\tservers {", "{\n\tadmin off\n\tservers {", 1)
    settled = settled.replace("{$SITE:show.example}", f"http://127.0.0.1:{port}")
    settled = settled.replace("{$UPSTREAM:127.0.0.1:8000}", f"127.0.0.1:{upstream}")
    (folder / "Caddyfile").write_text(settled, encoding="utf-8")
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def in_front(make: Callable[[Path, int, int], list[str]], folder: Path, server: Server) -> Iterator[Server]:
    """The proxy, asked in the place of the web process behind it."""
    (port,) = free_ports(1)
    command = make(folder, port, server.port)
    known = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    process = subprocess.Popen(command, env=known, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        until(lambda: process.poll() is not None or answers(port, "/healthz") == 200)
        assert process.poll() is None
        yield replace(server, port=port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


@pytest.mark.parametrize("make", [nginx, caddy])
def test_through_the_real_program_nobody_passes_for_somebody_else(
    make: Callable[[Path, int, int], list[str]], sqlite_template: Path, tmp_path: Path
) -> None:
    program(make.__name__)
    app = create_app(replace(settings_for("sqlite://", tmp_path), secret_key=SECRET))
    with app.app_context():
        proof = sign(SEEN, {}, clock.now() + timedelta(minutes=5))
    with (
        copy_of(sqlite_template) as url,
        web(url, tmp_path, TRUSTED_PROXIES="127.0.0.1") as server,
        in_front(make, tmp_path, server) as proxy,
    ):
        told = proxy.ask(f"/healthz?{SEEN}={proof}", X_Forwarded_For=FORGED, Forwarded=f"for={FORGED}")
        page = proxy.ask("/sign-in?next=%2Fcoordinate%2F%3Fa%3D%252B")
        large = proxy.ask("/sign-in", "a" * (2**22 + 1), method="POST")

    assert (json.loads(told.text)["caller"], json.loads(told.text)["named"]) == ("127.0.0.1", ["127.0.0.1"])
    assert (page.status, "%252B" in page.text) == (200, True)
    assert large.status in {413, 502}  # 502: Caddy before 2.7
