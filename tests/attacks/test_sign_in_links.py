"""Whatever opens a sign-in link before the person does, such as a preview in a chat, uses nothing up."""

from __future__ import annotations

from tests.attacks.server import Browser, Server

PREVIEWS: tuple[dict[str, str], ...] = (
    {},
    {"Purpose": "prefetch"},
    {"User_Agent": "WhatsApp/2"},
    {"Sec_Purpose": "prefetch;prerender"},
)


def test_a_link_survives_every_look_and_works_once(server: Server) -> None:
    for headers in PREVIEWS:
        for method in ("HEAD", "GET", "OPTIONS", "GET"):
            looked = server.ask(server.link, method=method, **headers)
            assert looked.status == 200
            assert not any(name.lower() == "set-cookie" and "remember" in value for name, value in looked.headers)
    stranger = server.ask(server.link, "", method="POST")
    assert stranger.status == 400  # it has no token of our page

    alice = Browser(server)
    assert "All shows" in alice.press(server.link).text

    assert server.ask(server.link).status == 410
    assert server.ask(server.link, method="HEAD").status == 410
