"""Whose words or wishes a cue tells: the subject beside it, by word order alone."""

from collections.abc import Iterator

from extraction.languages.actors import ARTICLES, Named
from extraction.languages.clauses import JOINING, SUBORDINATORS, Clause
from extraction.languages.function_words import (
    AND,
    AUXILIARIES,
    CONCERNING,
    DETERMINERS,
    FAR,
    LISTING,
    MOST_ADVERBS,
    MOST_ASIDES,
    NOUNS_OF_STANCE,
    OWNING,
    PLACING,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    SKIPPED,
)
from extraction.languages.lexicon import Op
from extraction.languages.subject import Subject
from extraction.languages.wording import Sentence


class Beside:
    """Looks beside cues in one sentence."""

    def __init__(
        self, sentence: Sentence, text: str, named: list[Named], language: str
    ) -> None:
        self.words = sentence.words
        self.text = text
        self.language = language
        self.at = {i: one for one in named for i in range(one.first, one.last)}

    def of(self, op: Op, clause: Clause) -> Subject | None:
        """Return the subject of the cue ``op`` in ``clause``, None where there is none."""
        if NOUNS_OF_STANCE.fullmatch(self.words[op.at].key):
            owner = self._owner(max(op.covered))
            if owner:
                return owner
        if concerned := self._concerned(op, clause):
            return concerned
        if met := self._met_in(op, clause):
            return met
        if self.language == "fr":
            if agent := self._agent(op.at, clause):
                return agent
            return self._before_fr(op.at)
        return self._of_german(op, clause)

    def opening(self, clause: Clause) -> Named | None:
        """Return who stands at the beginning of a clause without cues of its own."""
        if any(op.kind != "reverse" for op in clause.ops):
            return None
        at = clause.first + (self.words[clause.first].key in ARTICLES)
        named = self.at.get(at)
        return named if named is not None and named.first == at else None

    def is_free(self, named: Named) -> bool:
        """Whether the name stands where a subject can, behind no preposition."""
        asked = {word.key for word in self.words[max(0, named.first - 3) : named.first]}
        return "quant" in asked or not self._is_prepositional(named.first)

    def listed_with(self, subject: Subject) -> list[Named]:
        """Return who stands in one list with ``subject``: "A, B und C", "ni A ni B"."""
        if subject.named is None:
            return []
        found, joined = [], False
        for step in (1, -1):
            at = subject.last if step > 0 else subject.first - 1
            while 0 <= at < len(self.words):
                named = self.at.get(at)
                if named is not None and named != subject.named:
                    found.append(named)
                    at = named.last if step > 0 else named.first - 1
                    continue
                key = self.words[at].key
                if key not in LISTING:
                    break
                joined |= key in AND
                at += step
        return found if joined else []

    def speaking(
        self, op: Op, clause: Clause, *, behind_only: bool
    ) -> Iterator[Subject]:
        """Who may be the subject of a word of saying, likeliest first."""
        opens = all(
            word.key in SKIPPED[self.language] | AUXILIARIES
            for word in self.words[clause.first : op.at]
        )
        behind = self.after(max(op.covered), clause.last)
        if behind_only and not opens:
            return
        before = None if behind_only else self.of(op, clause)
        yield from filter(None, (behind, before) if opens else (before, behind))

    def after(self, at: int, last: int) -> Subject | None:
        """Return who stands behind a word of saying: "sagte er", "a déclaré ... X"."""
        for i in range(at + 1, min(at + FAR, last)):
            if found := self._standing(i):
                return found
            if self._is_unknown_noun(i):
                if apposed := self._apposed_to(i):
                    return apposed
                return Subject(i, i + 2, unknown=self.words[min(i + 1, last - 1)].key)
        return None

    def _apposed_to(self, i: int) -> Subject | None:
        """ "la ministre des Finances, Claire Vasseur"."""
        for j in range(i + 1, min(i + FAR, len(self.words))):
            named = self.at.get(j)
            if named is not None and named.kind == "person" and self._comma(j - 1):
                return Subject(named.first, named.last, named)
            if j > i + 1 and self._comma(j - 1):
                return None
        return None

    def _standing(self, i: int) -> Subject | None:
        named = self.at.get(i)
        if named is not None and named.first == i:
            return None if self._is_prepositional(i) else Subject(i, named.last, named)
        key = self.words[i].key
        if key in PRONOUNS[self.language] and named is None:
            return Subject(i, i + 1, pronoun=key)
        return None

    def _is_prepositional(self, first: int) -> bool:
        for back in (1, 2):
            if first - back < 0 or self._comma(first - back):
                return False
            key = self.words[first - back].key
            if key in PREPOSITIONS[self.language]:
                return True
            if key not in ARTICLES:
                return False
        return False

    def _comma(self, at: int) -> bool:
        """Whether a comma stands behind the word ``at``."""
        if at + 1 >= len(self.words):
            return True
        gap = self.text[self.words[at].end : self.words[at + 1].start]
        return any(sign in gap for sign in ',;:()–—«»„“”"·')  # noqa: RUF001

    def _is_unknown_noun(self, i: int) -> bool:
        """An article and a noun that name nobody known."""
        if self.words[i].key not in DETERMINERS or i + 1 >= len(self.words):
            return False
        if i + 1 in self.at or self._comma(i):
            return False
        if self.language == "de" and i + 2 in self.at:
            return False
        if self._is_prepositional(i):
            return False
        noun = self.words[i + 1]
        return noun.capitalised if self.language == "de" else len(noun.key) > 3

    def _owner(self, at: int) -> Subject | None:
        """ "le refus de Berlin", "der Widerstand aus Ungarn"."""
        for i in range(at + 1, min(at + 4, len(self.words))):
            named = self.at.get(i)
            if named is not None:
                return Subject(named.first, named.last, named)
            if self.words[i].key not in OWNING[self.language] | ARTICLES:
                return None
        return None

    def _met_in(self, op: Op, clause: Clause) -> Subject | None:
        """ "stößt in Berlin auf Ablehnung", "aus Wien kam Kritik"."""
        if not self.words[op.at].key.startswith(("stoss", "kam", "kommt")):
            return None
        for i in range(clause.first + 1, clause.last):
            named = self.at.get(i)
            if named is not None and self.words[i - 1].key in PLACING:
                return Subject(i, named.last, named)
        return None

    def _concerned(self, op: Op, clause: Clause) -> Subject | None:
        """ "kommt für Stein nur infrage", "pas question pour X", "für X zu teuer"."""
        asked = bool({self.words[at].key for at in op.covered} & CONCERNING)
        for i in range(clause.first + 1, clause.last):
            named = self.at.get(i)
            if named is None or named.first != i:
                continue
            first = i - 1 - (self.words[i - 1].key in ARTICLES)
            fronted = first == clause.first and op.kind in {"good", "bad"}
            if first >= clause.first and self.words[first].key in {"fur", "pour"}:
                return Subject(i, named.last, named) if asked or fronted else None
        return None

    def _agent(self, at: int, clause: Clause) -> Subject | None:
        """ "a été rejeté par Berlin", "wurde von Berlin abgelehnt"."""
        by = {"fr": {"par"}, "de": {"von", "vom"}}[self.language]
        passive = {
            "fr": {"ete", "est", "sont", "etait", "etaient", "fut"},
            "de": {"wurde", "wurden", "wird", "werden", "worden"},
        }
        if not passive[self.language] & {
            word.key for word in self.words[clause.first : clause.last]
        }:
            return None
        for i in range(clause.first, clause.last):
            if self.words[i].key in by:
                for j in range(i + 1, min(i + 4, clause.last)):
                    if named := self.at.get(j):
                        return Subject(named.first, named.last, named)
        return None

    # -- French: right before the verb ---------------------------------------

    def _before_fr(self, at: int) -> Subject | None:
        """Walk left over clitics, adverbs and asides to what stands before the verb."""
        i, jumps = at - 1, 0
        while i >= 0:
            if self._comma(i):
                i, jumps = self._over_aside(i), jumps + 1
                if i < 0 or jumps > MOST_ASIDES:
                    return None
            if i in self.at or not self._is_skipped(i):
                return self._ending_at(i)
            i -= 1
        return None

    def _is_skipped(self, i: int) -> bool:
        key = self.words[i].key
        return key in SKIPPED["fr"] or key.endswith("ment")

    def _ending_at(self, i: int) -> Subject | None:
        """The subject whose last word is ``i``."""
        named, key = self.at.get(i), self.words[i].key
        if named is not None:
            if self._is_prepositional(named.first):
                return self._noun_before(named.first)
            return Subject(named.first, named.last, named)
        if key in {"et", "mais", "ou", "puis"}:
            return self._shared(i)
        if key in PRONOUNS["fr"]:
            return Subject(i, i + 1, pronoun=key)
        return self._noun_before(i + 1)

    def _shared(self, until: int) -> Subject | None:
        """ "X will ... und fordert": the subject that the sentence began with."""
        for i in range(until):
            if self._is_unknown_noun(i):
                return None
            if found := self._standing(i):
                return found
        return None

    def _over_aside(self, i: int) -> int:
        """Where to go on left of a comma: an aside that names nobody is passed over."""
        start = i
        while start > 0 and not self._comma(start - 1):
            start -= 1
        inside = [self.at[j] for j in range(start, i + 1) if j in self.at]
        free = [n for n in inside if not self._is_prepositional(n.first)]
        if free or start == 0:
            return i
        return start - 1

    def _noun_before(self, end: int) -> Subject:
        """The unknown noun phrase that ends before ``end``: its first noun."""
        first = max(0, end - 1)
        while first > 0 and not self._comma(first - 1):
            first -= 1
            if self.words[first].key in DETERMINERS and not self._is_prepositional(
                first
            ):
                break
        at = first + 1 if self.words[first].key in DETERMINERS else first
        return Subject(first, end, unknown=self.words[min(at, len(self.words) - 1)].key)

    # -- German: before the finite verb, else right behind it ------------------

    def _of_german(self, op: Op, clause: Clause) -> Subject | None:
        if agent := self._agent(op.at, clause):
            return agent
        first = clause.first
        finite = self._finite(op, clause)
        if self.words[first].key in JOINING["de"]:
            if first + 1 == finite:
                return self._shared(first)
            first += first + 1 < clause.last
        if found := self._antecedent(op, clause):
            return found
        if finite == first + 1 and self.words[first].key in {"der", "die"}:
            pronoun = {"der": "er", "die": "sie"}[self.words[first].key]
            return Subject(first, first + 1, pronoun=pronoun)
        if self.words[first].key in SUBORDINATORS["de"]:
            return self.after(first, clause.last)
        return self._around(first, finite, clause.last)

    def _antecedent(self, op: Op, clause: Clause) -> Subject | None:
        """ "X, die auf einer Kennzeichnung besteht": whom a relative clause follows."""
        first = clause.first
        relative = self.words[first].key in RELATIVE and first > 0
        if (
            not relative
            or max(op.covered) < clause.last - 2
            or not self._comma(first - 1)
        ):
            return None
        if any(i in self.at for i in range(first + 1, op.at)):
            return None
        for i in range(first - 1, max(-1, first - FAR), -1):
            named = self.at.get(i)
            if named is not None and not self._is_prepositional(named.first):
                return Subject(named.first, named.last, named)
        return None

    def _around(self, first: int, finite: int, last: int) -> Subject | None:
        """The subject before the finite verb, else right behind it."""
        beside = self._front(first, finite) or self._behind(finite, last)
        if beside is not None:
            return beside
        if finite == first and first:
            return self._apposed(first)
        return self._noun_at(first, finite)

    def _finite(self, op: Op, clause: Clause) -> int:
        for i in range(clause.first, op.at):
            if self.words[i].key in AUXILIARIES and i not in self.at:
                return i
        return op.at

    def _front(self, first: int, finite: int) -> Subject | None:
        """The mention or pronoun that fills the place before the finite verb."""
        i, adverbs = finite - 1, MOST_ADVERBS
        while i >= first:
            named = self.at.get(i)
            if named is not None:
                prepositional = self._is_prepositional(named.first)
                whole = named.first <= first + 2 or self._only_titles(
                    first, named.first
                )
                return (
                    None
                    if prepositional or not whole
                    else Subject(named.first, named.last, named)
                )
            key = self.words[i].key
            if key in {"er", "sie", "ich", "wir", "man"} and i <= first + 1:
                return Subject(i, i + 1, pronoun=key)
            if key not in SKIPPED["de"]:
                adverbs -= 1
                stops = self.words[i].capitalised and i > first
                if stops or adverbs < 0 or key in PREPOSITIONS["de"]:
                    return None
            i -= 1
        return None

    def _only_titles(self, first: int, last: int) -> bool:
        keys = [word.key for word in self.words[first:last]]
        return not any(key in PREPOSITIONS["de"] for key in keys)

    def _behind(self, finite: int, last: int) -> Subject | None:
        for i in range(finite + 1, min(finite + 6, last)):
            if found := self._standing(i):
                return found if found.pronoun != "es" else None
            key = self.words[i].key
            if key in SKIPPED["de"] or key in PREPOSITIONS["de"] or key in ARTICLES:
                continue
            if self.words[i - 1].key in PREPOSITIONS["de"]:
                continue
            if i + 1 in self.at or i in self.at:
                continue
            return None
        return None

    def _apposed(self, first: int) -> Subject | None:
        """ "Die Ministerin, Anna Berg, lehnt ..."; "... und fordert"."""
        for i in range(first - 1, max(-1, first - 14), -1):
            named = self.at.get(i)
            if named is not None and not self._is_prepositional(named.first):
                return Subject(named.first, named.last, named)
            if self.words[i].key in {"er", "sie"}:
                return Subject(i, i + 1, pronoun=self.words[i].key)
        return None

    def _noun_at(self, first: int, finite: int) -> Subject | None:
        if finite <= first:
            return None
        if self.words[first].key in {"wir", "ich"}:
            return Subject(first, first + 1, pronoun=self.words[first].key)
        at = first + (self.words[first].key in DETERMINERS)
        return Subject(first, finite, unknown=self.words[min(at, finite - 1)].key)
