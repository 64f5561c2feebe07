"""Reading sentences from the sources, and writing catalogs that change only when sentences do."""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CATALOGUES = {"es": HERE / "es" / "LC_MESSAGES" / "messages.po"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {  # "c": where the context stands
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # a date that moved with every run would make every run a change


def sources() -> Catalog:
    """Every sentence in code and templates, untranslated."""
    found = Catalog(project="Callboard", charset="utf-8", creation_date=LONG_AGO)
    with (HERE / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    read = extract_from_dir(str(ROOT), method_map, options, KEYWORDS, comment_tags=("Translators:",))
    for path, _line, sentence, comments, context in read:
        found.add(sentence, None, [(path, 1)], auto_comments=comments, context=context)
    return found


def kept(language: str) -> Catalog:
    """The catalog as it is in the repository; an empty one when there is none yet."""
    path = CATALOGUES[language]
    if not path.exists():
        return Catalog(locale=language, project="Callboard", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def refreshed(language: str) -> Catalog:
    """The kept translations of exactly the sentences that the sources have now; nothing guessed."""
    catalogue = kept(language)
    catalogue.update(sources(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version = "Callboard", "0"
    catalogue.creation_date = catalogue.revision_date = LONG_AGO
    catalogue.last_translator = catalogue.language_team = "the Callboard maintainers"
    catalogue.msgid_bugs_address, catalogue.fuzzy = "the Callboard maintainers", False
    catalogue.header_comment = "# What Callboard says, in another language. See coordinator/translations/__init__.py."
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The text of ``messages.po``: sorted, without places and dates that move."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    return buffer.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The bytes of ``messages.mo``."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The sentences without a full translation, fuzzy ones among them."""
    return [_first(message) for message in catalogue if message.id and not translated(message)]


def translated(message: Message) -> bool:
    """Whether every form of the sentence has its translation, and nobody marked it as a guess."""
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(said) and not message.fuzzy


def _first(message: Message) -> str:
    words = message.id if isinstance(message.id, str) else message.id[0]
    return f"{words} ({message.context})" if message.context else words
