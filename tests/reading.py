"""An HTML page for tests: its elements and text, and what a page must never contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
UNSEEN = frozenset({"head", "script", "style", "template"})
CLOCK = re.compile(r"\W*\d{1,2}:\d{2}( [ap]m)?\W*")


def words(response: TestResponse) -> str:
    """The visible text of the page, in one line."""
    body = re.sub(r"<(script|style|svg|head)\b.*?</\1>", " ", response.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


class Element:
    """An element with its attributes and its children: elements and text, in order."""

    def __init__(self, name: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.children: list[Element | str] = []

    @property
    def elements(self) -> Iterator[Element]:
        """This element and all inside it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements

    @property
    def ancestors(self) -> Iterator[Element]:
        """This element and all around it, innermost first."""
        yield self
        if self.parent is not None:
            yield from self.parent.ancestors

    @property
    def texts(self) -> Iterator[tuple[Element, str]]:
        """Every piece of text with the element that contains it."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.texts
            else:
                yield self, child

    @property
    def words(self) -> str:
        """Its visible text, in one line."""
        seen = (words for element, words in self.texts if not UNSEEN & {each.name for each in element.ancestors})
        return " ".join(" ".join(seen).split())

    def every(self, *names: str) -> list[Element]:
        return [element for element in self.elements if element.name in names]

    def __str__(self) -> str:
        return f"<{self.name}{''.join(f' {key}={value!r}' for key, value in self.attributes.items())}>"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = self.inside = Element("page", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs}, self.inside)
        self.inside.children.append(element)
        if tag not in VOID:
            self.inside = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.children.append(Element(tag, {key: value or "" for key, value in attrs}, self.inside))

    def handle_endtag(self, tag: str) -> None:
        around = next((each for each in self.inside.ancestors if each.name == tag), None)
        if around is not None and around.parent is not None:
            self.inside = around.parent

    def handle_data(self, data: str) -> None:
        self.inside.children.append(data)


def read_page(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


@dataclass(frozen=True)
class PageForm:
    """A form: its address ("" is the page itself), and its fields as an untouched browser form sends them."""

    action: str
    method: str
    fields: dict[str, str]


def forms_of(html: str) -> list[PageForm]:
    """The forms of a page; of fields with the same name, the last one counts."""
    forms = read_page(html).every("form")
    return [
        PageForm(form.attributes.get("action", ""), form.attributes.get("method", "get").lower(), _fields_of(form))
        for form in forms
    ]


def _fields_of(form: Element) -> dict[str, str]:
    found = {}
    for field in form.every("input", "textarea", "button", "select"):
        if name := field.attributes.get("name", ""):
            options = field.every("option")
            chosen = [each for each in options if "selected" in each.attributes] or options[:1]
            value = chosen[0].attributes.get("value", "") if chosen else field.attributes.get("value", field.words)
            found[name] = value
    return found


def bare_bones(page: Element, language: str) -> list[str]:
    """What is missing that every page must have: a language, a title, one main heading."""
    found = {
        f"lang is not {language}": [each.attributes.get("lang") for each in page.every("html")] != [language],
        "no title": not any(title.words or _own_words(title) for title in page.every("title")),
        "not one h1 with words": len(page.every("h1")) != 1 or not page.every("h1")[0].words,
        "not one main": len(page.every("main")) != 1,
    }
    return [problem for problem, is_so in found.items() if is_so]


def forbidden_by_policy(page: Element) -> list[str]:
    """Elements that our Content-Security-Policy blocks: inline styles, scripts and handlers."""
    return [str(each) for each in page.elements if _inline(each)]


def untold_times(page: Element) -> list[str]:
    """Clock times outside ``<time>``, and ``<time>`` without an instant or a day in ``datetime``."""
    loose = [
        words.strip()
        for element, words in page.texts
        if CLOCK.fullmatch(words) and not {"time", *UNSEEN} & {each.name for each in element.ancestors}
    ]
    still = [each for each in page.every("time") if "data-clock" not in each.attributes]  # the running clock
    return loose + [str(each) for each in still if not _is_instant(each.attributes.get("datetime", ""))]


def repeated_ids(page: Element) -> list[str]:
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    return sorted({each for each in ids if ids.count(each) > 1})


def phones_in(html: str, phones: set[str]) -> list[str]:
    """Which of these numbers (E.164) are in the source, in any notation."""
    return [phone for phone in sorted(phones) if re.search(r"[\s().–-]{0,3}".join(phone[-10:]), html)]


def _own_words(element: Element) -> str:
    return "".join(child for child in element.children if isinstance(child, str)).strip()


def _inline(element: Element) -> bool:
    handlers = any(key.startswith("on") for key in element.attributes)
    script = element.name == "script" and "src" not in element.attributes
    address = any(value.strip().lower().startswith("javascript:") for value in element.attributes.values())
    return handlers or script or address or element.name == "style" or "style" in element.attributes


def _is_instant(written: str) -> bool:
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        return False
    return parsed.tzinfo is not None or len(written) == len("2026-12-04")
