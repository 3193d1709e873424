"""Who French and German texts name: known actors, offices, governments."""

import re
from dataclasses import dataclass
from datetime import date

from extraction.interface import Guess
from extraction.languages import lands
from extraction.languages.wording import Sentence
from extraction.lists import word_set
from extraction.names.gazetteer import Gazetteer, Hit
from extraction.names.mention import likeliest
from extraction.names.offices import fits, holders, office_in, office_on
from extraction.names.words import Word, keys_of

GOVERNMENT = {
    "fr": word_set("gouvernement autorites cabinet executif diplomatie delegation"),
    "de": word_set("regierung bundesregierung kabinett bundeskabinett staatsregierung"),
}
OF = {"fr": word_set("de du d des"), "de": word_set("von der des")}
FORMER = word_set(
    "ancien ancienne ex anciens feu fruher fruhere fruherer fruheren ehemalige ehemaliger "
    "ehemaligen damalige damaliger alt"
)
TITLES = word_set(
    "m mm mme mmes mlle monsieur madame dr herr herrn frau president presidente ministre "
    "premier premiere chancelier chanceliere depute deputee senateur senatrice prasident "
    "prasidentin kanzler kanzlerin minister ministerin kollege kollegin kollegen amtskollege "
    "amtskollegin parteichef parteichefin vorsitzende vorsitzender vorsitzenden sprecher "
    "sprecherin chef chefin generalsekretar regierungschef regierungschefin staatschef cheffe "
    "collegue homologue porte parole patron patronne"
)
HOME = {"fr": "fr", "de": "de"}
OWN_OFFICES = ("bundes",)
ARTICLES = word_set("le la les l un une der die das den dem ein eine")
COLLEAGUES = word_set(
    "homologue homologues collegue kollege kollegin kollegen amtskollege amtskollegin amtskollegen"
)
ADJECTIVE = re.compile(r"(?<=..)(?:es|er|en|em|e)$")
OFFICIALS = (
    "minister",
    "ministerin",
    "kanzler",
    "kanzlerin",
    "kommissar",
    "kommissarin",
)
LONGEST = 7
LONGEST_JOIN = 2


@dataclass(frozen=True)
class Named:
    """Words ``[first, last)`` of a sentence that name somebody; no guesses: unknown."""

    first: int
    last: int
    guesses: tuple[Guess, ...]
    kind: str

    @property
    def slug(self) -> str:
        """The one likely actor, "" while unknown or undecided."""
        return likeliest(self.guesses)


