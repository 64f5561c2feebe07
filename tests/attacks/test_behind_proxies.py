"""However Callboard is set up behind proxies, callers are told apart, and nobody passes for somebody else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import clock, create_app
from coordinator.messaging.actions.proxies import SEEN
from coordinator.web.signed import sign
from tests.attacks.server import SECRET, Answer, Browser, Server, a_link_for_alice, web
from tests.attacks.test_addresses import REFUSED, try_to_sign_in
from tests.databases import copy_of, settings_for

CALLER, OTHER, FORGED = "127.0.9.9", "127.0.9.10", "198.51.100.7"
Hop = tuple[str, str]  # a proxy's own address, and whether it "adds" to the header or "writes" its own

SET_UPS: dict[str, tuple[str, list[Hop]]] = {  # TRUSTED_PROXIES, and the proxies from the outermost on
    "none": ("", []),
    "same machine, adds": ("127.0.0.1,::1", [("127.0.0.1", "adds")]),
    "same machine, writes": ("127.0.0.1,::1", [("127.0.0.1", "writes")]),
    "container network": ("127.0.8.0/24", [("127.0.8.2", "adds")]),
    "two hops, both add": ("127.0.7.1,127.0.8.0/24", [("127.0.7.1", "adds"), ("127.0.8.2", "adds")]),
    "two hops, the outer writes": ("127.0.7.1,127.0.8.0/24", [("127.0.7.1", "writes"), ("127.0.8.2", "adds")]),
}


@dataclass
class Behind(Server):
    """The web process as a caller meets it who asks through these proxies, which the test plays."""

    hops: list[Hop] = field(default_factory=list)

    def ask(self, path: str, body: str | None = None, *, method: str = "GET", **headers: str) -> Answer:
        said, peer = headers.pop("X_Forwarded_For", ""), self.asked_from
        for address, manner in self.hops:
            said = f"{said}, {peer}".lstrip(", ") if manner == "adds" else peer
            peer = address
        nearest = Server(self.port, self.process, asked_from=peer)
        return nearest.ask(path, body, method=method, **headers, **({"X_Forwarded_For": said} if said else {}))


@pytest.fixture(scope="module", params=SET_UPS)
def behind(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Behind]:
    trusted, hops = SET_UPS[request.param]
    folder = tmp_path_factory.mktemp("behind")
    with copy_of(sqlite_template) as url, web(url, folder, TRUSTED_PROXIES=trusted) as started:
        a_link_for_alice(url, folder)
        yield Behind(started.port, started.process, database_url=url, asked_from=CALLER, hops=hops)


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Shows the web process that its own installation asks."""
    app = create_app(replace(settings_for("sqlite://", tmp_path_factory.mktemp("proof")), secret_key=SECRET))
    with app.app_context():
        return sign(SEEN, {}, clock.now() + timedelta(hours=1))


@pytest.mark.parametrize("forged", ["", FORGED, f"{FORGED}, {OTHER}", "127.0.0.1", "127.0.8.2", "127.0.7.1, 127.0.8.2"])
def test_a_caller_is_who_they_are_whatever_they_write(behind: Behind, proof: str, forged: str) -> None:
    told = behind.ask(f"/healthz?{SEEN}={proof}", **({"X_Forwarded_For": forged} if forged else {}))

    assert json.loads(told.text)["caller"] == CALLER


def test_who_guesses_under_ever_new_addresses_is_kept_out_and_nobody_else_is(behind: Behind) -> None:
    token_page = Browser(behind)
    said = []
    for number in range(6):
        token_page.headers = {"X_Forwarded_For": f"198.51.100.{number}"}
        said.append(try_to_sign_in(token_page, f"guess {number}"))
    neighbor = Browser(replace(behind, asked_from=OTHER))

    assert [REFUSED in page for page in said] == [False] * 5 + [True]
    assert REFUSED not in try_to_sign_in(neighbor, "my own mistake")
