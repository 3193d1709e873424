"""What a clause is about that names no claim: what was spoken of just before, or ahead."""

import re
from dataclasses import dataclass, replace

from extraction.languages.actors import ARTICLES, OF, Named
from extraction.languages.clauses import Clause
from extraction.languages.function_words import SKIPPED
from extraction.languages.judging import ATTITUDES, EVALUATIONS, MODALS
from extraction.languages.lexicon import Op, ops_in
from extraction.languages.people import FIRST_PERSON
from extraction.languages.topics import Topic, Topics
from extraction.languages.wording import Sentence
from extraction.lists import word_set
from extraction.names.words import Word

PRONOUNS = {
    "fr": word_set("y en cela ca ceci celui celle"),
    "de": word_set(
        "es ihn dies dieses davon daran dazu damit darauf daruber dafur dahinter dabei hierzu "
        "hiervon hinter dem"
    ),
}
CLITICS = word_set("le la l les")
DEMONSTRATIVES = word_set("das die sie")
PROPOSALS = {
    "fr": word_set(
        "projet idee mesure proposition reforme initiative plan texte loi dispositif demarche "
        "exemple piste option decision choix annonce echeance calendrier tournant experience tel telle tels telles pareil pareille experimentation essai test"
    ),
    "de": word_set(
        "vorhaben plan plane vorschlag idee vorstoss initiative massnahme entwurf gesetz reform "
        "gesetzentwurf forderung beispiel eingriff schritt regelung antrag solches solche "
        "solchen solcher derartiges derartige derartigen plane planen ansinnen anliegen kurs vorschlage projekt versuch modellversuch test modell"
    ),
}
CARRIERS = ATTITUDES | EVALUATIONS
THINGS = word_set(
    "technik technologie verfahren praxis methode pratique procede systeme outil instrument"
)
SENTENCES_BACK = 5
STILL = 2  # sentences of a paragraph that may go on about a claim without a word of it
OWN_NOUNS = 1  # that a clause may have which still is about what was spoken of
MOST_REMEMBERED = (
    40  # mentions looked back at, so that the cost grows with the length alone
)
LONGEST_POINTING = 16  # words
LONGEST_ALONE = 12
BEFORE_VERB = 3
INFINITIVE = re.compile(r"[a-z]{2}(?:er|ir|re)$")
QUOTING = frozenset({"support", "oppose", "bad", "good", "openness", "doubt"})
QUOTE = re.compile('[«»„“”"]')
STOPPING = word_set("stop stopp schluss")  # said of the thing, not of the proposal
MOST_LEFT = 2
OPPOSING = frozenset({"oppose", "openness", "doubt", "bad"})
FAR = 9  # words between a cue and its preposition
BEFORE_NOUN = word_set("l la le une un toute tout cette ce telle tel d des les")


@dataclass(frozen=True)
class Mention:
    """A claim spoken of in sentence ``number``; ``sign`` -1 where of its undoing."""

    number: int
    paragraph: int
    topic: Topic
    sign: int


@dataclass(frozen=True)
class Carried:
    """The claim that a clause takes up: where, in which direction, and by which means."""

    topic: Topic
    sign: int
    how: str


