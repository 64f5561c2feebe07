"""Understood phrases in English. Words have no apostrophes; patterns.py describes the notation.

Long because it is a list of what people text.
"""

from ..kinds import Kind

PIECES = {
    "i": "(i|we)",
    "im": "(im|i am|were|we are)",
    "ill": "(ill|i will|well|we will|ima|{im} gonna|{im} going to)",
    "id": "(id|i would|wed|we would)",
    "me": "(me|us)",
    "my": "(my|our)",
    "sure": "(definitely|totally|absolutely|certainly|surely|gladly|for sure)",
    "show": "(show|gig|set|slot|shift|spot|performance|concert)",
    "do": """
        (do it|do that|do this|do <when>|make it|make that|make <when>|come|play|perform|help|help out|help you
        [out]|be there|attend|join [you|you all|yall|you guys]|take it|take that|take this|take [on] (the|that|
        this) {show}|cover|cover it|cover that|cover (the|that|this) {show}|work|work it|work that|work (the|
        that|this) {show}|volunteer|fill in|step in|do (the|that|this) {show}|play (the|that|this) {show}|be on|
        lend a hand|pitch in)
    """,
    "cant": """
        (cant|cannot|can not|wont|will not|(im|i am|were|we are|) not able to|(im|i am|were|we are|) unable to|
        can no longer|no longer can|(im|i am|were|we are|) no longer able to|wont be able to|will not be able to|
        wouldnt be able to|couldnt possibly|aint able to)
    """,
    "go": """
        (make it|make it out|make it in|make this one|make that one|make (the|my|our|that|this) {show}|make it
        to (the|my|our) {show}|make <when>|come|come out|come in|be there|attend|join [you|you all|yall|you guys]|
        play|play (the|my|our) {show}|perform|participate|volunteer|work (my|the|that|this) {show}|do (the|my|
        our) {show}|come to the {show}|come <when>)
    """,
    "after_all": """
        [anymore|any more|after all|this time|this time around|now|this year|i am afraid|im afraid]
    """,
    "because": "[because|bc|cuz|cause|coz|since|as|due to]",
    "late": "(late|behind|delayed|behind schedule)",
    "bit": "[a bit|a little|a little bit|a lil|a tad|slightly|super|really|so|very|kinda|way|already]",
    "mine": """
        (mine|my shift|my slot|my spot|my own|my set|what i have|the one i have|my time|my original shift)
    """,
    "to_mine": "[for|to] (my|our|the) (set|shift|slot|show|gig|call|call time)",
    "for": """
        [and|so much] for (asking|having {me}|inviting {me}|the (invite|invitation|reminder|heads up|update|info|
        information|text|message|opportunity|note|offer|confirmation|chance|add|headsup|details|quick reply|ask)|
        letting {me} know|reaching out|thinking of {me}|everything [you do]|all you do|all [your|the] [hard] (
        help|work)|checking [in]|checking in [with|on] {me}|reminding {me}|organizing [this|it]|getting back to
        me|your (help|work|hard work|patience|understanding|message|text|time|concern)|understanding|including
        {me}|putting (this|it) together|this|that|it|doing this|the understanding|being (patient|understanding)|
        keeping {me} (posted|updated|in the loop|in mind)|telling {me}|confirming|following up|considering {me}|
        the love|helping)
    """,
}

ONLY_THERE = {
    Kind.YES: """
        y/ya
    """,
    Kind.GREETING: """
        yo [<name>]
    """,
    Kind.ASSENT: """
        bet
    """,
}

