"""The cause a benefit is for: the words that precede its name on flyers."""

import re
from typing import Final

from ..text.lines import Line, plain, without_edges
from .speech import is_running

_ARTICLE: Final = re.compile(
    r"(?:(?:the|our|your|la|le|les|el|los|las|il|lo|i|gli|der|die|das|den|dem|des|a|o|os|"
    r"as|um|uma|local)\s+|l')+(?=\S)"
)
_NIGHT: Final = (
    r"(?:show|concert|night|gig|evening|party|event|dance|dinner|bash|jam|festival|gala|ball|brunch|set|afternoon|"
    r"day|supper|ceilidh|social|raffle|all[\s-]?dayer|after-?party|matin[eé]e|session|hootenanny|weekender|weekend)"
)
_MONEY: Final = (
    r"(?:proceeds|profits?|money|monies|donations|funds|tips|takings|cash|everything|ticket sales|sales|door(?: "
    r"money)?|what we make|every (?:penny|cent|dollar|dime))"
)
_GO: Final = (
    r"(?:(?:will |all |are |is |be |being )*(?:go|goes|going|donated|given|sent)\s(?:directly |straight |right |"
    r"back )?(?:to(?:ward|wards)?|for)|to (?:benefit|support|help|aid)|to(?:wards?)?:?|→|->|=>|for|will (?:benefit|"
    r"support|help)|(?:directly )?(?:benefits?|"
    r"benefit(?:t)?ing|supports?|supporting|helps?|fund))"
)
_STRONG: Final = (
    rf"\b(?:benefit|fund-?raiser|fundraising)(?:\s{_NIGHT})?\s(?:for|in aid of|supporting|to (?:support|help))\s",
    r"\b(?:fund-?raiser|benefit)\s(?:of|by)\s(?=the\s|our\s)",
    r"\bfund-?raiser\s?[:=]\s*|\b(?:raccolta fondi|collecte de fonds|levée de fonds|spendenaktion|colecta|vaquinha)\s"
    r"(?:per|pour|für|para|por)\s",
    r"\b(?:in (?:aid|support|benefit) of|for the benefit of|on behalf of)\s",
    r"\b(?:to|will|also)\sbenefit\s|\bbenefit(?:s|ing|ting|ting:|ing:)\s|\b(?:beneficiary|benefiting|benefitting|"
    r"benefits|charity(?: partner)?|cause|proceeds|benefit(?: gig| show| concert| night)?)\s?[:=]\s*",
    rf"\b{_MONEY}(?:\s(?:raised|collected|from (?:the|this|tonight|tonight's)?\s?(?:door|bar|night|show|event|gig|"
    rf"raffle|bake sale)?s?))*\s{_GO}\s",
    r"\brais(?:e|es|ing)\s(?:some\s|much[\s-]needed\s|vital\s|a bit of\s)?(?:money|funds|cash|dough|dosh|pennies|"
    r"\$[\d,]+k?|£[\d,]+k?|€[\d,]+k?)\s(?:for|to (?:support|help|save)|in aid of)\s",
    r"\b(?:it'?s|this is|that's|we're doing it|everything'?s?|night'?s?|show'?s?|gig'?s?)\s(?:is\s)?all\s(?:for|in "
    r"aid of|to help)\s|\ball (?:for|in aid of|to help|goes to|going to|money to)\s(?=the\s|our\s)",
    r"\b(?:\w*konzert|\w*abend|\w*fest|\w*party|\w*nacht)\s(?:\w+\s)?für\s(?=die\s|den\s|das\s|unser)",
    r"\bbenefiz\w*\s(?:für|zugunsten(?: von)?)\s|\bzu\s?gunsten\s(?:von\s|der\s|des\s)?|"
    r"\bsoli(?:daritäts)?-?\w*\sfür\s|\b(?:erlös|reinerlös|einnahmen|spenden)\s(?:\w+\s){0,3}(?:an|für|zugunsten)\s",
    r"\b(?:it'?s|this is|this one's) for\s(?!sale\b|all\b|free\b|everyone\b|you\b)",
    r"\bau (?:profit|bénéfice) (?:de\s(?:la\s|l')?|du\s|des\s|d')|\b(?:en|de) soutien (?:à\s(?:la\s|l')?|au\s|"
    r"aux\s)|\ben (?:faveur|soutien) (?:de\s(?:la\s|l')?|du\s|des\s|d')|"
    r"\b(?:bénéfices|recettes|fonds) (?:\w+\s){0,3}(?:à\s(?:la\s|l')?|au\s|aux\s)|\b(?:soirée|concert|fête|bal|"
    r"gala|nuit)\s(?:(?:solidaire|caritati(?:f|ve)|de bienfaisance|de solidarité|de soutien)\s)?(?:pour|avec)\s",
    r"\ba (?:beneficio|favor) (?:del?\s|d[ao]s?\s)|"
    r"\ben (?:apoyo|ayuda|beneficio|favor|pro|solidaridad con) (?:a\s|al\s|"
    r"de\s|del\s)?|\b(?:noche|concierto|gala|festival|velada|fiesta|jornada|tarde|recital)\s(?:(?:solidari[oa]|"
    r"benéfic[oa])\s)?(?:por|para|pro|con)\s|\b(?:donativo|donación|aportación)[^.]{0,30}\spara\s|\btodo (?:lo "
    r"recaudado )?(?:\w+\s){0,2}para\s|\b(?:recaudación|beneficios|fondos) (?:\w+\s){0,3}(?:para|a)\s",
    r"\bem (?:prol|benefício|apoio|favor|solidariedade) (?:d[aeo]s?\s|a\s|ao\s|à\s|às\s|aos\s)|\b(?:beneficentes?|"
    r"solidári[oa]s?)\s(?:d[aeo]s?|para|pel[ao]s?)\s|\b(?:renda|arrecadação)(?:\s\w+){0,3}\s(?:para|a|ao|à|aos|às)\s|"
    r"\b(?:noite|show|festival|sarau|bazar)\s(?:solidári[oa]\s|beneficente\s)?(?:pel[ao]s?|em prol d[aeo]s?|para)\s",
    r"\ba (?:favore|sostegno|beneficio|supporto) (?:di\s|del\s|della\s|delle\s|dei\s|degli\s|dello\s|dell')|"
    r"\b(?:serata|concerto|festa|notte|cena|spettacolo|festival|musica)\s(?:(?:di beneficenza|benefic[ao]|solidale|"
    r"benefit)\s)?(?:per|pro)\s|\b(?:il )?ricavato (?:\w+\s){0,3}(?:a\s|alla\s|al\s|all'|ai\s|alle\s|per\s)",
)
_WEAK: Final = (
    rf"\b{_NIGHT}\s(?:of\s[\w\s,&]{{2,30}}\s)?(?:for|to (?:support|help|save))\s(?!a\b|all\b|everyone|everybody|free)",
    r"^(?:save|support(?:ing)?|rebuild|rock(?:ing)?|music|songs|sing(?:ing)?|play(?:ing)?|"
    r"stand(?:ing)?)\s(?:for\s)?(?=the\s|our\s)",
    r"^(?:come\s|please\s|let's\s|and\s)*help(?:ing)?(?:\sus)?\s(?:save|support|rebuild|fund|feed|keep|help|raise|"
    r"build|open)\s",
    r"^(?:(?:tardeada|kerm[eé]s|kermesse|toquín|tocada|baile|bingo|verbena|peña)\s)?pro\s",
    r"^[\w-]+(?:\s[\w-]+)?\sfür\s(?=die\s|das\s|den\s|unser)",
    r"\b(?:serata|notte|concerto|festa|cena|noche|concierto|gala|noite|show)\s[\w-]+\s(?:per|por|para|pro)\s?(?=l'|\w)",
    r"\b(?:and|to) support\s(?!a\b|our show\b)",
    r"\b(?:play(?:s|ing)?|sing(?:s|ing)?|perform(?:s|ing)?|danc(?:e|ing))\s(?:[^.,;:]{1,30}\s)?for\s(?=(?:the|our)\s)",
    r"\b(?:soirée|concert|fête|bal|gala|nuit|festival|scène)\s[\w-]+\spour\s(?=l[ae]s?\s|l')",
    r"(?:^|\s[-|]\s)for\s(?=(?:the|our)\s)(?!the\s(?:love|first|last|whole|record|family|kids|fun)\b)",
)
_STRONG_LEAD: Final = re.compile("|".join(_STRONG))
_WEAK_LEAD: Final = re.compile("|".join(_WEAK))
_TRAILING: Final = re.compile(
    r"(?:^|\()(?:an?\s|the\s)?(?:\d+(?:st|nd|rd|th)\s)?(?:annual\s)?(?P<cause>[^()]{3,60}?)\s(?:benefit|fundraiser|"
    r"benefit "
    r"(?:show|concert|night|gig))\)?[.!]*$"
)
_END: Final = re.compile(
    r"\s[-|/~•·=]+\s|[!?;|()\[\]:\"]|(?<!\bst)(?<!\bdr)(?<!\bmt)(?<!\bmr)(?<!\bms)(?<!\.\w)\.(?=\s|$)|,(?=\s)|\s@\s?|"
    r"\s[$£€]\d|\t|"
    r"\s(?:who|which|helping|every|to (?:help|support)|will|doors|as they|where)\b|"
    r"\s(?:on|this|next|el|le|am)\s(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d)|"
    r"\sat\s(?=(?:the\s)?(?:[\w'&]+\s){0,3}(?:hall|tavern|lodge|bar|pub|club|inn|arms|theat(?:er|re)|church|"
    r"caf[eé]|brewery|lounge|house|ballroom)\b)"
)
_PROSE_END: Final = re.compile(
    r"\s(?:call|my|hmu|text|txt|hit|ring|see|let me|lemme|come|thanks|thx|thank|cheers|pls|please|ok|okay|so|bring|"
    r"tell|"
    r"its|it's|hope|dm|email|msg|message|ping|"
    r"any|if|questions|holler|love|xx?o?|and (?:call|text|bring|come|tell|its|we|i)|my number|number|you|youre|we|"
    r"i|gonna|be|lmk|shout|give)\b|\s\d"
)
MOST_WORDS: Final = 12


