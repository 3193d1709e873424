"""Proposes stances found in one French or German text."""

from collections.abc import Iterator
from dataclasses import replace

from extraction.claims import ClaimMatcher
from extraction.interface import Candidate, Document, Span
from extraction.languages import lands
from extraction.languages.actors import Named, Naming
from extraction.languages.carrying import Carried, Carrying, told_by
from extraction.languages.chains import (
    by_clause,
    chain_of,
    fronted_topic,
    is_undecided,
    told_roots,
)
from extraction.languages.clauses import Clause, clauses_of
from extraction.languages.endorsing import Endorsing
from extraction.languages.function_words import SKIPPED
from extraction.languages.headlines import is_headline, with_sides
from extraction.languages.holding import Holding
from extraction.languages.judging import ATTITUDES, judge, undoing
from extraction.languages.people import GENDERS, Holder, People, holder_of
from extraction.languages.proposals import Found, Proposals, best
from extraction.languages.seen import Seen
from extraction.languages.speaking import Speaking
from extraction.languages.subject import Subject
from extraction.languages.subjects import Beside
from extraction.languages.topics import Topic, topics_of
from extraction.languages.turns import Turns
from extraction.languages.wording import Sentence, read_wording
from extraction.lists import word_set
from extraction.names.gazetteer import Gazetteer
from extraction.state import State

