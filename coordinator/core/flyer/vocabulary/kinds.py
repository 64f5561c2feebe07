"""The kind of a row of the bill: a set, a speech, a break, and so on."""

import re
from typing import Final

from ..model import FlyerAct, Kind, Size
from ..text.lines import plain
from . import words

_ADJECTIVE: Final = (
    r"(?:(?:a|an|the|our|first|second|short|long|brief|grand|big|live|silent|final|last|quick|small|half-?time|"
    r"annual|evening)\s)*"
)
_ANY: Final = r"(?:[^,;]{1,40}\s)?"

_CHANGEOVER: Final = (
    r"(?:(?:band|stage|set|gear|quick|short|line)[\s-])?change[\s-]?overs?|(?:set|stage|band)[\s-]change|change|"
    r"turn[\s-]?around|reset|"
    r"re-?set stage|switch[\s-]?over|changing over|strike (?:and|&) (?:set|reset)|umbau(?:pause)?|bühnenumbau|"
    r"changement(?: de (?:plateau|scène|groupe))?|cambio(?: de (?:escenario|banda|grupo|set))?|cambio palco|"
    r"troca(?: de (?:palco|banda))?|"
    r"mudança de palco|転換|セットチェンジ"
)
_SOUNDCHECK: Final = (
    r"sound[\s-]?checks?|sc|line[\s-]?checks?|balances?|prueba de sonido|pruebas de sonido|passagem de som|prova "
    r"suono|prove suono|"
    r"soundcheck|サウンドチェック|リハーサル|リハ"
)
_LOAD_IN: Final = (
    r"load(?:ing)?[\s-]?ins?|get[\s-]?ins?|set[\s-]?up|band load[\s-]?in|rig|aufbau|montage|montaje|montaggio|"
    r"montagem|carga|scarico|"
    r"arrivée des artistes|搬入|load[\s-]?in (?:and|&|/) set[\s-]?up"
)
_BREAK: Final = (
    r"(?:[\d]{1,2}[\s-]?min(?:ute)?s?\s|tea\s|coffee\s|dinner\s|lunch\s|supper\s|meal\s|food\s|drinks?\s|bar\s|"
    r"beer\s|cake\s|comfort\s|"
    r"pizza\s|short\s|long\s|quick\s|little\s|set\s|stretch\s|smoke\s|refreshment\s)*(?:break|pause|interval|"
    r"intermission)|"
    r"(?:(?:community|family|shared|village|potluck|lunch|evening|bring-a-dish|big|group)\s)*pic-?nic(?:\s(?:lunch|"
    r"supper|dinner|break|tea|"
    r"time|hour|on|in|at|by|for)\b.*)?|pique-?nique(?:\s.*)?|entr'?acte|(?:große|kleine|kurze)?\s?pause|umtrunk|"
    r"descanso|intermedio|pausa(?:\s.*)?|"
    r"intervalo|intervallo|merienda|recreo|休憩|休憩時間|幕間|(?:lunch|dinner|supper|tea)(?:\s(?:time|hour))?"
)
_SPEECH: Final = (
    rf"{_ADJECTIVE}(?:welcome|welcoming|opening|closing|introductory|thank[\s-]?you)?\s?(?:words?|remarks|speech|"
    rf"speeches|address|greetings?|"
    r"announcements?|introductions?|intro)(?:\s?[:,(-].*|\s(?:by|from|with|and|for|about|to)\b.*|\s&.*)?|"
    r"(?:a\s)?(?:warm\s)?welcome(?:\s(?:by|from|with|to|and|speech|talk|toast|all|everyone|everybody|words?)\b.*|"
    r"\s?[-,:(&].*)?|"
    r"(?:a\s)?(?:few\s)?words (?:by|from|with|about|on)\s.*|(?:a\s)?(?:short\s)?(?:talk|presentation|lecture|"
    r"keynote|q\s?&\s?a|panel|toast)"
    r"(?:\s(?:by|from|with|on|about)\s.*|\s?[:(].*)?|guest speaker.*|speakers?(?:$|[:\s-]+.*)|"
    rf"{_ANY}(?:raffle|tombola)s?(?:\s(?:draw|drawing|drawn|draws|results?|winners?|time|prizes?|announced|and|&|"
    rf"tickets?|by|with|for)\b.*|\s&.*)?|"
    rf"(?:draw(?:ing)?|drawn?) (?:of|for) the (?:raffle|prizes?|tombola).*|{_ANY}prize[\s-](?:draw|giving|"
    rf"drawing)s?(?:\s.*)?|"
    rf"{_ANY}auctions?(?:\s(?:of|with|by|for|and|&|closes|ends|results?|winners?)\b.*|\s&.*)?|"
    rf"award(?:s)?(?:\s(?:ceremony|presentation)).*|"
    r"(?:offizielle\s)?(?:begrü(?:ß|ss)ung|eröffnung|ansprache|rede|grußwort|grussworte?|grußworte|dankesworte|"
    r"verlosung|tombola|versteigerung|"
    r"auktion|preisverleihung|vortrag)(?:\s.*)?|"
    r"(?:discours|mot|mots|prise de parole|présentation|accueil|tombola|tirage|enchères|vente aux enchères|"
    r"remerciements)(?:\s.*)?|"
    r"(?:bienvenida|palabras|discurso|presentación|sorteo|rifa|subasta|saludo|charla)(?:\s.*)?|"
    r"(?:boas[\s-]vindas|abertura|palavras|discurso|fala|sorteio|rifa|leilão|apresentação|bate-papo)(?:\s.*)?|"
    r"(?:benvenuto|saluti?|discorso|parole|lotteria|asta|estrazione|presentazione|intervento)(?:\s.*)?|"
    r".{0,12}(?:挨拶|あいさつ|抽選会?|オークション|スピーチ|トーク)"
)
_OTHER: Final = (
    r"(?:crew|band|bands|artist|artists|staff|volunteer|volunteers|cast|company|production)[\s']+s?\s?(?:dinner|"
    r"meal|meals|lunch|supper|food|call|"
    r"briefing|meeting|arrives?|arrival|arrive|catering|hot meal|tea|breakfast)|catering|(?:dinner|lunch|supper|"
    r"meals?|food|catering) for (?:the |all )?(?:crew|artists|bands|staff|volunteers|performers)\b.*|"
    r"load(?:ing)?[\s-]?outs?|"
    r"get[\s-]?outs?|strike|tear[\s-]?down|"
    r"clean[\s-]?up|pack[\s-]?(?:up|down)|abbau|démontage|desmontaje|desmontagem|smontaggio|搬出|(?:bar|kitchen|"
    r"merch|box office|food|food trucks?)"
    r"(?:\s(?:opens?|closes?|served|call|table|arrives?|last orders))|last orders|merch(?:andise)?|production "
    r"meeting|briefing|line[\s-]?up call|"
    r"vips? in|vip entry|crew call|call time|bump[\s-]?(?:in|out)|curtain call|happy hour"
)
_KINDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("changeover", re.compile(rf"{_ADJECTIVE}(?:{_CHANGEOVER})(?:\s(?:to|for|-|/|and|&|\d).*)?")),
    ("other", re.compile(rf"(?:{_OTHER})")),
    ("soundcheck", re.compile(rf"(?:{_SOUNDCHECK})(?:\b.*)?|.{{1,60}}[\s:-](?:{_SOUNDCHECK})")),
    ("load_in", re.compile(rf"(?:{_LOAD_IN})(?:$|[\s:,/&(-].*)|.{{1,40}}[\s:-](?:load[\s-]?in|get[\s-]in)")),
    ("break", re.compile(rf"{_ADJECTIVE}(?:{_BREAK})(?:\s(?:mit|with|avec|con|com)\s.*)?")),
    ("speech", re.compile(_SPEECH)),
)


def kind_of(name: str) -> Kind:
    """The kind that the printed name says; a set when it says none."""
    said = " ".join(plain(name).split()).strip(" .!:-*")
    if len(said) > 120:
        return "set"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(said)), "set")


_WORD: Final = re.compile(r"[\w'-]+")


def act_size(act: FlyerAct) -> Size:
    """A band, unless the name or note says solo, duo or DJ."""
    said = set(_WORD.findall(plain(f"{act.name} {act.note or ''}")))
    if said & words.DJ:
        return "dj"
    if said & words.DUO:
        return "duo"
    return "solo" if said & words.SOLO else "band"
