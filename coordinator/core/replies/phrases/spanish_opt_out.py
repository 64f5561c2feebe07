"""How people ask in Spanish for no more texts, however rudely, and say that they are the wrong number."""

from ..kinds import Kind

PIECES = {
    "texts": """
        (mensajes|mensaje|textos|mensajitos|sms|msjs|notificaciones|recordatorios|avisos|msj|mensajes de texto)
    """,
    "these": "[mas|estos|esos|sus|los|tantos|sus|de|de esos|de estos|tus|ningun|otro]",
    "write": """
        (escriban|escribas|escriba|manden|mandes|mande|envien|envies|envie|contacten|contactes|contacte|texteen|
        textees|textee|molesten|molestes|moleste|mensajeen|spameen|fastidien|fastidies|frieguen|friegues|
        hostiguen|acosen)
    """,
    "writing": """
        (escribirme|escribirnos|textearme|contactarme|contactarnos|molestarme|molestarnos|molestar|spamearme|
        acosarme|hostigarme|joder|joderme|chingar|chingarme|fregar|fastidiar|fastidiarme|mandarme [{these}
        {texts}|cosas|esto|eso|tonterias|babosadas|pendejadas]|enviarme [{these} {texts}|cosas|esto]|mandar
        {these} {texts}|enviar {these} {texts}|mandarnos {these} {texts}|escribir|mensajearme|estar (chingando|
        molestando|jodiendo|fregando|escribiendo|mandando {texts}))
    """,
    "ended": """
        [con (sus|los|estos|tantos) (mensajes|textos|recordatorios|avisos)] [ya|por favor|mas|nunca mas|nunca|
        otra vez|de nuevo|de una vez|para siempre|a este numero|a mi numero|en este numero|gracias|jamas|nada|
        por ningun motivo] [por favor|ya|gracias|de una vez]
    """,
    "polite": """
        [por favor|porfa|favor de|ya|les pido que|te pido que|les dije que|te dije que|quiero que|necesito que|
        les ruego que|ya les dije que|ya te dije que|les he dicho que|ya les pedi que|que|podrian por favor|
        pueden por favor] [ya]
    """,
    "list": """
        [la|esta|esa|su|sus|tu|todas las|el|este|las] (lista|listas|grupo|base de datos|chat|lista de (contactos|
        mensajes|difusion|envio|envios|distribucion|correo)|contactos|grupo de (mensajes|difusion|whatsapp)|
        mensajes|sistema|registro|agenda)
    """,
    "remove": """
        (borrenme|borrame|borreme|borrarme|quitenme|quitame|quiteme|quitarme|saquenme|sacame|saqueme|sacarme|
        eliminenme|eliminame|elimineme|eliminarme|bajenme|bajame|remuevanme|remueveme|denme de baja|dame de baja|
        deme de baja|darme de baja)
    """,
    "ahi": "(ahi|alla|aqui|en la ciudad)",
}

