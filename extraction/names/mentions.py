"""Mentions of actors in one text: names, surnames, misspellings and offices."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token

from extraction.countries import by_adjective, by_place
from extraction.interface import Guess
from extraction.lists import word_set
from extraction.names.gazetteer import Gazetteer, Hit
from extraction.names.offices import LONGEST, PHRASES, holders, holds_on
from extraction.names.words import Word, words_of

TITLES = word_set(
    "mr mrs ms miss dr prof professor sir lord lady president chancellor premier minister "
    "secretary general colonel captain admiral ambassador senator congressman "
    "congresswoman governor mayor king queen prince princess pope pm mp herr frau monsieur "
    "madame chief spokesman spokeswoman spokesperson analyst leader representative"
)
GOVERNMENT = word_set(
    "government authorities officials official cabinet ministry administration embassy "
    "presidency leadership diplomats diplomat spokesman spokeswoman spokesperson "
    "delegation coalition"
)
BODIES = GOVERNMENT | word_set("conference congress board executive council whip")
PLACE_PREPOSITIONS = word_set(
    "in at near to from into inside outside around over across between toward towards via "
    "through within throughout on"
)
FORMER = {"former", "ex", "late", "onetime", "then", "future", "incoming"}
OPPOSED_FROM = word_set(
    "opposition resistance support backing objection pressure call "
    "appeal plea demand proposal criticism praise protest motion suggestion initiative"
)


@dataclass(frozen=True)
class Mention:
    """Words ``[start, end)`` (code points) that name somebody; no guesses: unknown."""

    start: int
    end: int
    guesses: tuple[Guess, ...]
    how: str
    kind: str = "person"

    @property
    def slug(self) -> str:
        """The most likely actor, "" while unknown or undecided."""
        if not self.guesses:
            return ""
        tied = len(self.guesses) > 1 and self.guesses[0].score <= self.guesses[1].score
        return "" if tied else self.guesses[0].slug


class MentionFinder:
    """Finds the mentions of one parsed text."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, day: date | None) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.day = day
        self.actors = list(gazetteer.actors.values())
        self.text = doc.text  # built anew at each access: kept
        self.words = words_of(self.text)
        self.starts = [word.start for word in self.words]
        self._full: set[str] = set()

    def find(self) -> list[Mention]:
        """Return all mentions in order, none overlapping another."""
        hits = self.gazetteer.scan(self.words)
        self._full = {e.slug for hit in hits for e in hit.entries if e.how != "surname"}
        named = [mention for hit in hits if (mention := self._of_hit(hit))]
        named += self._misspelt(named)
        taken = _merge([], named)
        taken = _merge(taken, self._unknown_persons(taken))
        return _merge(_merge([], self._offices(taken)), taken)

    def token_at(self, start: int, end: int) -> Token | None:
        """Return the syntactic head of the words ``[start, end)``."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span else None

    def _of_hit(self, hit: Hit) -> Mention | None:
        first, last = self.words[hit.first], self.words[hit.last - 1]
        surname = hit.entries[0].how == "surname"
        if surname and not self._surname_may_stand(hit):
            return None
        guesses = self._ranked(hit)
        kind = self.gazetteer.actors[hit.entries[0].slug].kind
        start = self._start_with_article(hit.first, first)
        mention = Mention(start, last.end, guesses, hit.entries[0].how, kind)
        return self._government_of(hit, mention) or mention

    def _start_with_article(self, index: int, first: Word) -> int:
        before = self.words[index - 1] if index else None
        return before.start if before and before.key == "the" else first.start

    def _ranked(self, hit: Hit) -> tuple[Guess, ...]:
        text = self.text[self.words[hit.first].start : self.words[hit.last - 1].end]
        guesses = []
        for entry in hit.entries:
            score, reason = entry.score, f"“{text}” is a {entry.how} of {entry.slug}"
            if entry.how == "surname" and entry.slug in self._full:
                score, reason = 0.95, f"“{text}” follows the full name of {entry.slug}"
            guesses.append(Guess(entry.slug, score, (reason,)))
        return tuple(sorted(guesses, key=lambda guess: (-guess.score, guess.slug)))

    def _surname_may_stand(self, hit: Hit) -> bool:
        """A capitalised word before that is no title names somebody else."""
        word = self.words[hit.first]
        if not word.capitalised:
            return False
        before = self._adjacent_before(hit.first)
        if before is None or not before.capitalised or before.key in TITLES:
            return self._is_proper(word)
        token = self.token_at(before.start, before.end)
        known_before = before.key in by_adjective() or before.key in by_place()
        if known_before or token is None or token.pos_ != "PROPN":
            return True
        return any(
            before.key[:1] == entry.slug[:1] and len(before.key) == 1
            for entry in hit.entries
        )

    def _is_proper(self, word: Word) -> bool:
        token = self.token_at(word.start, word.end)
        return token is not None and token.pos_ not in {"VERB", "ADV", "AUX", "DET"}

    def _adjacent_before(self, index: int) -> Word | None:
        if not index:
            return None
        before, word = self.words[index - 1], self.words[index]
        return before if self.text[before.end : word.start] in {" ", "-"} else None

    def _government_of(self, hit: Hit, mention: Mention) -> Mention | None:
        """ "the Biden administration" and "Scholz's coalition" mean the country."""
        following = self._words_after(hit.last)[:2]
        nouns = [word for word in following if word.key in GOVERNMENT]
        if not nouns or mention.kind != "person":
            return None
        actor = self.gazetteer.actors.get(mention.slug)
        office = (
            next((o for o in actor.offices if holds_on(o, self.day)), None)
            if actor
            else None
        )
        if office is None or office.speaks_for not in self.gazetteer.actors:
            return None
        reason = f"the {nouns[0].raw} of {mention.slug} speaks for {office.speaks_for}"
        guess = Guess(office.speaks_for, 0.8, (reason,))
        return Mention(mention.start, nouns[0].end, (guess,), "government", "country")

    def _words_after(self, index: int) -> list[Word]:
        """Words that directly follow, past a possessive "'s" only."""
        following = self.words[index : index + 4]
        if following and following[0].key == "s":
            following = following[1:]
        elif following:
            gap = self.text[self.words[index - 1].end : following[0].start]
            following = following if gap == " " else []
        return following

    def _misspelt(self, named: list[Mention]) -> list[Mention]:
        covered = _covered(named)
        found = []
        for index, word in enumerate(self.words):
            if not word.capitalised or len(word.key) < 5:
                continue
            if word.start in covered:
                continue
            if mention := self._misspelt_at(index, word):
                found.append(mention)
        return found

    def _misspelt_at(self, index: int, word: Word) -> Mention | None:
        token = self.token_at(word.start, word.end)
        if token is None or token.pos_ not in {"PROPN", "NOUN", "ADJ"}:
            return None
        before = self._adjacent_before(index)
        first = before if before and before.capitalised else None
        if first and (first.key in TITLES or first.key in by_adjective()):
            first = None
        entry = self.gazetteer.misspelt(first, word)
        if entry is None:
            return None
        reason = f"“{word.raw}” is close to {entry.text}"
        guess = Guess(entry.slug, 0.85 if first else 0.7, (reason,))
        start = first.start if first else word.start
        return Mention(start, word.end, (guess,), "misspelling")

    def _unknown_persons(self, taken: list[Mention]) -> list[Mention]:
        covered = _covered(taken)
        return [
            Mention(entity.start_char, entity.end_char, (), "unknown")
            for entity in self.doc.ents
            if entity.label_ == "PERSON"
            and entity.text[:1].isupper()
            and covered.isdisjoint(range(entity.start_char, entity.end_char))
        ]

    def _offices(self, taken: list[Mention]) -> list[Mention]:
        found = []
        index = 0
        while index < len(self.words):
            length = self._office_length(index)
            if length and (mention := self._office_at(index, length, taken)):
                found.append(mention)
            index += length or 1
        return found + self._governments(taken)

    def _office_length(self, index: int) -> int:
        keys = tuple(word.key for word in self.words[index : index + LONGEST])
        lengths = (n for n in range(len(keys), 0, -1) if keys[:n] in PHRASES)
        return next(lengths, 0)

    def _office_at(
        self, index: int, length: int, taken: list[Mention]
    ) -> Mention | None:
        last = self.words[index + length - 1]
        if self._name_follows(index + length, taken):
            return None
        keys = tuple(word.key for word in self.words[index : index + length])
        found = self._principal(index, index + length, taken)
        if found is None:
            return None
        principal, start, end = found
        guesses = self._holders(principal, PHRASES[keys])
        return Mention(start, max(end, last.end), guesses, "office")

    def _name_follows(self, index: int, taken: list[Mention]) -> bool:
        if index >= len(self.words):
            return False
        word, before = self.words[index], self.words[index - 1]
        gap = self.text[before.end : word.start]
        persons = (m for m in taken if m.kind == "person")
        return gap in {" ", ", "} and any(m.start == word.start for m in persons)

    def _principal(
        self, first: int, last: int, taken: list[Mention]
    ) -> tuple[str, int, int] | None:
        """Whom an office speaks for: (slug, start, end) of the whole description."""
        before = first - 1
        while before >= 0 and self._skippable(before):
            before -= 1
        if before >= 0 and self.words[before].key in FORMER:
            return None
        slug, start = self._country_before(before, taken)
        if slug:
            if start and self._former_before(start):
                return None
            return slug, self._with_article(start), self.words[last - 1].end
        return self._country_after(first, last, taken)

    def _skippable(self, index: int) -> bool:
        """An "'s" between a country and its office."""
        return self.words[index].key == "s"

    def _former_before(self, start: int) -> bool:
        index = bisect_left(self.starts, start)
        return index > 0 and self.words[index - 1].key in FORMER

    def _with_article(self, start: int) -> int:
        index = bisect_left(self.starts, start)
        before = self.words[index - 1] if index else None
        return before.start if before and before.key == "the" else start

    def _country_before(self, index: int, taken: list[Mention]) -> tuple[str, int]:
        if index < 0:
            return "", 0
        word = self.words[index]
        two = f"{self.words[index - 1].raw} {word.raw}".casefold() if index else ""
        for text, start in (
            (two, self.words[index - 1].start),
            (word.raw.casefold(), word.start),
        ):
            slug = self._country_called(text)
            if slug and word.capitalised:
                return slug, start
        mention = next(
            (m for m in taken if m.end == word.end and m.kind != "person"), None
        )
        return (mention.slug, mention.start) if mention else ("", 0)

    def _country_called(self, adjective: str) -> str:
        for code in by_adjective().get(adjective, ()):
            slug = self.gazetteer.countries.get(code)
            if slug:
                return slug
        return ""

    def _country_after(
        self, first: int, last: int, taken: list[Mention]
    ) -> tuple[str, int, int] | None:
        """ "the president of France", "a spokesman for the Italian government"."""
        if last >= len(self.words) or self.words[last].key not in {"of", "for"}:
            return None
        after = self.words[last].end + 1
        mention = next(
            (m for m in taken if m.start == after and m.kind != "person"), None
        )
        if mention is None or not mention.slug:
            return None
        return mention.slug, self._with_article(self.words[first].start), mention.end

    def _holders(self, principal: str, office: str) -> tuple[Guess, ...]:
        found = holders(self.actors, principal, office, self.day)
        if not found and office == "spokesperson":
            reason = f"a spokesperson of {principal} speaks for it"
            return (Guess(principal, 0.75, (reason,)),)
        score = 0.9 if len(found) == 1 else 0.5
        return tuple(
            Guess(actor.slug, score, (f"{office} of {principal} on the day",))
            for actor in found
        )

    def _governments(self, taken: list[Mention]) -> list[Mention]:
        """ "French officials", "Estonia's government": the country speaks."""
        found = []
        for index, word in enumerate(self.words):
            if word.key not in BODIES or word.key.startswith("spokes"):
                continue
            mention = self._government_at(index, taken)
            if mention:
                found.append(mention)
        return found

    def _government_at(self, index: int, taken: list[Mention]) -> Mention | None:
        before = index - 1
        while before >= 0 and self._between(before):
            before -= 1
        slug, start = self._country_before(before, taken)
        country = slug and self.gazetteer.actors[slug].kind == "country"
        if not slug or (country and self.words[index].key not in GOVERNMENT):
            return None
        end = self.words[index].end
        if index + 1 < len(self.words) and self.words[index + 1].key.startswith(
            "spokes"
        ):
            end = self.words[index + 1].end
        score = 0.6 if self.words[index].key in {"official", "diplomat"} else 0.85
        guess = Guess(slug, score, (f"“{self.words[index].raw}” speaks for {slug}",))
        return Mention(
            self._with_article(start), end, (guess,), "government", "country"
        )

    def _between(self, index: int) -> bool:
        key = self.words[index].key
        return key in {"s", "senior", "federal", "foreign", "defence", "defense", "new"}


def _covered(taken: list[Mention]) -> set[int]:
    """Every code point that a mention covers: keeps long texts linear."""
    return {point for mention in taken for point in range(mention.start, mention.end)}


def _merge(taken: list[Mention], more: list[Mention]) -> list[Mention]:
    """Add to ``taken`` what does not overlap it; longer mentions first."""
    result, covered = list(taken), _covered(taken)
    for mention in sorted(more, key=lambda m: (m.start - m.end, m.start)):
        points = range(mention.start, mention.end)
        if covered.isdisjoint(points):
            result.append(mention)
            covered.update(points)
    return sorted(result, key=lambda m: m.start)


def is_place(token: Token, how: str) -> bool:
    """Whether a country or its capital stands for the place, not its government."""
    if token.dep_ in {"compound", "nmod"} and token.head.lower_ not in GOVERNMENT:
        return True
    if token.dep_ == "conj":
        return is_place(token.head, how)
    if token.dep_ != "pobj":
        return False
    preposition = token.head.lower_
    above = token.head.head
    sent = [above, *(c for c in above.children if c.dep_ == "nsubj")]
    if preposition == "from" and any(t.lemma_ in OPPOSED_FROM for t in sent):
        return False
    if preposition == "to" and above.lower_ == "according":
        return False
    return preposition in PLACE_PREPOSITIONS
