"""Texts that only put an answer off: "maybe", "not sure yet", "te aviso". Once they answer, nobody has to read them."""

from typing import Final

from .marks import tokenized


def puts_off(body: str) -> bool:
    """Whether the whole text says no more than that its answer will come. A question never does."""
    marked = tokenized(body)
    words = [token.text for token in marked.tokens]
    said, at = 0, 0
    while at < len(words):
        found = next((size for size in range(_LONGEST, 0, -1) if tuple(words[at : at + size]) in _PHRASES), 0)
        if not found:
            return False
        said += tuple(words[at : at + found]) not in _BESIDE
        at += found
    return said > 0 and not marked.asks


_PUT_OFF: Final = """
maybe / perhaps / possibly / probably / hopefully / might / we might / i might / could be / depends / it depends
not sure / not sure yet / not sure right now / im not sure / im not sure yet / were not sure / were not sure yet
unsure / not certain / not 100 sure / not totally sure / dont know / dont know yet / i dont know
i dont know yet / idk / idk yet / we dont know yet / no idea yet / i think so / think so / i hope so / hope so
i guess / i guess so / should be / i should be / let me check / let me see / let me think / let me ask
let me look / let me get back to you / let me get back to you on that / ill check / ill see / ill ask
ill think about it / well see / we will see / ill have to check / need to check / i need to check
have to check / i have to check / gotta check / checking / ill let you know / ill let you know soon
ill let you know later / will let you know / we will let you know / well let you know / let you know
let you know soon / let you know later / ill get back to you / will get back to you / get back to you
ill get back to you soon / ill tell you later / ill answer later / ill text you later / ill confirm later
will confirm later / will confirm / ask me later / later / still thinking / thinking / one sec / one moment
hold on / give me a minute / give me a day / give me a few days / soon / asap / yet / quizas / quiza / tal vez
a lo mejor / puede ser / puede que si / probablemente / posiblemente / ojala / depende / igual y si / no se
no se aun / no se todavia / aun no se / todavia no se / no lo se / no lo se aun / aun no lo se
todavia no lo se / no estoy seguro / no estoy segura / no estamos seguros / no estamos seguras
aun no estoy seguro / aun no estoy segura / creo que si / yo creo que si / supongo / supongo que si
espero que si / eso creo / a ver / ya veremos / vamos a ver / veo / dejame ver / dejame checar / dejame revisar
dejame pensar / dejame preguntar / dejame pensarlo / lo pienso / lo checo / lo reviso / voy a ver / voy a checar
voy a revisar / voy a preguntar / tengo que ver / tengo que checar / tengo que revisar / te aviso / les aviso
te confirmo / les confirmo / te digo / les digo / te aviso luego / les aviso luego / te aviso despues
les aviso despues / te aviso pronto / les aviso pronto / te confirmo luego / les confirmo luego
te confirmo despues / te digo luego / luego te digo / luego te aviso / luego les aviso / despues te digo
despues te aviso / despues les aviso / al rato te digo / al rato te aviso / mas tarde te aviso
mas tarde te digo / en un rato te digo / dame un momento / un momento
"""
_COURTESY: Final = """
hi / hey / hello / thanks / thank you / thx / sorry / please / hmm / hm / um / uh / well / oh / and / but / so
hola / gracias / perdon / disculpa / disculpen / por favor / pues / bueno / y / pero / mmm / este / 🤔 / 🤷 / 🤞
😬 / 😕 / 🙏 / 🙂 / 😊
"""


def _phrases(table: str) -> frozenset[tuple[str, ...]]:
    phrases = (phrase.split() for line in table.splitlines() for phrase in line.split("/"))
    return frozenset(tuple(words) for words in phrases if words)


_BESIDE: Final = _phrases(_COURTESY) | {("yet",)}
_PHRASES: Final = _phrases(_PUT_OFF) | _BESIDE
_LONGEST: Final = max(map(len, _PHRASES))
