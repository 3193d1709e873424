"""The words that name a source beside a cue, by word order alone, whoever is meant."""

from extraction.languages.actors import ARTICLES, OF, TITLES
from extraction.languages.clauses import JOINING, SUBORDINATORS, Clause
from extraction.languages.function_words import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED,
)
from extraction.languages.lexicon import Op
from extraction.lists import word_set
from extraction.names.words import Word

Range = tuple[int, int]

TIMES = word_set(
    "lundi mardi mercredi jeudi vendredi samedi dimanche hier matin soir montag dienstag "
    "mittwoch donnerstag freitag samstag sonntag gestern heute abend morgen"
)
RELATIVE = word_set("que qu qui dont ou dass der die das wo wie")
POSSESSIVES = word_set(
    "son sa ses leur leurs seine sein ihr ihre seiner ihrer dessen deren"
)
VERBS = AUXILIARIES | word_set(
    "ware waren hatte hatten wurde wurden ist sei est sont serait"
)
NOBODY = word_set("es das dies ce c cela")
LONGEST = 12  # words of one source
MOST_BEFORE = 2  # clauses of name and apposition before a verb


class Sources:
    """Finds the source of a cue among the words and clauses of one sentence."""

    def __init__(
        self, words: tuple[Word, ...], text: str, clauses: list[Clause], language: str
    ) -> None:
        self.words = words
        self.text = text
        self.clauses = clauses
        self.language = language
        self.starts = {clause.first for clause in clauses}

    def of(self, op: Op, index: int) -> Range | None:
        """Return the words ``[first, last)`` that name whose cue ``op`` is."""
        found = self._beside(op, index)
        if found is None or found[1] - found[0] > 1:
            return found
        return None if self.words[found[0]].key in NOBODY else found

    def _beside(self, op: Op, index: int) -> Range | None:
        clause = self.clauses[index]
        first = min(op.covered)
        verb = self._finite(op, clause)
        if self.words[clause.first].key in {"wie", "comme"}:
            return self.named_from(clause.first + 1, first)
        joined = self.words[clause.first].key in JOINING[self.language] and index
        if joined and verb == clause.first + 1:
            return self._shared(index)
        if before := self._before(clause.first, verb):
            return before
        behind = self.named_from(verb + 1, clause.last)
        if behind is None and max(op.covered) > verb:
            behind = self.named_from(max(op.covered) + 1, clause.last)
        if behind is not None:
            return self._with_name_behind(behind)
        return self._apposed(index) if verb <= clause.first + 1 else None

    def _finite(self, op: Op, clause: Clause) -> int:
        for at in range(clause.first, op.at):
            french = self.words[at].key in {"a", "ont", "avait", "est", "s", "se"}
            german = self.words[at].key in AUXILIARIES
            if german if self.language == "de" else french:
                return at
        return op.at

    def _before(self, first: int, verb: int) -> Range | None:
        """The subject that fills the place before the verb."""
        start, end = first, verb
        while start < end and self.words[start].key in JOINING[self.language]:
            start += 1
        while end > start and self._is_small(end - 1):
            end -= 1
        if start >= end or self.words[start].key in SUBORDINATORS[self.language]:
            return None
        opens = self.words[start].key
        if end - start > 1 and self.words[end - 1].key in PRONOUNS[self.language]:
            end -= 1
        if opens in PREPOSITIONS[self.language] or not self._names(start, end):
            return None
        return (start, end) if end - start <= LONGEST else None

    def _is_small(self, at: int) -> bool:
        key = self.words[at].key
        small = key in SKIPPED[self.language] or key in TIMES or key.endswith("ment")
        return (
            small
            and key not in PRONOUNS[self.language]
            and (not self.words[at].capitalised or key in TIMES)
        )

    def _names(self, start: int, end: int) -> bool:
        return any(
            word.capitalised
            or word.key in DETERMINERS
            or word.key in PRONOUNS[self.language]
            for word in self.words[start:end]
        )

    def named_from(self, start: int, last: int) -> Range | None:
        """The noun phrase that begins at ``start``, little words before it passed over."""
        at = start
        while at < last and self._is_small(at) and self.words[at].key not in ARTICLES:
            at += 1
        if at >= last:
            return None
        word = self.words[at]
        if word.key in PRONOUNS[self.language] and not word.capitalised:
            return at, at + 1
        if not (word.capitalised or word.key in DETERMINERS | POSSESSIVES | TITLES):
            return None
        end = at + 1
        while end < last and end - at < LONGEST and not self._ends(end):
            end += 1
        return at, end

    def _ends(self, at: int) -> bool:
        """Whether a noun phrase cannot go on with the word ``at``."""
        gap = self.text[self.words[at - 1].end : self.words[at].start]
        key = self.words[at].key
        if any(sign in gap for sign in ',;:()«»„“”"·') or key in TIMES:
            return True
        if key in OF[self.language] or key in ARTICLES:
            return False
        prepositions = PREPOSITIONS[self.language] - OF[self.language]
        return key in prepositions | VERBS | RELATIVE | SKIPPED[self.language]

    def _with_name_behind(self, found: Range) -> Range:
        """ "la ministre des Finances, Claire Vasseur": the name is part of it."""
        first, last = found
        if last in self.starts and self._is_name(last) and self._comma(last):
            end = next(c.last for c in self.clauses if c.first == last)
            while end > last and not self.words[end - 1].capitalised:
                end -= 1
            if last < end <= last + 4:
                return first, end
        return found

    def _shared(self, index: int) -> Range | None:
        """ "X sprach ... und forderte": the source that the sentence began with."""
        before = self.clauses[index - 1]
        op = before.ops[0] if before.ops else None
        return self.of(op, index - 1) if op is not None else None

    def _apposed(self, index: int) -> Range | None:
        """ "Le ministre, Didier Rousselet, s'est prononcé": clauses before the verb."""
        taken = []
        for clause in reversed(self.clauses[max(0, index - MOST_BEFORE) : index]):
            key = self.words[clause.first].key
            short = clause.last - clause.first <= LONGEST
            if clause.ops or not short or not self._comma(clause.last):
                break
            if key in PREPOSITIONS[self.language] or not self._names(
                clause.first, clause.last
            ):
                break
            taken.append(clause)
        if not taken:
            return None
        return taken[-1].first, taken[0].last

    def _is_name(self, at: int) -> bool:
        return self.words[at].capitalised

    def _comma(self, at: int) -> bool:
        if not 0 < at < len(self.words):
            return False
        return "," in self.text[self.words[at - 1].end : self.words[at].start]
