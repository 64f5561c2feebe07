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


COUNT = re.compile(
    r"%\((?!(?:least|most|min|max|letters)\))(?:\w+\)d|(?:num|number|count|people|minutes|days)\)s) ([a-z]+)"
)
NEVER_INFLECTED = set("min h of to and or is was in on at more longer late early".split())
NO_PLURAL = {  # sentences with a number that have one form, each with its reason
    "%(count)s taps are waiting for the network.": "the browser has one for 1",
    "Sign in again to send %(count)s changes.": "the browser has one for 1",
    "%(number)s shifts selected": "the browser has one for 1",
    "In %(days)d days": "1 day is tomorrow",
    "%(delivered)d delivered, %(failed)d failed": "in Spanish the number stands behind: Entregados: 1",
    "%(planned)d planned, %(sent)d sent, %(failed)d not sent": "in Spanish the number stands behind: Previstos: 1",
}


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_sentence_that_counts_something_has_a_form_for_one(language: str) -> None:
    found = {message.id for message in kept(language) if isinstance(message.id, str) and counts(message.id)}

    assert found == set(NO_PLURAL)


def counts(sentence: str) -> bool:
    """Whether a number stands before a word that is another one where the number is 1; limits are never 1."""
    return bool(set(COUNT.findall(sentence)) - NEVER_INFLECTED)


def test_what_counts_is_known_by_its_number() -> None:
    assert counts("%(number)d open")
    assert counts("Doors in %(minutes)d minutes")
    assert not counts("%(count)s min late")
    assert not counts("That's more than %(most)d lines.")
    assert not counts("%(name)s plays")


TWO_MEANINGS = {  # English words that Spanish says in several ways: by context, the empty one being the usual
    "Answer": {None: "Respuesta", "button": "Responder"},
    "Done": {None: "Terminado", "step": "Listo"},
    "Here": {None: "Ya llegó", "button": "Ya llegó", "kiosk": "Ya llegué", "column": "Llegada"},
    "Left": {None: "Se fue", "column": "Salida"},
    "Look again": {None: "Buscar otra vez", "pasted list": "Revisar otra vez"},
    "Next": {None: "Sigue", "button": "Siguiente"},
    "Not sent": {None: "No enviado", "texts": "No enviados"},
    "On hold": {None: "Retenido", "stage": "En pausa"},
    "Planned": {None: "Previsto", "texts": "Previstos"},
    "Sent": {None: "Enviado", "texts": "Enviados"},
    "Set up": {None: "Montaje", "navigation": "Configurar"},
    "Show": {None: "Función", "button": "Mostrar"},
    "Start": {None: "Crear", "column": "Inicio"},
    "Text": {None: "Mensaje", "button": "Enviar mensaje"},
}


def test_an_english_word_of_two_meanings_is_two_in_spanish() -> None:
    said: dict[str, dict[str | None, str]] = {}
    for message in kept("es"):
        if message.id in TWO_MEANINGS:
            said.setdefault(str(message.id), {})[message.context] = str(message.string)

    assert said == TWO_MEANINGS


def test_call_is_one_thing_and_call_time_another() -> None:
    said = {message.id: message.string for message in kept("es") if message.id in ("Call", "Call time")}

    assert said == {"Call": "Llamar", "Call time": "Hora de llegada"}


def test_every_word_with_a_context_is_held_here() -> None:
    assert {str(message.id) for message in kept("es") if message.context} <= set(TWO_MEANINGS)
