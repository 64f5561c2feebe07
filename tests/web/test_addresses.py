from ipaddress import ip_network

import pytest
from flask import Flask

from coordinator.web.addresses import caller_address, local, this_page
from tests.web.conftest import a_small_app


@pytest.mark.parametrize("target", ["/", "/coordinate/", "/e/benefit?lang=es#top"])
def test_a_path_of_this_house_is_followed(target: str) -> None:
    assert local(target) == target


@pytest.mark.parametrize(
    "target",
    [None, "", "//far.example", "/\\far.example", "https://far.example/", "far", "/a\nb", "javascript:alert(1)"],
)
def test_nobody_is_sent_elsewhere(target: str | None) -> None:
    assert local(target, "/coordinate/") == "/coordinate/"


def test_the_present_page_keeps_its_query_but_for_what_changes() -> None:
    with a_small_app().test_request_context("/?day=fri&lang=en&day=sat"):
        assert this_page(lang="es") == "/?day=fri&day=sat&lang=es"
        assert this_page(lang=None) == "/?day=fri&day=sat"


def test_a_path_that_looks_like_another_house_stays_in_ours() -> None:
    with a_small_app().test_request_context("/", environ_overrides={"PATH_INFO": "//far.example/"}):
        assert this_page(theme=None) == "/far.example/"


def test_an_answer_to_a_form_that_cannot_be_asked_for_leads_to_the_first_page() -> None:
    with a_small_app().test_request_context("/sign-up", method="POST"):
        assert this_page(lang="es") == "/?lang=es"


def caller(peer: str, forwarded: str | None = None, trusted: str = "127.0.0.1 10.0.0.0/8 2001:db8:ffff::/48") -> str:
    app = Flask(__name__)
    app.config["TRUSTED_PROXIES"] = tuple(ip_network(network) for network in trusted.split())
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": peer}, headers=headers):
        return caller_address()


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # not one of our proxies
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),  # what stands further left anyone may have written
        ("127.0.0.1", "1.2.3.4, 198.51.100.7, 10.1.2.3", "198.51.100.7"),  # two proxies of ours
        ("127.0.0.1", "1.2.3.4,198.51.100.7 , 2001:db8:ffff::1", "198.51.100.7"),
        ("127.0.0.1", "10.1.2.3, 10.1.2.4", "10.1.2.3"),  # a colleague on our own network
        ("127.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::/64"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_trusted_proxies_name_their_caller_and_only_the_nearest(
    peer: str, forwarded: str | None, found: str
) -> None:
    assert caller(peer, forwarded) == found


def test_nobody_is_trusted_unless_it_is_said() -> None:
    assert caller("127.0.0.1", "198.51.100.7", trusted="") == "127.0.0.1"


@pytest.mark.parametrize(
    "junk",
    ["unknown", "_hidden", "1.2.3", "1.2.3.4.5", ",,,", "[", "]:", "::::", "1.2.3.4, \u0664", "a" * 60_000, "%s", "-1"],
)
def test_junk_counts_for_who_sent_it(junk: str) -> None:
    assert caller("127.0.0.1", junk) == "127.0.0.1"
    assert caller("127.0.0.1", f"{junk}, 198.51.100.7") == "198.51.100.7"


@pytest.mark.parametrize(
    ("peer", "household"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_all_addresses_of_one_household_are_one_caller(peer: str, household: str) -> None:
    with Flask(__name__).test_request_context("/", environ_base={"REMOTE_ADDR": peer}):
        assert caller_address() == household


def test_a_proxy_names_a_caller_by_its_household_too() -> None:
    assert caller("127.0.0.1", "2001:db8:1:2:aaaa::1") == "2001:db8:1:2::/64"