def cause_in(line: Line, *, weak: bool = False) -> str | None:
    """The cause a line names, without its article. ``weak``: "a night for X" and "X benefit" count too."""
    for found in (_WEAK_LEAD if weak else _STRONG_LEAD).finditer(line.plain):
        if cause := _cause_after(line, found.end()):
            return cause
    return (_trailing(line) or _for_a_name(line)) if weak else None


_FOR: Final = re.compile(r"^(?:for|für|pour|para|per|por)\s(?!one\b|all\b|every|free\b|sale\b|kids\b|adults\b|more\b)")


def _for_a_name(line: Line) -> str | None:
    """ "for Habitat Row": on its own line, and followed by a name."""
    found = _FOR.match(line.plain)
    named = found and line.printed[found.end()].isupper() and len(line.words) <= 7
    return _cause_after(line, found.end()) if found and named else None


_NOBODY: Final = re.compile(
    r"(?:\d|(?:them|they|those|these|this|that|it|its|you|us|me|him|her|everyone|everybody|anyone|anybody|somebody|all|whom|"
    r"who|people|folks|adults?|kids|children|under|over|students?|seniors?|members?|non-members?|latecomers?|entry|"
    r"admission|free|sale|ell[oa]s|ustedes|todos|todas|niños|adultos|estudiantes)"
    r"(?:$|[,;:.]|\s(?:who|whom|that|which|under|over|aged|ages|and|or|is|are|will|can|at|on|of charge|entry|\d|"
    r"que)\b))"
)


