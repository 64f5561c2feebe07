import pytest
from flask import Flask

from coordinator.web.addresses import caller_address, local, this_page
from tests.web.conftest import a_house


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
    with a_house().test_request_context("/?day=fri&lang=en&day=sat"):
        assert this_page(lang="es") == "/?day=fri&day=sat&lang=es"
        assert this_page(lang=None) == "/?day=fri&day=sat"


def test_a_path_that_looks_like_another_house_stays_in_ours() -> None:
    with a_house().test_request_context("/", environ_overrides={"PATH_INFO": "//far.example/"}):
        assert this_page(theme=None) == "/far.example/"


def test_an_answer_to_a_form_that_cannot_be_asked_for_leads_to_the_first_page() -> None:
    with a_house().test_request_context("/sign-up", method="POST"):
        assert this_page(lang="es") == "/?lang=es"


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "unknown", "unknown"),
        ("203.0.113.9", "2001:db8::7", "203.0.113.9"),
    ],
)
def test_only_a_proxy_on_this_machine_may_name_its_caller(peer: str, forwarded: str | None, caller: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    with Flask(__name__).test_request_context("/", environ_base={"REMOTE_ADDR": peer}, headers=headers):
        assert caller_address() == caller


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
    headers = {"X-Forwarded-For": "2001:db8:1:2:aaaa::1"}
    with Flask(__name__).test_request_context("/", environ_base={"REMOTE_ADDR": "::1"}, headers=headers):
        assert caller_address() == "2001:db8:1:2::/64"
