"""A host that the caller made up stands in no answer: neither in a redirect nor on a page."""

import pytest

from tests.attacks.nights import Attacked
from tests.attacks.server import Browser

EVIL = "evil.example"
FORGED = [{"Host": EVIL}, {"X_Forwarded_Host": EVIL}, {"Forwarded": f"host={EVIL}"}, {"X_Original_URL": f"//{EVIL}/"}]


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: next(iter(forged)))
def test_no_answer_holds_a_forged_host(night: Attacked, forged: dict[str, str]) -> None:
    alice = Browser(night.server)
    alice.sign_in()
    paths = ["/coordinate", "//coordinate", f"//{EVIL}/coordinate", f"/{EVIL}//", f"/\\{EVIL}/"]
    paths += [stop.path for stop in night.gets] + [stop.path.rstrip("/") or "/" for stop in night.gets]
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in alice.cookies.items())
    wrong = []

    for path in paths:
        for cookie in ("", cookies):
            answer = night.server.ask(path, Cookie=cookie, **forged)
            location = dict(answer.headers).get("location", "/")
            if not location.startswith("/") or location.startswith(("//", "/\\")):
                wrong.append((path, location))
            if EVIL in answer.text and EVIL not in path:
                wrong.append((path, "on the page"))

    assert wrong == []


def test_a_path_without_its_last_slash_is_led_on_within_this_app(night: Attacked) -> None:
    answer = night.server.ask("/coordinate?all=1", Host=EVIL)

    assert (answer.status, answer.header("Location")) == (308, "/coordinate/?all=1")
