"""What someone sees in the first minute after ``make run``, and in what order.

``--pictures FOLDER`` keeps a picture of each page: on a phone and on a desk, by day and by night.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.as_made import Running, running
from tests.browser.conftest import PageAt, Scheme

SHOW = "/coordinate/justice-in-motion"
FLYER = """{day:%A %d %B %Y}
A night for the Mill Lane Food Bank
The Cellar, 9 Mill Lane. Doors 7 pm, curfew 11 pm
7:30 pm Ada Voss (solo)
8:15 pm The Lamplighters
9:30 pm DJ Marrow
Suggested donation $5
"""
SECONDS = 15_000  # ms: what is to come within seconds may take, on a machine that is busy with tests
WIDTHS = (390, 1280)  # CSS pixels
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")

Picture = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def callboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("instance"), TICK_SECONDS="0.25") as callboard:
        yield callboard


@pytest.fixture
def picture(pytestconfig: pytest.Config, tmp_path: Path) -> Picture:
    """Takes four pictures of a page as it is, from its head to its foot."""
    folder = Path(pytestconfig.getoption("--pictures") or tmp_path)

    def take(page: Page, name: str) -> None:
        before = page.viewport_size
        assert before is not None
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": before["height"]})
            page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", animations="disabled")
        page.set_viewport_size(before)

    folder.mkdir(parents=True, exist_ok=True)
    return take


def row(page: Page, act: str) -> Locator:
    return page.get_by_role("row").filter(has_text=act)


def test_the_first_minute(callboard: Running, page_at: PageAt, picture: Picture) -> None:
    page = page_at(1280, base_url=callboard.address)

    look_at_the_line_up(page, picture)
    sign_in(page, callboard.sign_in)
    let_josh_answer(page, picture)
    run_the_show(page, picture)
    start_another_show(page, picture)
    see_every_text(page, picture)


def look_at_the_line_up(page: Page, picture: Picture) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Songs for Justice in Motion")
    for words in ("8:00", "Josh Granowski", "8:30", "Carlos Lumbi", "9:30", "The Poor Nobodys", "$10"):
        expect(page.get_by_text(words).first).to_be_visible()
    picture(page, "line-up")


def sign_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{link.partition('/sign-in')[0]}{SHOW}")
    expect(page.get_by_text("0 of 3")).to_be_visible()


def let_josh_answer(page: Page, picture: Picture) -> None:
    page.get_by_role("link", name="Phones").first.click()
    for name in ("Josh Granowski", "Carlos Lumbi", "Wren Okada", "Tomas Ide"):
        expect(page.get_by_role("region", name=name)).to_contain_text("can you play", timeout=SECONDS)
    josh = page.get_by_role("region", name="Josh Granowski")
    josh.get_by_role("button", name="C, confirm").click()
    expect(josh).to_contain_text("Josh Granowski is confirmed", timeout=SECONDS)
    picture(page, "phones")

    page.goto(SHOW)
    expect(row(page, "Josh Granowski")).to_contain_text("Confirmed")
    expect(row(page, "Carlos Lumbi")).not_to_contain_text("Confirmed")
    picture(page, "overview")


def run_the_show(page: Page, picture: Picture) -> None:
    page.get_by_role("link", name="Show night").last.click()
    page.get_by_role("button", name="Set started").click()
    expect(page.locator("#pressed")).to_contain_text("Josh Granowski started")

    page.locator("#coming").get_by_role("link", name="Move").click()
    carlos = page.locator("#look-late-carlos")
    carlos.get_by_role("radio", name="+15").check()
    expect(carlos).to_contain_text("1 person gets a text", timeout=SECONDS)
    expect(carlos).to_contain_text("8:45 PM", timeout=SECONDS)
    picture(page, "show-night")
    carlos.get_by_role("button", name="Move by 15 minutes").click()
    expect(page.locator("#pressed")).to_contain_text("Carlos Lumbi 15 min late")

    page.get_by_role("button", name="Set finished").click()
    expect(page.locator("#pressed")).to_contain_text("Josh Granowski finished")


def start_another_show(page: Page, picture: Picture) -> None:
    page.goto("/coordinate/new")
    page.get_by_label("The flyer").fill(FLYER.format(day=datetime.now(UTC) + timedelta(days=40)))
    picture(page, "start-a-show")
    page.get_by_role("button", name="Read it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What we read")
    names = page.get_by_role("group").get_by_label("Name", exact=True)
    assert [name.input_value() for name in names.all()] == ["Ada Voss", "The Lamplighters", "DJ Marrow"]
    ada = page.locator("fieldset", has=page.locator('input[value="Ada Voss"]'))
    ada.get_by_label("Name").fill("Ada Voss Trio")
    ada.get_by_label("Starts").fill("19:40")
    picture(page, "what-was-read")
    page.get_by_role("button", name="Create the show").click()

    expect(page.get_by_text("The show was created.")).to_be_visible()
    picture(page, "performers")
    page.get_by_role("link", name="Running order").last.click()
    expect(page.get_by_text("Ada Voss Trio").first).to_be_visible()
    expect(page.get_by_text("7:40").first).to_be_visible()
    picture(page, "running-order")


def see_every_text(page: Page, picture: Picture) -> None:
    """When, to whom and in which words."""
    page.goto(f"{SHOW}/texts")
    texts = page.get_by_role("region", name="Planned").get_by_role("listitem")
    call = texts.filter(has_text="Wren Okada").filter(has_text="Running late?")
    expect(call.get_by_role("time").first).to_have_text("8:35 PM")
    expect(call).to_contain_text("you're on at 9:35pm")
    picture(page, "texts")
