"""Who says a whole sentence: "selon X", "sagte X", the speaker of a quotation."""

from extraction.languages.actors import OFFICIALS, Named
from extraction.languages.clauses import Clause
from extraction.languages.people import Holder, People, holder_of
from extraction.languages.subjects import Beside
from extraction.languages.turns import Turns
from extraction.languages.wording import Sentence, Wording
from extraction.lists import word_set

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
LONGEST_INTRODUCTION = 8  # words: "nach Worten ihrer Vorsitzenden X"
FOLLOWING = word_set("zufolge")
ANNOUNCING = ("annonc", "ankundig", "angekundig")
SUBJUNCTIVE = word_set(
    "sei seien habe werde konne musse solle wolle durfe moge gebe gehe komme bleibe brauche lasse "
    "nehme stehe stimme trafe ware hatte wurde gehore"
)
JOINS = word_set("de d du le la der des von dem die mme m")


def opens(people: list[Named]) -> bool:
    """Whether the first of ``people`` stands at the very beginning of a sentence."""
    return bool(people) and people[0].first <= 1


class Speaking:
    """Follows who speaks, sentence by sentence, in reading order."""

    def __init__(
        self, wording: Wording, people: People, turns: Turns, language: str
    ) -> None:
        self.wording = wording
        self.people = people
        self.turns = turns
        self.language = language
        self._guest: Holder | None = None
        self._turn: Holder | None = None
        self._of_quotations: dict[int, Holder] = {}
        self._paragraph = -1
        self._last: Holder | None = None

    def of(
        self,
        sentence: Sentence,
        named: list[Named],
        clauses: list[Clause],
        beside: Beside,
    ) -> Holder | None:
        """Return who says ``sentence``, None where nobody known does."""
        if sentence.quotation is not None:
            return self._of_quotations.get(sentence.quotation) or self._turn
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._last = sentence.paragraph, None
            self._turn = None
        self._turn = self._whose_turn(sentence, named) or self._turn
        speaker = (
            self._according(sentence, named)
            or self._from_place(sentence, named)
            or self._reporting(sentence, clauses, beside)
        )
        speaker = speaker or self._turn or self._indirect(sentence, clauses, beside)
        for index, inner in enumerate(self.wording.quotations):
            if sentence.span.start <= inner.start < sentence.span.end:
                holder = speaker or self._of_quotation(sentence, clauses, beside)
                if holder:
                    self._of_quotations[index] = holder
        if speaker:
            self.people.spoke(speaker)
            self._last = speaker
        return speaker

    def _whose_turn(self, sentence: Sentence, named: list[Named]) -> Holder | None:
        """The guest of an interview where he answers; a name before a colon."""
        if not self.turns.is_interview:
            return None
        people = [n for n in named if n.kind == "person" and n.slug]
        if self.turns.prefix(sentence.paragraph):
            return holder_of(people[0], sentence) if opens(people) else None
        if sentence.paragraph in self.turns.head and self._guest is None and people:
            self._guest = holder_of(people[0], sentence)
        return self._guest if sentence.paragraph in self.turns.answers else None

    def _indirect(
        self, sentence: Sentence, clauses: list[Clause], beside: Beside
    ) -> Holder | None:
        """ "Er sei dagegen", "X zeigte sich offen: Das sei kein Tabu": speech goes on."""
        keys = {word.key for word in sentence.words}
        if self.language != "de" or not keys & SUBJUNCTIVE:
            return None
        colon = sentence.span.text(self.wording.text).find(":")
        if colon >= 0 and sentence.span.start + colon < sentence.words[-1].start:
            return self._of_quotation(sentence, clauses, beside)
        return self._last

    def _of_quotation(
        self, sentence: Sentence, clauses: list[Clause], beside: Beside
    ) -> Holder | None:
        """A quotation after a colon is its subject's, one alone the last speaker's."""
        if not sentence.words:
            return self._last
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
                return holder_of(one, sentence)
            for back in range(1, LONGEST_INTRODUCTION):
                first = one.first - back
                if first >= 0 and self._marks_source(keys, first, one.first, sentence):
                    return holder_of(one, sentence)
        return None

    def _marks_source(
        self, keys: list[str], first: int, until: int, sentence: Sentence
    ) -> bool:
        for marker in ACCORDING[self.language]:
            end = first + len(marker)
            if tuple(keys[first:end]) != marker or end > until:
                continue
            between = keys[end:until]
            joined = JOINS.issuperset(between)
            if not joined and marker in {("so",), ("pour",)}:
                joined = len(between) == 1 and between[0].endswith(OFFICIALS)
            elif not joined:
                joined = not {"que", "qui", "dass", "und", "et"} & set(between)
            if not joined:
                continue
            if marker in {("so",), ("pour",)}:
                return self._opens_clause(sentence, first)
            return True
        return False

    def _opens_clause(self, sentence: Sentence, at: int) -> bool:
        if at == 0:
            return True
        gap = self.wording.text[sentence.words[at - 1].end : sentence.words[at].start]
        return any(sign in gap for sign in ',“”«»"·')

    def _from_place(self, sentence: Sentence, named: list[Named]) -> Holder | None:
        """ "Aus Paris heißt es, ...", "À La Haye, on rappelle que ..."."""
        keys = [word.key for word in sentence.words]
        if not named or named[0].kind != "country" or named[0].first != 1:
            return None
        behind = keys[named[0].last : named[0].last + 2]
        told = keys[0] in {"aus", "in"} and behind[:1] in (["heisst"], ["hiess"])
        told |= keys[0] == "a" and behind[:1] == ["on"]
        return holder_of(named[0], sentence) if told else None

    def _reporting(
        self, sentence: Sentence, clauses: list[Clause], beside: Beside
    ) -> Holder | None:
        for clause in clauses:
            for op in clause.ops:
                announced = sentence.words[op.at].key.startswith(ANNOUNCING)
                if clause.negations or not (op.kind == "say" or announced):
                    continue
                for subject in beside.speaking(op, clause, behind_only=announced):
                    if who := self.people.who(subject, sentence, None):
                        return who
        return None