PHRASES = {
    Kind.YES: """
        (yes|yep|yup|yeah|yea|yeh|yah|yas|yass|yessir|aye|affirmative|yeppers|yuppers|yessum|yesh|yus)
        (yes|yep|yeah|yup) (sir|maam|indeed|i am|we are|i do|we do)
        oh (heck yes|hell yes|hell yeah|heck yeah|yes|yeah|sure|yep|absolutely|definitely|of course)
        sure [thing]; surely; for sure; of course; ofc; absolutely; definitely; def; defs; certainly; totally
        indeed; you bet; you betcha; you know it; heck/hell/fuck yes/yeah/yea; by all means; gladly
        with pleasure; happily; (100|hundred|one hundred) percent; without a doubt; no doubt; naturally
        [of course] {i} [{sure}] can [{sure}] [{do}] [<when>] [for sure]
        {i} {sure} can; can {do} [<when>]; [yes] {i} (will|shall) [{sure}]
        {ill} [{sure}] (do it|do that|do this|take it|take that|take this one|take (the|that|this) {show}|cover
            it|cover that|cover (the|that|this) {show}|help|help out|work it|fill in|step in|be happy to|be glad
            to) [<when>]
        {im} [so|all|{sure}|totally] in; [you can] count {me} in
        {im} [so|totally|{sure}] (down|game|up for it|down for it|down for that|on board)
        {im} (available|free|able to [{do}]) [<when>]; available/free <when>
        {im} [very|so|more than] (happy|glad|delighted|honored|able) to [{do}] [<when>]
        [{id}|would] (love|be happy|be glad|be honored|be delighted|be more than happy|be so happy) to [{do}] [
            <when>]
        {id} love that; {id} be (honored|delighted|thrilled|happy|glad)
        (it would|itd|it will) be (my|our|a|an) (pleasure|honor)
        sure can; sure will
        [more than|so|very] happy/glad/delighted/honored to [{do}] [<when>]
        {i} would love to [{do}] [<when>]; sign {me} up; put {me} down; {i} accept; accept; accepted
        {i} confirm; [{i}] can confirm; {i} can be there [<when>]; (its|thats|it is|that is) a yes [from {me}]
        a yes from {me}; yes from {me}; yes to that; yes [{i}|that|it] (works|work) [for {me}]; {i} said yes
        lets say yes
    """,
    Kind.PROMISE: """
        will [{sure}] be there [<when>] [for sure]
        {ill} [{sure}] be there [<when>] [for sure|with bells on|no doubt|no matter what|no problem|early]
        {ill} [{sure}] (come|play|make it|attend|be coming|be playing|be in|join you|be at the {show}|see you
            there|see you then|show up) [<when>] [for sure]
        {im} [{sure}] (coming|playing|attending|going) [<when>] [for sure]
        be there <when>; there with bells on; with bells on
        [{i}] (wouldnt|would not|wont|will not|cant|couldnt|would never) miss (it|this|that|this one) [for (the
            world|anything|a thing)]
        [{i}] (cant|can not|cannot) [hardly] wait [to (play|perform|come|help|do it|do this|be there|see you [
            all|there|guys]|see everyone|rock)|for (it|this|that|<when>)|until then|till then]
        [{i}|you] can count on {me}; count on {me}; count on it
        [{im}|{i}|so|really|very] looking/look [so|very much] forward to (it|this|that|playing|performing|coming|
            helping|being there|seeing you [all|there|then|guys]|seeing everyone|<when>)
        {i} promise; its (in|on) (my|the|our) calendar
    """,
    Kind.SEE_YOU: """
        see/c you/ya/yall [all|guys|both|everyone] [there|then|<when>|there <when>|at the {show}|at the venue]
        see everyone there; cya [there|then|<when>]; [ill|well] see you [all] (there|then|<when>)
        until/till then; catch you there/then; [{ill}] see you [all] at the {show}; see you there then
    """,
    Kind.ASSENT: """
        sounds [so|really|very|pretty] (good|great|perfect|awesome|amazing|fantastic|wonderful|lovely|fun|fine|
            cool|excellent|right) [to {me}|for {me}|<when>]
        sounds like (a plan|fun|a deal|a good plan|a great plan|a good time|a blast)
        that sounds [so|really|very] (good|great|perfect|awesome|amazing|fantastic|wonderful|lovely|fun|fine|
            cool|excellent) [to {me}|for {me}]
        good/fine/great/okay/ok/cool/perfect by/with/for {me}
        [ok] (perfect|great|awesome|cool|coolio|excellent|fantastic|wonderful|amazing|lovely|sweet|terrific|
            brilliant|splendid|superb|fab|fabulous|marvelous)
        alright/alrighty/aight/ight; all right; alrighty then; very good; deal; its a deal; its a date
        you got it; you have got it; done deal; no problem/problems/prob/probs/problemo [at all]; np
        no worries [at all]; not a problem; no biggie; no big deal; no sweat; no trouble [at all]; will do
        can do; wilco; confirmed; confirm; confirming; [{im}] confirmed; consider it/me confirmed/done
        {i} have confirmed
        [that|it|this|<when>] works [great|perfectly|well|fine|just fine] [for {me}]
        (that|it|this|<when>) will work [for {me}]; thatll work [for {me}]; works for {me}
        <number> works [great|well|fine] [for {me}]; <number> is good/fine/great/perfect [for {me}]
        (that|it|this|<when>) is good/fine/great/perfect/ok/okay/cool/awesome [by {me}|with {me}|for {me}]
        thats/its fine/great/perfect/cool/awesome/ok/okay [by {me}|with {me}|for {me}]
        <when> good/fine/great/perfect/ok [for|with|by] {me}
        lets do it; lets do this; lets do that; lets do <when>; lets rock; lets rock and roll; its on
        okie/okey dokie/dokey; okay/ok then; okey doke; okeydokey; okiedokie; oki doki; okie; cool beans
        good plan; great plan; perfecto mundo; right on; righto; right o; agreed; i agree; thats a plan
        [oh] (ok|okay); its a plan; ok cool; ok good; ok great
    """,
    Kind.HEARD: """
        got it; gotcha; i got it; got ya; got your message/text/msg; got the message/text; noted; duly noted
        so noted; copy; copy that; roger; roger that; 10 4; 10 - 4; ten four; heard; heard you; understood
        received; message received; acknowledged; ack; i see; good to know; makes sense; i understand
        will keep it in mind; read; got this; rodger; rodger that; loud and clear; thanks got it; ok noted
    """,
    Kind.NO: """
        nope/nah/naw/negative/nay/nuh; nuh uh; uh uh; no sir/maam/way jose; no can do; no dice; no siree
        hard no/pass; heck/hell/fuck no; not possible; absolutely/definitely/certainly/obviously not
        of course not; [{i}] {cant} {after_all}
        [{i}] {cant} (do it|do that|do this|do this one|do that one|swing it|swing that|take it|take that|take
            this|take this one|take it on|cover it|cover|cover that|cover (the|that|this) {show}|help|help out|
            help you|help you out|commit|commit to (it|that|this)|manage it|fit it in|work|work it|work <when>|
            do <when>|help <when>|help out <when>|work that) {after_all} [<when>]
        [{i}] {cant} <when> {after_all}; [{i}] really cant
        [{im}] not (available|free|able|around|interested|up for it|up to it|in|possible) [<when>] {after_all}
        [{im}] unavailable [<when>]; {im} not able to {after_all}
        not (this time|this one|for {me}|<when>|happening|gonna happen|going to happen|a chance) [{im} afraid]
        (im afraid|i am afraid|afraid|unfortunately|sadly) not
        [please] count {me} out [this time|on this one|for this one|for <when>|<when>|of this one]
        {im} out [this time]
        [{ill}|{i}|{im} going to|{im} gonna|going to|gonna|{i} think ill] [have to|need to|gotta|got to|must]
            pass [on (it|this|that|this one|that one)|this time|this one|for now]
        {i} (have to|must|need to|gotta|will have to) (decline|say no|pass|sit this one out)
        {ill} (have to|need to) (decline|say no|sit this one out)
        decline; declined; declining; {i} decline; {i} respectfully decline; sitting this one out
        (thats|its|that is|it is) a [hard] no [from|for] {me}
        (thats|its) a no; a no from {me}; no from {me}; no for {me}
        [that|it|this|<when>|<number>] (doesnt|does not|dont|wont|will not|isnt going to|isnt gonna) work [out]
            for {me}
        (that|this|<when>|<number>) (doesnt|does not|wont|will not|isnt going to|isnt gonna) work [out]
        [{i}] wish {i} could [{do}] [<when>]; [{id}|{i}] rather not; {id} prefer not to
        {i} (dont|do not) want to [{do}]; {i} said no; i already said no; no {i} cant; {i} couldnt
        dont count on {me}; dont count {me} in
    """,
    Kind.REFUSAL: """
        [{i}] {cant} {go} [<when>] {after_all} [<when>]; [{i}] {cant} be able to {go}
        [{i}] (wont|will not|not going to|not gonna|(im|i am|were|we are) not going to|(im|i am|were|we are) not
            gonna|arent going to|wouldnt|aint gonna) be able to [{go}] [<when>] {after_all}
        [{im}|{i}] [just|really] not (coming|playing|attending|gonna make it|going to make it|gonna come|going
            to come|gonna be there|going to be there|gonna be able to|going to be able to|coming in) [<when>]
            {after_all}
        [{i}] (aint|arent) (coming|gonna make it|going to make it) [<when>]
        [{i}] wont be (coming|playing|there|attending) [<when>] {after_all}
        [{i}|ill|well|{ill}|{im}] [just|actually] (have|need|got|gotta|must|will have|will need|going to have|
            gonna have|going to need|gonna need|am going to have|are going to have) [to] (cancel|cancel on you|
            back out|drop out|bow out|pull out|bail|bail out|withdraw|call off) {after_all} [<when>|on <when>|
            for <when>]
        [{i}|ill|well|{ill}|{im}] (have|need|got|gotta|must|will have|will need|going to have|gonna have) [to] (
            cancel|drop|give up|call off|back out of|drop out of|pull out of) {my} {show} [<when>]
        cancel {my} {show}; {i} {cant} do {my} {show}; no longer coming; no longer able to make it
        {im} canceling/cancelling/bailing; {im} no longer coming; [{i}] couldnt make it after all
        {im} not making it [<when>]; wont be making it [<when>]; cant make it no more
    """,
    Kind.SWAP_YES: """
        [{i}|{ill}|lets|yes lets] [{sure}] (swap|trade|switch|exchange) [it|them|shifts|slots|spots|places|that|
            with (you|them|him|her|<name>)|<when>]
        [{i}|{ill}] [{sure}] can (swap|trade|switch) [it|shifts|slots|with (them|him|her|<name>)|<when>]
        happy/glad to (swap|trade|switch) [shifts|with (them|him|her|<name>)]
        {im} (happy|glad|willing|ok|okay|fine|down|good) (to|with) [the] (swap|swapping|trade|trading|switch|
            switching) [shifts]
        ok/okay/fine/good/cool with the swap/trade/switch
        [the|a|this|that] (swap|trade|switch) (works|is fine|is ok|is okay|is good|sounds good|sounds great|is
            great) [for {me}|with {me}|by {me}]
        {id} (love|be happy|like|be glad) to (swap|trade|switch)
        swapping (is fine|is ok|works) [with|by|for {me}]; {i} accept the (swap|trade|switch)
        {ill} take (theirs|that one|the other one); yes to the swap
        [ok|yes] lets do (the|that|this) (swap|trade|switch)
        {i} can do the (swap|trade|switch)
    """,
    Kind.SWAP_NO: """
        [{i}|id|i would|{ill}] [rather|prefer to|want to|would rather|would prefer to|like to|just|think ill] (
            keep|stay with|stick with|hold on to|hang on to|stay on) {mine}
        {id} like to keep {mine}
        [{im}] (happy|good|fine|happier|okay|ok) with {mine}
        (no|dont|do not|not) (swap|trade|switch|swapping|trading|switching)
        {i} (dont|do not) want to (swap|trade|switch) [shifts]
        {i} (cant|cannot|can not|wont|will not) (swap|trade|switch) [shifts|<when>]
        {id} (rather|prefer) not [to] (swap|trade|switch)
        {im} not (swapping|trading|switching|interested in swapping)
        {ill} keep {mine}; {im} keeping {mine}; keeping {mine}; keep {mine}; no swap for {me}
        prefer to keep {mine}; prefer {mine}; {i} prefer {mine}; cant (swap|trade|switch)
    """,
    Kind.WISH: """
        [{i}] [really] ([{id}|would|id have] [really] (love|like|loved|have loved|have liked|be happy) to [{do}]|
            love to|would [love to]|want to|wanted to|was hoping to|were hoping to|wish {i} could [{do}]|wish i
            was able to) [<when>] but
        {id} but; {id} (have|really) (loved|like) to but
        [that] sounds (good|great|fun|amazing|awesome|lovely|wonderful) but
        {i} tried but; thats (so kind|so nice|very kind) [of you] but
        {i} appreciate (it|the offer|the invite) but
    """,
    Kind.NEXT_TIME: """
        maybe next time; next time; perhaps next time; hopefully next time; [see you] another time
        some other time; maybe another time; catch you next time; next time for sure
        [please] keep {me} in mind [for next time|for the next one]
        [{id}] love to [do it|play|help] next time; ill catch the next one; see you next time; rain check
        raincheck; maybe the next one
    """,
    Kind.SADLY: """
        unfortunately/sadly/regretfully/alas; {im} afraid; looks like; it looks like; turns out
        i hate to (say it|say this|do this|bail) [but]; oh no; aw man; aww/aw; ugh
        darn/dang/shoot/bummer/shucks/crap/damn; what a bummer; thats a bummer; so sad; {im} so bummed; bummed
        [{im}] so sad [to miss it|about it]; sad to miss it; sorry to miss it; [{im}] sorry to let you down
        it is with regret; i regret to say [that]; with regret; {i} know its last minute; last minute i know
        sorry for the short notice; sorry for the late notice; sorry its last minute
        sorry for the last minute (notice|cancellation|change|text)
        hate to miss it
        hope you find (someone|somebody|someone else|somebody else|another band|a replacement)
        hope you can find (someone|somebody) [else]; good luck finding (someone|somebody) [else]
    """,
    Kind.REASON: """
        {because} ([{i}] [already] (have|got|gotta|have got|need|must|had) [to] work [late] [<when>]|{im} [
            already] [stuck] working [late|a double|all day] [<when>]|{i} work [late] [<when>|nights]|work|
            working [late] [<when>]|[{im}] [stuck] at work|work (thing|stuff|conflict|schedule|emergency|shift|
            obligations|came up|got in the way|called me in)|got called in [to work]|[{i}] got called into work|
            {i} have a work (thing|event|trip|conflict|meeting|shift)|scheduled to work|{im} scheduled to work)
        {because} [{im}|{i}|feeling|still|am] [feeling|still|really|so|pretty|very|super|too|home|been|got] (
            sick|ill|unwell|under the weather|not well|not feeling well|not feeling good|not feeling great|down
            with (the flu|covid|a cold|something)) [<when>]
        {because} {i} (have|got|ve got|have got|caught|came down with) [a|the] [bad|nasty|terrible|stomach] (flu|
            covid|cold|fever|bug|virus|migraine|headache|strep|food poisoning)
        {i} tested positive [for covid]
        [{i}] (dont|do not) feel [so|very|too] (well|good|great)
        feeling (sick|ill|awful|terrible); {i} feel (sick|awful|terrible); i have laryngitis; i lost my voice
        lost my voice
        {because} ({im}|{ill} be|be) [still] (out of town|out of state|out of the country|away|traveling|
            travelling|on vacation|on holiday|on a trip|abroad|on the road|on tour|in class|at school|at a
            wedding|at a funeral|in the hospital) [<when>|then|that day|that weekend|all week|this week|that
            week]
        out of town [<when>]; traveling [<when>]; on vacation; on tour
        {because} [{i}] [already] (have|got|have got|had|ve got) [a|an|another|some|other|prior|our|my] [family|
            prior|previous|work|other] (thing|event|emergency|plans|commitment|commitments|engagement|obligation|
            obligations|gig|show|conflict|class|exam|exams|finals|test|appointment|wedding|funeral|party|dinner|
            meeting|rehearsal|reunion|trip|date|babysitting|doctors appointment|dentist appointment|kids stuff|
            matter|matters|stuff|game|recital|birthday|birthday party|deadline|homework) [<when>|that (day|night|
            weekend)|then|to go to|to attend]
        {because} (family|personal) (emergency|stuff|thing|plans|matters|matter|event|dinner|reasons|obligations|
            commitment|issue|issues|illness) [came up|<when>]
        a family emergency
        {because} of (work|family|school|illness|a family emergency|a conflict|my kids|a prior commitment)
        for family reasons; for health reasons; health reasons; personal reasons
        (something|stuff|things|an emergency|a conflict|a work thing|a family thing|work) [has|just|else] (came|
            come) up [last minute|at work|<when>]
        theres been a (family emergency|death in the family)
        {because} ({im}|{i} got|{i} am|{ill} be) [already|too|super|really|so|pretty|swamped] (busy|booked|
            double booked|swamped|slammed|tied up|exhausted|injured|hurt|committed|overbooked|playing elsewhere|
            playing somewhere else|babysitting) [<when>|then|that (day|night|weekend)|with work|with family|with
            school|at work|that week]
        double booked; too busy; already booked; other plans; prior commitment; prior engagement
        schedule/scheduling conflict; conflict; another gig; working
        {because} {my} (kid|kids|son|daughter|child|baby|wife|husband|mom|mother|dad|father|partner|girlfriend|
            boyfriend) (is|are) (sick|ill|in the hospital|not feeling well|not well)
        sick (kid|kids|child|baby); no (babysitter|sitter|childcare|child care)
        {i} (dont have|couldnt find|cant find|have no) [a] (babysitter|sitter|childcare|ride)
        {my} (car|van) broke down; car trouble; car broke down; i have no (ride|car|way to get there)
        {i} have kids at home; its my (birthday|anniversary|kids birthday); not feeling well
        i hurt my (back|hand|foot|wrist|leg|arm|knee)
        {i} have (covid|class|school|strep|kids|the kids|my kids|a cold|a gig|church)
    """,
    Kind.LATE: """
        late [by] [<minutes>] [{to_mine}]
        <minutes> (late|behind|behind schedule) [{to_mine}]
        a (bit|little|little bit|tad) {late}
        ({im}|{ill} be|will be|gonna be|going to be) [running] [{bit}] {late} [by] [<minutes>] [{to_mine}]
        ({im}|{ill} be|will be|gonna be|going to be|still|) running [{bit}|a] {late} [by] [<minutes>] [{to_mine}]
        ({im}|{ill} be|will be|gonna be|going to be|) [running] <minutes> {late} [{to_mine}]
        ({im} [going to|gonna]|{ill}|will|gonna) (arrive|get there|be there|be in|come|come in) <minutes> late
        [{im}] (arriving|getting there|coming|coming in) <minutes> late
        ({im}|{ill} be|will be) delayed [by] [<minutes>]; delayed [by] <minutes>
        {i} (got|am getting) delayed [by] [<minutes>]; <minutes> delay; having a <minutes> delay
        eta <minutes> late; coming late; {im} coming late; l8 [<minutes>]; [{im}] running l8
    """,
    Kind.TRAFFIC: """
        [{im}|i got|got|sorry] [still] [stuck|caught|sitting] in [bad|heavy|terrible|crazy|horrible|so much|a
            lot of|lots of|rush hour|standstill|major|awful|insane] (traffic|a traffic jam) [on (the bridge|the
            highway|the freeway|the interstate|i 95|the 405)]
        stuck in traffic
        [bad|heavy|terrible|crazy|horrible|awful|insane|major] traffic
        traffic (is|s) [so|really|very|super|pretty] (bad|terrible|crazy|horrible|awful|insane|heavy|a nightmare|
            a mess|nuts|brutal|the worst)
        traffics (bad|terrible|crazy|awful|insane|a nightmare)
        theres [so much|a lot of|heavy|bad|terrible] traffic
        traffic jam; so much traffic; lots of traffic; hit traffic; hitting traffic; {i} hit [some|bad] traffic
    """,
    Kind.LATE_REASON: """
        {because} [my|our|the] (train|bus|subway|uber|lyft|cab|taxi|ride|flight|ferry|babysitter|sitter|metro) (
            is|was|got|s|is running) (late|delayed|stuck|cancelled|canceled|slow|not moving)
        {because} (train|bus|subway|flight|metro) (delay|delays|trouble|problems|issues)
        missed (my|the) (bus|train|ride|flight|exit|ferry)
        {i} missed (my|the) (bus|train|ride|ferry); {because} (car|van) (trouble|problems|issues)
        [{i}] (got|have|had) [a] flat [tire]; flat tire; [{i}] overslept; {i} got lost; {im} lost; got lost
        [{i}] (got|had to stay) [held up|stuck|late] at work
        held up [at work]; [{im}] (stuck|held up) at work; work ran (late|over); got out [of work] late
        left [work|home] late; {i} left [work|home|the house] late; there was an accident
        accident on the (road|highway|freeway|bridge); [{my}] car (wont|wouldnt) start; kids; kid stuff
        lost track of time; couldnt find (parking|my keys); looking for parking
        parking is (crazy|terrible|a nightmare|awful|bad)
        {because} of (traffic|the train|the bus|the rain|the weather|the snow|an accident|work|the subway|
            construction|parking|car trouble)
        bad weather; the (weather|rain|snow) is (bad|terrible); road work; construction; road closure
        roads are (bad|closed|icy)
    """,
    Kind.ON_THE_WAY: """
        omw; on my way
        [{im}] [already|just] on {my} way [now|there|over]
        on the way; {im} on the way; leaving now; {im} leaving now; just left; {i} just left; heading over [now]
        {im} heading (over|there|out) [now]; coming as fast as {i} can; hurrying; rushing
        getting there as fast as {i} can; en route; enroute; almost there; {im} almost there; be there asap
        be there soon; ill be there (soon|asap|as soon as i can); otw
    """,
    Kind.HERE: """
        [{im}] [just|already|finally|now|all|both|safely] here [now|already|safe|safely|and ready|and ready to
            go]
        [{i}] [just|finally] got here [safe|safely]; [{i}] just arrived [at the venue|here]
        arrived [at the venue|safely|safe]; {i} arrived; {i} have [just] arrived; {im} arrived
        ive/weve [just] arrived; ive/weve got here
        [{im}] [now|already|just|finally] (at|inside|in) the (venue|building|theater|theatre|club|greenroom|
            green room)
        {im} [already|now] (backstage|inside) [now]; backstage [now]; [{i}] [just|finally] made it here
        {i} made it; made it; just made it here; in the building; {im} in the building; at the venue
        reporting in; all here; present; [{i}] got to the venue; just got to the venue; just walked in
        {i} just walked in; just got in; arrived and ready
    """,
    Kind.WHEN: """
        when; what time; at what time; what time [is it] again; when [is it] again; when is it
        what time is it at; whens it; what times; {my} times; {my} time; {my} schedule
        whats {my} (time|times|schedule|call|call time|set time|slot|shift|start time)
        what is {my} (time|schedule|call time|call|set time|slot|shift|start time)
        what are {my} times
        (when|what time|at what time|what day) (am i|are we|will i be|will we be) (on|playing|up|performing|
            going on|scheduled|working|needed|supposed to (play|be there|arrive|start|come|go on|work|be on)|on
            stage|there|starting) [again] [<when>]
        (when|what time|at what time|what day|remind me when|remind me what time|tell me when|tell me what time|
            can you tell me when|can you tell me what time|can you remind me when|can you remind me what time|
            remind me what day) (do|should|can|will|did|must|are|am|) (i|we) [have to|need to|supposed to|gotta|]
            (play|go on|perform|start|show up|be there|come|come in|arrive|get there|work|be at the venue|load
            in|soundcheck|set up|leave|finish|be here|check in|on) [again] [<when>] [at]
        (when|what time|at what time|whats the time of|when exactly) (is|s|are|does) {my} (set|slot|shift|show|
            gig|call|call time|soundcheck|turn|spot|performance|time|sets|shifts|start) [start|begin|again|at] [
            again] [<when>]
        whens {my} (set|slot|shift|show|gig|call|call time|soundcheck|turn|spot|performance) [again] [<when>]
        what time is {my} (set|slot|shift|show|gig|call|call time|soundcheck|turn|spot|performance) [again] [at]
            [<when>]
        what (slot|shift) do {i} have; which (slot|shift) do {i} have; when do {i} play
        forgot what time {i} (play|start|work); i forgot my time; when was {i} (on|playing) again
        when am i supposed to be there; {my} set time; {my} call time
        remind me of {my} (time|times|set time|call time|shift)
    """,
    Kind.WHO: """
        who [the hell|tf|the heck|the fuck] (is|s) (this|that|it|texting|texting me|writing|messaging me|sending
            this) [again|please]
        whos (this|that|it|texting|texting me|writing|messaging me|dis)
        who dis; who this; new phone who (dis|this|is this); [sorry] new phone; who are you [people|guys]
        who am i (talking|texting|speaking) (to|with); whom am i (talking|speaking) (to|with)
        who [did you say] (is|s) this from; who sent this; whose number is this; what number is this
        who is (this number|sending these|sending me this)
        (i|we) dont (have|know|recognize) this number [saved]
        i dont have (this|your) number [saved]; dont know this number; lost my contacts; i lost my contacts
        do i know you; i got a new phone; got a new phone; who are you again; may i ask who (this is|is this)
        can i ask who (this is|is this); [sorry] who; who (this is|you are); who is calling; and who is this
        and who are you
    """,
    Kind.COVER: """
        cover; cover/coverage needed
        [{i}] need [a] (cover|coverage|sub|substitute|replacement|stand in|someone to (cover|sub|fill in|take my
            (shift|slot|spot|place|set)) [for {me}|{me}|{my} (shift|slot|spot|set)]|somebody to (cover|sub|fill
            in|take my (shift|slot|spot|place)) [for {me}|{my} (shift|slot|spot)]|my (shift|slot) covered|a
            cover) [for {my} (shift|slot|set)|for {me}|<when>|please]
        [please] (can|could|would|will) (someone|somebody|anyone|anybody|another volunteer) [else|please] (cover|
            sub|fill in|cover for|sub for|fill in for|take|take over|stand in|stand in for|step in|step in for|
            work|do|replace) [me|us] [for {me}|{my} (shift|slot|spot|set|place)] [<when>]
        [please] find ([me] (a sub|a replacement|a substitute|cover|coverage)|(someone|somebody) to (cover|take|
            replace) [for] (me|{my} (shift|slot|spot))|someone else for {my} (shift|slot|spot))
        looking for (someone|somebody|a sub|a replacement|coverage|cover) [to (cover|take)] [for] [me|{my} (
            shift|slot)]
        [is] (anyone|anybody|someone) (able|available|free) to (cover|sub|fill in) [for] [me|{my} (shift|slot)]
            [<when>]
        any chance (someone|anyone|somebody) (can|could) (cover|sub|fill in) [for] [me|{my} (shift|slot)] [
            <when>]
        [please] (can|could) you (cover|sub|fill in|find (someone|somebody|a sub|cover|a replacement) [to cover])
            [for] [{me}|{my} (shift|slot|spot)] [<when>]
        cover {my} (shift|slot) [please]; who can cover [for {me}|{my} (shift|slot)]; need cover
        need (a sub|coverage|a replacement|a cover) [for {my} (shift|slot)|<when>]
        cover me; {i} need to be (covered|replaced); does (anyone|anybody) want my (shift|slot)
    """,
    Kind.UNDO: """
        undo [that|it|this|the last one|the last|my last|my last (text|answer|reply|message|one)|last]
        [{i}] take (that|it) back; take it back; {i} want to undo [that|it]
        [please] (can|could) you undo (that|it|the last one|my last)
        (can|could) {i} undo (that|it); {i} need to undo [that|it]; undo please; undo undo; scratch that
        reverse that; revert that
    """,
    Kind.OOPS: """
        oops/whoops/oopsie/oopsy/woops; my bad; my mistake; wrong button; [that was a] mistake; i made a mistake
        that was (a mistake|an accident|wrong); didnt mean (that|to|it|to send that)
        i didnt mean (that|to|it|to send that); by accident; accident; sent by mistake; wrong text; typo
    """,
    Kind.HELP: """
        help
    """,
    Kind.PLEASE: """
        please/pls/plz/plse/pleasee/kindly; if you please
    """,
    Kind.THANKS: """
        [many|big|much|lots of|so many|a million] (thanks|thank|thx|ty|tysm|thnx|tx|tks|thanku|thankyou|thanx|
            cheers|thanxs|tyvm) [you|u|ya|yall|you all] [so much|so so much|a lot|very much|a million|a bunch|a
            ton|again|tons|kindly|loads|sm] [everyone|guys|yall|all|friend|friends|man|dude|buddy|bro|dear|hon|
            boss|team|folks|again|maam|sir] [{for}] [though|tho]
        [{i}] [really|so] appreciate (it|you|that|the (heads up|reminder|info|update|help|offer|invite|
            opportunity|message)|everything [you do]|you [guys] asking|your (help|work|message)) [so much|a lot]
        [much|very] appreciated; appreciate it [so much]; youre/your welcome; you are welcome; yw; ur welcome
        any time; anytime; my pleasure; dont mention it; its nothing; glad to hear it; good to hear
        great to hear; thats so (kind|nice|sweet) [of you]; so kind of you; youre the best; you are the best
        you rock; love it; love this; thats great news; great news; good news
    """,
    Kind.SORRY: """
        [im|i am|so|very|really|were] [so|very|really|terribly|truly] sorry/sry/soz/srry [again|everyone|guys|
            all|man|dude|friend|yall|folks] [about that|about this|about it|for the inconvenience|for any
            inconvenience|for the trouble|for this|for that|to bother you|for the confusion|for bothering you|
            for asking]
        [my|our] [sincere|sincerest|deepest] apologies [for that|for this|for the inconvenience|for the delay|
            for the late (reply|response)]
        i apologize [for that|for the inconvenience|for the delay|for the late (reply|response)]
        apologies; pardon; pardon me; excuse me; forgive me
        [im|so|very|really] [so] sorry for (the|my|such a|a) [super|very|so] (delay|late (reply|response|answer|
            text|message)|delayed (reply|response)|slow (reply|response)|delay in (responding|replying|getting
            back [to you]))
        sorry for (replying|responding|answering|texting|getting back [to you]) [so] late
        sorry [that] (it took me so long|i took so long|for taking so long) [to (reply|respond|answer)]
        sorry im [so] late (replying|responding|answering|getting back to you|in replying|with my answer|to
            reply|to respond)
        sorry for not (replying|responding|answering|getting back to you) (sooner|earlier|before)
        sorry (late reply|for late reply|late response); late reply sorry
        [sorry] [{i}] (only just|only|just) (saw|seeing|got|now saw|am seeing) (this|your (text|message)|the (
            text|message)) [just now|now]
        sorry just (saw|seeing|got) this; just (saw|seeing|got) this [sorry]
        sorry for (being|running) [so] late; sorry about (being|the) late [reply|response]; i know this is late
    """,
    Kind.GREETING: """
        (hi|hello|hey|heya|hiya|howdy|greetings|hullo|hallo|helo|heyy|dear) [there|all|everyone|everybody|guys|
            yall|team|folks|again|friend|friends|man|dude|callboard|you|girl|lady|boss|sir|maam]
        good (morning|afternoon|evening|day) [all|everyone|team|guys|to you|there]
        gm; morning; evening; good to hear from you; nice to hear from you; great to hear from you
        [i] hope (youre|you are|all is|alls|everythings|everything is|this finds you|youre all|you all are) [
            doing] (well|good|great|ok)
        happy (monday|tuesday|wednesday|thursday|friday|saturday|sunday)
    """,
    Kind.INTRODUCTION: """
        (this is|its|it is|this|thats) [me] <name> [<name>] [<name>] [here|again|from the band]
        (im|i am|my name is) <name> [<name>] [<name>]; <name> [<name>] [<name>] (speaking|writing)
    """,
    Kind.WISHES: """
        [you [too|all|guys]|and] have a [really|very|super] (great|good|nice|lovely|wonderful|blessed|fantastic|
            awesome|fun|beautiful|amazing|happy|killer|safe) (day|night|evening|weekend|show|one|time|week|rest
            of your (day|night|evening|weekend|week)|afternoon|morning|trip|gig|concert|event|party) [everyone|
            all|guys|yall|anyway|there]
        good luck [with (it|the show|everything|the gig)|tonight|everyone|yall|today]
        break [a] leg [everyone|all|yall|guys|tonight]; break legs
        [all the] best [of luck|wishes|regards|to all|to you|to everyone]
        take care
        enjoy [the show|the night|your (day|night|evening|weekend)|it|yourselves]
        have fun [everyone|all|guys|yall|tonight|without me]
        god bless [you|you all]; bless you; blessings; congrats; congratulations; good night; goodnight; gn
        stay safe; be safe; drive safe
        happy (holidays|new year|thanksgiving|birthday|easter|halloween)
        merry christmas; warm/kind/best regards; regards; warmly; sincerely; yours; yours truly; much love
        lots of love; love to all; hugs; big hug; big hugs; love you [all|guys|too]; love ya; rock on
        hope (it|the show|everything|you all|the night) (goes|go) (well|great|smoothly)
        hope (its|it is|you have) a (great|good|fun|wonderful) (show|night|time|event)
        hope the show is (great|a success|amazing|a hit); [have a] safe travels; likewise; same to you; you too
        u too; and you; all my best; xo; peace; with love; knock em dead; cant wait to hear about it
        thinking of you; feel better
    """,
    Kind.JOY: """
        [{im}|we] [so|very|super|really|all|just|sooo|beyond] (excited|stoked|pumped|thrilled|psyched|hyped|
            honored|happy|grateful) [for (this|it|that|us|<when>)|about (this|it|that|<when>)|to (play|be (there|
            part of (it|this)|a part of (it|this)|included|asked)|perform|help|do this|do it|come|be playing)|
            you asked]
        (yay|yayy|yippee|woohoo|woo|wahoo|hooray|hurray|woot|whoo|whoop|yahoo|wow|omg|hurrah|wooo|whooo)
        woo hoo; whoo hoo; hell of a time
        [its|this|thats|itll|it] [will|is] (gonna|going to|will|ll|to) be [so|super|really] (fun|great|awesome|
            amazing|epic|good|a blast|lit|a great (show|night|time))
        itll be [so|super|really] (fun|great|awesome|amazing|epic|good|a blast)
        so fun; so cool; so exciting; how exciting; how fun; exciting; what an honor; its an honor; an honor
        a pleasure; fun; fun times; what fun
        we love (it|this|you|yall|playing (there|for you))
        cant believe it
    """,
    Kind.LAUGHTER: """
        haha/lol/lmao/rofl/hehe/xd/ha/lolz/lolol/heehee/teehee/hihi
    """,
    Kind.FAREWELL: """
        bye/goodbye/byebye/bai/ttyl/ciao/toodles/farewell; bye bye; bye for now; talk soon; talk later
        talk to you (soon|later|then); talk then; ttys; see you/ya/yall [all] (soon|later|around); peace out
        catch you later; cya (later|soon|around); later gator; speak soon; until next time; more soon
        over and out; be well; see you (real|very) soon
    """,
    Kind.FILLER: """
        actually/ah/aha/well/so/honestly/anyway/anyways/btw
        you know; by the way; my friend; my dear; everyone; guys; folks; team; yall; man; dude; bro; buddy; boss
        sir; maam; friend; as always
    """,
    Kind.SPOKEN: """
        period/comma; exclamation (point|mark); full stop; new line; smiley face; heart emoji; thumbs up emoji
        dot
    """,
    Kind.SPOKEN_QUESTION: """
        question mark
    """,
    Kind.AND: """
        and/also/plus
    """,
    Kind.BUT: """
        but/however
    """,
}
