"""Who has spoken or been named so far, and whom a pronoun or a bare office means."""

from dataclasses import dataclass, replace

from extraction.interface import Guess, KnownActor, Span
from extraction.languages.actors import Named, Naming
from extraction.languages.subject import Subject
from extraction.languages.wording import Sentence
from extraction.lists import word_set
from extraction.names.genders import gender_of
from extraction.names.mention import likeliest
from extraction.names.words import keys_of

GENDERS = {
    "il": "m", "elle": "f", "er": "m", "sie": "f", "ils": "", "elles": "",
}  # fmt: skip
FIRST_PERSON = word_set("je j nous ich wir on man")
FEMININE = word_set(
    "mme mmes madame frau la die presidente chanceliere premiere cheffe"
)
MASCULINE = word_set("m monsieur herr le der")
BODIES = word_set(
    "syndicat parti association federation organisation mouvement ong confederation union "
    "gewerkschaft partei verband bundnis organisation bewegung verein konzern groupe entreprise "
    "compagnie ministerium behorde kommission commission centrale"
)
SENTENCES_BACK = 4
MOST_REMEMBERED = (
    60  # names looked back at, so that the cost grows with the length alone
)


@dataclass(frozen=True)
class Holder:
    """A speaker with the words that name him, in code points, and the guesses."""

    span: Span
    guesses: tuple[Guess, ...]
    kind: str = "person"

    @property
    def slug(self) -> str:
        """The one likely actor, "" while unknown."""
        return likeliest(self.guesses)

    @property
    def score(self) -> float:
        """How surely it is he."""
        return self.guesses[0].score if self.guesses else 0.0