class Carrying:
    """Remembers which claims were spoken of, in reading order."""

    def __init__(self, text: str, topics: Topics, language: str) -> None:
        self.text = text
        self.topics = topics
        self.language = language
        self.mentions: list[Mention] = []
        self.proposed: dict[str, Mention] = {}
        self.main: Topic | None = None

    def note(
        self, number: int, sentence: Sentence, clause: Clause, topic: Topic, sign: int
    ) -> None:
        """Remember a claim that was spoken of, and as what: "the proposal"."""
        mention = Mention(number, sentence.paragraph, topic, sign)
        self.mentions.append(mention)
        for word in sentence.words[clause.first : clause.last]:
            if word.key in PROPOSALS[self.language]:
                self.proposed.setdefault(word.key, mention)

    def introduce(self, sentence: Sentence, near: list[set[str]], number: int) -> None:
        """Remember a claim of which the sentence names only one telling word."""
        for topic in self.topics.introduced(near):
            recent = self._recent(number, sentence.paragraph)
            if not any(one.topic.claim == topic.claim for one in recent[:1]):
                whole = Clause(0, len(sentence.words))
                self.note(number, sentence, whole, topic, topic.aim.sign)

    def taken_up(
        self,
        sentence: Sentence,
        named: list[Named],
        clause: Clause,
        near: list[set[str]],
        number: int,
        ahead: Topic | None,
    ) -> Carried | None:
        """Return what ``clause`` takes up, None where it points to nothing."""
        recent = self._recent(number, sentence.paragraph)
        if ahead is not None:
            said = Mention(number, sentence.paragraph, ahead, ahead.aim.sign)
            recent = [said, *recent]
        op = next((op for op in clause.ops if op.kind in CARRIERS), None)
        if op is None:
            own = any(
                word.key in FIRST_PERSON
                for word in sentence.words[clause.first : clause.last]
            )
            told = own and any(op.kind in MODALS for op in clause.ops)
            return self._again(clause, near, recent) if told else None
        if again := self._again(clause, near, recent):
            return again
        found = (
            self._alone(sentence, named, clause, op, recent)
            or self._by_pronoun(sentence, clause, op, recent)
            or self._by_undoing(sentence, clause, recent)
        )
        if found is not None:
            return self._straightened(found, sentence, clause)
        here = set().union(*near[clause.first : clause.last])
        return self._still(sentence, named, clause, here, number)

    def _recent(self, number: int, paragraph: int) -> list[Mention]:
        """The latest mentions first; those of the paragraph and of the one before."""
        return [
            one
            for one in reversed(self.mentions[-MOST_REMEMBERED:])
            if one.paragraph == paragraph or number - one.number <= SENTENCES_BACK
        ]

    def _again(
        self, clause: Clause, near: list[set[str]], recent: list[Mention]
    ) -> Carried | None:
        """ "die Quote", "le plafond": one word of a claim spoken of is enough."""
        known = {one.topic.claim: one for one in reversed(recent)}
        if self.main is not None:
            known.setdefault(self.main.claim, Mention(-1, -1, self.main, 1))
        best: tuple[int, int, Mention, int] | None = None
        here = near[clause.first : clause.last]
        for mention in known.values():
            latest = not recent or mention.topic.claim == recent[0].topic.claim
            count, at = self.topics.named_again(mention.topic.claim, here, broad=latest)
            if count and (best is None or (count, mention.number) > best[:2]):
                best = (count, mention.number, mention, clause.first + at)
        if best is None:
            return None
        return _carried(best[2], best[3], 1, "again")

    def _by_pronoun(
        self, sentence: Sentence, clause: Clause, op: Op, recent: list[Mention]
    ) -> Carried | None:
        if not recent or clause.last - clause.first > LONGEST_POINTING:
            return None
        words = sentence.words
        for at in range(clause.first, clause.last):
            key = words[at].key
            if key in PROPOSALS[self.language]:
                meant = self.proposed.get(key, recent[0])
                return _carried(meant, at, meant.topic.aim.sign, "proposal")
            if key in THINGS:
                return _carried(recent[0], at, 1, "proposal")
            if self._stands_for(words, at, clause, op):
                return _carried(recent[0], at, recent[0].sign, "pronoun")
        return None

    def _stands_for(
        self, words: tuple[Word, ...], at: int, clause: Clause, op: Op
    ) -> bool:
        key = words[at].key
        after = words[at + 1] if at + 1 < clause.last else None
        if self.language == "fr":
            if key in {"c", "ce"} and after is not None:
                return after.key in {"est", "etait", "serait", "n", "sera"}
            if key == "y":
                return after is not None and after.key not in {"a", "avait", "aura"}
            verb = op.at - BEFORE_VERB <= at < op.at or at in op.covered
            infinitive = (
                at > op.at and after is not None and bool(INFINITIVE.search(after.key))
            )
            clitic = key in CLITICS and (at == op.at - 1 or infinitive)
            en = verb or infinitive or key[0] == "c"
            return clitic or (key in PRONOUNS["fr"] and en)
        if key in DEMONSTRATIVES:
            return _is_alone(after) and (key == "das" or _is_object(words, at, clause))
        return key in PRONOUNS["de"] and (key not in {"dem", "hinter"})

    def _straightened(
        self, found: Carried, sentence: Sentence, clause: Clause
    ) -> Carried:
        """ "une telle interdiction": the noun itself says that something is undone."""
        if found.sign > 0 or found.how == "pronoun":
            return found
        undone = any(self._is_undoing(sentence, clause, op) for op in clause.ops)
        return replace(found, sign=1) if undone else found

    def _is_undoing(self, sentence: Sentence, clause: Clause, op: Op) -> bool:
        before = sentence.words[op.at - 1].key if op.at > clause.first else ""
        noun = before in BEFORE_NOUN
        if self.language == "de":
            noun = sentence.words[op.at].capitalised and op.at > clause.first
        return op.kind == "reverse" and noun

    def _latest(self, number: int, paragraph: int) -> Mention | None:
        """What the paragraph was about just before sentence ``number``."""
        latest = self.mentions[-1] if self.mentions else None
        if latest is None or latest.paragraph != paragraph:
            return None
        return latest if number - latest.number <= STILL else None

    def _names_another(self, here: set[str], claim: str) -> bool:
        """Whether a telling word of another claim than ``claim`` stands here."""
        strong = self.topics.strong
        return any(here & strong[other] for other in strong if other != claim)

    def _still(
        self,
        sentence: Sentence,
        named: list[Named],
        clause: Clause,
        here: set[str],
        number: int,
    ) -> Carried | None:
        """What the paragraph was just about, where an attitude has hardly an own object."""
        latest = self._latest(number, sentence.paragraph)
        if latest is None or not _has_attitude(clause):
            return None
        if self._names_another(here, latest.topic.claim):
            return None
        nouns = sum(self._is_noun(sentence.words, at) for at in _left(named, clause))
        if nouns > OWN_NOUNS:
            return None
        return _carried(latest, clause.last - 1, latest.topic.aim.sign, "alone")

    def _by_undoing(
        self, sentence: Sentence, clause: Clause, recent: list[Mention]
    ) -> Carried | None:
        """ "nannte eine Senkung tödlich": of what was spoken of."""
        if not recent or clause.last - clause.first > LONGEST_POINTING:
            return None
        for op in clause.ops:
            noun = self._is_undoing(sentence, clause, op)
            if noun and recent[0].topic.aim.sign < 0:
                return _carried(recent[0], op.at, 1, "proposal")
        return None

    def _alone(
        self,
        sentence: Sentence,
        named: list[Named],
        clause: Clause,
        op: Op,
        recent: list[Mention],
    ) -> Carried | None:
        """ "zögert", "dit non": what is spoken of is what it hesitates about."""
        words = clause.last - clause.first
        told = next((one for one in clause.ops if one.alone), None)
        bare = self._is_bare(sentence, named, clause) or (
            op.kind in QUOTING and self._quotes(sentence, clause)
        )
        if told is None and op.kind != "undecided" and not bare:
            return None
        if words > LONGEST_ALONE:
            return None
        covered = {sentence.words[at].key for one in clause.ops for at in one.covered}
        if recent:
            sign = 1 if covered & STOPPING else recent[0].topic.aim.sign
            return _carried(recent[0], clause.last - 1, sign, "alone")
        if self.main is None:
            return None
        topic = replace(self.main, at=clause.last - 1, reason="the title's subject")
        return Carried(topic, topic.aim.sign, "alone")

    def _quotes(self, sentence: Sentence, clause: Clause) -> bool:
        """ "warnte vor „Bevormundung“": a quoted term says it of what is spoken of."""
        words = sentence.words
        start, end = words[clause.first].start, words[clause.last - 1].end + 1
        return len(QUOTE.findall(self.text[start:end])) > 1

    def _is_bare(self, sentence: Sentence, named: list[Named], clause: Clause) -> bool:
        """ "Polen lehnt ab": a clause of nothing but somebody and what he says."""
        words, small = sentence.words, SKIPPED[self.language] | ARTICLES
        left = [at for at in _left(named, clause) if words[at].key not in small]
        subject = any(clause.first <= one.first < clause.last for one in named)
        nouns = any(self._is_noun(words, at) for at in left)
        return (
            subject and _has_attitude(clause) and not nouns and len(left) <= MOST_LEFT
        )

    def _is_noun(self, words: tuple[Word, ...], at: int) -> bool:
        """By its capital in German, by the word before it in French."""
        if self.language == "de":
            return words[at].capitalised
        before = words[at - 1].key if at else ""
        return before in BEFORE_NOUN | OF["fr"] | {
            "a",
            "au",
            "aux",
            "en",
            "sur",
            "pour",
        }


