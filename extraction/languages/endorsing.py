"""Stances that take up somebody else's: "partage cet avis", "sieht das anders", "ebenso"."""

from dataclasses import dataclass, replace

from extraction.interface import Span
from extraction.languages.actors import Named
from extraction.languages.clauses import Clause
from extraction.languages.people import People, holder_of
from extraction.languages.proposals import Found
from extraction.languages.subject import Subject
from extraction.languages.subjects import Beside
from extraction.languages.wording import Sentence
from extraction.lists import word_set
from extraction.names.words import keys_of
from extraction.state import State

ALSO = word_set("ebenso ebenfalls genauso aussi egalement pareillement")
LONGEST_ALSO = 7  # words
SENTENCES_BACK = 4
MOST_REMEMBERED = 40  # stances looked back at


@dataclass(frozen=True)
class Noted:
    """A stance found in sentence ``number``."""

    number: int
    found: Found


class Endorsing:
    """Remembers the stances found so far, for whoever shares or contests one."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.noted: list[Noted] = []

    def note(self, found: list[Found], number: int) -> None:
        """Remember stances in reading order."""
        self.noted += [Noted(number, one) for one in found]

    def of(
        self,
        sentence: Sentence,
        named: list[Named],
        clause: Clause,
        beside: Beside,
        number: int,
    ) -> list[Found]:
        """Return the stances that ``clause`` takes over from earlier ones."""
        here = [n for n in named if clause.first <= n.first < clause.last]
        op = next((op for op in clause.ops if op.kind in {"share", "differ"}), None)
        if op is not None:
            subject = beside.of(op, clause)
            turned = (op.kind == "differ") != bool(len(clause.negations) % 2)
            cue = sentence.words[op.at]
        elif also := self._also(sentence, clause, here):
            subject, turned = also, False
            cue = sentence.words[clause.first]
        else:
            return []
        who = self.people.who(subject, sentence, None) if subject else None
        if who is None or not who.guesses or subject is None:
            return []
        keys = [word.key for word in sentence.words[clause.first : clause.last]]
        adjectives = self.people.naming.by_adjectives(keys) + self._owners(keys)
        model = self._model(here, adjectives, subject, who.slug, number)
        if model is None:
            return []
        holders = [who, *(holder_of(n, sentence) for n in beside.listed_with(subject))]
        self.people.spoke(who)
        at = replace(model.topic, at=clause.last - 1)
        span = Span(cue.start, cue.end)
        state = _turned(model.state) if turned else model.state
        return [
            Found(one, at, state, sentence, span, None, "shared", differs=turned)
            for one in holders
            if one.guesses
        ]

    def _owners(self, keys: list[str]) -> list[str]:
        """ "an Lembkes Seite": who took a stance and is named by surname in the genitive."""
        slugs = dict.fromkeys(
            n.found.holder.slug for n in self.noted[-MOST_REMEMBERED:]
        )
        named = [
            self.people.actors[slug] for slug in slugs if slug in self.people.actors
        ]
        return [
            actor.slug
            for actor in named
            if actor.kind == "person" and f"{keys_of(actor.name)[-1]}s" in keys
        ]

    def _also(
        self, sentence: Sentence, clause: Clause, here: list[Named]
    ) -> Subject | None:
        """ "Pichler ebenso", "La Grèce aussi": a clause that says nothing else."""
        words = sentence.words[clause.first : clause.last]
        told = any(op.kind != "say" for op in clause.ops)
        if told or len(words) > LONGEST_ALSO or not here:
            return None
        keys = {word.key for word in words}
        if not keys & ALSO:
            return None
        return Subject(here[0].first, here[0].last, here[0])

    def _model(
        self,
        here: list[Named],
        adjectives: list[str],
        subject: Subject,
        own: str,
        number: int,
    ) -> Found | None:
        """Whose stance is meant: that of another who is named here, else the last one."""
        recent = [
            one.found
            for one in self.noted[-MOST_REMEMBERED:]
            if number - one.number <= SENTENCES_BACK
        ]
        others = [
            n.slug for n in here if n.first != subject.first and n.slug not in {"", own}
        ]
        others += [slug for slug in adjectives if slug != own]
        for slug in others:
            for found in reversed([n.found for n in self.noted[-MOST_REMEMBERED:]]):
                if found.holder.slug == slug:
                    return found
        return next((f for f in reversed(recent) if f.holder.slug != own), None)


def _turned(state: State) -> State:
    return replace(state, sign=-state.sign)