class People:
    """Remembers who was named and who was a subject, sentence by sentence."""

    def __init__(self, naming: Naming, actors: dict[str, KnownActor]) -> None:
        self.naming = naming
        self.actors = actors
        self._named: list[tuple[int, Holder]] = []
        self._free: list[tuple[int, Holder]] = []
        self._subjects: list[tuple[int, Holder]] = []
        self._genders: dict[str, str] = {}
        self._now = 0

    def meet(
        self, sentence: Sentence, named: list[Named], free: list[Named], number: int
    ) -> None:
        """Take in who is named in the sentence, before its cues are read.

        ``free`` are those who stand there as subjects can, behind no preposition.
        """
        self._now = number
        for one in named:
            if one.slug:
                holder = holder_of(one, sentence)
                self._named.append((number, holder))
                self._note_gender(one, sentence)
                if one in free:
                    self._free.append((number, holder))

    def _note_gender(self, one: Named, sentence: Sentence) -> None:
        keys = {w.key for w in sentence.words[max(0, one.first - 5) : one.last]}
        feminine = keys & FEMININE or any(
            key.endswith(("erin", "entin")) for key in keys
        )
        if one.kind != "person" and one.first:
            article = sentence.words[one.first - 1].key
            if article in {"le", "la", "der", "die", "das"}:
                self._genders[one.slug] = "m" if article in {"le", "der"} else "f"
        elif one.kind == "person" and one.slug not in self._genders:
            masculine = keys & MASCULINE
            if feminine and not masculine:
                self._genders[one.slug] = "f"
            elif masculine and not feminine:
                self._genders[one.slug] = "m"

    def spoke(self, holder: Holder) -> None:
        """Remember who was a subject or spoke."""
        if holder.slug:
            self._subjects.append((self._now, holder))

    def who(
        self, subject: Subject, sentence: Sentence, speaker: Holder | None
    ) -> Holder | None:
        """Return whom ``subject`` means, None where that is not known."""
        if subject.named is not None:
            return holder_of(subject.named, sentence)
        span = _span(subject, sentence)
        if subject.pronoun in FIRST_PERSON:
            return replace(speaker, span=span) if speaker else None
        if subject.pronoun:
            own = speaker.slug if speaker and sentence.quotation is not None else ""
            return self._meant(GENDERS.get(subject.pronoun, ""), subject, span, own)
        return self._bare(subject, sentence, span)

    def _meant(
        self, gender: str, subject: Subject, span: Span, own: str
    ) -> Holder | None:
        """Who a pronoun means; never ``own``, who speaks."""
        said, start = subject.pronoun, span.start
        before = [
            (since, holder)
            for since, holder in self._free[-MOST_REMEMBERED:]
            if holder.span.end <= start and self._agrees(holder, gender)
        ]
        for since, holder in before:
            if since == self._now:
                return _referring(holder, said, span, 0.8)
        for since, holder in reversed(self._subjects):
            near = self._now - since <= SENTENCES_BACK
            other = holder.slug != own and holder.span.start < start
            if near and other and self._agrees(holder, gender):
                return _referring(holder, said, span, 0.8)
        if named := self._last_named(gender, start, own):
            return _referring(named, said, span, 0.7)
        for since, holder in reversed(before):
            if holder.kind != "person" and self._now - since <= 1 and gender:
                return _referring(holder, said, span, 0.6)
        return None

    def _last_named(self, gender: str, start: int, own: str) -> Holder | None:
        """The last person named before, of the right gender."""
        for since, holder in reversed(self._named):
            if self._now - since > SENTENCES_BACK:
                return None
            person = holder.kind == "person" and holder.slug != own
            if person and holder.span.end <= start and self._agrees(holder, gender):
                return holder
        return None

    def _agrees(self, holder: Holder, gender: str) -> bool:
        if holder.kind != "person":
            known = self._genders.get(holder.slug, "")
            return not gender or gender == (known or "f")
        actor = self.actors.get(holder.slug)
        known = self._genders.get(holder.slug) or (
            gender_of(actor.name.split()[0]) if actor and actor.name.split() else ""
        )
        return not gender or known in {"", gender}

    def _bare(self, subject: Subject, sentence: Sentence, span: Span) -> Holder | None:
        """ "le ministre", "die Partei": the last one named who is such."""
        words = list(sentence.words)
        first = subject.first + (
            words[subject.first].key in {"le", "la", "l", "der", "die", "das"}
        )
        office = self.naming.office_named(words, min(first, len(words) - 1))
        if subject.unknown in BODIES and first > subject.first:
            called = self._called(subject.unknown)
            if called is not None:
                return _referring(called, subject.unknown, span, 0.85)
        for _, holder in reversed(self._named):
            if holder.span.end > span.start:
                continue
            fits = office and self.naming.holds(holder.slug, office)
            body = subject.unknown in BODIES and holder.kind in {
                "organisation",
                "group",
            }
            if fits or (body and first > subject.first):
                return _referring(
                    holder,
                    " ".join(w.raw for w in words[subject.first : subject.last][:3]),
                    span,
                    0.8,
                )
        if office and office not in {"minister", "spokesperson"}:
            return self._at_home(office, words[subject.first].raw, span)
        return None

    def _at_home(self, office: str, words: str, span: Span) -> Holder | None:
        """ "le Premier ministre" where none was named: that of the text's own country."""
        guesses = self.naming.at_home(office)
        if len(guesses) != 1:
            return None
        reason = f"“{words}” without a country is that of the text's language"
        guess = Guess(guesses[0].slug, 0.65, (reason, *guesses[0].reasons))
        return Holder(span, (guess,))

    def _called(self, noun: str) -> Holder | None:
        """The one known body whose name holds the noun: "die Kommission"."""
        found = [
            actor
            for actor in self.actors.values()
            if actor.kind in {"organisation", "group"}
            and any(
                keys_of(name)[-1:] == (noun,)
                for name in (actor.name, *(alias.text for alias in actor.aliases))
            )
        ]
        if len(found) != 1:
            return None
        reason = f"{found[0].name} is the only {noun} known"
        return Holder(
            Span(0, 0), (Guess(found[0].slug, 0.9, (reason,)),), "organisation"
        )

    def author(self, name: str) -> Holder | None:
        """Return the known person who writes, by the byline."""
        keys = keys_of(name)
        for actor in self.actors.values():
            names = [actor.name, *(alias.text for alias in actor.aliases)]
            if (
                actor.kind == "person"
                and keys
                and any(keys_of(n) == keys for n in names)
            ):
                reason = f"the byline names {actor.name}"
                return Holder(Span(0, 0), (Guess(actor.slug, 1.0, (reason,)),))
        return None


def holder_of(named: Named, sentence: Sentence) -> Holder:
    """Return somebody named as a speaker, with code points."""
    first, last = sentence.words[named.first], sentence.words[named.last - 1]
    return Holder(Span(first.start, last.end), named.guesses, named.kind)


def _span(subject: Subject, sentence: Sentence) -> Span:
    last = sentence.words[max(subject.first, subject.last - 1)]
    return Span(sentence.words[subject.first].start, last.end)


def _referring(holder: Holder, words: str, span: Span, score: float) -> Holder:
    guesses = tuple(
        Guess(g.slug, g.score * score, (f"“{words}” refers back", *g.reasons))
        for g in holder.guesses
    )
    return Holder(span, guesses, holder.kind)
