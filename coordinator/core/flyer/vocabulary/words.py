"""The vocabulary of flyers in all supported languages: facts of the show, and what acts do."""

from typing import Final

from .clock_words import entries

# Facts. A phrase means a fact when it contains one of its words and otherwise only fillers (phrases.py).
DOORS: Final = frozenset(
    """
    doors door gates gate house einlass einlaß türen tür türöffnung saalöffnung portes puertas portões portas
    porte cancelli 開場 doors/bar
    """.split()
)
DOOR_VERBS: Final = frozenset(
    """
    ouverture apertura abertura öffnung aperture abren abrem aprono ouvrent öffnen geöffnet ouvert ouverte abierto
    abierta aberto aberta aperto
    """.split()
)
DOOR_COMPANY: Final = frozenset(
    """
    bar drinks cocktails food dinner snacks merch merchandise registration check-in seating reception mingling
    happy hour potluck bbq box office socializing socialising raffle tickets
    """.split()
)  # "doors and cocktails": other things that begin when doors open
BUILDINGS: Final = frozenset(
    """
    festival fest fair fayre fete fête faire carnival market bazaar site grounds ground building park hall venue barn
    field campsite campground house village feria festa fiesta mercado markt gelände festgelände mercato marché
    """.split()
)  # what opens is where people may come in: doors; what closes is the end
CURFEW: Final = frozenset("curfew curfews sperrstunde sperrzeit couvre-feu toque-de-queda coprifuoco curfew's".split())
SHOW: Final = frozenset(
    """
    show shows showtime start starts starting begins begin beginning kickoff kick-off kicks downbeat curtain
    beginn beginnt konzertbeginn showbeginn anfang début commence comienzo inicio empieza início começa começo
    inizio inizia 開演 スタート 開始 music concert concerts konzert konzerte conciertos concerti concierto
    concerto gig musik musique música musica performances
    """.split()
)
ENDS: Final = frozenset(
    """
    end ends ending finish finishes finished close closes closing over wraps wrap ende schluss schluß fin
    fermeture cierre termina fim encerramento chiusura fine 終演 閉演 閉場 終了 閉会
    """.split()
)
NIGHTS: Final = frozenset(
    """
    show festival fest event night music party evening gig concert everything all site grounds grounds' day it
    things programme program soirée fiesta festa serata noche evento concierto concerto konzert veranstaltung
    abend spectacle live we benefit building park hall premises set sets dancing fun
    """.split()
)
LASTS: Final = frozenset(
    """
    music goes go going party parties dancing dance open runs run on we we'll festival event show night fiesta
    musik tanz musique danse baile música musica balli ballo it all evening live until should continues continue
    keeps stay late danza abierto aberto aperto ouvert geöffnet offen soirée noche festa til till here there
    """.split()
)
FILLERS: Final = frozenset(
    """
    the a an and is are at from by open opens opening opened will be to for up of our we with out off o'clock
    sharp prompt around about approx it's its then also early-entry public venue time - – / & : @ um ab ist
    sind der die das des de la le les el los las à às o os as il i delle della dei du au aux alle ore uhr h = back
    should would ca hard strict noise outdoor noise-curfew al en in lo gli do da dos main first so day live on zu
    started promptly exactly hrs please que
    """.split()
)

# Words that announce a list.
LABELS: Final = frozenset(
    entries("""
    acts; artists; bands; bill; on the bill; featuring; feat; line up; line-up; lineup; live; live music; music;
    music by; musical acts; on stage; order; performers; performing; playing; program; programme; running order;
    schedule; schedule of events; set list; set times; show times; showtimes; sets; sets by; starring; times;
    timetable; today's bill; tonight; tonight's bill; tonight's line-up; who's on; who's playing; with; w/; with
    sets by; with sets from; with music by; with music from; also playing; plus; day sheet; run of show; stage
    times; the bands; the bill; the line-up; the lineup; order of play; approximate set times; approx set times;
    appearing; lineup so far; programm; spielplan; ablauf; künstler; es spielen; mit; au programme; à l'affiche;
    avec; horaires; programación; programa; cartel; horarios; artistas; atrações; programação; horários;
    programma; scaletta; artisti; con; com; 出演; 出演者; タイムテーブル
""")
)
BILL_PLACES: Final = entries("""
    headliner; headliners; headline; headlining; co-headliner; main act; main event; main support; support;
    supporting; support act; direct support; opener; opening act; opening; openers; first act; special guest;
    special guests; guest; closer; closing; closing act; closing set; featured act; featuring; feature; finale; tête
    d'affiche; première partie; invité; invités; hauptact; headliner*in; vorband; vorgruppe; special; cabeza de
    cartel; telonero; teloneros; invitado especial; atração principal; abertura; convidado especial; ospite; ospite
    speciale; gruppo spalla; top of the bill; local support; surprise guest; act 1; act 2; act 3
""")

# STAGE words mark a stage anywhere, PLACE words only in brackets or a heading.
STAGE: Final = frozenset(
    """
    stage bühne scène scene escenario palco palcoscenico ステージ tent marquee zelt chapiteau carpa tenda tendone
    stages podium
    """.split()
)
PLACE: Final = STAGE | frozenset(
    """
    room patio inside outside indoors outdoors indoor outdoor upstairs downstairs garden yard backyard barn cellar
    attic hall lounge bar terrace deck porch rooftop roof courtyard lawn ballroom chapel basement backroom gazebo
    bandstand pavilion loft stable shed meadow field orchard square plaza park street dock pier beach library
    foyer lobby gallery studio veranda café cafe balcony mezzanine salle jardin cour terrasse cave intérieur
    extérieur dedans dehors saal garten hof keller drinnen draußen wiese sala jardín interior exterior dentro
    fuera terraza salão jardim quintal varanda praça cortile giardino cantina fuori piazza terrazza interno
    esterno 屋内 屋外 中庭 1階 2階 地下
    """.split()
)
NOT_A_PLACE: Final = frozenset(
    """
    just a an his her their my some solo duo trio quartet band acoustic unplugged set dj live guitar guitars
    vocals voice piano bass drums violin sax electric gitarre guitare guitares guitarra voz voix voce chitarra
    saxo min mins minutes with featuring feat ex from of and new debut album release tribute cover covers folk
    rock jazz punk blues country indie soul
    """.split()
)

# Sizes, from the words about an act; anything else is a band.
SOLO: Final = frozenset(
    """
    solo soloist unaccompanied singer-songwriter one-man one-woman solist solistin soliste solista
    """.split()
)
DUO: Final = frozenset("duo duet duett duos dúo twosome two-piece dueto デュオ".split())
DJ: Final = frozenset("dj djs deejay dj-set djset selector".split())
