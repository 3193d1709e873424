"""Proposes stances found in one French or German text."""

from dataclasses import dataclass

from extraction.claims import ClaimMatcher
from extraction.interface import Candidate, Document, Guess, Kind, Span, Value
from extraction.languages import lands
from extraction.languages.actors import Named, Naming
from extraction.languages.clauses import Clause, clauses_of
from extraction.languages.days import said_on
from extraction.languages.judging import ATTITUDES, judge, undoing
from extraction.languages.lexicon import Op, ops_in
from extraction.languages.people import Holder, People
from extraction.languages.subjects import Beside
from extraction.languages.topics import Topic, Topics
from extraction.languages.wording import Sentence, read_wording
from extraction.lists import word_set
from extraction.names.gazetteer import Gazetteer
from extraction.names.resolved import speaks_for
from extraction.state import State
from extraction.value import SCALE

ACCORDING = {
    "fr": (("selon",), ("d", "apres"), ("pour",), ("aux", "yeux", "de")),
    "de": (
        ("laut",),
        ("nach", "angaben"),
        ("nach", "worten"),
        ("so",),
        ("nach", "ansicht"),
    ),
}
FOLLOWING = word_set("zufolge")
FOR_NOW = (
    "à ce stade", "pour l'instant", "pour le moment", "pour l’instant", "dans l'immédiat",  # noqa: RUF001
    "actuellement", "derzeit", "vorerst", "momentan", "im moment", "zurzeit", "bislang",
    "zum jetzigen zeitpunkt", "für den moment",
)  # fmt: skip
ONCE = word_set("jadis autrefois naguere longtemps fruher einst damals ehemals")
ANAPHORS = {
    "fr": word_set("y cela ca projet idee mesure proposition reforme"),
    "de": word_set(
        "das dies davon daran dazu dagegen dafur vorhaben plan vorschlag idee"
    ),
}
DENIALS = (
    "dément",
    "faux",
    "wies das zurück",
    "dementier",
    "wies dies zurück",
    "bestritt",
)
WEIGHTS = {"own": 0.95, "speaker": 0.9, "anaphor": 0.6, "author": 0.75}
LEAST = 0.2
RECENT = 2  # sentences
LONGEST_POINTING = 14  # words


@dataclass(frozen=True)
class Found:
    """A stance before it is a candidate."""

    holder: Holder
    topic: Topic
    state: State
    sentence: Sentence
    clause: Clause
    cue: Span | None
    condition: Span | None
    how: str
    once: bool = False


