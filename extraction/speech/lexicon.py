"""Words that report what somebody says, thinks or wants, by the grammar they take.

Grouped after the verb classes of English grammar (say, tell, conjecture, judgement,
want, promise and urge verbs), never by topic.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs that introduce quoted words, and clauses: "she said that", "..., he joked".
SPEECH = _words(
    """say tell add note write argue claim state announce declare explain report suggest
    warn insist acknowledge admit deny confirm reply respond tweet ask recall conclude
    predict reveal assert contend maintain concede complain remark observe comment
    stress emphasize emphasise reiterate repeat testify allege affirm disclose joke quip
    mention caution speculate lament boast proclaim counter retort retweet post promise
    vow pledge swear assure remind inform exclaim shout yell whisper murmur mutter
    answer inquire interject continue begin conclude offer urge demand plead recount
    opine muse propose recommend advise cite quote read call describe refer point agree
    summarize summarise underscore underline clarify elaborate demur scoff sneer gush
    fume grumble gripe confide protest rant reason recite preach crow thunder bark snap sigh chant cry intone deadpan chime pronounce charge"""
)
# Verbs with a clause as content: "believes (that) ...", "found that ...".
CLAUSAL = SPEECH | _words(
    """believe think know feel hope fear worry expect doubt understand realize realise
    suspect find show agree disagree hint imply signal indicate estimate wonder guess
    assume presume figure reckon learn hear discover remember imagine anticipate foresee
    determine decide see recognize recognise question wish threaten hold judge calculate
    calculate project forecast prove demonstrate note conclude fret regret dream
    concur hypothesize forewarn foretell confide grumble suppose theorize postulate posit surmise deduce infer envision envisage
    recollect forget rule order command instruct request require rejoice marvel resolve
    trust bet wager care consider contemplate discuss debate mean convey communicate
    certify attest vouch verify highlight illustrate suggest pray prefer"""
)
# Verbs with an infinitive as content: "wants to", "refused to".
INFINITIVE = _words(
    """want refuse decline vow pledge promise threaten plan intend seek hope decide agree
    offer expect prefer propose ask claim swear aim wish demand elect choose opt
    resolve determine aspire long yearn hesitate fear mean undertake consent mull desire
    love hate like dread need volunteer commit beg prepare try"""
)
# Weaker ones: they report an intention only in some texts.
TRYING = _words("try need like love prepare choose mean")
# Verbs with a gerund as content: "is considering sending", "rules out sending".
GERUND = _words(
    """consider contemplate oppose support favor favour suggest propose recommend advocate
    discuss mull weigh resist regret deny admit acknowledge dread fear envisage
    envision imagine mention anticipate reject defend dislike hate love enjoy endorse
    debate float urge describe recall remember rule"""
)
# Verbs whose object is judged, wanted or talked about: "condemned the law".
ATTITUDE = _words(
    """support oppose back endorse reject favor favour condemn denounce criticize criticise
    praise welcome blast slam mock dismiss defend accuse blame question challenge tout
    decry ridicule rebuke embrace advocate demand urge deny dispute refute rebut
    contest consider prefer want fear doubt regret applaud laud hail commend salute
    cheer celebrate deplore lambaste lambast castigate chastise chide scold berate
    deride disparage denigrate belittle malign vilify lampoon satirize admonish
    reprimand censure decry bemoan lament mourn resent admire respect revere adore
    despise loathe detest hate love like dislike distrust mistrust trust disown
    disavow repudiate renounce spurn rebuff shun protest object resist
    champion espouse promote pitch peddle extol glorify thank congratulate
    encourage discourage recommend propose suggest float advise caution warn
    predict forecast project anticipate expect foresee envision envisage imagine
    seek request pledge promise vow threaten
    announce unveil reveal disclose divulge acknowledge admit concede confess confirm
    cite mention discuss address describe explain outline detail recount recall
    emphasize emphasise stress highlight underscore underline reiterate echo
    claim assert allege affirm proclaim declare
    attack rip bash hammer pan trash skewer excoriate assail savage pillory
    scorn disdain dread envy pity appreciate value cherish prize treasure
    suspect believe understand know view regard see deem judge rate perceive
    characterize characterise portray depict paint cast label brand dub call term
    tweet retweet post insult taunt tease compliment flatter
    downplay minimize dismiss exaggerate overstate tolerate condone excuse
    justify rationalize explain approve disapprove okay veto
    weigh mull contemplate debate ponder pronounce
    reaffirm reassert restate weigh criticise accept
    trumpet demean credit fault pressure exhort implore beseech contradict heckle boo
    shame spotlight relish crave covet second parrot discredit disparage glamorize
    demonize demonise caricature romanticize ostracize vouch dissuade persuade
    reassure implore counsel entreat disbelieve begrudge resent deride
    invoke reference quote misquote paraphrase misrepresent"""
)
# Verbs that name the content a second time: "called him a liar", "regards it as".
PREDICATIVE = _words(
    """call consider deem label brand dub term describe view see regard characterize
    characterise portray depict declare cast paint perceive treat judge think find
    believe name nickname pronounce rate billed tout dismiss hail denounce condemn
    praise know want"""
)
# Verb and preposition: "called for", "objects to", "sides with".
PREPOSITIONAL: dict[str, frozenset[str]] = {
    "for": _words(
        """call push advocate ask argue vote appeal press plead campaign hope wish pray
        opt apologize apologise lobby long yearn root stump vouch clamor clamour speak
        fight care"""
    ),
    "against": _words(
        """warn argue speak campaign protest rail inveigh lobby vote fight rally
        caution advise counsel decide inveigh side push rebel testify"""
    ),
    "about": _words(
        """talk speak worry complain think ask tell warn know joke boast brag lie care
        fret write wonder lament learn hear fantasize rave comment testify"""
    ),
    "of": _words(
        "think dream complain warn speak boast approve disapprove talk despair"
    ),
    "on": _words(
        """comment insist agree call elaborate opine seize focus expound decide hit weigh"""
    ),
    "with": _words("agree disagree side sympathize sympathise concur differ quarrel"),
    "to": _words(
        """object refer point allude agree respond react admit confess commit look
        aspire subscribe appeal attest testify object pledge"""
    ),
    "in": _words("believe trust delight"),
    "at": _words("hint scoff sneer laugh lash balk bristle mock rage"),
    "over": _words("fret worry gloat agonize clash"),
    "from": _words("shrink recoil"),
    "behind": _words("rally stand"),
    "into": _words("tear lay rip"),
    "by": _words("stand swear"),
    "toward": _words("lean"),
    "towards": _words("lean"),
    "upon": _words("insist call"),
}
# Verb and particle: "rule out", "back up", "lash out", "spell out".
PARTICLE: dict[str, frozenset[str]] = {
    "out": _words("rule point spell lay call single lash set speak"),
    "up": _words("bring sum back conjure"),
    "down": _words("turn shoot play"),
    "off": _words("fire write laugh brush shrug"),
    "back": _words("fire hit push shoot"),
    "in": _words("chime"),
    "on": _words("go"),
    "forward": _words("put"),
    "forth": _words("set lay"),
}
# Verbs that report only with a particle.
NEEDS_PARTICLE = _words(
    """rule set bring lay turn shoot put back_ single sum spell conjure brush shrug laugh
    chime go play"""
)
# Verbs that say how something looks to somebody unnamed.
SEEMING = _words("appear seem")
# Verbs of feeling whose object feels: "the vote alarmed investors".
EXPERIENCED = _words(
    """alarm anger surprise worry trouble please upset outrage infuriate dismay impress
    frustrate scare frighten concern delight disappoint annoy puzzle baffle shock horrify
    unnerve disturb displease thrill appal appall offend amuse irritate embarrass"""
)
# Verbs that name an act more often than what somebody says or thinks of it.
ACTS = _words(
    """vote respond react focus appeal look address challenge see seek embrace
    call cast accept promote project advise"""
)
# Nouns that hold a content: "the claim that", "opposition to", "a call for".
NOUNS = _words(
    """claim belief statement suggestion call support opposition criticism promise pledge
    warning view hope fear vow threat proposal demand argument assertion contention
    allegation accusation question determination conviction assumption insistence
    denial admission acknowledgment acknowledgement announcement declaration prediction
    expectation assessment estimate opinion conclusion notion concern worry doubt
    suspicion feeling sense recommendation plea request appeal wish desire intention plan
    decision refusal rejection endorsement condemnation denunciation praise attack
    complaint objection resistance commitment willingness reluctance readiness
    eagerness preference demand defense defence advocacy embrace remark comment
    explanation description characterization portrayal revelation disclosure
    confirmation reminder report rumor rumour speculation testimony assurance
    disagreement agreement disdain contempt admiration respect distrust dislike
    hatred disapproval approval skepticism scepticism outrage anger frustration
    regret gratitude sympathy push vision pitch bid effort push quest thinking
    stance position take judgment judgement ruling charge insinuation implication
    answer response reaction reply query"""
)
# What people share when they side with somebody.
VIEWS = _words("idea goal sentiment aim approach attitude outlook reservation value")
NOUN_PREPOSITIONS: dict[str, frozenset[str]] = {
    "for": _words(
        """call support demand plea request appeal hope desire proposal praise plan
        preference respect contempt disdain admiration push wish gratitude
        sympathy advocacy explanation pitch vision dislike"""
    ),
    "of": _words(
        """criticism view condemnation denunciation rejection endorsement fear accusation
        allegation suspicion opinion assessment admission acknowledgment
        acknowledgement announcement description characterization portrayal
        distrust support dislike hatred disapproval approval defense defence
        embrace claim warning declaration prediction praise promise vision threat
        hope talk condemnation notion"""
    ),
    "to": _words(
        """opposition objection resistance commitment threat call reaction response"""
    ),
    "about": _words(
        """concern worry doubt question complaint remark comment view warning claim
        statement skepticism scepticism suspicion speculation opinion feeling criticism
        question allegation outrage anger fear rumor rumour"""
    ),
    "against": _words("attack allegation accusation argument charge complaint threat"),
    "on": _words("attack view position stance comment opinion remark statement take"),
    "with": _words("disagreement agreement frustration"),
    "over": _words("concern anger outrage worry fear frustration"),
    "in": _words("belief"),
    "toward": _words("hatred contempt disdain anger"),
}
# Verbs that lend their subject to a noun: "voiced opposition to", "has no wish to".
LIGHT = _words(
    """have make express voice issue deliver raise give offer reiterate renew repeat
    share hold state level launch lodge register declare announce reaffirm withdraw
    signal face show keep maintain take put pose drop abandon find harbor
    harbour feel"""
)
# Adjectives of stance: "remain opposed to", "is worried that", "was critical of".
ADJECTIVES = _words(
    """opposed worried concerned afraid hopeful confident certain sure convinced critical
    skeptical sceptical supportive wary proud aware eager willing unwilling ready
    reluctant hesitant keen determined committed open sympathetic hostile angry furious
    upset happy glad pleased disappointed sad sorry grateful thankful surprised shocked
    outraged dismayed alarmed fearful optimistic pessimistic doubtful dubious dismissive
    resistant averse adamant unsure uncertain fond tired sick frustrated
    disgusted appalled excited enthusiastic nervous anxious apprehensive mindful mad
    impressed inclined disposed loath bullish adamant unequivocal clear unconvinced
    undecided resolved intent interested uninterested prepared appreciative
    disdainful contemptuous suspicious jealous envious complimentary"""
)
# "Polls show": nouns of things that say something, as speakers of weak verbs.
EVIDENTIAL = _words(
    """poll survey study report analysis document record datum data figure statistic
    research evidence email memo letter transcript article book story account review
    statement tweet video ad advertisement result number"""
)
NEGATIVE = _words("not n't never no hardly neither nor nobody none without")
