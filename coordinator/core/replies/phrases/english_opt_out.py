"""How people ask in English for no more texts, however rudely, and say that they are the wrong number."""

from typing import Final

from ..kinds import Kind

PIECES = {
    "texts": """
        (texts|texting|text messages|messages|msgs|txts|text msgs|sms|messaging|notifications|alerts|reminders|
        spam|spamming)
    """,
    "these": "[all] [of] [the|these|those|your|my|any|this|any more|more|so many]",
    "polite": """
        [can you [guys|people|all]|could you [guys|people|all]|would you [guys|people|all]|will you [guys|people|
        all]|you [guys|people|all] [all] need to|you [guys|people] have to|you must|i want you [guys|people|all]
        to|i need you [guys|people|all] to|id like you to|i would like you to|im asking you [guys|people|all] to|
        i am asking you to|i told you [guys|people|all] to|i [already] asked you [guys|people|all] to|i said [to]|
        kindly|just|seriously|how do i get you [guys|people|all] to|how do i make you] [please] [just|kindly]
    """,
    "ended": """
        [again|anymore|any more|ever again|ever|now|right now|immediately|already|at once|asap|altogether|
        completely|forever|for good|at this number|on this number|at this phone|on this phone|with this|about
        this|about it|with these|like this|thanks|please] [please|thanks|now|immediately|anymore|already|you
        guys|you people]
    """,
    "list": """
        (the|this|your|that|all|any|these|yalls|ur) [text|texting|texts|contact|contacts|mailing|phone|call|sms|
        group|message|messaging|notification|alert|whole] (list|lists|texts|messages|group|group chat|group text|
        thread|chat|database|system|contacts|distribution list|alerts|reminders|notifications|texting)
    """,
    "mine": "(me|us|my number|this number|my phone|my phone number|my name|my contact|my cell)",
    "im": "(im|i am|were|we are|ive|i have)",
    "no_more": "[here|dude|man|bro|sorry|buddy|friend|pal|mate|i think|im afraid|again]",
}

