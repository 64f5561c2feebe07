# ruff: noqa: E501
"""Abbreviations, words that are often mistyped, and words that look like typing errors but are not."""

from typing import Final

SHORTENED: Final[dict[str, str]] = {
    "u": "you", "r": "are", "pleez": "please", "thnks": "thanks", "thnk": "thank", "tmw": "tomorrow",
    "tonigt": "tonight", "yea": "yeah", "yess": "yes", "yse": "yes", "eys": "yes", "yed": "yes", "ues": "yes",
    "yez": "yes", "yeas": "yes", "tes": "yes", "yws": "yes", "yeahh": "yeah", "yeha": "yeah",
    "noo": "no", "nno": "no", "sii": "si", "oks": "ok", "okk": "ok", "okkk": "ok",
    "stp": "stop", "sotp": "stop", "stpo": "stop", "tsop": "stop", "stopp": "stop", "sttop": "stop",
    "unsuscribe": "unsubscribe", "unsubcribe": "unsubscribe", "unsubscibe": "unsubscribe", "usubscribe": "unsubscribe",
    "unscribe": "unsubscribe", "unsubscrible": "unsubscribe", "unsubscride": "unsubscribe",
    "definately": "definitely", "definatly": "definitely", "defiantly": "definitely", "definetly": "definitely",
    "definitley": "definitely", "definantly": "definitely", "absolutly": "absolutely", "tmmrw": "tomorrow", "tommorow": "tomorrow",
    "tommorrow": "tomorrow", "tomorow": "tomorrow", "q": "que", "xfa": "porfa", "pf": "porfa", "grax": "gracias",
    "gracia": "gracias", "grac": "gracias", "gcs": "gracias", "grasias": "gracias", "graciaz": "gracias", "tmb": "tambien",
    "tambn": "tambien", "bn": "bien", "cuanod": "cuando", "aki": "aqui", "voi": "voy", "klaro": "claro",
    "dake": "dale", "sipo": "si", "yaaas": "yes", "gud": "good", "alrite": "alright", "allright": "alright",
    "becuase": "because", "becasue": "because", "cuz": "because", "bc": "because", "w": "with",
    "canot": "cannot", "cnat": "cant", "cnt": "cant", "kant": "cant", "comfirm": "confirm", "comfirmed": "confirmed",
    "avail": "available", "avaliable": "available", "availible": "available", "availabe": "available", "recieved": "received",
    "heer": "here", "hre": "here", "hrere": "here", "msgs": "messages", "msg": "message", "msgz": "messages",
    "txting": "texting", "txtin": "texting", "textin": "texting", "nums": "numbers", "fkn": "fucking", "fkin": "fucking",
    "fuckign": "fucking", "tks": "thanks", "ur": "your", "wen": "when", "wat": "what", "wut": "what", "tym": "time", "plzz": "please",
    "wrng": "wrong", "nmber": "number", "numbr": "number", "num": "number", "comin": "coming", "comming": "coming", "playin": "playing",
    "runnin": "running", "goin": "going", "workin": "working", "lookin": "looking", "sory": "sorry", "srry": "sorry", "sry": "sorry",
    "lte": "late", "alte": "late", "laet": "late", "mintues": "minutes", "minuets": "minutes", "awsome": "awesome",
    "wiht": "with", "teh": "the", "iam": "im", "yoru": "your", "thnak": "thank", "thakns": "thanks", "thansk": "thanks",
    "ola": "hola", "prfecto": "perfecto", "prefecto": "perfecto",
    "puedp": "puedo", "puded": "puedo", "peudo": "puedo", "pueod": "puedo", "llege": "llegue", "yegue": "llegue", "ahy": "ahi",
    "bolver": "volver", "nesecito": "necesito", "necesit": "necesito", "kien": "quien",
    "qien": "quien", "qn": "quien", "cuand": "cuando", "ora": "hora", "ke": "que", "qe": "que", "aora": "ahora",
    "tard": "tarde", "trde": "tarde", "d": "de",
}  # fmt: skip
SLIPPING: Final = tuple(
    """
    stop unsubscribe confirm confirmed confirmo confirmado sure cannot late minutes running here sorry thanks thank please
    definitely absolutely perfect great sounds tonight coming playing gracias puedo podemos perfecto claro listo tarde llegue
    minutos traffic texting messages number wrong unfortunately available awesome enterado recibido problema problem estare
    disculpa perdon siento tomorrow appreciate received understood course working conmigo cuenta mensajes numero equivocado
    there would could wouldnt without message remove another alright someone perfectly gotcha entendido confirmada podre
    """.split()
)
NOT_SLIPS: Final = frozenset(
    """
    stoop sop sto atop stops stopped shop step top strop conform conforme confirme conformed conformo conformado ye ys yah yeh nop noe sur sue
    sires can cat lat latte lae alte late lately plate slate minute minuets her hee hears hero were where worry sorry tanks tank than thani
    pleas pease prefect treat greta grate greet sound wounds hounds god goo coking comings paying plating plying pudo pedo puerto pueda
    caro clara carlo liso lito pisto lista listos trade garde tare lego llega llego llegan minuto three thee tree their theme where testing taxing
    messaged humber lumber wring wrung wong entrado enterrado entero recibio recibida recibi recibir problems problemas estar estate estere
    person peron perdono sento sienta uno und nudo coger cove dover covet curse corse coarse work wor wok woking walking
    segur cuneta cuentas cuente escriba mande lit lis pista lists lisa lita inn butt moon teen loss toss poor mall tall dell dee lee
    tee bee fee ass add odd egg mess boo goose noose hoop loop soon see seen been off too foot food mood wood cook book look hook poem
    sires sauce shire shore pure lure cure sire surf curie would mould wold gould cold court couch cause coarse mensaje
    puedes pueden podeis podamos perfecta perfectos tardes tarda cuento cuenca puente siente sientes sienten someones
    aja ajo perro carro barro cerro jarro garra yerro llamo callo calle celle ella elle tos cello pollo gallo sale salle
    disculpas perdona perdido numeros numera latter matter rather hither whether theta otherwise remover removed reprove
    """.split()
)
