"""Proposes stances found in one French or German text."""

from extraction.claims import ClaimMatcher
from extraction.interface import Candidate, Document, Span
from extraction.languages import lands
from extraction.languages.actors import Named, Naming
from extraction.languages.clauses import Clause, clauses_of
from extraction.languages.judging import ATTITUDES, judge, undoing
from extraction.languages.lexicon import Op, ops_in
from extraction.languages.people import Holder, People
from extraction.languages.proposals import Found, Proposals, best
from extraction.languages.speaking import Speaking
from extraction.languages.subjects import Beside
from extraction.languages.topics import Topic, Topics
from extraction.languages.wording import Sentence, read_wording
from extraction.lists import word_set
from extraction.names.gazetteer import Gazetteer
from extraction.names.resolved import speaks_for
from extraction.state import State

ONCE = word_set("jadis autrefois naguere longtemps fruher einst damals ehemals")
ANAPHORS = {
    "fr": word_set("y cela ca projet idee mesure proposition reforme"),
    "de": word_set(
        "es ihn das dies davon daran dazu dagegen dafur vorhaben plan vorschlag idee"
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
RECENT = 2  # sentences
LONGEST_POINTING = 14  # words


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
        self.last_topics: list[tuple[int, Topic, int]] = []
        self.places: set[str] = set()
        self.paragraphs: dict[int, set[str]] = {}
        self.title = self._title_concepts()
        self.speaking = Speaking(self.wording, self.people, language)
        self.proposals = Proposals(
            document, self.wording, gazetteer, self.topics.aims, language
        )

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
        return best([c for f in kept if (c := self.proposals.of(f))])

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
        named = self.naming.find(sentence)
        self.people.meet(sentence, named, number)
        ops = ops_in(sentence.words, self.language)
        clauses = clauses_of(sentence, self.document.text, ops, self.language)
        beside = Beside(sentence, self.document.text, named, self.language)
        speaker = self.speaking.of(sentence, named, clauses, beside)
        near = self._near(sentence, named)
        self._remember(sentence, clauses, beside)
        if sentence.asks or not sentence.words:
            return []
        return self._stances(sentence, named, clauses, beside, speaker, near, number)

    def _remember(
        self, sentence: Sentence, clauses: list[Clause], beside: Beside
    ) -> None:
        """Subjects of cues are whom the next pronoun may mean."""
        for clause in clauses:
            for op in clause.ops:
                subject = beside.of(op, clause) if op.kind in ATTITUDES else None
                if subject is not None and subject.named is not None:
                    who = self.people.who(subject, sentence, None)
                    if who is not None:
                        self.people.spoke(who)

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
        words = sentence.words
        found = [lands.by_adjective(word.key, self.language) for word in words]
        for length in (1, 2, 3):
            for at in range(len(words) - length + 1):
                code = known.get(tuple(word.key for word in words[at : at + length]))
                if code and words[at].capitalised:
                    found[at : at + length] = [code] * length
        return found

    def _title_concepts(self) -> set[str]:
        wording = read_wording(self.document.title)
        found: set[str] = set()
        for sentence in wording.sentences:
            for each in self.topics.concepts(sentence.words, self._places(sentence)):
                found |= {c for c in each if c[0] != "~"}
        return found

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
                    self._pointed(sentence, clauses, index, topics, number, near),
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
        near: list[set[str]],
    ) -> Topic | None:
        """ "Berlin refuse d'y participer": what was spoken of just before."""
        clause = clauses[index]
        recent = [t for n, t, _ in self.last_topics if number - n <= RECENT]
        roots = {_chain(clauses, i)[-1].first for i in topics}
        op = next((op for op in clause.ops if op.kind in ATTITUDES), None)
        if op is None or not recent or clause.first in roots or clause.kind != "main":
            return None
        last = recent[-1]
        if not self._points(sentence, clause, op, last.claim, near):
            return None
        reason = "points back to what was spoken of before"
        return Topic(last.claim, clause.last - 1, last.score, 0.0, reason)

    def _points(
        self,
        sentence: Sentence,
        clause: Clause,
        op: Op,
        claim: str,
        near: list[set[str]],
    ) -> bool:
        keys = [word.key for word in sentence.words[clause.first : clause.last]]
        if len(keys) > LONGEST_POINTING:
            return False
        if op.kind == "undecided":
            return True
        claimed = {c for p in self.topics.patterns[claim] for c in p if c[0] != "@"}
        again = any(each & claimed for each in near[clause.first : clause.last])
        if again or set(keys) & ANAPHORS[self.language]:
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
        return Found(holder, topic, state, sentence, cue, condition, weight, once)

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


def propose(
    document: Document, gazetteer: Gazetteer, matcher: ClaimMatcher, language: str
) -> list[Candidate]:
    """Return the stances proposed for a French or German ``document``."""
    return ForeignReading(document, gazetteer, matcher, language).candidates()
