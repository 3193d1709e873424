"""Mentions of actors in one text: names, surnames, misspellings and offices."""

from datetime import date

from spacy.tokens import Doc, Token

from extraction.countries import by_adjective, by_people, by_place
from extraction.interface import Guess
from extraction.lists import word_set
from extraction.names.gazetteer import (
    SHORT_SURNAME_LENGTH,
    Entry,
    Gazetteer,
    Hit,
)
from extraction.names.genders import gender_of, gender_of_title
from extraction.names.mention import Mention, covered, merge
from extraction.names.office_mentions import GOVERNMENT, OfficeFinder
from extraction.names.offices import holds_on
from extraction.names.words import Word, fold, keys_of, words_of

TITLES = word_set(
    "mr mrs ms miss dr prof professor sir lord lady president chancellor premier minister "
    "secretary general colonel captain admiral ambassador senator congressman "
    "congresswoman governor mayor king queen prince princess pope pm mp herr frau monsieur "
    "madame chief spokesman spokeswoman spokesperson analyst leader representative"
)
PLACE_PREPOSITIONS = word_set(
    "in at near to from into inside outside around over across between toward towards via "
    "through within throughout on"
)
MOUTHPIECES = word_set("spokesman spokeswoman spokesperson")
OPPOSED_FROM = word_set(
    "opposition resistance support backing objection pressure call "
    "tweet letter statement message post email mail note remark word appeal plea "
    "demand proposal criticism praise protest motion suggestion initiative"
)


class MentionFinder:
    """Finds the mentions of one parsed text."""

    def __init__(
        self, doc: Doc, text: str, gazetteer: Gazetteer, day: date | None
    ) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.day = day
        self.actors = list(gazetteer.actors.values())
        self.text = text  # datelines included, which the parse leaves out
        self.words = words_of(self.text)
        self.starts = [word.start for word in self.words]
        self._full: set[str] = set()

    def find(self) -> list[Mention]:
        """Return all mentions in order, none overlapping another."""
        hits = self.gazetteer.scan(self.words)
        self._full = {e.slug for hit in hits for e in hit.entries if e.how != "surname"}
        named = [mention for hit in hits if (mention := self._of_hit(hit))]
        named += self._misspelt(named)
        named += self._peoples()
        taken = merge([], named)
        taken = merge(taken, self._first_names(taken))
        taken = merge(taken, self._unknown_persons(taken))
        offices = OfficeFinder(
            self.words, self.text, self.gazetteer, self.day, taken
        ).find()
        return merge(merge([], offices), taken)

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
        nouns = [word for word in following if word.key in GOVERNMENT - MOUTHPIECES]
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
        points = covered(named)
        others = self._strangers()
        found = []
        for index, word in enumerate(self.words):
            if not word.capitalised or len(word.key) < SHORT_SURNAME_LENGTH:
                continue
            if word.start in points or word.key in others:
                continue
            if mention := self._misspelt_at(index, word):
                found.append(mention)
        return found

    def _strangers(self) -> set[str]:
        """The last names of persons that the text names in full and nobody knows."""
        known = {e.text for each in self.gazetteer.surnames.values() for e in each}
        firsts = {fold(name).split()[0] for name in known}
        full = [
            [key for key in fold(entity.text).split() if key not in TITLES]
            for entity in self.doc.ents
            if entity.label_ == "PERSON"
        ]
        return {keys[-1] for keys in full if len(keys) > 1 and keys[0] not in firsts}

    def _misspelt_at(self, index: int, word: Word) -> Mention | None:
        token = self.token_at(word.start, word.end)
        if token is None or token.pos_ not in {"PROPN", "NOUN", "ADJ"}:
            return None
        before = self._adjacent_before(index)
        first = before if before and before.capitalised else None
        if first and (first.key in TITLES or first.key in by_adjective()):
            first = None
        proper = token.pos_ == "PROPN"
        entry = self.gazetteer.misspelt(
            first, word, named=self._full if proper else set()
        )
        if entry is None or not self._title_fits(word, entry):
            return None
        reason = f"“{word.raw}” is close to {entry.text}"
        guess = Guess(entry.slug, 0.85 if first else 0.7, (reason,))
        start = first.start if first else word.start
        return Mention(start, word.end, (guess,), "misspelling")

    def _title_fits(self, word: Word, entry: Entry) -> bool:
        """ "Mr Crone" is not Hilda Crane."""
        said = gender_of_title(self.text[max(0, word.start - 12) : word.start])
        return said in {"", gender_of(entry.text.split()[0]) or said}

    def _peoples(self) -> list[Mention]:
        """ "The Dutch have ruled it out": a people as a subject is its country."""
        found = []
        for index, word in enumerate(self.words):
            slug = self.gazetteer.countries.get(
                by_people().get(word.raw.casefold(), "")
            )
            if not slug or not word.capitalised or not index:
                continue
            token, article = self.token_at(word.start, word.end), self.words[index - 1]
            if article.key == "the" and token is not None and token.dep_ == "nsubj":
                guess = Guess(slug, 0.65, (f"“{word.raw}” are the people of {slug}",))
                found.append(
                    Mention(article.start, word.end, (guess,), "people", "country")
                )
        return found

    def _first_names(self, taken: list[Mention]) -> list[Mention]:
        """ "Yusuf" is the one known person of that first name that was named in full."""
        firsts: dict[str, set[str]] = {}
        for slug in self._full:
            actor = self.gazetteer.actors[slug]
            if actor.kind == "person":
                firsts.setdefault(fold(actor.name).split()[0], set()).add(slug)
        points, found = covered(taken), []
        for word in self.words if firsts else ():
            slugs = firsts.get(word.key, set())
            if len(slugs) != 1 or not word.capitalised or word.start in points:
                continue
            if self._is_proper(word) and not self._surname_follows(word):
                slug = next(iter(slugs))
                guess = Guess(slug, 0.75, (f"“{word.raw}” is a first name of {slug}",))
                found.append(Mention(word.start, word.end, (guess,), "first name"))
        return found

    def _surname_follows(self, word: Word) -> bool:
        token = self.token_at(word.start, word.end)
        following = (
            token.nbor() if token is not None and token.i + 1 < len(self.doc) else None
        )
        return following is not None and following.pos_ == "PROPN"

    def _unknown_persons(self, taken: list[Mention]) -> list[Mention]:
        points = covered(taken)
        return [
            Mention(entity.start_char, entity.end_char, (), "unknown")
            for entity in self.doc.ents
            if entity.label_ == "PERSON"
            and entity.text[:1].isupper()
            and entity.text.casefold() not in by_place()
            and keys_of(entity.text) not in self.gazetteer.offices
            and points.isdisjoint(range(entity.start_char, entity.end_char))
        ]


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