PHRASES = {
    Kind.STOP_WORD: """
        no more; [please|just] (make it|make this) stop
        [just] stop (this|these|now|already|right now|immediately|it now|asap)
        just stop; i said stop; stop it stop; i (want|would like) you to stop; no texts; no messages please
    """,
    Kind.STOP_TEXTS: """
        {polite} (stop|quit|cease) (texting|txting|messaging|contacting|spamming|bothering|harassing|bugging|
            annoying|pestering|calling|writing [to]|emailing|hounding|blowing up) (me|us|my phone|my number|this
            number|this phone|my cell) {ended}
        {polite} (stop|quit|cease) (texting|txting|messaging|contacting|spamming) {ended}
        {polite} (stop|quit|cease) (sending|blasting) [me|us|to me] {these} ({texts}|stuff|crap|shit|garbage|
            junk|things|it|bullshit|this|these|those) [to (me|us|this number|my phone)] {ended}
        {polite} (stop|end|cancel|quit|cease|halt|discontinue|turn off|shut off|no more) [with] {these} {texts}
            [to (me|us|this number|my phone|my number)|from (you|yall|you guys|you people|this number)] {ended}
        no more of (these|this|your) [{texts}]; enough with {these} {texts}; enough {texts}
        [please] (dont|do not|never|dont ever|do not ever|you better not) (text|txt|message|msg|contact|bother|
            spam) (me|us|this number|this phone|my phone) {ended}
        [please] (dont|do not|never|dont ever) send (me|us) {these} ({texts}|anything|stuff|crap|shit) {ended}
        [please] (dont|do not) text {ended}; never text me
        [i|we] (dont|do not|no longer) (want|wish) [to (get|receive|see|have)] {these} {texts} {ended} [from you
            [guys|people]]
        i (dont|do not) want to be (texted|contacted|messaged|on {list}|part of {list}|spammed) {ended}
        i (dont|do not) want [you|you guys|you people] (texting me|to text me|to message me|to contact me|
            messaging me) {ended}
        not interested in {these} {texts}
        {polite} unsubscribe {mine} [from [all] {list}|from (this|these|all|everything)] {ended}
        unsubscribe [from] ({list}|all|these|this); {polite} unsub [me]
        [i|we|id|i would|we would|please] (want|like|need|wish|would like|asked|trying|am trying|how) to
            unsubscribe [from (this|these|all|{list})|me] {ended}
        (how do i|how can i|how do you|let me|can i|i) unsubscribe [from (this|these|all|{list})] {ended}
        id like to be unsubscribed; {polite} unsubscribed me
        {polite} opt {mine} out [of (this|these|all|{list}|everything)] {ended}
        [i] [want|wish|would like|id like|need|choose|am choosing|how do i|how can i] [to] opt out [of (this|
            these|all|{list}|everything)] {ended}
        id like to opt out; im opting out [of (this|these|{list})]; i opt out; opt me out; opting out
        i (revoke|withdraw) [my] consent [to (this|these|texts|be texted|be contacted)]
        (revoke|withdraw) my consent; consent revoked
        i (do not|dont|never|didnt) consent [to (this|these|{texts})]
        {polite} (take|remove|delete|get|drop|pull|scratch|cut|strike|erase) {mine} (off|from|out of|off of)
            {list} {ended}
        i want [to get] (off|out) [of] {list}
        (how do i|how can i|i want to) (get off|get out of|leave|get off of) {list}
        {polite} (delete|remove|erase|lose|forget|drop|scrub) (my|this) (number|phone number|phone|info|contact|
            contact info|digits|data|cell number|cell|contact information) [from {list}] {ended}
        {polite} (leave|let) (me|us) (alone|be) {ended}; leave me in peace
        {polite} get out of my (phone|inbox|texts); no texts please; no [more] texting [me]
        i want out of (this|these) {texts}
        (i|we) (want|would like) (these|this|the|your) ({texts}) (stopped|to stop|to end)
        {polite} make (these|the|your) {texts} stop; i want no more {texts}
        (these|the|your) {texts} (need|have) to stop; {polite} quit it with {these} {texts}
        stop i (dont|do not) want {these} {texts}
    """,
    Kind.WRONG_NUMBER: """
        [i think|i believe|im afraid|i guess|pretty sure|im pretty sure|it seems|looks like|it looks like|maybe|
            probably|i am sure|im sure|you|sorry but|hey|um|uh] [you|u|youve|you have|you mustve|you must have|
            you may have|you might have|yall] [must|may|might|probably|obviously|clearly] [have|got|had|reached|
            texted|texting|are texting|messaged|sent this to|ve got|re texting|using|dialed] [got] [the|a] wrong
            number/person/guy/girl/woman/man/lady/dude/phone/contact/# {no_more}
        wrong num/numba/nunber; this is the wrong (number|person|phone|guy|girl); its the wrong (number|person)
        youre (texting|messaging|contacting) the wrong (number|person|guy|girl|lady)
        you are (texting|messaging|contacting) the wrong (number|person|guy|girl)
        (you|u) texted the wrong (number|person|guy|girl|one)
        [i think] this (was|is|text was|message was|is probably) [meant|intended] for (someone|somebody) else
        not who you think [i am|this is]
        [im|i am] not (the person|who) (you think [i am]|youre looking for|you are looking for|you want)
        wrong number wrong person
    """,
    Kind.NOT_ME: """
        [sorry|no|hey] (im|i am|this is|this aint|aint|its|it is|thats) not <name> [<name>]
        [sorry|no] (this isnt|it isnt|i aint|this aint|isnt) <name> [<name>]
        not <name> [<name>]
        (this is|its|it is|this) (not|isnt|no longer) <name> [<name>] [s] [number|phone|cell|anymore]
        (this isnt|this is not|this is no longer|not) <name> [<name>] [anymore|s number|number|s phone|phone]
        [there is|theres|we have|i have] no <name> [<name>] [here|at this number|at this phone|living here]
        [i|we] (dont|do not) know [a|any|anyone named|anybody named|anyone called|who is] <name> [<name>]
        (i dont know|no idea) who <name> is
        <name> [<name>] (doesnt|does not|no longer) (have|has|use|uses|own) this (number|phone) [anymore]
        <name> [<name>] changed [his|her|their] number; who is <name> [<name>]; whos <name>
    """,
    Kind.RUDE: """
        [you] [people|guys|bunch of|are|are all] (asshole|assholes|idiot|idiots|jerk|jerks|moron|morons|dumbass|
            bastards|bastard|bitch|bitches|fucker|fuckers|losers|loser|spammers|spammer|creep|creeps|weirdo|
            weirdos|scammer|scammers|dicks|dick|motherfucker|motherfuckers|scum)
        (wtf|ffs|omfg|omg|jesus|christ|god|ugh|seriously|enough|lord|geez|jeez|people|assholes|again|yo|ok|okay)
        [wtf|what the fuck|what the hell|what is wrong with you] [people]
        damn it; dammit; damnit; god damn it
        [for] (gods|the love of god|the love of|fucks|fuck|christs|petes|heavens) [sake]
        oh my god; jesus christ; hell no; for real; good lord
        [or|before|and] (i|ill|im|i will|i am|we) (will|gonna|going to|have to|) (report|block|sue|blocking|
            reporting|call|am calling) [you|this|it|this number|you guys|the cops|the police|a lawyer|my lawyer|
            you to the fcc|as spam|you all]
        [this is|its|thats|these are] [so|just|really|getting|beyond|pure|too] (spam|harassment|annoying|
            ridiculous|too much|enough|out of hand|bullshit|insane|crazy|nonsense|illegal|old|spammy|irritating|
            unwanted)
        {im} (serious|done|so done|done with this|over it|over this|sick of (this|it|these|you|your texts)|tired
            of (this|it|these|your texts)|fed up|not interested|not kidding|busy|at work|driving|so sick of this|
            begging you)
        not interested; too many (texts|messages|of these) [of these]; way too many texts
        fuck (you|off|this|all of you); piss off; go away; get lost; shut up; go to hell; screw you; screw off
        buzz off; bug off; get a life; suck it; i [already] said no; last/final warning/chance
        for the last time; [once] and for all
        i (dont|do not) (care|know you|know you people|want this|want these|want any of this|know who (this|you|
            you are|this is) [is|are]|play|volunteer|live there anymore|even know you)
        i never (signed up|asked) [for (this|these|any of this)|to get texts]
        i didnt (sign up|ask) [for (this|these|any of this)]
        (who gave you|how did you get|where did you get) (my|this) number
        i have asked [you] (before|twice|nicely|many times|several times|repeatedly)
        ive asked [you] (before|twice|nicely|many times|several times|repeatedly)
        every day; all day long; day and night; all the time; i quit; no thanks; i moved [away|to <name>]
        i moved; im not in the band anymore; im not in a band; not my thing; im done
    """,
    Kind.FILLER: """
        i told you; i mean it; [and] one more time; once more; not funny
    """,
}

ADJECTIVES: Final = frozenset(
    """
    annoying asquerosos bloody chingadas chingados crappy damn damned dang dumb effing estupidas estupidos freakin
    freaking frickin fricking frigging fuck fucken fuckin fucking fuckn goddamn goddamned hella jodidas jodidos
    malditas maldito malditos molestos mugres mugrosos pinche pinches puta putas puto putos shitty stupid
    """.split()
)
ASIDES: Final = (("the", "hell"), ("the", "fuck"), ("the", "f"), ("tf",), ("the", "heck"))
