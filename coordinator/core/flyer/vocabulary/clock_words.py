"""Words for clock times in all supported languages: hours, parts of the day, words before a time."""

from typing import Final


def entries(text: str) -> tuple[str, ...]:
    """The items of a list separated by semicolons, in order."""
    return tuple(" ".join(entry.split()) for entry in text.split(";"))


_HOURS: Final = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "una due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "uma duas três quatro cinco seis sete oito nove dez onze doze",
}
HOURS: Final = {word: hour for words in _HOURS.values() for hour, word in enumerate(words.split(), 1)}

NOON: Final = entries("noon; midday; mid-day; mittag; midi; mediodía; mediodia; meio-dia; meio dia; mezzogiorno; 正午")
MIDNIGHT: Final = entries("""
    midnight; mid-night; mitternacht; minuit; medianoche; meia-noite; meia noite; mezzanotte; 零時; 深夜0時
""")
MORNING: Final = entries("""
    de la mañana; de la madrugada; da manhã; da madrugada; du matin; morgens; vormittags; di mattina; del mattino;
    in the morning
""")
EVENING: Final = entries("""
    de la tarde; de la noche; da noite; da tarde; du soir; de l'après-midi; abends; nachmittags; di sera; del
    pomeriggio; in the evening; in the afternoon; at night; tonight
""")
ABOUT: Final = entries("""
    around; about; approx; approx.; approximately; roughly; circa; ca; ca.; c.; gegen; etwa; ungefähr; vers;
    environ; hacia; sobre; aux alentours de; aux environs de; autour de; a eso de las; attorno alle; lá pelas;
    alrededor de; aprox; aprox.; aproximadamente; por volta de; por volta da; por volta das; cerca de; cerca
    das; verso; verso le; intorno a; intorno alle; more or less; somewhere around; ish; ~; ≈; ±; 約; およそ
""")
ABOUT_AFTER: Final = entries("""
    or so; or thereabouts; ish; -ish; circa; ca.; approx.; approx; aprox.; environ; más o menos; ungefähr; mais ou
    menos; 頃; ごろ; (approx); (approx.); (ish); (ca.); (circa); (aprox.); (environ)
""")
AT: Final = entries("""
    at; @; from; by; um; ab; à; a; às; as; ás; alle; alle ore; dalle; dalle ore; ore; h; h.; le; las; a las; a la; a
    partir de; a partir das; a partir de las; à partir de; dès; de; desde; desde las; das; von; kl; kl.; klo;
    starting at; starts at; starting; beginning at; time; time:; um ca; ao; al; zu; am
""")
UNTIL: Final = entries("""
    until; till; til; 'til; 'till; untill; thru; through; up to; up until; bis; bis um; bis ca; jusqu'à; jusqu'a;
    jusqu'au; jusque; jusque vers; jusqu'aux; hasta; hasta las; hasta la; hasta el; até; ate; até as; até às; até à;
    até a; ate as; fino; fino alle; fino a; fino all'; fin; まで
""")
RANGE: Final = entries("""
    -; to; til; till; 'til; until; thru; bis; à; a; a las; às; as; alle; ate; até; até às; hasta; hasta las; fino
    alle; jusqu'à; ~; →; ->; >
""")
LATE: Final = entries("""
    late; close; closing; whenever; dawn; sunrise; the end; spät; open end; open ende; openend; tard; tarde; tardi;
    ?; ??; ...; …; l'aube; amanecer; el amanecer; fim; the early hours; morgen früh
""")
NOT_A_TIME_AFTER: Final = entries("after; before; past; nach; vor; après; avant; después de; antes de; dopo; prima")
