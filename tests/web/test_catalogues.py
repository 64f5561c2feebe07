import re

import pytest
from babel.messages.catalog import Message

from coordinator.translations.catalogues import CATALOGUES, compiled, kept, missing, refreshed, translated, written

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
HOW = "run make translations, translate what it names, run it again"


def names(sentence: str) -> set[str]:
    return set(PLACEHOLDER.findall(sentence))


def agree(message: Message) -> bool:
    """Whether the translation names what the sentence names; "one" need not say its number."""
    if not isinstance(message.id, str):
        many = names(message.id[-1])
        said = [names(form) for form in message.string or ()]
        return said[-1] == many and all(few <= many for few in said)
    return names(message.id) == names(str(message.string))


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_sentence_of_code_and_templates_is_translated(language: str) -> None:
    assert missing(refreshed(language)) == [], HOW


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_catalogue_holds_the_sentences_there_are_and_no_others(language: str) -> None:
    assert CATALOGUES[language].read_bytes() == written(refreshed(language)), HOW


@pytest.mark.parametrize("language", CATALOGUES)
def test_what_is_spoken_is_what_was_translated(language: str) -> None:
    assert CATALOGUES[language].with_suffix(".mo").read_bytes() == compiled(kept(language)), HOW


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_translation_names_the_same_things(language: str) -> None:
    odd = [message.id for message in kept(language) if message.id and translated(message) and not agree(message)]

    assert odd == []
