"""Understood phrases in the Spanish of Latin America. Words have no accents (ñ is n).

Long because it is a list of what people text.
"""

from ..kinds import Kind

PIECES = {
    "cant": """
        ((yo|nosotros|nosotras|) no (puedo|podemos|podre|podremos|voy a poder|vamos a poder|podria|podriamos|
        pude|pudimos|alcanzo a|puedo mas)|me es imposible|nos es imposible|me va a ser imposible|me sera
        imposible|va a ser imposible|no me es posible|no nos es posible|no me va a ser posible|no me sera
        posible|no sera posible)
    """,
    "cant_now": """
        ((yo|nosotros|nosotras|) no (puedo|podemos|podria|podriamos|pude|pudimos)|me es imposible|nos es
        imposible|me va a ser imposible|me sera imposible|va a ser imposible|no me es posible|no nos es posible|
        no me sera posible)
    """,
    "go": """
        (ir|asistir|tocar|estar|estar ahi|estar alli|estar alla|participar|acompanarlos|acompanarte|presentarme|
        presentarnos|actuar|cantar|ir a tocar|ir a cantar|ir a ayudar|cumplir con mi turno|hacer mi turno|cubrir
        mi turno|ir al (show|evento|concierto)|estar presente|venir|asistir al (show|evento|concierto)|ir <when>|
        tocar <when>|estar <when>)
    """,
    "do": """
        (ir|tocar|ayudar|ayudarles|ayudarlos|ayudarte|asistir|estar|estar ahi|estar alli|estar alla|participar|
        hacerlo|tomarlo|tomarla|cubrir|cubrirlo|cubrirla|cubrir (el|ese|este) turno|tomar (el|ese|este) turno|
        trabajar|cantar|actuar|presentarme|presentarnos|apoyar|apoyarlos|apoyarles|colaborar|acompanarlos|echar
        la mano|echarles la mano|venir|llevarlo a cabo|con eso|hacer (el|ese|este) turno)
    """,
    "yo": "(yo|nosotros|nosotras)",
    "if": "(si|claro [que] si|por supuesto que si|obvio [que] si)",
    "there": "(ahi|alli|alla)",
    "mine": """
        (el mio|la mia|mi turno|mi lugar|mi horario|lo mio|mi espacio|el que tengo|la que tengo|el turno que
        tengo)
    """,
    "late": """
        (tarde|retrasado|retrasada|retrasados|retrasadas|atrasado|atrasada|atrasados|atrasadas|demorado|demorada|
        demorados|con retraso|con atraso|con demora)
    """,
    "bit": "[un poco|un poquito|tantito|un poquitin|algo|un toque|un cachito|bastante|muy|bien]",
    "because": "[porque|pq|xq|es que|ya que|por que|pues|por]",
    "sick": """
        (enfermo|enferma|malito|malita|malo|mala|resfriado|resfriada|agripado|agripada|engripado|engripada|con
        gripe|con gripa|con fiebre|con covid|con tos|con calentura|indispuesto|indispuesta|en cama|enfermito|
        enfermita|enfermos|lesionado|lesionada)
    """,
    "my": "(mi|nuestro|nuestra)",
    "me": "(me|nos)",
    "late_answer": """
        [no] (responder|contestar|escribir|la tardanza|la demora|el retraso|responderte|responderles|contestarte|
        contestarles|haber contestado|haber respondido|haber tardado|tardar|demorar|demorarme|tardarme|tardar en
        (responder|contestar)|la demora en (responder|contestar)|la respuesta) [tan] [tarde|antes|hasta (ahora|
        ahorita)|tarde|tanto|la demora|a tiempo|en (responder|contestar)|tardia]
    """,
    "late_said": "(conteste|responda|contesto|respondo|escriba) [tan] (tarde|hasta (ahora|ahorita))",
    "for": """
        (invitarnos|invitarme|la invitacion|invitar|avisar|avisarme|avisarnos|el aviso|todo|preguntar|pensar en
        (mi|nosotros)|tomarme en cuenta|tomarnos en cuenta|considerarme|considerarnos|recordarme|recordarnos|
        recordarlo|el recordatorio|la oportunidad|la info|la informacion|su (apoyo|ayuda|paciencia|comprension|
        tiempo|trabajo|mensaje|invitacion|atencion|amabilidad)|tu (apoyo|ayuda|paciencia|comprension|tiempo|
        trabajo|mensaje|invitacion|atencion|amabilidad)|la ayuda|el apoyo|la paciencia|la comprension|entender|
        comprender|el mensaje|escribir|la confirmacion|confirmar|eso|esto|el dato|estar al pendiente|contactarme|
        contactarnos|el lugar|la atencion|la confianza|incluirme|incluirnos|organizar|organizarlo|tanto|lo de
        <when>)
    """,
}

ONLY_THERE = {
    Kind.YES: """
        simon/simona/sep/sip/sipi; sip sip; arre; jalo; sincho
    """,
    Kind.ASSENT: """
        sale [y vale]; va [que va]; listo/lista/listos; dale dale; sale sale; ya vas; sobres; me late; bueno va
    """,
    Kind.NO: """
        nel [pastel]; nones; nop; nanay; negativo; nelson; nope
    """,
}