class Naming:
    """Finds who is named, sentence by sentence, in reading order."""

    def __init__(self, gazetteer: Gazetteer, language: str, day: date | None) -> None:
        self.gazetteer = gazetteer
        self.language = language
        self.day = day
        self.actors = list(gazetteer.actors.values())
        self._full: set[str] = set()
        self._portfolio = ""
        self._inflected = self._inflected_names()
        self._home = ""

    def find(self, sentence: Sentence) -> list[Named]:
        """Return who is named in ``sentence``, in order, none overlapping another."""
        words = list(sentence.words)
        found = [
            named
            for hit in self.gazetteer.scan(words)
            if (named := self._of_hit(words, hit))
        ]
        found = _merge(found, self._bent(words))
        found = _merge(found, self._places(words))
        found = _merge(self._colleagues(words), found)
        found = _merge(self._offices(words, found), found)
        found = _merge(self._governments(words, found), found)
        found = _merge(found, self._misspelt(words, found))
        self._note_portfolio(found)
        return found

    def _note_portfolio(self, found: list[Named]) -> None:
        """Remember the office of the last minister named: a colleague has the same."""
        for named in found:
            actor = self.gazetteer.actors.get(named.slug)
            held = office_on(actor, self.day) if actor else None
            if held is not None and held.rank == "minister":
                self._portfolio = office_in(held.office)

    def _colleagues(self, words: list[Word]) -> list[Named]:
        """ "son homologue danois", "seine schwedische Kollegin"."""
        found = []
        for at, word in enumerate(words):
            if word.key not in COLLEAGUES or not self._portfolio:
                continue
            first, last = self._described(words, at, at + 1)
            codes = [
                lands.by_adjective(w.key, self.language) for w in words[first:last]
            ]
            slug = next((self.gazetteer.countries.get(c, "") for c in codes if c), "")
            if slug and (guesses := self._holding(slug, self._portfolio)):
                found.append(Named(first, last, guesses, "person"))
        return found

    def _inflected_names(self) -> dict[tuple[str, ...], str]:
        """German names that begin with an adjective, without its ending: "Freie* Netz"."""
        found: dict[tuple[str, ...], str] = {}
        if self.language != "de":
            return found
        for actor in self.actors:
            for name in (actor.name, *(alias.text for alias in actor.aliases)):
                keys = keys_of(name)
                if (
                    actor.kind != "person"
                    and len(keys) > 1
                    and ADJECTIVE.search(keys[0])
                ):
                    found[(ADJECTIVE.sub("", keys[0]), *keys[1:])] = actor.slug
        return found

    def _bent(self, words: list[Word]) -> list[Named]:
        found = []
        for at, word in enumerate(words):
            stem = ADJECTIVE.sub("", word.key)
            for length in (2, 3):
                rest = tuple(w.key for w in words[at + 1 : at + length])
                slug = self._inflected.get((stem, *rest), "")
                if slug and word.capitalised:
                    guess = Guess(
                        slug, 0.95, (f"“{word.raw}” begins a name of {slug}",)
                    )
                    kind = self.gazetteer.actors[slug].kind
                    found.append(Named(at, at + length, (guess,), kind))
        return found

    def _of_hit(self, words: list[Word], hit: Hit) -> Named | None:
        surname = hit.entries[0].how == "surname"
        before = words[hit.first - 1] if hit.first else None
        if surname and before is not None and self._other_person(before, words, hit):
            return None
        self._full |= {e.slug for e in hit.entries if e.how != "surname"}
        actor = self.gazetteer.actors[hit.entries[0].slug]
        return Named(hit.first, hit.last, self._guesses(hit, words), actor.kind)

    def _guesses(self, hit: Hit, words: list[Word]) -> tuple[Guess, ...]:
        raw = " ".join(word.raw for word in words[hit.first : hit.last])
        guesses = []
        for entry in hit.entries:
            seen = entry.how == "surname" and entry.slug in self._full
            score = 0.95 if seen else entry.score
            reason = f"“{raw}” is a {entry.how} of {entry.slug}"
            guesses.append(Guess(entry.slug, score, (reason,)))
        return tuple(sorted(guesses, key=lambda guess: (-guess.score, guess.slug)))

    def _other_person(self, before: Word, words: list[Word], hit: Hit) -> bool:
        """A capitalised word right before a surname is somebody else's first name."""
        if not words[hit.first].capitalised:
            return True
        title = before.key in TITLES or before.key.endswith(("minister", "ministerin"))
        adjacent = words[hit.first].start - before.end == 1
        common = self.language == "de" and (hit.first < 2 or len(before.key) > 8)
        return (
            before.capitalised
            and adjacent
            and not title
            and hit.first > 1
            and not common
        )

    # -- countries, offices, governments ------------------------------------

    def _places(self, words: list[Word]) -> list[Named]:
        known = lands.places(self.language)
        found = []
        for first in range(len(words)):
            for length in (3, 2, 1):
                keys = tuple(word.key for word in words[first : first + length])
                slug = self.gazetteer.countries.get(known.get(keys, ""))
                owner = keys in lands.genitives(self.language)
                if (
                    slug
                    and not owner
                    and len(keys) == length
                    and words[first].capitalised
                ):
                    score = 0.85 if keys in lands.seats(self.language) else 1.0
                    reason = f"“{words[first].raw}” is a name or seat of {slug}"
                    guess = Guess(slug, score, (reason,))
                    found.append(Named(first, first + length, (guess,), "country"))
                    break
        return found

    def _offices(self, words: list[Word], taken: list[Named]) -> list[Named]:
        found = []
        at = 0
        while at < len(words):
            length, office = self._office_at(words, at)
            if length and (named := self._holder(words, at, length, office, taken)):
                found.append(named)
            at += length or 1
        return found

    def _office_at(self, words: list[Word], at: int) -> tuple[int, str]:
        known = lands.offices(self.language)
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            keys = tuple(word.key for word in words[at : at + length])
            if office := known.get(keys):
                return length, office
        return 0, ""

    def _holder(
        self, words: list[Word], at: int, length: int, office: str, taken: list[Named]
    ) -> Named | None:
        first, last = self._described(words, at, at + length)
        if self._name_follows(words, last, taken) or self._is_former(words, first):
            return None
        slug, last = self._principal(words, first, last, at, taken)
        if not slug:
            return None
        guesses = self._holding(slug, office)
        return Named(first, last, guesses, "person")

    def _holding(self, principal: str, office: str) -> tuple[Guess, ...]:
        found = holders(self.actors, principal, office, self.day)
        if not found and office == "spokesperson":
            return (Guess(principal, 0.75, (f"a spokesperson of {principal}",)),)
        score = 0.9 if len(found) == 1 else 0.5
        reason = f"{office} of {principal} on the day"
        return tuple(Guess(actor.slug, score, (reason,)) for actor in found)

    def _described(self, words: list[Word], first: int, last: int) -> tuple[int, int]:
        """Widen an office by the adjective of its country."""
        if last < len(words) and lands.by_adjective(words[last].key, self.language):
            last += 1
        if first and lands.by_adjective(words[first - 1].key, self.language):
            first -= 1
        return first, last

    def _is_former(self, words: list[Word], first: int) -> bool:
        return any(word.key in FORMER for word in words[max(0, first - 2) : first])

    def _name_follows(self, words: list[Word], last: int, taken: list[Named]) -> bool:
        follows = any(n.first == last and n.kind == "person" for n in taken)
        if follows and words[last].start - words[last - 1].end <= 2:
            return True
        return (
            last < len(words)
            and words[last].start - words[last - 1].end == 1
            and (self.language == "fr" and words[last].capitalised)
        )

    def _principal(
        self, words: list[Word], first: int, last: int, at: int, taken: list[Named]
    ) -> tuple[str, int]:
        """Whom an office or body speaks for, and where its description ends."""
        for word in (*words[first:at], *words[at:last]):
            code = lands.by_adjective(word.key, self.language)
            if slug := self.gazetteer.countries.get(code):
                return slug, last
            if code:
                return "", last
        if first and (slug := self._owning(words, first)):
            return slug, last
        for named in taken:
            gap = words[last : named.first]
            joins = all(word.key in OF[self.language] | ARTICLES for word in gap)
            body = named.slug and named.kind != "person"
            if body and joins and 0 < len(gap) <= LONGEST_JOIN:
                return named.slug, named.last
        if words[at].key.startswith(OWN_OFFICES):
            return self._own_country(), last
        return "", last

    def _owning(self, words: list[Word], first: int) -> str:
        """ "Frankreichs Innenminister": the country right before the office."""
        if self.language != "de":
            return ""
        keys = tuple(word.key for word in words[first - 1 : first])
        code = lands.genitives(self.language).get(keys, "")
        return self.gazetteer.countries.get(code, "")

    def _own_country(self) -> str:
        return self.gazetteer.countries.get(HOME[self.language], "")

    def _governments(self, words: list[Word], taken: list[Named]) -> list[Named]:
        found = []
        for at, word in enumerate(words):
            if word.key not in GOVERNMENT[self.language]:
                continue
            first, last = self._described(words, at, at + 1)
            slug, last = self._principal(words, first, last, at, taken)
            if slug:
                guess = Guess(slug, 0.85, (f"“{word.raw}” speaks for {slug}",))
                found.append(Named(first, last, (guess,), "country"))
        return found

    def _misspelt(self, words: list[Word], taken: list[Named]) -> list[Named]:
        covered = {i for named in taken for i in range(named.first, named.last)}
        found = []
        for at in range(1, len(words)):
            before, word = words[at - 1], words[at]
            close = (
                before.capitalised and word.capitalised and word.start - before.end == 1
            )
            if not close or {at, at - 1} & covered or len(word.key) < 5:
                continue
            if entry := self.gazetteer.misspelt(before, word):
                reason = f"“{before.raw} {word.raw}” is close to {entry.text}"
                guess = Guess(entry.slug, 0.85, (reason,))
                found.append(Named(at - 1, at + 1, (guess,), "person"))
        return found

    def by_adjectives(self, keys: list[str]) -> list[str]:
        """Return the known countries whose adjectives are among the folded words."""
        codes = (lands.by_adjective(key, self.language) for key in keys)
        return [slug for c in codes if (slug := self.gazetteer.countries.get(c, ""))]

    def at_home(self, office: str) -> tuple[Guess, ...]:
        """Return who holds ``office`` in the country of the text's language."""
        home = self._own_country()
        return self._holding(home, office) if home else ()

    def office_words(self, words: list[Word]) -> set[int]:
        """Return which words only name offices: "la ministre de la Pêche"."""
        found: set[int] = set()
        for at, word in enumerate(words):
            length, _ = self._office_at(words, at)
            if word.key.endswith(OFFICIALS):
                length = max(length, 1)
            found |= set(range(at, at + length))
        return found

    # -- who holds a bare office ---------------------------------------------

    def office_named(self, words: list[Word], at: int) -> str:
        """Return the office that the words from ``at`` on name, or ""."""
        return self._office_at(words, at)[1]

    def holds(self, slug: str, office: str) -> bool:
        """Whether the actor holds ``office`` on the day."""
        actor = self.gazetteer.actors.get(slug)
        held = office_on(actor, self.day) if actor else None
        return held is not None and fits(held, office)


def _merge(first: list[Named], more: list[Named]) -> list[Named]:
    """Add to ``first`` what does not overlap it."""
    taken = {i for named in first for i in range(named.first, named.last)}
    kept = list(first)
    for named in more:
        span = set(range(named.first, named.last))
        if not span & taken:
            kept.append(named)
            taken |= span
    return sorted(kept, key=lambda named: named.first)
