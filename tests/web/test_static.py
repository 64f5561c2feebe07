import gzip
import re

from flask.testing import FlaskClient

from coordinator.web.static import FOLDER, SHEETS


def linked(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    assert found is not None
    return found[1]


def test_all_style_sheets_travel_as_one_and_stay_for_a_year(visitor: FlaskClient) -> None:
    address = linked(visitor.get("/").text, r'rel="stylesheet" href="([^"]+)"')
    answer = visitor.get(address)

    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.text.startswith("@layer reset, tokens, base, parts, screens, prefs;")


def test_they_travel_small_to_who_can_unpack(visitor: FlaskClient) -> None:
    plain = visitor.get("/callboard.css")
    small = visitor.get("/callboard.css", headers={"Accept-Encoding": "br, gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data


def test_no_style_sheet_is_left_at_home() -> None:
    assert {path.stem for path in (FOLDER / "css").glob("*.css")} == set(SHEETS)


def test_a_static_address_carries_the_hash_of_its_content_and_stays_for_a_year(visitor: FlaskClient) -> None:
    address = linked(visitor.get("/").text, r'rel="icon"[^>]* href="([^"]+)"')
    answer = visitor.get(address, buffered=True)

    assert re.fullmatch(r"/static/mark\.svg\?v=[0-9a-f]{12}", address)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.headers["Cache-Control"] == "max-age=31536000, public"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_browser_that_looks_for_the_old_favicon_finds_the_mark(visitor: FlaskClient) -> None:
    assert visitor.get("/favicon.ico", follow_redirects=True, buffered=True).mimetype == "image/svg+xml"