def _cause_after(line: Line, place: int) -> str | None:
    article = _ARTICLE.match(line.plain, place)
    place = article.end() if article else place
    end = _END.search(line.plain, place)
    stop = end.start() if end else len(line.plain)
    if is_running(line.printed) and (talk := _PROSE_END.search(line.plain, place, stop)):
        stop = talk.start()
    cause = without_edges(line.printed[place:stop])
    if _NOBODY.match(plain(cause)):
        return None
    return cause if any(map(str.isalpha, cause)) and len(cause.split()) <= MOST_WORDS else None


def _trailing(line: Line) -> str | None:
    found = _TRAILING.search(line.plain) if len(line.words) <= 10 else None
    return without_edges(line.printed[found.start("cause") : found.end("cause")]) if found else None


_CAUSE_ONLY: Final = re.compile(
    rf"(?:an?\s)?(?:\w+\s)?(?:benefit|fund-?raiser)(?:\s{_NIGHT})?\s(?:for|in aid of)|in (?:aid|support) of|(?:all "
    rf"|100% of |the )?(?:the )?{_MONEY}\s{_GO}|"
    rf"benefit(?:s|ing|ting)|raising (?:money|funds) for|an? {_NIGHT} for|zugunsten|au profit|a beneficio|a favore|"
    rf"em prol|in aid|for (?:the|our)\b"
)


def is_only_a_cause(text: str) -> bool:
    """Whether the line only names the cause; a title would say more."""
    return bool(_CAUSE_ONLY.match(text.strip(" *-")))
