"""Offices and governments that a text names with whom they speak for."""

from bisect import bisect_left
from datetime import date

from extraction.interface import Guess
from extraction.lists import word_set
from extraction.names.gazetteer import Gazetteer
from extraction.names.mention import Mention
from extraction.names.offices import DEPARTMENTS, LONGEST, former_holders, holders
from extraction.names.words import Word

GOVERNMENT = word_set(
    "government authorities officials official cabinet ministry administration embassy "
    "presidency leadership diplomats diplomat spokesman spokeswoman spokesperson "
    "delegation coalition"
)
BODIES = GOVERNMENT | word_set("conference congress board executive council whip")
SEATED = word_set("government authorities cabinet ministry administration officials")
FORMER = word_set("former ex onetime erstwhile previous")
OTHER_TIMES = word_set("late then future incoming next outgoing designate")
NOT_QUITE = word_set(
    "deputy vice junior shadow assistant opposition state parliamentary"
)
BETWEEN = word_set("s senior federal foreign new") | DEPARTMENTS


class OfficeFinder:
    """Finds the offices and governments among the words of one text."""

    def __init__(
        self,
        words: list[Word],
        text: str,
        gazetteer: Gazetteer,
        day: date | None,
        taken: list[Mention],
    ) -> None:
        self.words = words
        self.text = text
        self.gazetteer = gazetteer
        self.day = day
        self.actors = list(gazetteer.actors.values())
        self.starts = [word.start for word in words]
        self._ending = {m.end: m for m in taken if m.kind != "person"}
        self._starting = {m.start: m for m in taken}
        self._named = {m.slug for m in taken}

    def find(self) -> list[Mention]:
        """Return the offices and the governments; they may overlap."""
        found = []
        index = 0
        while index < len(self.words):
            length = self._office_length(index)
            if length and (mention := self._office_at(index, length)):
                found.append(mention)
            index += length or 1
        return found + self._governments()

    # -- "the French president", "the president of France" -----------------

    def _office_length(self, index: int) -> int:
        keys = tuple(word.key for word in self.words[index : index + LONGEST])
        known = self.gazetteer.offices
        return next((n for n in range(len(keys), 0, -1) if keys[:n] in known), 0)

    def _office_at(self, index: int, length: int) -> Mention | None:
        last = self.words[index + length - 1]
        if self._name_follows(index + length):
            return None
        found = self._principal(index, index + length)
        if found is None:
            return None
        principal, start, end = found
        passed = {self._key_before(index), self._key_before(self._index(start))}
        if passed & (OTHER_TIMES | NOT_QUITE):
            return None
        keys = tuple(word.key for word in self.words[index : index + length])
        office, former = self.gazetteer.offices[keys], bool(passed & FORMER)
        guesses = self._holders(principal, office, former=former)
        return Mention(start, max(end, last.end), guesses, "office")

    def _name_follows(self, index: int) -> bool:
        if index >= len(self.words):
            return False
        word, before = self.words[index], self.words[index - 1]
        gap = self.text[before.end : word.start]
        named = self._starting.get(word.start)
        return gap in {" ", ", "} and named is not None and named.kind == "person"

    def _principal(self, first: int, last: int) -> tuple[str, int, int] | None:
        """Whom an office speaks for: (slug, start, end) of the whole description."""
        before = first - 1
        while before >= 0 and self.words[before].key in FORMER | {"s"}:
            before -= 1
        slug, start = self._country_before(before)
        if slug:
            return slug, self._with_article(start), self.words[last - 1].end
        return self._country_after(first, last)

    def _key_before(self, index: int) -> str:
        before = self.words[index - 1] if index > 0 else None
        return before.key if before and before.key != "s" else ""

    def _index(self, start: int) -> int:
        index = bisect_left(self.starts, start)
        return index + 1 if self.words[index].key == "the" else index

    def _with_article(self, start: int) -> int:
        index = bisect_left(self.starts, start)
        before = self.words[index - 1] if index else None
        return before.start if before and before.key == "the" else start

    def _country_before(self, index: int) -> tuple[str, int]:
        if index < 0:
            return "", 0
        word = self.words[index]
        two = f"{self.words[index - 1].raw} {word.raw}" if index else ""
        for text, start in ((two, self.words[index - 1].start), (word.raw, word.start)):
            slug = self.gazetteer.country_called(text)
            if slug and word.capitalised:
                return slug, start
        mention = self._ending.get(word.end)
        return (mention.slug, mention.start) if mention else ("", 0)

    def _country_after(self, first: int, last: int) -> tuple[str, int, int] | None:
        """ "the president of France", "a spokesman for the Italian government"."""
        if last >= len(self.words) or self.words[last].key not in {"of", "for"}:
            return None
        mention = self._starting.get(self.words[last].end + 1)
        if mention is None or mention.kind == "person" or not mention.slug:
            return None
        return mention.slug, self._with_article(self.words[first].start), mention.end

    def _holders(
        self, principal: str, office: str, *, former: bool
    ) -> tuple[Guess, ...]:
        found = (
            former_holders(self.actors, principal, office, self.day)
            if former
            else holders(self.actors, principal, office, self.day)
        )
        if not found and office == "spokesperson":
            reason = f"a spokesperson of {principal} speaks for it"
            return (Guess(principal, 0.75, (reason,)),)
        named = [actor for actor in found if actor.slug in self._named]
        found = named if len(named) == 1 else found
        score = 0.9 if len(found) == 1 else 0.5
        when = "before the day" if former else "on the day"
        return tuple(
            Guess(actor.slug, score, (f"{office} of {principal} {when}",))
            for actor in found
        )

    # -- "French officials", "Estonia's government", "the government in Oslo" ---

    def _governments(self) -> list[Mention]:
        found = []
        for index, word in enumerate(self.words):
            if word.key not in BODIES or word.key.startswith("spokes"):
                continue
            if mention := self._government_at(index) or self._seated_at(index):
                found.append(mention)
        return found

    def _government_at(self, index: int) -> Mention | None:
        before = index - 1
        while before >= 0 and self.words[before].key in BETWEEN:
            before -= 1
        slug, start = self._country_before(before)
        country = slug and self.gazetteer.actors[slug].kind == "country"
        if not slug or (country and self.words[index].key not in GOVERNMENT):
            return None
        end = self.words[index].end
        if index + 1 < len(self.words) and self.words[index + 1].key.startswith(
            "spokes"
        ):
            end = self.words[index + 1].end
        return self._government(index, slug, self._with_article(start), end)

    def _seated_at(self, index: int) -> Mention | None:
        """ "the government in Oslo", "the authorities of Latvia"."""
        seated = self.words[index].key in SEATED
        if not seated or index + 2 >= len(self.words):
            return None
        if self.words[index + 1].key not in {"in", "of"}:
            return None
        seat = self._starting.get(self.words[index + 2].start)
        if seat is None or seat.kind != "country" or not seat.slug:
            return None
        start = self._with_article(self.words[index].start)
        return self._government(index, seat.slug, start, seat.end)

    def _government(self, index: int, slug: str, start: int, end: int) -> Mention:
        word = self.words[index]
        score = 0.6 if word.key in {"official", "officials", "diplomat"} else 0.85
        guess = Guess(slug, score, (f"“{word.raw}” speaks for {slug}",))
        return Mention(start, end, (guess,), "government", "country")