class ForeignReading:
    """One French or German document being read against the known actors and claims."""

    def __init__(
        self,
        document: Document,
        gazetteer: Gazetteer,
        matcher: ClaimMatcher,
        language: str,
    ) -> None:
        self.document = document
        self.language = language
        self.gazetteer = gazetteer
        self.wording = read_wording(document.text)
        self.topics = Topics(matcher, language)
        self.naming = Naming(gazetteer, language, document.published_on)
        self.people = People(self.naming, gazetteer.actors)
        self.author = self.people.author(document.author)
        self.speakers: dict[int, Holder] = {}
        self.last_topics: list[tuple[int, Topic, int]] = []
        self.places: set[str] = set()
        self.paragraphs: dict[int, set[str]] = {}
        self.title = self._title_concepts()
        self._paragraph = -1
        self._last_speaker: Holder | None = None

    def candidates(self) -> list[Candidate]:
        """Return what is proposed, in the order of the text."""
        found: list[Found] = []
        for number, sentence in enumerate(self.wording.sentences):
            if self._denies(sentence):
                found = [f for f in found if f.sentence is not self._before(number)]
                continue
            found += self._of_sentence(sentence, number)
        said_today = {(f.holder.slug, f.topic.claim) for f in found if not f.once}
        kept = [
            f
            for f in found
            if not f.once or (f.holder.slug, f.topic.claim) not in said_today
        ]
        return _best([c for f in kept if (c := self._candidate(f))])

    def _before(self, number: int) -> Sentence | None:
        here = self.wording.sentences[number]
        before = self.wording.sentences[number - 1] if number else None
        return before if before and before.paragraph == here.paragraph else None

    def _denies(self, sentence: Sentence) -> bool:
        words = sentence.span.text(self.document.text)
        short = len(sentence.words) < 14
        return short and any(denial in words.casefold() for denial in DENIALS)

    # -- one sentence ------------------------------------------------------

    def _of_sentence(self, sentence: Sentence, number: int) -> list[Found]:
        if sentence.paragraph != self._paragraph and sentence.quotation is None:
            self._paragraph = sentence.paragraph
            self._last_speaker = None
        named = self.naming.find(sentence)
        self.people.meet(sentence, named, number)
        ops = ops_in(sentence.words, self.language)
        clauses = clauses_of(sentence, self.document.text, ops, self.language)
        beside = Beside(sentence, self.document.text, named, self.language)
        speaker = self._speaker(sentence, named, clauses, beside)
        near = self._near(sentence, named)
        if sentence.asks or not sentence.words:
            return []
        return self._stances(sentence, named, clauses, beside, speaker, near, number)

    def _near(self, sentence: Sentence, named: list[Named]) -> list[set[str]]:
        near = self.topics.concepts(sentence.words, self._places(sentence))
        paragraph = self.paragraphs.setdefault(sentence.paragraph, set())
        for each in near:
            paragraph |= {c for c in each if c[0] != "~"}
            self.places |= {c for c in each if c[0] == "@"}
        del named
        return near

    def _places(self, sentence: Sentence) -> list[str]:
        known = lands.places(self.language)
        found = []
        for word in sentence.words:
            code = known.get((word.key,), "") if word.capitalised else ""
            found.append(code or lands.by_adjective(word.key, self.language))
        return found

    def _title_concepts(self) -> set[str]:
        wording = read_wording(self.document.title)
        found: set[str] = set()
        for sentence in wording.sentences:
            for each in self.topics.concepts(sentence.words, self._places(sentence)):
                found |= {c for c in each if c[0] != "~"}
        return found

    # -- who speaks ----------------------------------------------------------

    def _speaker(
        self,
        sentence: Sentence,
        named: list[Named],
        clauses: list[Clause],
        beside: Beside,
    ) -> Holder | None:
        """Who says the whole sentence: "selon X", "sagte X", the quotation's speaker."""
        if sentence.quotation is not None:
            return self.speakers.get(sentence.quotation)
        speaker = self._according(sentence, named) or self._reporting(
            sentence, clauses, beside
        )
        quoted = [
            index
            for index, inner in enumerate(self.wording.quotations)
            if sentence.span.start <= inner.start < sentence.span.end
        ]
        for index in quoted:
            holder = speaker or self._of_quotation(sentence, clauses, beside)
            if holder:
                self.speakers[index] = holder
        if speaker:
            self.people.spoke(speaker)
            self._last_speaker = speaker
        return speaker

    def _of_quotation(
        self, sentence: Sentence, clauses: list[Clause], beside: Beside
    ) -> Holder | None:
        """A quotation after a colon is its subject's, one alone the last speaker's."""
        if not sentence.words:
            return self._last_speaker
        for clause in clauses:
            for op in clause.ops:
                subject = beside.of(op, clause)
                if subject:
                    return self.people.who(subject, sentence, None)
        return None

    def _according(self, sentence: Sentence, named: list[Named]) -> Holder | None:
        keys = [word.key for word in sentence.words]
        for one in named:
            if one.last < len(keys) and keys[one.last] in FOLLOWING:
                return self._held(one, sentence)
            for back in (1, 2, 3):
                first = one.first - back
                if first >= 0 and self._marks_source(keys, first, one.first, sentence):
                    return self._held(one, sentence)
        return None

    def _held(self, one: Named, sentence: Sentence) -> Holder:
        first, last = sentence.words[one.first], sentence.words[one.last - 1]
        return Holder(Span(first.start, last.end), one.guesses, one.kind)

    def _marks_source(
        self, keys: list[str], first: int, until: int, sentence: Sentence
    ) -> bool:
        for marker in ACCORDING[self.language]:
            end = first + len(marker)
            if tuple(keys[first:end]) != marker or end > until:
                continue
            between = keys[end:until]
            if any(
                key
                not in {
                    "de",
                    "d",
                    "du",
                    "le",
                    "la",
                    "der",
                    "des",
                    "von",
                    "dem",
                    "die",
                    "mme",
                    "m",
                }
                for key in between
            ):
                continue
            if marker in {("so",), ("pour",)}:
                return self._opens_clause(sentence, first)
            return True
        return False

    def _opens_clause(self, sentence: Sentence, at: int) -> bool:
        if at == 0:
            return True
        gap = self.document.text[sentence.words[at - 1].end : sentence.words[at].start]
        return any(sign in gap for sign in ',“”«»"·')

    def _reporting(
        self, sentence: Sentence, clauses: list[Clause], beside: Beside
    ) -> Holder | None:
        for clause in clauses:
            for op in clause.ops:
                if op.kind != "say" or clause.negations:
                    continue
                subject = beside.after(max(op.covered), clause.last)
                subject = subject or beside.of(op, clause)
                if subject and (who := self.people.who(subject, sentence, None)):
                    return who
        return None

    # -- stances ---------------------------------------------------------------

    def _stances(
        self,
        sentence: Sentence,
        named: list[Named],
        clauses: list[Clause],
        beside: Beside,
        speaker: Holder | None,
        near: list[set[str]],
        number: int,
    ) -> list[Found]:
        del named
        around = self.paragraphs[sentence.paragraph] | self.title | self.places
        topics = _by_clause(clauses, self.topics.find(near, around))
        found = []
        for index, clause in enumerate(clauses):
            topic, how = topics.get(index), "own"
            if topic is None:
                topic, how = (
                    self._pointed(sentence, clauses, index, topics, number),
                    "anaphor",
                )
            if topic is None:
                continue
            chain = _chain(clauses, index)
            if how == "own":
                sign = undoing(clause, topic.at, sentence.words)
                self.last_topics.append((number, topic, sign))
            one = self._stance(sentence, clauses, beside, speaker, topic, how, chain)
            if one:
                found.append(one)
        return found

    def _pointed(
        self,
        sentence: Sentence,
        clauses: list[Clause],
        index: int,
        topics: dict[int, Topic],
        number: int,
    ) -> Topic | None:
        """ "Berlin refuse d'y participer": what was spoken of just before."""
        clause = clauses[index]
        recent = [t for n, t, _ in self.last_topics if number - n <= RECENT]
        roots = {_chain(clauses, i)[-1].first for i in topics}
        op = next((op for op in clause.ops if op.kind in ATTITUDES), None)
        if op is None or not recent or clause.first in roots or clause.kind != "main":
            return None
        if not self._points(sentence, clause, op):
            return None
        last = recent[-1]
        reason = "points back to what was spoken of before"
        return Topic(last.claim, clause.last - 1, last.score, 0.0, reason)

    def _points(self, sentence: Sentence, clause: Clause, op: Op) -> bool:
        keys = [word.key for word in sentence.words[clause.first : clause.last]]
        if len(keys) > LONGEST_POINTING:
            return False
        if set(keys) & ANAPHORS[self.language]:
            return True
        if self.language == "fr":
            before = {
                w.key for w in sentence.words[max(clause.first, op.at - 2) : op.at]
            }
            return bool(before & {"la", "le", "l", "les"}) and op.at == clause.last - 1
        return False

    def _stance(
        self,
        sentence: Sentence,
        clauses: list[Clause],
        beside: Beside,
        speaker: Holder | None,
        topic: Topic,
        how: str,
        chain: list[Clause],
    ) -> Found | None:
        if any(clause.kind == "whether" for clause in chain) and not _undecided(chain):
            return None
        start = State(self.last_topics[-1][2]) if how == "anaphor" else State()
        state = judge(chain, topic.at, sentence.words, self.language, start)
        if not state.explicit or state.void:
            return None
        holder, told = self._holder(sentence, chain, beside, speaker)
        if holder is None or not holder.guesses:
            return None
        self.people.spoke(holder)
        condition = self._condition(sentence, clauses, chain)
        weight = how if how == "anaphor" else told
        cue = self._cue(sentence, chain)
        once = self._once(sentence, chain)
        return Found(
            holder, topic, state, sentence, chain[-1], cue, condition, weight, once
        )

    def _holder(
        self,
        sentence: Sentence,
        chain: list[Clause],
        beside: Beside,
        speaker: Holder | None,
    ) -> tuple[Holder | None, str]:
        """The subject of the innermost cue that has one, else who speaks."""
        quoted = sentence.quotation is not None
        for clause in chain:
            for op in (op for op in clause.ops if op.kind in ATTITUDES | {"deny"}):
                subject = beside.of(op, clause)
                if subject is None:
                    continue
                if op.kind == "undecided" and not subject.named and speaker:
                    return speaker, "speaker"
                who = self.people.who(subject, sentence, speaker)
                if who is None:
                    impersonal = not subject.named and self._is_impersonal(
                        subject.unknown
                    )
                    return (speaker, "speaker") if quoted or impersonal else (None, "")
                return self._or_speaker(who, speaker), "own"
        if speaker is not None:
            return speaker, "speaker"
        if quoted:
            return None, ""
        return self._deed(sentence, chain, beside)

    def _is_impersonal(self, word: str) -> bool:
        return word in {"il", "es", "ce", "c", "cela", "das"}

    def _or_speaker(self, who: Holder, speaker: Holder | None) -> Holder:
        """An official who tells what his own country does is the one who holds it."""
        actor = self.gazetteer.actors.get(speaker.slug) if speaker else None
        if speaker is None or actor is None or actor.kind != "person":
            return who
        return speaker if speaks_for(actor, self.document) == who.slug else who

    def _deed(
        self, sentence: Sentence, chain: list[Clause], beside: Beside
    ) -> tuple[Holder | None, str]:
        """Without a cue of attitude: who will, must or does it, or the author."""
        for clause in chain:
            for op in clause.ops:
                undone = op.kind == "reverse" and clause.negations
                if op.kind not in {"future", "reverse", "can"} or undone:
                    continue
                subject = beside.of(op, clause)
                if subject is not None and subject.named is not None:
                    return self.people.who(subject, sentence, None), "speaker"
        return self.author, "author"

    def _condition(
        self, sentence: Sentence, clauses: list[Clause], chain: list[Clause]
    ) -> Span | None:
        roots = {id(clause) for clause in chain}
        for index, clause in enumerate(clauses):
            if clause.kind != "cond":
                continue
            beside = (
                clauses[max(0, index - 1)],
                clauses[min(index + 1, len(clauses) - 1)],
            )
            near = any(id(c) in roots for c in beside)
            if near and clause.last - clause.first > 2:
                words = sentence.words
                return Span(words[clause.first].start, words[clause.last - 1].end)
        return None

    def _cue(self, sentence: Sentence, chain: list[Clause]) -> Span | None:
        for clause in chain:
            for op in clause.ops:
                if op.kind not in {"reverse", "say"}:
                    word = sentence.words[op.at]
                    return Span(word.start, word.end)
        return None

    def _once(self, sentence: Sentence, chain: list[Clause]) -> bool:
        return any(
            word.key in ONCE
            for clause in chain
            for word in sentence.words[clause.first : clause.last]
        )

    # -- candidates ------------------------------------------------------------

    def _candidate(self, found: Found) -> Candidate | None:
        value, reasons = self._value(found)
        holder, topic = found.holder, found.topic
        span = found.sentence.span
        when = said_on(
            span.text(self.document.text), self.document.published_on, self.language
        )
        sure = holder.score * (0.5 + 0.5 * min(1.0, topic.score)) * WEIGHTS[found.how]
        sure *= max(0.55, 1.0 - 0.07 * len(found.state.reasons))
        if sure < LEAST:
            return None
        return Candidate(
            kind=self._kind(found),
            content=(span,),
            claim=topic.claim,
            actor=holder.slug,
            speaks_for=speaks_for(
                self.gazetteer.actors.get(holder.slug), self.document
            ),
            value=value,
            cue=(found.cue,) if found.cue else (),
            source=(holder.span,) if holder.span.end else (),
            condition=found.condition,
            stated_on=when.on,
            stated_precision=when.precision,
            stated_basis=when.basis,
            confidence=round(sure, 3),
            reasons=(*holder.guesses[0].reasons, topic.reason, *reasons),
            actor_guesses=holder.guesses,
            claim_guesses=(Guess(topic.claim, topic.score, (topic.reason,)),),
        )

    def _value(self, found: Found) -> tuple[Value, tuple[str, ...]]:
        aim = self.topics.aims[found.topic.claim]
        number = found.state.number * aim.sign
        reasons = found.state.reasons
        if aim.strength == 1 and number > 0:
            number = 2
        words = found.sentence.span.text(self.document.text).casefold()
        if number == -2 and any(phrase in words for phrase in FOR_NOW):
            number, reasons = -1, (*reasons, "limited to the present")
        if found.condition and abs(number) == 2:
            number //= 2
            reasons = (*reasons, "holds only under a condition")
        return SCALE[number], reasons

    def _kind(self, found: Found) -> Kind:
        if found.sentence.quotation is not None:
            return Kind.DIRECT
        return Kind.ATTITUDE if found.how == "own" else Kind.INDIRECT


