"""Who holds what a clause says: subjects of cues, speakers, doers, the author."""

from collections.abc import Iterator

from extraction.interface import Document
from extraction.languages.clauses import Clause
from extraction.languages.judging import ATTITUDES
from extraction.languages.people import Holder, People, holder_of
from extraction.languages.subject import Subject
from extraction.languages.subjects import Beside
from extraction.languages.wording import Sentence
from extraction.lists import word_set
from extraction.names.gazetteer import Gazetteer
from extraction.names.resolved import speaks_for

IMPERSONAL = {"il", "es", "ce", "c", "cela", "das"}
ASKED = ATTITUDES | {"deny", "share", "differ"}
FRENCH_IMPERSONAL = word_set("faut faudra faudrait convient y s importe vaut")
IMPERSONAL_ADJECTIVES = word_set(
    "trop temps urgent necessaire premature indispensable important essentiel hors inutile "
    "possible impossible vrai clair grand question exclu encore plus bien juste inacceptable"
)
DOING = {"future", "reverse", "can"}


def _subjects(chain: list[Clause], beside: Beside) -> Iterator[Subject]:
    """The subjects of the cues of a chain, the innermost clause's first."""
    for index, clause in enumerate(chain):
        if clause.kind in {"sub", "inf"} and _wanted(chain[index + 1 :]):
            continue
        for op in clause.ops:
            subject = beside.of(op, clause) if op.kind in ASKED else None
            if subject is not None:
                yield subject


def _is_impersonal(subject: Subject, sentence: Sentence, topical: set[int]) -> bool:
    """ "es sei zu früh", "il est temps", or the very thing that is spoken of."""
    if subject.named is not None:
        return False
    if subject.pronoun == "es" or subject.unknown in IMPERSONAL:
        return True
    if subject.pronoun == "il" and subject.last < len(sentence.words):
        after = [w.key for w in sentence.words[subject.last : subject.last + 3]]
        return after[0] in FRENCH_IMPERSONAL or (
            after[0] in {"est", "serait", "sera", "etait"}
            and bool(IMPERSONAL_ADJECTIVES & set(after[1:]))
        )
    return not subject.pronoun and bool(
        topical & set(range(subject.first, subject.last))
    )


def _wanted(outer: list[Clause]) -> bool:
    """Whether what a clause says is only what somebody wants: "demande que X ..."."""
    return any(op.kind in {"support", "oppose"} for c in outer[:1] for op in c.ops)


class Holding:
    """Finds the holders of stances in one document."""

    def __init__(
        self, document: Document, gazetteer: Gazetteer, people: People
    ) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self.people = people
        self.author = people.author(document.author)

    def of(
        self,
        sentence: Sentence,
        chain: list[Clause],
        beside: Beside,
        speaker: Holder | None,
        topical: set[int],
    ) -> tuple[list[Holder], str]:
        """The subjects of the innermost cue that has one, else who speaks."""
        quoted = sentence.quotation is not None
        me = speaker or (None if quoted else self.author)
        for subject in _subjects(chain, beside):
            if _is_impersonal(subject, sentence, topical):
                told = me if not quoted else speaker
                return ([told] if told else []), "speaker"
            who = self.people.who(subject, sentence, me)
            if who is not None:
                return self._all(who, subject, sentence, beside, speaker), "own"
            return ([speaker] if speaker and quoted else []), "speaker"
        if speaker is not None:
            return [speaker], "speaker"
        return ([], "") if quoted else self._deed(sentence, chain, beside)

    def _all(
        self,
        who: Holder,
        subject: Subject,
        sentence: Sentence,
        beside: Beside,
        speaker: Holder | None,
    ) -> list[Holder]:
        """ "Austria and Denmark": each of them."""
        others = [holder_of(one, sentence) for one in beside.listed_with(subject)]
        if others:
            return [who, *others]
        return [self._or_speaker(who, speaker)]

    def _or_speaker(self, who: Holder, speaker: Holder | None) -> Holder:
        """An official who tells what his own country does is the one who holds it."""
        actor = self.gazetteer.actors.get(speaker.slug) if speaker else None
        if speaker is None or actor is None or actor.kind != "person":
            return who
        return speaker if speaks_for(actor, self.document) == who.slug else who

    def _deed(
        self, sentence: Sentence, chain: list[Clause], beside: Beside
    ) -> tuple[list[Holder], str]:
        """Without a cue of attitude: who will, must or does it, or the author."""
        for clause in chain:
            for op in clause.ops:
                undone = op.kind == "reverse" and clause.negations
                if op.kind not in DOING or undone:
                    continue
                subject = beside.of(op, clause)
                if subject is not None and subject.named is not None:
                    who = self.people.who(subject, sentence, None)
                    return ([who] if who else []), "speaker"
        return self._doer(sentence, chain, beside)

    def _doer(
        self, sentence: Sentence, chain: list[Clause], beside: Beside
    ) -> tuple[list[Holder], str]:
        """ "Berlin plafonne": who opens a clause without a cue; else the author."""
        if self.author is not None:
            return [self.author], "author"
        named = beside.opening(chain[0])
        return ([holder_of(named, sentence)] if named else []), "speaker"