def _has_attitude(clause: Clause) -> bool:
    return any(op.kind in ATTITUDES for op in clause.ops)


def _left(named: list[Named], clause: Clause) -> list[int]:
    """The words of a clause that are neither cues nor somebody's name."""
    covered = {at for op in clause.ops for at in op.covered}
    covered |= {at for one in named for at in range(one.first, one.last)}
    return [at for at in range(clause.first, clause.last) if at not in covered]


def _is_alone(after: Word | None) -> bool:
    """A demonstrative without a noun: nothing capitalised, no adjective follows."""
    if after is None:
        return True
    adjective = after.key.endswith(("en", "es", "er", "em")) and len(after.key) > 4
    return not after.capitalised and not adjective


def _is_object(words: tuple[Word, ...], at: int, clause: Clause) -> bool:
    """ "lehnen sie ab": a pronoun inside the clause, not its subject."""
    return clause.first + 1 < at and words[at].key == "sie"


def _carried(mention: Mention, at: int, sign: int, how: str) -> Carried:
    reason = "takes up what was spoken of before"
    topic = replace(mention.topic, at=at, rank=0.0, reason=reason)
    return Carried(topic, sign, how)


def told_by(words: tuple[Word, ...], language: str) -> list[Op]:
    """The cues of a sentence; "the proposal", "the plan" name a thing and tell nothing."""
    ops = ops_in(words, language)
    return [
        op
        for op in ops
        if not _is_mere_noun(words, op, language) and not _only_links(words, op, ops)
    ]


def _only_links(words: tuple[Word, ...], op: Op, ops: list[Op]) -> bool:
    """ "läuft Sturm gegen die Pläne": the preposition belongs to another cue."""
    return words[op.at].key in {"gegen", "contre"} and any(
        other is not op and other.kind in OPPOSING and abs(other.at - op.at) < FAR
        for other in ops
    )


def _is_mere_noun(words: tuple[Word, ...], op: Op, language: str) -> bool:
    word = words[op.at]
    if len(op.covered) > 1 or word.key not in PROPOSALS[language]:
        return False
    return word.capitalised or (op.at > 0 and words[op.at - 1].key in BEFORE_NOUN)