def _index(clauses: list[Clause], at: int) -> int:
    return next(
        i for i, clause in enumerate(clauses) if clause.first <= at < clause.last
    )


def _by_clause(clauses: list[Clause], topics: list[Topic]) -> dict[int, Topic]:
    """The claim that fits best in each clause, one for clauses that hang together."""
    found: dict[int, Topic] = {}
    roots: set[int] = set()
    for topic in topics:
        index = _index(clauses, topic.at)
        root = _chain(clauses, index)[-1].first
        if clauses[index].kind not in {"cond", "reason"} and root not in roots:
            found[index] = topic
            roots.add(root)
    return found


def _chain(clauses: list[Clause], index: int) -> list[Clause]:
    """The clause and those it hangs on, innermost first."""
    chain = [clauses[index]]
    while (parent := chain[-1].parent) is not None:
        chain.append(clauses[parent])
    return chain


def _undecided(chain: list[Clause]) -> bool:
    return any(op.kind == "undecided" for clause in chain for op in clause.ops)


def _best(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate for each actor, claim and content: the surest."""
    best: dict[tuple[str, str, tuple[Span, ...]], Candidate] = {}
    for one in candidates:
        key = (one.actor, one.claim, one.content)
        if key not in best or best[key].confidence < one.confidence:
            best[key] = one
    return sorted(best.values(), key=lambda c: (c.content, c.actor, c.claim))


def propose(
    document: Document, gazetteer: Gazetteer, matcher: ClaimMatcher, language: str
) -> list[Candidate]:
    """Return the stances proposed for a French or German ``document``."""
    return ForeignReading(document, gazetteer, matcher, language).candidates()
