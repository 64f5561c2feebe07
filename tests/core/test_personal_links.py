"""Personal links: signed for one person and one version of their link."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.core.personal_links import LinkOwner, PersonalLinks, person_id_in, stand_in, without_token

LINKS = PersonalLinks("https://show.example", "a secret that is long enough for anybody")
ANA = LinkOwner(7, 1)


@given(st.integers(1, 2**59), st.integers(1, 1000))
def test_a_link_opens_its_own_page_only(person_id: int, version: int) -> None:
    token = LINKS.token(LinkOwner(person_id, version))

    assert person_id_in(token) == person_id
    assert LINKS.opens(token, LinkOwner(person_id, version))
    assert not LINKS.opens(token, LinkOwner(person_id + 1, version))
    assert not LINKS.opens(token, LinkOwner(person_id, version + 1))
    assert not replace(LINKS, secret="another").opens(token, LinkOwner(person_id, version))


@given(st.text(max_size=60) | st.from_regex(r"[\w-]{0,60}"))
def test_what_was_not_signed_opens_nothing(token: str) -> None:
    claimed = person_id_in(token)

    assert claimed is None or claimed < 2**63
    assert not LINKS.opens(token, ANA) or token == LINKS.token(ANA)


def test_the_signature_has_128_bits_and_needs_no_escaping() -> None:
    token = LINKS.token(ANA)

    assert re.fullmatch(r"[\w-]{23}", token)
    assert len({LINKS.token(LinkOwner(7, version))[1:] for version in range(1, 100)}) == 99


def test_older_versions_are_known_as_such() -> None:
    now = LinkOwner(7, 3)

    known = [LINKS.opened(LINKS.token(LinkOwner(7, version)), now) for version in (1, 2, 3, 4)]

    assert known == [True, True, False, False]


@pytest.mark.parametrize("person_id", [1, 63, 64, 4_096, 2**40])
def test_a_text_is_kept_without_the_link_and_is_as_long_as_with_it(person_id: int) -> None:
    person = LinkOwner(person_id, 2)
    kept = f"Hi Ana: {stand_in(LINKS.public_url, person_id)} See you"

    sent = LINKS.filled(kept, person)

    assert sent == f"Hi Ana: {LINKS.address(person)} See you"
    assert len(sent) == len(kept)
    assert without_token(sent) == without_token(kept) == "Hi Ana: https://show.example/me/ See you"