PHRASES = {
    Kind.YES: """
        (si|sii|sip|sipi|claro|afirmativo|obvio|obviamente|seguro|segurisimo|clarisimo)
        [si] claro [que si]; si seguro; [si] por supuesto [que si]; desde luego [que si]; obvio que si
        seguro que si; como no; si como no
        si (senor|senora|senorita|jefe|jefa|gracias|claro|por favor|por supuesto|con gusto|acepto|aceptamos|
            quiero|queremos|confirmo)
        con mucho gusto; con todo gusto; sin duda; sin dudarlo; por supuesto; de una; de cajon; a huevo
        ya rugiste
        encantado/encantada/encantados/encantadas [de (la vida|{do}|participar)]
        cien por ciento
        [{if}] [{yo}] [{if}] (puedo|podemos|podre|podremos|voy a poder|vamos a poder) [{do}] [<when>]
        claro que si (puedo|podemos|podre|podremos) [{do}] [<when>]
        claro que (puedo|podemos) [{do}]; <when> [si] (puedo|podemos); [yo] si <when>
        [{if}] (acepto|aceptamos|quiero|queremos) [{do}|participar]
        [{if}] me/nos apunto/apuntamos/anoto/anotamos/sumo/sumamos [<when>]
        (apuntame|apuntenme|anotame|anotenme|apuntanos|anotanos|apuntenos)
        [yo] le entro; [yo] (lo|la) (tomo|agarro|hago|cubro); yo lo cubro; yo cubro; tomo el turno
        tomo el lugar; yo me encargo; yo ayudo; yo puedo; te ayudo; les ayudo; los ayudo
        [{if}] me/nos encantaria [{do}|mucho]; [{if}] me/nos gustaria [mucho] [{do}]
        [{if}] con gusto (voy|vamos|ayudo|ayudamos|toco|tocamos|acepto|aceptamos|lo hago|los ayudo|les ayudo)
        [{if}] quiero participar
        [{if}] estoy/estamos disponible/disponibles/libre/libres [<when>]
        ya dije que si; yo digo que si; la respuesta es si; es un si; un si; confirmo que si; [{if}] se puede
        yo mero; me animo; nos animamos; yo si; nosotros si; si le entro; si jalo; jalamos; le entramos
    """,
    Kind.PROMISE: """
        [{if}] {there} (estare|estaremos|voy a estar|vamos a estar|nos vemos|andare|andaremos|estamos|los veo|te
            veo|caigo|caemos|le caigo|les caigo|le caemos) [<when>] [sin falta|puntual|seguro|puntuales]
        [{if}] (estare|estaremos|voy a estar|vamos a estar) {there} [<when>] [sin falta]
        <when> {there} (estare|estaremos|nos vemos)
        [{if}] [{yo}] (voy|vamos|ire|iremos|voy a ir|vamos a ir|asistire|asistiremos|voy a asistir|asisto|toco|
            tocamos|tocare|tocaremos|vamos a tocar|voy a tocar|participo|participamos) [<when>] [sin falta|
            seguro|con gusto]
        [{if}] con gusto (voy a ir|ire|asistire|estare); cuenta/cuenten/cuente con nosotros/nosotras
        cuenta/cuenten/cuente conmigo [<when>]
        puedes/pueden/puede contar (conmigo|con nosotros|con nosotras) [<when>]
        cuentas/cuentan (conmigo|con nosotros)
        [{yo}] no (me lo|me la|nos lo|nos la) (pierdo|perdemos|perderia|perderiamos|perdere|pierdo por nada|
            perderia por nada|perderia por nada del mundo|pierdo por nada del mundo|perdemos por nada|voy a
            perder|vamos a perder)
        ni (loco|loca|muerto|muerta) me (lo|la) (pierdo|perderia)
        no (falto|faltamos|faltare|faltaremos|voy a faltar|vamos a faltar) [<when>]
        sin falta; no faltaba mas; no puedo/podemos esperar [mas]
        no veo la hora [de (tocar|ir|verlos|estar {there})]
        no vemos la hora; ya quiero que sea (<when>|el dia); ya quiero (ir|tocar|verlos|estar {there})
        {if} {there} (estare|estaremos); {there} nos vemos todos; ahi me tienen; ahi nos tienen
        ahi cuentan conmigo; ahi estare dios mediante
    """,
    Kind.SEE_YOU: """
        nos vemos [{there}|<when>|<when> {there}|{there} <when>|entonces|en el (show|evento|concierto)|todos]
        los/les/te veo {there}/entonces; los/les/te veo <when> [{there}]; {there} nos vemos [<when>]
        hasta <when>; hasta entonces; hasta el <when>; nos miramos [{there}|<when>]; {there} los veo
        {there} te veo; te veo {there}
    """,
    Kind.ASSENT: """
        (dale|orale|andale|perfecto|perfecta|genial|excelente|buenisimo|buenisima|chevere|bacan|bacano|chido|
            chidisimo|padrisimo|fantastico|estupendo|vale|okas|okis|confirmo|confirmado|confirmada|confirmados|
            confirmamos|confirmadisimo|maravilloso|increible|magnifico|listo|listos|fenomenal|barbaro|joya|
            macanudo|impecable)
        [ya] [esta|estamos|queda] (confirmado|confirmada|confirmados) [mi|nuestra] [asistencia|participacion|
            presencia]
        confirmo [mi|nuestra] (asistencia|participacion|presencia|turno|lugar)
        confirmo que (voy|vamos|ire|puedo|podemos|estare|si|tocamos|toco|{there} estare|estaremos)
        confirmamos [nuestra] (asistencia|participacion); queda confirmado; quedo confirmado/confirmada
        si confirmado; confirmo todo
        les/te/le confirmo [mi asistencia|que si|que voy|que estare|que {there} estare]
        de acuerdo; super bien; esta bien; esta muy bien; esta perfecto; esta genial; muy bien
        (me|nos) (parece|suena) [muy|super] (bien|perfecto|genial|excelente|bueno)
        suena [muy] (bien|genial|perfecto|excelente|padre|chido|bueno)
        [<when>|esa hora] (me|nos) (queda|funciona|sirve|acomoda|va) [muy] (bien|perfecto)
        (<when>|esa hora) (me|nos) (funciona|sirve|acomoda)
        (me|nos) (queda|funciona|sirve|acomoda|va) [muy] (bien|perfecto) [<when>]
        (me|nos) (funciona|sirve|acomoda); <when> esta (bien|perfecto|excelente)
        <when> (perfecto|excelente|esta bien|me va bien); no hay problema [alguno]; ningun problema
        sin problema/problemas
        no hay [ningun] (pedo|bronca|lio|drama|inconveniente|rollo)
        ningun inconveniente; sin bronca; sin pedo; con gusto; con placer; trato hecho; es un trato; va que va
        sale y vale; ok (va|dale|sale|listo|perfecto|esta bien|claro); dale (pues|dale|va|que va|perfecto)
        va pues; sale pues; orale (pues|va|sale); andale pues; de lujo; de diez; al cien; todo confirmado
        me late la idea; me gusta la idea; adelante; hagamoslo; vamos con todo; vamos a darle; asi sera
        asi quedamos; quedamos asi; en eso quedamos; cuente con ello; vamos alla
    """,
    Kind.HEARD: """
        (enterado|enterada|enterados|enteradas|recibido|recibida|anotado|anotada|entendido|entendida|copiado|
            entiendo|comprendido|visto|leido)
        mensaje recibido; [ya] lo (vi|lei|tengo|anote|tengo en cuenta); tomo nota; tomamos nota; tomado nota
        ya vi [el mensaje]; ya lei [el mensaje]; ok enterado/enterada; quedo enterado/enterada
        quedamos enterados; lo tengo [en cuenta|presente]; ya me entere; bien recibido; estoy enterado/enterada
        ya entendi; me queda claro; quedo claro
    """,
    Kind.NO: """
        nop/nopi/negativo/imposible/nopis/naa/nones; ni modo no; no senor/senora; no puedo (yo|lo siento)
        para nada; de ninguna manera; claro que no; por supuesto que no; obvio no; obvio que no
        desde luego que no; pues no; no no puedo; que no; ni loco; ni loca; ni de chiste; mejor no; prefiero no
        preferiria no; preferimos no
        {cant_now} [hacerlo|tomarlo|tomarla|cubrir|cubrirlo|cubrir (el|ese|este) turno|tomar (el|ese|este) turno|
            ayudar|ayudarles|ayudarlos|ayudarte|apoyar|apoyarlos|apoyarles|<when>|trabajar [<when>]|ayudar
            <when>] [<when>] [esta vez|por ahora|en esta ocasion|este ano]
        <when> no (puedo|podemos)
        (no podre|no podremos|no voy a poder|no vamos a poder) (hacerlo|tomarlo|tomarla|cubrir|cubrirlo|cubrir (
            el|ese|este) turno|tomar (el|ese|este) turno|ayudar|ayudarles|ayudarlos|ayudarte|apoyar|apoyarlos|
            trabajar) [<when>] [esta vez|por ahora|en esta ocasion]
        <when> no; esta vez no [puedo|podemos]; en esta ocasion no [puedo|podemos]
        [por] ahora no [puedo|podemos]; no esta vez; no por ahora; no <when>
        no (estoy|estare|estaremos|estamos|voy a estar|vamos a estar) (disponible|disponibles|libre|libres|
            interesado|interesada|interesados) [<when>]
        no me interesa; no nos interesa
        no (quiero|queremos|acepto|aceptamos|gracias|deseo) [{do}]
        [yo] [esta vez] paso [esta vez|por ahora]; paso gracias; esta vez paso; en esta paso
        tengo que decir que no; tendre que decir que no; digo que no; la respuesta es no; es un no; un no
        declino; rechazo; declinamos; me bajo de esta; no cuenten conmigo; no cuentes conmigo
        conmigo no cuenten; conmigo no cuentes; no me (apunten|apuntes|anoten|anotes|cuenten)
        ojala pudiera [{do}]; ojala pudieramos [{do}]; quisiera pero no
        no me (queda|funciona|acomoda|sirve|va) [bien] [<when>|esa hora|el horario|ese horario]
        <when> no me (queda|funciona|acomoda|sirve|va) [bien]
        no se va a poder; no va a (ser posible|poderse); no se podra; no sera posible; no es posible
        no le entro; no jalo
    """,
    Kind.REFUSAL: """
        [ya|al final|siempre|finalmente] {cant} {go} [<when>] [ya|esta vez|al final|siempre]
        (ya|al final|siempre|finalmente) {cant} [<when>] [ya|esta vez|al final|siempre]
        [<when>|esta vez|en esta ocasion] [ya|al final|siempre|finalmente] (no podre|no podremos|no voy a poder|
            no vamos a poder) [{go}] [<when>] [esta vez|al final|siempre|ya|en esta ocasion]
        <when> {cant} {go}
        siempre no [puedo|voy|podre|podemos|vamos|voy a poder|voy a ir|vamos a poder]
        [ya|al final|siempre|finalmente|yo|nosotros] no (voy|vamos|ire|iremos|voy a ir|vamos a ir|asistire|
            asistiremos|voy a asistir|vamos a asistir|asisto|tocaremos|tocare|vamos a tocar|voy a tocar|estare|
            estaremos|voy a estar|vamos a estar|participare|participaremos|voy a participar) [<when>] [{there}|
            esta vez|al final|ya|siempre|presente]
        <when> no (voy|vamos|ire|iremos|voy a ir|vamos a ir|asistire)
        [voy a|vamos a|me temo que|nos] (tengo que|tenemos que|tener que|tendre que|tendremos que|debo|debemos|
            me toca|nos toca|necesito|necesitamos|hay que|toca|tuve que|me veo en la necesidad de|me veo
            obligado a|me veo obligada a) (cancelar|cancelarles|bajarme|bajarnos|retirarme|retirarnos|darme de
            baja del (show|evento|turno)|cancelar mi (turno|set|lugar|participacion|presentacion|espacio|
            asistencia)) [<when>|esta vez|mi participacion]
        cancelo mi (turno|set|lugar|participacion|asistencia|espacio|presentacion)
        cancelar mi (turno|set|lugar|participacion|asistencia|espacio|presentacion)
        cancela/cancelen mi (turno|set|lugar|participacion|asistencia|espacio|presentacion)
        ya no (puedo|podemos|podre|podremos|voy|vamos|voy a poder|vamos a poder|voy a ir) [{go}] [<when>]
    """,
    Kind.SWAP_YES: """
        [{if}] (cambio|cambiamos|cambiemos|intercambiemos|intercambiamos|intercambio|te cambio|le cambio|se lo
            cambio|te lo cambio|les cambio|acepto el cambio|acepto cambiar|aceptamos el cambio|hagamos el cambio|
            hacemos el cambio|hagamos el intercambio|va el cambio|dale al cambio|podemos cambiar|puedo cambiar|
            quiero cambiar|quiero el cambio|si al cambio|con gusto cambio|me parece bien el cambio|hago el
            cambio|cambiemoslo|cambiamos turnos|cambiemos turnos|cambiemos [de] (turno|lugar|horario)) [<when>|
            turnos|con (el|ella|<name>)]
        por mi [esta bien] (cambiamos|el cambio|cambiemos)
        el cambio (me (queda|funciona|parece|sirve) [bien]|esta bien|me va bien|esta perfecto)
        de acuerdo con el cambio; no hay problema con el cambio; sin problema cambio; cambio aceptado
    """,
    Kind.SWAP_NO: """
        [mejor|yo|no] [prefiero|preferiria|quiero|quisiera|me gustaria|voy a|decido] (quedarme|quedar|seguir|
            mantener|conservar|dejar) [con] {mine} [asi|como esta]
        [mejor|yo|no] (me quedo|nos quedamos|me voy a quedar|me quedaria|sigo|mantengo|conservo) con {mine}
        (mantengo|conservo|dejo|me quedo con|prefiero) {mine}
        prefiero dejarlo [asi|como esta]
        [yo] [mejor] no (cambio|quiero cambiar|cambiamos|quiero el cambio|quiero cambiarlo|acepto el cambio|hago
            el cambio|puedo cambiar|podemos cambiar|quiero hacer el cambio|voy a cambiar|deseo cambiar)
        prefiero no (cambiar|cambiarlo|hacer el cambio); estoy (bien|contento|contenta) con {mine}
        mejor (sin cambio|no cambiemos|no cambio); sin cambio; no al cambio
    """,
    Kind.WISH: """
        me/nos (encantaria|gustaria|hubiera encantado|hubiera gustado|hubiese encantado|habria encantado|muero
            de ganas) [mucho] [{do}|{go}] [<when>] pero
        quisiera [{do}|{go}] pero; quisieramos [{do}|{go}] pero; ojala pudiera [{do}|{go}] pero
        ojala pudieramos pero; queria [{do}|{go}] pero; suena (bien|genial|padre|muy bien|increible) pero
        que (padre|bien|lindo|bonito|chido) pero; te/les/lo agradezco [mucho] pero
        agradezco (la invitacion|el ofrecimiento|la oferta) pero
        tengo muchas ganas pero; quiero [{do}|{go}] pero; con gusto lo haria pero
    """,
    Kind.NEXT_TIME: """
        [sera|tal vez|quizas|quiza|ojala] (en|para|a) (otra|la proxima|la siguiente) [ocasion|oportunidad|vez]
        (la proxima|otra vez|otro dia|la siguiente|otra ocasion) [sera|vez|si]
        sera (la proxima|otro dia|en otra|otra vez); nos vemos (en la|la|a la) proxima
        a la proxima [si|sera|seguro]
        la proxima [vez] [si] [voy|toco|ayudo|ayudamos|tocamos|con gusto|seguro]
        tomame en cuenta [para la proxima]; tomenme en cuenta [para la proxima]; me/nos avisan [para] la proxima
        en otra ocasion [sera|con gusto]; otro dia con gusto; para la proxima [si|con gusto|seguro]
    """,
    Kind.SADLY: """
        (lamentablemente|desafortunadamente|desgraciadamente|tristemente|hijole|chin|rayos|infortunadamente)
        por desgracia; me temo que; nos temo que; resulta que; fijate que; fijense que; fijese que
        la verdad [es que]; con [mucha|la] pena; con todo el dolor; que (lastima|mal|tristeza|coraje)
        me da [mucha] (pena|tristeza|lastima); [lo] lamento [mucho]; lamentamos
        [perdon|disculpa|disculpen] por avisar (tarde|tan tarde|con poco tiempo|a ultima hora)
        se que es (tarde|de ultimo momento|a ultima hora); siento avisar tan tarde
        ojala (encuentren|consigan) [a] (alguien|otra persona|otro|reemplazo) [mas]
        espero que (encuentren|consigan) [a] (alguien|otra persona) [mas]
        ay no; al final
    """,
    Kind.REASON: """
        {because} (tengo que trabajar|tengo trabajo|tengo mucho trabajo|trabajo|trabajamos|estoy trabajando|
            estare trabajando|me toca trabajar|ando trabajando|ando en el trabajo|estoy en el trabajo|me (salio|
            llamaron del|surgio) [un|del] trabajo|cuestiones de trabajo|temas de trabajo|motivos de trabajo|
            asuntos de trabajo|motivos laborales|me toca turno|tengo turno [en el trabajo]|el trabajo|mucho
            trabajo|tengo chamba|chamba|por chamba|me toca chambear|ando chambeando|tengo que chambear|tengo
            guardia|entro a trabajar|salgo tarde del trabajo|no me dan permiso [en el trabajo]|no me dieron
            permiso [en el trabajo]) [<when>|hasta tarde|todo el dia]
        {because} (estoy|ando|sigo|amaneci|me puse|me enferme|estamos|andamos|sigo muy|estoy muy|ando muy|ando
            medio|estoy bastante|) {sick} [<when>]
        {because} me enferme; {because} nos enfermamos
        {because} me siento [muy|bastante|super] (mal|enfermo|enferma|pesimo|fatal)
        {because} no me siento [muy|nada|tan] bien
        {because} (tengo|tenemos|me dio|traigo|agarre|pesque) [una|un|mucha|el|la|muy fuerte] (gripe|gripa|
            fiebre|covid|tos|resfriado|resfrio|migrana|calentura|infeccion|catarro|dolor de (cabeza|garganta|
            espalda|estomago)|temperatura|virus|gastritis|diarrea)
        di positivo [a covid]
        {because} me duele [mucho] (la garganta|la cabeza|la espalda|el estomago|la mano|la muela)
        me quede sin voz; perdi la voz; problemas de salud; motivos de salud; por salud
        estoy (operado|operada|lastimado|lastimada|hospitalizado|hospitalizada|en el hospital)
        {because} (estoy|estare|ando|andare|voy a estar|estamos|estaremos|vamos a estar|andamos|sigo) [fuera [de
            (la ciudad|el pais|viaje)]|de viaje|de vacaciones|viajando|en otra ciudad|en otro estado|en otro
            pais|lejos|en clase|en la escuela|en clases|en examenes|de gira] [<when>|esos dias|esa semana|ese
            fin]
        fuera de (la ciudad|el pais); de viaje; viaje; salgo de (viaje|vacaciones|la ciudad) [<when>]
        {because} voy a viajar
        no (estoy|estare|voy a estar|estamos|estaremos) en (la ciudad|el pais) [<when>]
        estoy viajando
        {because} [ya] (tengo|tenemos|me salio|me surgio|nos salio|nos surgio|me sale|surgio|salio|tengo ya|
            tenia|teniamos|hay) [un|una|otro|otra|otros|unos|algo] [compromiso|compromisos|planes|plan|evento|
            tocada|toquin|show|concierto|clase|clases|examen|examenes|boda|fiesta|cita|cita [con el] (medica|
            medico|doctor|dentista)|reunion|junta|cena|funeral|velorio|imprevisto|emergencia|asunto|problema|
            contratiempo|ensayo|viaje|cumpleanos|bautizo|graduacion|situacion|inconveniente|pendiente|pendientes|
            percance|urgencia] [familiar|familiares|personal|de ultimo momento|previo|de ultima hora|en la
            escuela|con mi familia|de trabajo|en el trabajo|importante|urgente|medica] [<when>|ese dia|esa noche|
            esos dias|a esa hora]
        {because} (emergencia|asunto|asuntos|compromiso|compromisos|problemas|problema|cosas|temas|tema|motivos|
            cuestiones|reunion|evento|urgencia|situacion) (familiar|familiares|de familia|de la familia|
            personales|personal|medica|de mi familia)
        otros planes; ya tengo planes; compromisos previos; cosas de (familia|la familia|la escuela|trabajo)
        me surgio algo; surgio algo; se me complica [mucho] [<when>|ese dia]
        se me complico [todo|el dia|la tarde|la noche]; se nos complica; se nos complico
        se me juntaron (cosas|los compromisos)
        {because} (estoy|ando|estare|voy a estar|estamos|andamos) [muy|super|bien|bastante] (ocupado|ocupada|
            ocupados|ocupadas|lleno de trabajo|llena de trabajo|saturado|saturada|cansado|cansada|liado|liada|
            apretado|apretada) [<when>|ese dia|esa noche|a esa hora]
        {because} mi (hijo|hija|hijos|bebe|esposo|esposa|mama|papa|madre|padre|pareja|novio|novia|abuela|abuelo|
            nino|nina|hermano|hermana|perro|perrito) (esta|estan|se puso|se enfermo|anda) [muy] [enfermo|enferma|
            enfermos|malito|malita|mal|en el hospital|grave|internado|internada|delicado|delicada]
        no tengo (ninera|con quien dejar a (mi hijo|mi hija|mis hijos|los ninos|mi bebe)|quien (cuide|me cuide)
            [a] (los ninos|mis hijos|mi hijo|mi hija)|carro|coche|transporte|tiempo|como ir|como llegar|en que
            ir)
        se me descompuso (el carro|el coche|la camioneta|el auto)
        es mi cumpleanos; no me da tiempo; no nos da tiempo
        fallecio (mi abuela|mi abuelo|un familiar|una tia|un tio)
        por el trabajo; por mi trabajo
    """,
    Kind.LATE: """
        tarde [por] [<minutes>]; <minutes> tarde; <minutes> de (retraso|atraso|demora|tardanza)
        [con] [un] (retraso|atraso|demora) de <minutes>
        retrasado/retrasada/retrasados/atrasado/atrasada/atrasados [por] <minutes>
        [ya|yo|hoy] (voy|vamos|llego|llegamos|llegare|llegaremos|vengo|venimos|ando|andamos|estoy|estamos|ire|
            voy a llegar|vamos a llegar|voy a ir|voy llegando|vamos llegando|voy yendo|estare llegando|estoy
            llegando|llegaria|vamos a ir|voy a andar) {bit} {late} [por|como|de|unos] [<minutes>] [a (mi|nuestro)
            (turno|set|show|llamado)|al (show|llamado|turno|evento)]
        [ya|yo|hoy] (voy|vamos|llego|llegamos|llegare|llegaremos|vengo|venimos|ando|andamos|estoy|estamos|ire|
            voy a llegar|vamos a llegar|voy a ir|voy llegando|vamos a ir) [con] <minutes> {late}
        [ya|yo|hoy] (voy|vamos|llego|llegamos|llegare|llegaremos|vengo|venimos|ando|andamos|voy a llegar|vamos a
            llegar) [con] <minutes> de (retraso|atraso|demora|tardanza)
        [ya|yo|hoy] (voy|vamos|llego|llegamos|llegare|vengo|ando|voy a llegar) con [un] (retraso|atraso|demora)
            de <minutes>
        se me hizo [un poco|muy|bien] tarde [<minutes>]; se nos hizo [un poco|muy|bien] tarde [<minutes>]
        se me esta haciendo tarde; se nos esta haciendo tarde; se me hace tarde
        me/nos [voy a|vamos a] (retraso|retrasamos|retrase|retrasar|atraso|atrasamos|atrase|atrasar|retrasare|
            atrasare) [<minutes>|un poco|un poquito|tantito]
        voy {bit} tarde; vamos {bit} tarde; llego {bit} tarde
        un (poco|poquito) (tarde|retrasado|retrasada|atrasado|atrasada)
        tengo [un] retraso [de] [<minutes>]; vengo {bit} tarde; traigo [un] retraso de <minutes>
        (traigo|llevo|tengo) [unos|como] <minutes> de (retraso|atraso|demora)
    """,
    Kind.TRAFFIC: """
        [estoy|ando|voy|sigo|quede|me quede|estamos|andamos|vengo|vamos] (atorado|atorada|atorados|atascado|
            atascada|atascados|atrapado|atrapada|atrapados|parado|parada|metido|metida|varado|varada) (en|por) [
            el|un|mucho] (trafico|tranque|taco|trancon|embotellamiento|atasco|tapon)
        (estoy|ando|voy|sigo|estamos|vengo|vamos) en (el|un|mucho) (trafico|tranque|trancon|embotellamiento)
        hay (mucho|muchisimo|demasiado|bastante|un) (trafico|tranque|trancon|taco|embotellamiento)
        hay trafico; mucho trafico
        el trafico (esta|esta muy|esta bien) [muy|bien|re] (pesado|horrible|terrible|cargado|feo|imposible|
            fuerte|malo|cabron|espantoso|lento)
        trafico [pesado|horrible|terrible]
        hay un (choque|accidente) [en (la autopista|la carretera|el camino|el puente)]
        me agarro el trafico; nos agarro el trafico; por el trafico
    """,
    Kind.LATE_REASON: """
        {because} (perdi|se me fue|se me paso|no pasa|no pasaba|no llega|no llego|se descompuso|se atraso|se
            retraso|se me descompuso) (el (camion|bus|autobus|metro|tren|colectivo|taxi|uber|carro|coche|auto|
            vuelo)|la (camioneta|micro|combi|guagua))
        {because} el (camion|bus|autobus|metro|tren|colectivo|taxi|uber|vuelo) (no pasa|no pasaba|no llega|viene
            tarde|se atraso|se retraso|se demoro|esta atrasado|esta retrasado|viene lento|va lento|no llegaba)
        {because} me quede dormido/dormida; se me poncho (la llanta|una llanta)
        {because} sali tarde [del trabajo|de (la casa|casa|clase|la escuela)]
        {because} me perdi
        {because} (tuve|tuvimos) un (problema|contratiempo|percance|imprevisto) [con el (carro|coche)]
        {because} problemas con el (carro|coche|auto)
        no encuentro (estacionamiento|lugar|donde estacionar|donde estacionarme|parqueo)
        buscando estacionamiento
        {because} (la lluvia|el clima|esta lloviendo [mucho]|llueve [mucho]|mi trabajo|el trabajo|un accidente|
            el metro|el camion)
        esta lloviendo [mucho|muy fuerte]; me entretuvieron [en el trabajo]; me retuvieron en el trabajo
        se me fue el tiempo; no sono la alarma; no sono mi alarma
    """,
    Kind.ON_THE_WAY: """
        [ya] [voy|estoy|vamos|estamos|ando|vengo|venimos] en camino [ya]
        ya voy [para alla|en camino|saliendo|llegando]; [ya] voy para alla; ya vamos; ya vamos para alla
        voy saliendo; ya sali; acabo de salir; ya salimos; [ya] casi llego; [ya] casi llegamos; [ya] estoy cerca
        ya mero llego; ya merito; ya merito llego; voy llegando; ya voy llegando; saliendo [para alla|ya]
        voy lo mas rapido que puedo; llego en cuanto pueda; en camino
    """,
    Kind.HERE: """
        aqui/aca
        [ya|aqui|aca] (llegue|llegamos) [todos] [ya|aqui|al (lugar|venue|teatro|foro)|bien]
        [ya] (estoy|estamos) (aqui|aca|adentro|en el (lugar|teatro|foro|venue|local|edificio|recinto|backstage|
            camerino)) [ya]
        [ya] (aqui|aca) (estoy|estamos) [ya]; ya aqui; ya aca; aqui ya; presente/presentes; acabo de llegar
        acabamos de llegar; recien llegue; recien llego; recien llegamos; recien llegando
        ya ando (aqui|aca|por aqui|adentro); ya andamos (aqui|aca|por aqui|adentro); llegue bien
        ya estoy en (el lugar|el teatro|el foro|el venue|el local|el recinto|camerino|camerinos|el camerino|
            backstage)
        ya estamos en (el lugar|el teatro|el foro|el venue|el local|el recinto|camerino|camerinos|el camerino|
            backstage)
        ya estamos todos [aqui|aca]; todos aqui; aqui presente; ya llegue yo
    """,
    Kind.WHEN: """
        cuando
        cuando (es|seria|me toca|nos toca|toco|tocamos|es mi turno|entro|entramos|salgo|salimos|actuo|actuamos|
            canto|es mi set|es mi show|empiezo|empezamos|trabajo|me presento|debo (llegar|estar|ir)|tengo que (
            llegar|estar|ir|tocar)|es mi (hora|llamado|presentacion|shift))
        [a|y a|como a] que hora/horas
        [a|en] que (hora|horas|dia) (es|seria|me toca|nos toca|toco|tocamos|es mi turno|entro|entramos|salgo|
            salimos|actuo|actuamos|canto|cantamos|es mi set|es mi show|empiezo|empezamos|trabajo|me presento|nos
            presentamos|empieza mi (turno|set|show)|comienza mi (turno|set|show)|inicia mi (turno|set|show)|debo
            (llegar|estar|ir|presentarme)|debemos (llegar|estar)|tengo que (llegar|estar|ir|tocar|presentarme|
            entrar|cantar)|tenemos que (llegar|estar|ir|tocar)|hay que (llegar|estar)|llego|llegamos|tengo turno|
            tengo mi turno|voy|era|era mi turno|subo|subimos|me presento yo|es lo mio|me toca tocar|nos toca
            tocar|me toca entrar|es mi (hora|llamado|presentacion|entrada|prueba de sonido)) [yo|nosotros|<when>|
            otra vez|hoy]
        cual es mi (hora|horario|turno|llamado|horario de (entrada|llegada)|hora de (entrada|llegada))
        cual era mi (hora|horario|turno)
        mi (horario|hora|turno) [cual es|por favor|cual era]
        mis (horarios|horas|turnos); que turno (tengo|me toca|me toco); que horario (tengo|me toca|me toco)
        (me|nos) (recuerdas|recuerdan|puedes recordar|pueden recordar|dices|dicen|puedes decir|pueden decir|
            confirmas|confirman|pasas|pasan|repites|repiten) (a que hora (toco|tocamos|es|me toca|nos toca|entro|
            entramos|debo llegar|tengo que llegar|es mi turno|llego|trabajo)|mi (hora|horario|turno)|la hora|
            cuando toco|cuando tocamos|cuando me toca|el horario)
        no me acuerdo (a que hora (toco|es|entro)|de mi hora)
        se me olvido a que hora (toco|es|entro|me toca)
    """,
    Kind.WHO: """
        quien [es]
        quien (eres|habla|me escribe|escribe|me habla|me manda (esto|este mensaje)|es usted|son|son ustedes|
            manda (esto|estos mensajes)|es este|me esta escribiendo|es el que escribe|dice|me esta mandando (
            esto|mensajes)|es ud|sos|sois|seria)
        y (quien|tu quien) (es|eres) [tu]; de quien es este (numero|telefono); de parte de quien [es]
        con quien (hablo|tengo el gusto|estoy hablando|hablo disculpa)
        perdon quien (es|eres|habla); disculpa quien (es|eres|habla)
        no tengo (este|tu|su) numero [guardado|registrado|agendado]
        (cambie|estrene) de (celular|telefono|numero) [quien es]
        celular nuevo quien es; telefono nuevo; quienes son [ustedes]; este numero de quien es
        de donde (escriben|me escriben|eres|son); te conozco; los conozco
        puedo saber quien (es|eres|habla|escribe); no se quien eres; no reconozco (este|el|tu) numero
    """,
    Kind.COVER: """
        relevo/reemplazo/cobertura
        [necesito|necesitamos|busco|buscamos|ocupo|quiero|requiero] (que alguien [mas] (me cubra|me reemplace|
            cubra mi turno|tome mi turno|tome mi lugar|me releve|me supla|me sustituya|me ayude con mi turno)|[a]
            alguien [que|para que|mas que] (me cubra|me reemplace|cubra mi turno|tome mi turno|tome mi lugar|me
            releve|me supla)|[un|una|mi] (relevo|reemplazo|suplente|cobertura|sustituto|sustituta|remplazo)|que
            me (cubran|reemplacen|releven|sustituyan|cubra alguien|suplan)|quien me (cubra|reemplace|releve|
            supla)|cubrir mi turno|a alguien en mi lugar) [por favor|<when>|para mi turno|en mi turno]
        [me] (puede|podria|pueden|podrian) [alguien] [me] (cubrir|reemplazar|relevar|cubrirme|reemplazarme|
            relevarme|suplir|suplirme|sustituir|tomar mi turno|cubrir mi turno|tomar mi lugar|conseguir [un] (
            reemplazo|relevo|a alguien)) [alguien] [<when>|mi turno|por favor]
        alguien [mas|que] [me] (puede|podria|pueda) [me] (cubrir|reemplazar|cubrirme|reemplazarme|relevar|
            relevarme|suplir|suplirme|tomar mi turno|cubrir mi turno|tomar mi lugar) [<when>|mi turno|por favor]
        alguien me cubre [<when>|por favor|el turno|mi turno]
        quien (me cubre|puede cubrirme|me puede cubrir|me reemplaza|cubre mi turno|puede cubrir mi turno|podria
            cubrirme|me podria cubrir) [<when>]
        cubranme; cubreme; me cubren; alguien que me cubra [<when>|por favor]
        busquen [a] (alguien mas|reemplazo|otro|otra persona) [para mi turno]
        hay alguien que (me cubra|pueda cubrirme|me pueda cubrir) [<when>]
        consiganme [un] (relevo|reemplazo)
    """,
    Kind.UNDO: """
        deshacer [eso|lo ultimo|el ultimo]; deshaz [eso|lo ultimo]; deshazlo; deshaganlo; deshacerlo
        [quiero|necesito] deshacer [eso|lo ultimo|lo anterior]
        deshago eso; revertir [eso]; revierte eso; deshaga eso; deshagan eso; puedes deshacer eso
        pueden deshacer eso; puedo deshacer eso
    """,
    Kind.OOPS: """
        ups/uy/upss; me equivoque; fue un error; fue error [mio]; error mio; error; [fue] sin querer
        perdon me equivoque; se me fue; lo mande sin querer; le pique mal; me confundi
    """,
    Kind.HELP: """
        ayuda
    """,
    Kind.PLEASE: """
        porfa/porfis/porfavor/plis/xfa/porfas; por favor; por fa; si es tan amable; si gusta
    """,
    Kind.THANKS: """
        [muy] [muchas|muchisimas|mil|un millon de|infinitas|tantas] gracias/grax/grs/gracia/graciass/grcs [a (ti|
            ustedes|todos|usted|dios|ti igual)|por {for}|de verdad|de nuevo|mil|otra vez|de antemano|amigo|amiga|
            amigos|igualmente|chicos|jefe|jefa|equipo|hermano|hermana|carnal|bro|linda|totales|nuevamente] [por
            {for}|de verdad|de nuevo|amigo|amiga|igualmente]
        [se] [lo|te|les|le|los] agradezco [mucho|muchisimo|la invitacion|el aviso|la informacion|todo|tanto|
            infinitamente]
        [te|les|se] [lo] agradecemos [mucho]
        agradecido/agradecida/agradecidos [con (todos|ustedes)]
        de nada; por nada; no hay de que; no hay por que; para servirte; para servirles; a la orden
        estamos para servirles; para eso estamos; con todo el gusto; es un placer; un placer; a ti; a ustedes
        que (amable|amables|lindo|lindos|gentil|bueno); muy amable/amables; que buena noticia; buenas noticias
        me alegra [mucho|saberlo]; me alegro [mucho]; que alegria
    """,
    Kind.SORRY: """
        [mil|muchas|una|mis|ay|uy] (perdon|perdona|perdone|perdonen|disculpa|disculpas|disculpe|disculpen|
            perdonenme|perdoname|disculpame|disculpenme|perdoneme) [por {late_answer}|por (las molestias|la
            molestia|el inconveniente|los inconvenientes|eso|molestar|la confusion|el retraso|la demora|la
            tardanza|el mensaje|la hora)|a todos|de verdad|que {late_said}|las molestias|la demora|la tardanza|
            la hora|la molestia|amigo|amiga|amigos|chicos|el retraso]
        lo siento [mucho|muchisimo|tanto|de verdad|en el alma|por {late_answer}|por (las molestias|el
            inconveniente|la demora)]
        lo sentimos [mucho]
        siento [mucho] (la demora|la tardanza|las molestias|el retraso|{late_answer})
        que pena [con ustedes|contigo|con usted]; ofrezco una disculpa; ofrezco disculpas
        pido (perdon|disculpas|una disculpa) [por {late_answer}]
        con permiso; una disculpa
        (apenas|recien|hasta ahorita|hasta ahora|ahorita|hasta hoy) [lo] (veo|vi|lei|leo|estoy viendo|pude ver|
            pude leer|pude contestar|pude responder|contesto|respondo) [el|este|tu|su|los] [mensaje|mensajes|
            texto]
        no habia (visto|leido) [el|este|tu|su] [mensaje|texto]
        no vi el mensaje [antes]; hasta ahora (veo|vi|leo) [el mensaje]
    """,
    Kind.GREETING: """
        (hola|holaa|holi|holis|ola|oye|oiga|oigan|buenas|alo|quiubo|quihubo|buen|estimado|estimada|estimados|
            querido|querida|queridos) [a todos|todos|equipo|chicos|chicas|amigo|amiga|amigos|amigas|gente|buenas
            (tardes|noches)|buenos dias|buen dia|buena tarde|que tal|otra vez|de nuevo|familia|bonita|bandita|
            banda|jefe|jefa|linda|dia|a (ti|ustedes)]
        buenos dias [a todos|equipo|chicos|amigos]; buen dia [a todos|equipo|chicos]
        buenas tardes/noches [a todos|equipo|chicos|amigos]
        buena tarde; buena noche
        muy (buenos dias|buenas tardes|buenas noches|buen dia)
        que (tal|onda|hubo|mas|hay); como (esta|estan|estas|va|andan|vas|le va|les va)
        espero que (esten|este|estes|se encuentren|te encuentres) [muy] bien
        espero [esten|estes|este] bien; un gusto [saludarlos|saludarte]; gusto en saludarlos; bendecido dia
    """,
    Kind.INTRODUCTION: """
        [aqui|te|les|le|yo|habla|aca] (soy|habla|saluda|escribe|les habla|te habla|le habla|les escribe|te
            escribe|le escribe) [yo] <name> [<name>] [<name>] [otra vez|de nuevo|el de la banda]
        (aqui|aca|es|mi nombre es|me llamo|de parte de) <name> [<name>] [<name>]
        somos <name> [<name>] [y] [<name>]
    """,
    Kind.WISHES: """
        [y] [que|les deseo|te deseo|espero que] [tengas|tengan|tenga|pases|pasen|pase|haya|tengamos] [un|una|muy|
            lindo] (buen|bonito|lindo|excelente|hermoso|bello|feliz|buena|bonita|linda|excelente|hermosa|bella|
            gran|bendecido) (dia|noche|tarde|fin de semana|semana|finde|inicio de semana|show|evento|concierto|
            noche a todos|domingo|lunes|viernes|sabado)
        saludos [a todos|cordiales|y gracias|y bendiciones|y exito|desde aca|para todos]
        [un] [fuerte] abrazo/abrazos [a todos|grande|enorme|fuerte]
        [mucho|muchos|muchas|todo el|mucha] exito/exitos/suerte/exitazo [con (todo|el show|el evento)|en (el
            show|el evento|todo)|a todos|con eso]
        que (les|te|le|todo) (vaya|salga) [muy|super] (bien|increible|excelente|de lujo|perfecto) [todo|el show|
            en todo|el evento]
        espero que (todo|les) (salga|vaya) bien; ojala [que] [todo|les] (salga|vaya) [muy] bien
        bendiciones [a todos|para todos]; dios (los|te|les) bendiga [a todos]; cuidate/cuidense/cuidese [mucho]
        igualmente [gracias]; felicidades [a todos]; felicitaciones
        feliz (ano|ano nuevo|navidad|cumpleanos|noche|tarde|dia|fin de semana|viernes|sabado|lunes|domingo|
            semana)
        besos/besitos/beso/besotes [a todos|y abrazos]; un beso; besos y abrazos; cordialmente/atentamente/atte
        lo mejor [para todos]; los quiero [mucho]; te quiero [mucho]; les quiero; animo; buen provecho
        buen viaje; mucha mierda; rompanse una pierna; buena vibra; buenas vibras; pura vida; con carino
        con amor; disfruten [mucho|el show]
        que (disfruten|descansen|descanses|se diviertan|lo disfruten)
    """,
    Kind.JOY: """
        que (emocion|alegria|padre|chido|bien|bueno|ganas|felicidad|nervios|ilusion|chulo|gusto|maravilla|honor|
            chevere|rico|bonito|increible|genial) [que me (inviten|invitaran|tomen en cuenta)|verlos]
        [estoy|estamos|muy|que] [muy|super|tan|bien] (emocionado|emocionada|emocionados|emocionadas|feliz|
            felices|ilusionado|ilusionada|contento|contenta|contentos|honrado|honrada|honrados) [de (participar|
            tocar|ayudar|ir)|por (participar|tocar|ayudar|esto)|con esto]
        yupi/yuju/yei/wow/eso/yeah/yay/viva/wuju/uuu/yuhu/yujuu/guau
        va a estar [muy|super|bien] (padre|chido|genial|increible|buenisimo|bueno|padrisimo|chevere|divertido|
            bonito)
        sera (genial|increible|un honor|un placer|padrisimo|divertido|bonito)
        un honor [participar|tocar]; es un honor [participar|tocar|acompanarlos]
        me da [mucho] (gusto|alegria) [participar|tocar|ayudar|verlos]
        me muero de ganas; con muchas ganas; con toda la actitud; con todo; con toda; fierro; arriba la musica
    """,
    Kind.LAUGHTER: """
        jaja/jeje/jiji/jojo/jsjs/ja
    """,
    Kind.FAREWELL: """
        adios/chao/chau/babai/adiosito; hasta (luego|pronto|la vista|la proxima)
        nos vemos (pronto|luego|despues); nos hablamos; hablamos [pronto|luego]; estamos en contacto
        estamos al pendiente; quedo al pendiente; quedamos al pendiente; quedo atento; quedo atenta
        quedamos atentos; seguimos en contacto; aqui andamos; aqui estamos para servir; cualquier cosa me avisan
        cualquier cosa aviso
    """,
    Kind.FILLER: """
        (pues|ah|aah|mira|mire|miren|bueno|entonces|amigo|amiga|amigos|amigas|chicos|chicas|jefe|jefa|carnal|
            compa|hermano|hermana|bro|guey|wey|parce|mano|che|maestro|profe|equipo|familia|senor|senora|senorita|
            compadre|companero|companera|companeros|bandita)
        la verdad; en realidad; por aca; por aqui; de hecho
    """,
    Kind.SPOKEN: """
        punto/coma; punto final; punto y aparte; punto y coma; signo de (exclamacion|admiracion); carita feliz
        nueva linea
    """,
    Kind.SPOKEN_QUESTION: """
        signo de (interrogacion|pregunta)
    """,
    Kind.AND: """
        y/e; y tambien; tambien; y ademas; ademas
    """,
    Kind.BUT: """
        pero
    """,
}
