"""The list of texts: newest first, by number and date, in pages, with everything that can be wrong with it."""

import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.faults.stand_in.answers import Answer, broken_off, json_answer, refusal
from tests.faults.stand_in.contract import Asked
from tests.faults.stand_in.script import Script
from tests.faults.stand_in.texts import Account, Text, look_alikes, resource

USUAL_PAGE = 50
SMALL_PAGE = 2  # overrides the requested size when paging is tested


class Listing:
    """Lists ``texts``; ``tried`` counts the attempts by number and body of every text ever posted."""

    def __init__(
        self, script: Script, account: Account, texts: Mapping[str, Text], tried: Mapping[tuple[str, str], int]
    ) -> None:
        self.script = script
        self.account = account
        self.texts = texts
        self.tried = tried
        self.times: Counter[str] = Counter()
        self._lock = threading.Lock()

    def answer(self, asked: Asked) -> Answer:
        query = dict(parse_qsl(urlsplit(asked.target).query, keep_blank_values=True))
        with self._lock:
            self.times[asked.target] += 1
            turn = self.times[asked.target]
        if self.script.happens("list_fails", asked.target, turn):
            hard = self.script.number("hard", asked.target, turn) < 0.5
            return broken_off("list_fails") if hard else refusal(500, 20500, fault="list_fails")
        try:
            found = [text for text in self._held(query) if _fits(text, query)]
        except ValueError:
            return refusal(400, 20001)
        newest_first = sorted(found, key=lambda text: (text.made_at, text.sid), reverse=True)
        return json_answer(200, self._page(asked.path, query, newest_first))

    def _held(self, query: Mapping[str, str]) -> list[Text]:
        listed = [text for text in list(self.texts.values()) if text.is_listed()]
        to = query.get("To", "")
        if to and self.script.happens("look_alike", to):
            bodies = [body for phone, body in list(self.tried) if phone == to]
            listed += [alike for body in bodies for alike in look_alikes(to, body, self.account)]
        return listed

    def _page(self, path: str, query: Mapping[str, str], found: list[Text]) -> dict[str, object]:
        size = min(int(query.get("PageSize", USUAL_PAGE)), 1000)
        if self.script.happens("list_pages", query.get("To", "")):
            size = min(size, SMALL_PAGE)
        number = int(query.get("Page", 0))
        shown = found[number * size : (number + 1) * size]
        more = len(found) > (number + 1) * size

        def uri(page: int) -> str:
            return f"{path}?{urlencode({**query, 'PageSize': size, 'Page': page, 'PageToken': f'PA{page}'})}"

        return {
            "end": number * size + max(len(shown) - 1, 0),
            "first_page_uri": uri(0),
            "messages": [resource(text, self.account.sid) for text in shown],
            "next_page_uri": uri(number + 1) if more else None,
            "page": number,
            "page_size": size,
            "previous_page_uri": uri(number - 1) if number else None,
            "start": number * size,
            "uri": uri(number),
        }


def _fits(text: Text, query: Mapping[str, str]) -> bool:
    """Whether a text matches the query. A queued text has no sent date, so no date matches it."""
    if any(query.get(name) not in {None, "", value} for name, value in {"To": text.to, "From": text.sender}.items()):
        return False
    return all(_dated(text, sign, query[f"DateSent{sign}"]) for sign in ("", "<", ">") if query.get(f"DateSent{sign}"))


def _dated(text: Text, sign: str, written: str) -> bool:
    if text.sent_at is None:
        return False
    begins = _instant(written)
    ends = begins + (timedelta(days=1) if len(written) == len("2026-12-04") else timedelta(seconds=1))
    return {"": begins <= text.sent_at < ends, "<": text.sent_at < ends, ">": text.sent_at >= begins}[sign]


def _instant(written: str) -> datetime:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        read = parsedate_to_datetime(written)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
