"""Memory of the web workers before and after many pages, read by eight people at once."""

from bench.installations import an_installation
from bench.processes import pss, until_it_answers, web_of
from bench.table import Row, Size
from tests.soak.big_show import BigShow, a_big_show
from tests.soak.readers import READERS, read

ACTS = 30
GROWTH = 1.1
WARM = 1000  # pages; the memory for code and for parallel requests is not growth
STRETCH = 5.0  # seconds


def measure(size: Size) -> list[Row]:
    warm, pages = size.of(WARM, 200), size.of(10_000, 500)
    with an_installation("sqlite") as app:
        show = a_big_show(app.extensions["callboard"].settings, ACTS)
        with web_of(app) as (web, port):
            until_it_answers(port)
            _read(port, show, warm)
            first = pss(web)
            _read(port, show, pages)
            last = pss(web)
    name = f"web, two workers, {READERS} readers: memory (PSS) after {warm:,} pages of a night of {ACTS} acts"
    grown = last <= GROWTH * first
    return [
        Row(name, f"{first:.0f} MB"),
        Row(f"  after {pages:,} more", f"{last:.0f} MB, {last / first - 1:+.1%}", "<= +10 %", grown),
    ]


def _read(port: int, show: BigShow, pages: int) -> None:
    while pages > 0:
        reading = read(port, show.paths, show.cookie, STRETCH)
        if reading.failures:
            raise RuntimeError("\n".join(reading.failures))
        pages -= reading.pages