PHRASES = {
    Kind.STOP_WORD: """
        (baja|basta|parar|alto|paren|parenle|desuscribir|desuscribirme|desuscribirse)
        no mas; ya no mas; ya basta; basta ya; alto ya; ya paren; ya parenle; paren ya; parenle ya
        pare/pareme ya; pare; de baja; quiero baja; solicito (baja|la baja); dar de baja; ya dejenme; detener
        detenganse; deja ya; dejen ya; darse de baja
    """,
    Kind.GIVE_UP: """
        cancelar
    """,
    Kind.STOP_TEXTS: """
        {polite} no (me|nos) {write} {ended} [{these} {texts}|nada|cosas] {ended}
        {polite} (nunca [mas]|jamas) (me|nos) [vuelvan a] ({write}|escribir|mandar|contactar) [{these} {texts}|
            nada] {ended}
        {polite} no {write} {these} {texts} {ended}
        [ya] no (me|nos) (esten|estes|este) (chingando|molestando|jodiendo|fregando|escribiendo|mandando {texts}|
            mandando cosas|enviando {texts}|fastidiando) {ended}
        {polite} no escriban {ended} [mas]
        [ya] no (me|nos) (jodan|jodas|joda|chinguen|chingues|chinguen) mas {ended}
        {polite} no [me|nos] (vuelvan|vuelvas|vuelva) a (escribir|mandar|enviar|contactar|molestar|textear|
            escribirme|mandarme|enviarme|contactarme|molestarme|textearme|escribirnos|buscar|buscarme) [{these}
            {texts}|nada] {ended}
        {polite} (dejen|deja|deje|dejate|paren|para|pare|parenle|dejense|terminen|cesen|basta) [ya] de {writing}
            {ended}
        [por favor] (pueden|podrian|puedes|podrias|puede|podria) [por favor|ya] (dejar de {writing}|no {writing})
            {ended}
        {polite} (dejen|deja|deje) de {writing}
        {polite} (dejenme|dejame|dejeme|dejennos|dejanos) [ya] (en paz|tranquilo|tranquila|tranquilos|de
            molestar|de {writing}|en santa paz) {ended}
        {polite} (me|nos) (dejen|dejas|deja|deje) (en paz|tranquilo|tranquila) {ended}
        {polite} me (dejan|dejas) en paz {ended}
        {polite} [yo] [ya] no (quiero|queremos|deseo|necesito|me interesa|quisiera) [recibir|que me (manden|
            envien|escriban|contacten|lleguen)|ver|tener] {these} {texts} {ended} [de (ustedes|este numero|
            ningun tipo)|suyos]
        [ya] no (quiero|deseo) que me (escriban|manden nada|contacten|molesten|texteen|envien nada|escribas|
            contactes) {ended}
        [ya] no (quiero|deseo) recibir (nada|esto|eso) {ended}
        no me interesan (sus|estos|los) {texts}; no (quiero|deseo) estar en {list}
        {polite} (no|ni un|cero|basta de|ya no|alto a|stop|stop a|fin a) mas [de] [los|estos|sus] {texts}
            {ended}
        {polite} (basta de|cero|alto a|stop a|stop) [los|estos|sus|tantos|mas] {texts} {ended}
        no mas {texts}; {polite} {remove} [ya] (de|del) {list} {ended}
        [ya] (quiero|quisiera|deseo|me gustaria|necesito|como hago para|como puedo|puedo|pido|solicito) {remove}
            (de|del) ({list}|estos {texts}|este servicio) {ended}
        [ya] (quiero|quisiera|deseo|me gustaria|necesito|como hago para|como puedo|solicito) darme de baja
            {ended}
        (darme|denme|dame|deme) de baja [por favor|ya] [(de|del) {list}|de (esto|estos {texts}|este servicio)]
            {ended}
        me (quiero|quisiera) dar de baja [(de|del) {list}|de (esto|estos {texts})] {ended}
        me doy de baja (de|del) ({list}|esto|estos {texts})
        (quiero|deseo|solicito) que me (den de baja|(den de baja|quiten|borren|eliminen|saquen) (de|del) {list})
            {ended}
        (me|nos) (pueden|puedes|podrian|podrias) (dar de baja|quitar|borrar|eliminar|sacar) (de|del) {list}
            {ended}
        (me|nos) (pueden|puedes) dar de baja
        (dar|den|de|dan) de baja (mi|este) (numero|telefono|celular)
        baja de {list}; pido (mi|la) baja
        (quiero|quisiera|deseo|necesito|como hago para) (salir|salirme) (de|del) {list} {ended}
        [quiero] (desuscribirme|desuscribanme|desuscribeme|desinscribirme|anular mi suscripcion) [(de|del)
            {list}|de (esto|estos {texts})] {ended}
        (cancelar|cancelen|cancela|cancele|quiero cancelar|anulen) [mi|la|mis|los|estos|sus] (suscripcion|
            {texts}) {ended}
        unsubscribe por favor
        {polite} (borren|borra|borre|eliminen|elimina|elimine|olviden|olvida|olvide|olvidense de|pierdan|pierde|
            pierda|quiten|quita|quite|tiren|saquen) (mi|este) (numero|telefono|contacto|celular|cel) [(de|del)
            {list}] {ended}
        {polite} (detengan|detenga|detener|suspendan|suspender|suspenda|paren|parar|terminen) [ya|con] (los|
            estos|sus|esos) {texts} {ended}
        no autorizo {these} {texts}; no autorizo que me (escriban|contacten); stop {texts}
    """,
    Kind.WRONG_NUMBER: """
        [creo que|me parece que|pienso que|perdon|disculpe|disculpa|tal vez|a lo mejor|seguramente|parece que|lo
            siento] [usted|ud|ustedes|tu] [se|te|esta|estas|estan] (equivoco|equivocaron|equivocaste|equivocado|
            equivocada|equivocados|han equivocado|ha equivocado|has equivocado|confundio|confundieron|
            confundiste|equivocas|equivocan|equivocan ustedes) [de|con el|con la|de el|con] [numero|persona|
            telefono|contacto|celular] [amigo|amiga|senor|senora|joven|ya|perdon]
        [es] [el] [un|este es un] [numero|telefono|contacto|persona] (equivocado|incorrecto|equivocada|erroneo)
        [es|tienen|tiene|tienes|marcaron|marcaste] [el|un|la] (numero|telefono|persona|contacto) (equivocado|
            incorrecto|equivocada|erroneo|que no es)
        no soy (la persona|quien|el que) [que] (buscan|buscas|busca|cree|creen|piensan|crees|usted busca|usted
            cree) [que soy]
        este no es (el numero|su numero) (correcto|que buscan|que busca)
        (este|el) mensaje (no es para mi|era para otra persona|es para otra persona|era para alguien mas)
        no es para mi [este mensaje|el mensaje]; este numero ya no es de (ella|el|esa persona)
        ya cambio de dueno (el|este) numero
    """,
    Kind.NOT_ME: """
        [perdon|disculpe|no] [yo] no soy [la|el|ningun|ninguna] [tal] <name> [<name>]
        [perdon|no] (este|ese) [ya] no es [el] [numero|telefono|celular] [de] <name> [<name>]
        (este numero|este telefono|este celular) [ya] no es de <name> [<name>]
        no es <name> [<name>]
        aqui no (hay|vive|esta|conocemos a) [ningun|ninguna] <name> [<name>]
        no conozco a [ningun|ninguna|nadie llamado|nadie llamada|nadie que se llame|la tal] <name> [<name>]
        no conocemos a [ningun|ninguna] <name>; quien es <name> [<name>]
        <name> [<name>] ya no (tiene|usa) este (numero|telefono|celular)
        <name> [<name>] cambio de numero; ni idea de quien es <name>; no se quien es <name> [<name>]
    """,
    Kind.RUDE: """
        [son [unos|bien]|bola de|partida de|par de|manada de|que] (pendejo|pendeja|pendejos|cabron|cabrones|
            idiota|idiotas|imbecil|imbeciles|estupido|estupidos|tarados|metiches|latosos|molestos|pesados|necios|
            inutiles|mierdas|hijos)
        [hijos de] (puta|su madre|la chingada|perra)
        (carajo|chingado|chingados|mierda|caray|coño|cono|joder|puta|verga|chingada)
        [a|vayan a|vete a] (chingar|la|a la) [a] (su|tu) madre
        vayanse [todos] al (carajo|diablo|demonio|infierno)
        vete al (carajo|diablo); a la (mierda|chingada|verga); vayanse a (la mierda|la chingada|volar)
        no (chinguen|chingues|jodan|mamen|manches|manchen|friegues|frieguen)
        chinga tu madre; chinguen a su madre
        que (fastidio|fastidiosos|molestos|molesto|lata|flojera|insistentes|necios|horror|pesados|molestia)
        ya/oigan/oye/dios/alto/gente
        ya me (hartaron|cansaron|tienen harto|tienen harta|hartan)
        me tienen (harto|harta|cansado|cansada|hasta la madre)
        [ya] estoy [muy|bien|ya] (harto|harta|cansado|cansada|hasta la madre) [de (esto|ustedes|sus {texts}|
            tantos {texts}|los {texts}|estos {texts})]
        por (dios|el amor de dios|lo que mas quieran|ultima vez|enesima vez)
        [ya] en serio; es en serio; hablo en serio
        ya (estuvo|estuvo bueno|fue suficiente|chole|por favor)
        es (demasiado|acoso|molesto|spam|hostigamiento)
        esto es (demasiado|acoso|molesto|spam|hostigamiento|ridiculo|una molestia)
        [no] los conozco; no los conozco; no te conozco
        no se (quienes son|quien eres|quien es|quienes son ustedes|de que hablan)
        no me interesa [nada|esto|su show]; ya [les|te] dije que no
        [son|mandan] [ya] (demasiados|muchos|tantos|un monton de) {texts}
        (quien|como) (les dio|te dio|consiguieron|consiguio|obtuvieron) mi numero
        yo (nunca|no) me (inscribi|apunte|suscribi) [a esto|en esto]
        nunca (pedi|solicite) (esto|estos {texts}|nada)
        [o|antes de que|y] [los|las|te|les|lo] (bloqueo|reporto|denuncio|demando|voy a (bloquear|reportar|
            denunciar|demandar)|voy bloqueando|bloqueare|reportare|denunciare|bloquee|reporte|denuncie) [ya]
        a cada rato; todo el (dia|tiempo|santo dia); todos los dias; ultimo aviso
        es la ultima vez [que (les|te) digo]; ultima vez; nadie les pregunto; maldita sea; me vale
        no quiero nada; ya no vivo {ahi}; no toco; no participo; fuera; adios
    """,
}