ONCE = word_set("jadis autrefois naguere longtemps fruher einst damals ehemals bisher")
DENIALS = (
    "dément",
    "faux",
    "wies das zurück",
    "dementier",
    "wies dies zurück",
    "bestritt",
    "frei erfunden",
    "inventé",
)
LONGEST_DENIAL = 14  # words
LOOKED_AHEAD = 3  # sentences


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
        self.wording = read_wording(document.text)
        self.topics = topics_of(matcher, language)
        self.naming = Naming(gazetteer, language, document.published_on)
        self.people = People(self.naming, gazetteer.actors)
        self.holding = Holding(document, gazetteer, self.people)
        self.carrying = Carrying(document.text, self.topics, language)
        self.endorsing = Endorsing(self.people)
        self.places: set[str] = set()
        self.paragraphs: dict[int, set[str]] = {}
        self.title: set[str] = set()
        self._read_title()
        self.turns = Turns(document)
        self.seen: list[Seen] = []
        self.speaking = Speaking(self.wording, self.people, self.turns, language)
        self.proposals = Proposals(document, self.wording, gazetteer, language)

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
            for i, f in enumerate(found)
            if (not f.once or (f.holder.slug, f.topic.claim) not in said_today)
            and not (f.differs and _goes_on(f, found[i + 1 :]))
        ]
        return best([c for f in kept if (c := self.proposals.of(f))])

    def _before(self, number: int) -> Sentence | None:
        here = self.wording.sentences[number]
        before = self.wording.sentences[number - 1] if number else None
        return before if before and before.paragraph == here.paragraph else None

    def _denies(self, sentence: Sentence) -> bool:
        words = sentence.span.text(self.document.text)
        short = len(sentence.words) < LONGEST_DENIAL
        return short and any(denial in words.casefold() for denial in DENIALS)

    # -- what sentences speak of ---------------------------------------------

    def _read_title(self) -> None:
        wording = read_wording(self.document.title)
        for sentence in wording.sentences:
            near = self.topics.concepts(sentence.words, self._places(sentence))
            for each in near:
                self.title |= {c for c in each if c[0] != "~"}
            if self.carrying.main is None:
                found = self.topics.find(near, set())
                self.carrying.main = found[0] if found else None

    def _near(self, sentence: Sentence, named: list[Named]) -> list[set[str]]:
        """The concepts of each word; names and offices are about nothing."""
        near = self.topics.concepts(sentence.words, self._places(sentence))
        silent = self.naming.office_words(list(sentence.words))
        for one in named:
            silent |= set(range(one.first, one.last))
        for at in silent:
            near[at] = {c for c in near[at] if c[0] == "@"}
        paragraph = self.paragraphs.setdefault(sentence.paragraph, set())
        for each in near:
            paragraph |= {c for c in each if c[0] != "~"}
            self.places |= {c for c in each if c[0] == "@"}
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

    def _ahead(self, sentence: Sentence, number: int) -> Topic | None:
        """What a headline that names nothing is about: the claim spoken of next."""
        if not is_headline(sentence, self.document.text):
            return None
        for later in self.wording.sentences[number + 1 : number + 1 + LOOKED_AHEAD]:
            if is_headline(later, self.document.text):
                break
            near = self.topics.concepts(later.words, self._places(later))
            flat = {c for each in near for c in each if c[0] != "~"}
            if found := self.topics.find(near, flat | self.title):
                return found[0]
        return None

    def around(self, sentence: Sentence) -> set[str]:
        """The concepts of a sentence's paragraph and title, and all places so far."""
        return self.paragraphs[sentence.paragraph] | self.title | self.places

    # -- one sentence ------------------------------------------------------

    def _of_sentence(self, sentence: Sentence, number: int) -> list[Found]:
        seen = self._see(sentence, number)
        self.seen.append(seen)
        asked = sentence.asks or self.turns.asks(sentence.paragraph)
        if asked or not sentence.words:
            self._note_question(sentence, seen.near, number)
            return []
        return self._stances(seen)

    def _see(self, sentence: Sentence, number: int) -> Seen:
        """Read who is named in a sentence, who speaks and whom its pronouns mean."""
        named = self.naming.find(sentence)
        beside = Beside(sentence, self.document.text, named, self.language)
        free = [one for one in named if beside.is_free(one)]
        self.people.meet(sentence, named, free, number)
        ops = told_by(sentence.words, self.language)
        ops = with_sides(sentence, named, ops, self.document.text)
        clauses = clauses_of(sentence, self.document.text, ops, self.language)
        speaker = self.speaking.of(sentence, named, clauses, beside)
        near = self._near(sentence, named)
        self._remember(sentence, clauses, beside)
        seen = Seen(sentence, named, clauses, beside, speaker, near, number)
        return replace(seen, meant=tuple(self._meant(seen)))

    def _meant(self, seen: Seen) -> Iterator[Holder]:
        """The known actors for whom words of a sentence stand: names, subjects, pronouns."""
        sentence = seen.sentence
        yield from (holder_of(one, sentence) for one in seen.named if one.slug)
        subjects = [
            subject
            for clause in seen.clauses
            for op in clause.ops
            if (subject := seen.beside.of(op, clause)) and subject.named is None
        ]
        subjects += [
            Subject(at, at + 1, pronoun=word.key)
            for at, word in enumerate(sentence.words)
            if word.key in GENDERS
        ]
        for subject in subjects:
            who = self.people.who(subject, sentence, seen.speaker)
            if who is not None and who.slug:
                yield who

    def _note_question(
        self, sentence: Sentence, near: list[set[str]], number: int
    ) -> None:
        around = self.around(sentence)
        if found := self.topics.find(near, around):
            topic = found[0]
            whole = Clause(0, len(sentence.words))
            self.carrying.note(number, sentence, whole, topic, topic.aim.sign)
        else:
            self.carrying.introduce(sentence, near, number)

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

    # -- stances ---------------------------------------------------------------

    def _stances(self, seen: Seen) -> list[Found]:
        sentence, clauses, number = seen.sentence, seen.clauses, seen.number
        around = self.around(sentence)
        topics = by_clause(clauses, self.topics.find(seen.near, around))
        ahead = self._ahead(sentence, number) if not topics else None
        if not topics:
            self.carrying.introduce(sentence, seen.near, number)
        found: list[Found] = []
        for index, clause in enumerate(clauses):
            shared = index not in topics and self.endorsing.of(
                sentence, seen.named, clause, seen.beside, number
            )
            new = shared or self._own_or_carried(seen, index, topics, ahead)
            self.endorsing.note(new, number)
            found += new
        return found

    def _own_or_carried(
        self, seen: Seen, index: int, topics: dict[int, Topic], ahead: Topic | None
    ) -> list[Found]:
        clause, chain = seen.clauses[index], chain_of(seen.clauses, index)
        if index in topics:
            carried: Carried | None = Carried(topics[index], 1, "own")
        else:
            carried = self._carried(seen, index, topics, ahead)
        if carried is None:
            return []
        topic = carried.topic
        chain = self._without_own_action(chain, topic, seen.near)
        sign = carried.sign * undoing(chain[0], topic.at, seen.sentence.words)
        self.carrying.note(seen.number, seen.sentence, clause, topic, sign)
        return self._stance(seen, carried, chain)

    def _carried(
        self, seen: Seen, index: int, topics: dict[int, Topic], ahead: Topic | None
    ) -> Carried | None:
        clauses, clause = seen.clauses, seen.clauses[index]
        if clause.first in told_roots(clauses, topics):
            return None
        if clause.kind in {"cond", "reason"}:
            return None
        told = next((topics[i] for i in topics if i > index), ahead)
        carried = self.carrying.taken_up(
            seen.sentence, seen.named, clause, seen.near, seen.number, told
        )
        fronted = fronted_topic(clauses, index, topics)
        if carried is None and fronted is not None:
            return Carried(replace(fronted, at=clause.last - 1), 1, "again")
        return carried

    def _without_own_action(
        self, chain: list[Clause], topic: Topic, near: list[set[str]]
    ) -> list[Clause]:
        """ "begrenzen" turns nothing where the claim is that there be a limit."""
        if topic.aim.undoes or topic.aim.sign < 0:
            return chain
        return [
            replace(
                clause,
                ops=[
                    op
                    for op in clause.ops
                    if op.kind != "reverse"
                    or not self.topics.own_action(topic.claim, near[op.at])
                ],
            )
            for clause in chain
        ]

    def _stance(self, seen: Seen, carried: Carried, chain: list[Clause]) -> list[Found]:
        sentence, topic, start = seen.sentence, carried.topic, State(carried.sign)
        if any(clause.kind == "whether" for clause in chain) and not is_undecided(
            chain
        ):
            return []
        state = judge(chain, topic.at, sentence.words, self.language, start)
        if not state.explicit and self._does_it(seen, chain[0], topic):
            state = replace(state, explicit=True)
        if not state.explicit or state.void:
            return []
        keys = self.topics.keys[topic.claim]
        topical = {at for at, each in enumerate(seen.near) if each & keys}
        speaker = seen.speaker_of(chain, self.document.text)
        holders, told = self.holding.of(sentence, chain, seen.beside, speaker, topical)
        condition = self._condition(sentence, seen.clauses, chain)
        weight = told if carried.how == "own" else carried.how
        found = []
        for holder in holders:
            if holder.guesses:
                self.people.spoke(holder)
                one = Found(holder, topic, state, sentence, None, condition, weight)
                cue, once = self._cue(sentence, chain), self._once(sentence, chain)
                found.append(replace(one, cue=cue, once=once))
        return found

    def _does_it(self, seen: Seen, clause: Clause, topic: Topic) -> bool:
        """ "Berlin plafonne", "Dänemark verbietet": somebody does what the claim wants."""
        words, small = seen.sentence.words, SKIPPED[self.language]
        for one in seen.named:
            at = one.last
            while at < clause.last and words[at].key in small:
                at += 1
            inside = clause.first <= one.first and at < clause.last
            if inside and not words[at].capitalised and seen.beside.is_free(one):
                return self.topics.own_action(topic.claim, seen.near[at])
        return False

    def _condition(
        self, sentence: Sentence, clauses: list[Clause], chain: list[Clause]
    ) -> Span | None:
        roots = {clause.first for clause in chain}
        for index, clause in enumerate(clauses):
            if clause.kind != "cond":
                continue
            beside = (
                clauses[max(0, index - 1)],
                clauses[min(index + 1, len(clauses) - 1)],
            )
            near = any(c.first in roots for c in beside)
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


def _goes_on(one: Found, later: list[Found]) -> bool:
    """Whether who "sees it otherwise" then says what he means: another claim."""
    return bool(later) and (
        later[0].holder.slug == one.holder.slug
        and later[0].topic.claim != one.topic.claim
    )
