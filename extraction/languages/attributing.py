"""Who said what in French and German texts: spans only, by cue words and word order."""

from dataclasses import dataclass, replace

from extraction.interface import Attribution, Kind, Span
from extraction.languages.actors import ARTICLES
from extraction.languages.clauses import Clause, clauses_of
from extraction.languages.function_words import AUXILIARIES, SKIPPED
from extraction.languages.judging import ATTITUDES
from extraction.languages.lexicon import PARTICLES, Op, ops_in
from extraction.languages.sources import Range, Sources
from extraction.languages.speaking import ACCORDING, FOLLOWING
from extraction.languages.wording import FILLER, Sentence, read_wording
from extraction.lists import word_set
from extraction.names.words import Word
from extraction.quotes import Quotation, find_quotations

SURE_DIRECT, SURE_ACCORDING, SURE_INDIRECT = 0.9, 0.85, 0.8
SURE_FLOATING, SURE_ATTITUDE = 0.6, 0.58
COMPLEMENT = {"fr": word_set("que qu"), "de": word_set("dass ob")}
EDGES = " ,;:–—-\n\t\r" + FILLER  # noqa: RUF001
STOPS = ".!?… "
SHORTEST = 2  # words of what somebody wants
MOST_BEFORE = 3  # words before an inserted cue: "a-t-il dit"


@dataclass(frozen=True)
class Cued:
    """A cue with its source in one sentence; ``at`` is the clause it stands in."""

    cue: Span
    source: Span | None
    op: Op | None = None
    index: int = 0


class Attributing:
    """Reads one French or German text for attributions."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.wording = read_wording(text)
        self.marked = {one.inner.start: one for one in find_quotations(text)}
        self.found: list[Attribution] = []
        self.last: tuple[int, Span | None] = (-2, None)

    def attributions(self) -> list[Attribution]:
        """Return what is said by whom, in the order of the text."""
        for sentence in self.wording.sentences:
            if sentence.quotation is None:
                self._of_sentence(sentence)
            else:
                self._inserted(sentence, sentence.quotation)
        return sorted(self.found, key=lambda one: (one.content[0], one.cue))

    def _of_sentence(self, sentence: Sentence) -> None:
        quotes = self._quotes_in(sentence)
        if not sentence.words:
            self._floating(sentence, quotes)
            return
        ops = ops_in(sentence.words, self.language)
        clauses = clauses_of(sentence, self.text, ops, self.language)
        sources = Sources(sentence.words, self.text, clauses, self.language)
        told = self._according(sentence, sources) or self._saying(
            sentence, clauses, sources, quoted=bool(quotes)
        )
        if told is not None:
            self._report(sentence, clauses, quotes, told)
            self.last = (sentence.paragraph, told.source)
        if told is None or told.op is None:
            self._attitudes(sentence, clauses, sources)

    def _quotes_in(self, sentence: Sentence) -> list[Quotation]:
        return [
            self.marked[inner.start]
            for inner in self.wording.quotations
            if sentence.span.start <= inner.start < sentence.span.end
            and inner.start in self.marked
        ]

    # -- quotations without a cue -------------------------------------------

    def _floating(self, sentence: Sentence, quotes: list[Quotation]) -> None:
        """A quotation alone is the last speaker's; one that goes on is one with its start."""
        paragraph, source = self.last
        for quote in quotes:
            before = self.found[-1] if self.found else None
            if quote.continues and before is not None and before.kind is Kind.DIRECT:
                content = (*before.content, quote.span)
                self.found[-1] = replace(before, content=content)
            elif source is not None and paragraph == sentence.paragraph:
                self._add((quote.span,), (), source, SURE_FLOATING)

    def _inserted(self, sentence: Sentence, number: int) -> None:
        """ "« Nous partirons, a dit la directrice, et vite. »": a cue inside the marks."""
        ops = ops_in(sentence.words, self.language)
        clauses = clauses_of(sentence, self.text, ops, self.language)
        sources = Sources(sentence.words, self.text, clauses, self.language)
        quote = self.marked.get(self.wording.quotations[number].start)
        for index, clause in enumerate(clauses):
            op = next((op for op in clause.ops if op.kind == "say"), None)
            inverted = op is not None and index and op.at <= clause.first + MOST_BEFORE
            named = sources.of(op, index) if op is not None and inverted else None
            if quote is None or op is None or named is None:
                continue
            if named[1] > clause.last or (named[0] < clause.first):
                continue
            self._split(sentence, clause, quote.span, op, named)
            return

    def _split(
        self, sentence: Sentence, clause: Clause, quote: Span, op: Op, named: Range
    ) -> None:
        words = sentence.words
        inside = [
            self._trimmed(quote.start, words[clause.first].start),
            self._trimmed(words[clause.last - 1].end, quote.end),
        ]
        content = tuple(
            part
            for part in inside
            if part and any(map(str.isalnum, part.text(self.text)))
        )
        self.found = [one for one in self.found if quote not in one.content]
        source = _span(sentence, named)
        cue = _span(sentence, (min(op.covered), _close(op) + 1))
        self.found.append(
            Attribution(Kind.DIRECT, content, (cue,), (source,), SURE_DIRECT)
        )
        self.last = (sentence.paragraph, source)

    # -- "selon X", "so X" ------------------------------------------------------

    def _according(self, sentence: Sentence, sources: Sources) -> Cued | None:
        keys = [word.key for word in sentence.words]
        for at in range(len(keys)):
            for marker in ACCORDING[self.language]:
                end = at + len(marker)
                if tuple(keys[at:end]) != marker or not self._may_open(
                    sentence, at, marker
                ):
                    continue
                named = sources.named_from(end, len(keys))
                if named is None and keys[end : end + 1] in (["von"], ["des"], ["der"]):
                    named = sources.named_from(end + 1, len(keys))
                if named is not None:
                    return Cued(_span(sentence, (at, end)), _span(sentence, named))
            if keys[at] in FOLLOWING and at:
                return self._preceding(sentence, at)
        return None

    def _preceding(self, sentence: Sentence, at: int) -> Cued:
        """ "der Ministerin zufolge"."""
        first = at - 1
        while first > 0 and not self._breaks(sentence, first) and at - first < 6:
            first -= 1
        return Cued(_span(sentence, (at, at + 1)), _span(sentence, (first, at)))

    def _may_open(self, sentence: Sentence, at: int, marker: tuple[str, ...]) -> bool:
        """ "so" and "pour" name a source only behind a comma or at the beginning."""
        if marker not in {("so",), ("pour",)}:
            return True
        after = sentence.words[at + 1] if at + 1 < len(sentence.words) else None
        named = after is not None and (after.capitalised or marker == ("so",))
        if marker == ("so",):
            before = self.text[sentence.span.start : sentence.words[at].start]
            quoted = at == 0 and any(sign in before for sign in '“”«»"')
            return named and (quoted or (at > 0 and self._breaks(sentence, at)))
        return named and at == 0

    def _gap(self, sentence: Sentence, at: int) -> str:
        return self.text[sentence.words[at - 1].end : sentence.words[at].start]

    def _breaks(self, sentence: Sentence, at: int) -> bool:
        return any(sign in self._gap(sentence, at) for sign in ',:;“”«»"')

    # -- words of saying -----------------------------------------------------------

    def _saying(
        self,
        sentence: Sentence,
        clauses: list[Clause],
        sources: Sources,
        *,
        quoted: bool,
    ) -> Cued | None:
        kinds = {"say"} | (ATTITUDES if quoted else set())
        said = [
            (op.kind != "say", self._away(sentence, op) if quoted else index, index, op)
            for index, clause in enumerate(clauses)
            for op in clause.ops
            if op.kind in kinds and not clause.negations
        ]
        for _, _, index, op in sorted(said, key=lambda one: one[:3]):
            if named := sources.of(op, index):
                cue = _span(sentence, (min(op.covered), _close(op) + 1))
                return Cued(cue, _span(sentence, named), op, index)
        return None

    def _away(self, sentence: Sentence, op: Op) -> int:
        """How far a cue stands from the nearest quotation of its sentence."""
        at = sentence.words[op.at].start
        quotes = self._quotes_in(sentence)
        return min(min(abs(q.span.start - at), abs(at - q.span.end)) for q in quotes)

    def _report(
        self,
        sentence: Sentence,
        clauses: list[Clause],
        quotes: list[Quotation],
        told: Cued,
    ) -> None:
        if quotes:
            self._add(
                tuple(one.span for one in quotes), (told.cue,), told.source, SURE_DIRECT
            )
            return
        if told.op is None:
            content, sure = self._around(sentence, told), SURE_ACCORDING
        else:
            content, sure = self._complement(sentence, clauses, told), SURE_INDIRECT
        source = told.source
        apart = source is None or not any(
            s.start < source.end and source.start < s.end for s in content
        )
        if content and apart:
            self._add(content, (told.cue,), source, sure)

    def _around(self, sentence: Sentence, told: Cued) -> tuple[Span, ...]:
        """The sentence without the words that name its source."""
        spans = [told.cue, *([told.source] if told.source else [])]
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        parts = (
            self._trimmed(sentence.span.start, start),
            self._trimmed(end, sentence.span.end),
        )
        return tuple(part for part in parts if part is not None)

    def _complement(
        self, sentence: Sentence, clauses: list[Clause], told: Cued
    ) -> tuple[Span, ...]:
        """What follows "que" or the comma behind the cue, else what stands before it."""
        words, op = sentence.words, told.op
        clause = clauses[told.index]
        for at in range(_close(op) + 1 if op else 0, len(words)):
            if words[at].key in COMPLEMENT[self.language]:
                return self._one(words[at].start, sentence.span.end)
        later = [
            one
            for one in clauses[told.index + 1 :]
            if "," in self._gap(sentence, one.first)
            or ":" in self._gap(sentence, one.first)
        ]
        if told.index and (not later or self._is_aside(told, clause)):
            return self._one(sentence.span.start, words[clause.first].start)
        if told.index and later and clauses[0].first < clause.first:
            before = self._one(sentence.span.start, words[clause.first].start)
            return before + self._one(words[later[0].first].start, sentence.span.end)
        if later:
            return self._one(words[later[0].first].start, sentence.span.end)
        return ()

    def _is_aside(self, told: Cued, clause: Clause) -> bool:
        """Whether the cue opens its clause: what is said stands before it."""
        return told.source is not None and told.source.start > told.cue.start

    # -- attitudes -------------------------------------------------------------------

    def _attitudes(
        self, sentence: Sentence, clauses: list[Clause], sources: Sources
    ) -> None:
        for index, clause in enumerate(clauses):
            if clause.kind in {"cond", "reason"}:
                continue
            op = next((op for op in clause.ops if op.kind in ATTITUDES), None)
            named = sources.of(op, index) if op is not None else None
            if op is None or named is None:
                continue
            content = self._wanted(sentence, clauses, index, op, named)
            if content is not None:
                cue = _span(sentence, (min(op.covered), _close(op) + 1))
                self._add((content,), (cue,), _span(sentence, named), SURE_ATTITUDE)

    def _wanted(
        self,
        sentence: Sentence,
        clauses: list[Clause],
        index: int,
        op: Op,
        named: Range,
    ) -> Span | None:
        """The longest run of words of the clause that are neither cue nor source."""
        clause, last = clauses[index], clauses[index].last
        taken = set(op.covered) | set(range(*named))
        free = [at for at in range(clause.first, last) if at not in taken]
        runs = _runs(free)
        if not runs:
            return None
        words = sentence.words
        first, end = max(runs, key=lambda run: run[1] - run[0])
        if end == last:
            end = _with_dependents(clauses, index)
        small = (SKIPPED[self.language] | AUXILIARIES) - ARTICLES
        while first < end and words[first].key in small:
            first += 1
        while first < end and words[end - 1].key in PARTICLES and op.at < first:
            end -= 1
        if end - first < SHORTEST or not self._says_something(words[first:end]):
            return None
        return Span(words[first].start, words[end - 1].end)

    def _says_something(self, words: tuple[Word, ...]) -> bool:
        """Whether words hold a noun or a verb, not only little ones."""
        small = SKIPPED[self.language] | AUXILIARIES
        told = [w for w in words if w.key not in small and len(w.key) > SHORTEST]
        if self.language == "fr":
            return bool(told)
        return any(w.capitalised or w.key.endswith("n") for w in told)

    # -- spans -----------------------------------------------------------------------

    def _one(self, start: int, end: int) -> tuple[Span, ...]:
        span = self._trimmed(start, end)
        return (span,) if span is not None else ()

    def _trimmed(self, start: int, end: int) -> Span | None:
        while start < end and self.text[start] in EDGES:
            start += 1
        while end > start and self.text[end - 1] in EDGES + STOPS:
            end -= 1
        return Span(start, end) if end > start else None

    def _add(
        self,
        content: tuple[Span, ...],
        cue: tuple[Span, ...],
        source: Span | None,
        sure: float,
    ) -> None:
        named = (source,) if source is not None else ()
        kind = self._kind(content, sure)
        self.found.append(Attribution(kind, content, cue, named, sure))

    def _kind(self, content: tuple[Span, ...], sure: float) -> Kind:
        whole = {one.span for one in self.marked.values()}
        if all(span in whole for span in content):
            return Kind.DIRECT
        if any(s.start < q.end and q.start < s.end for s in content for q in whole):
            return Kind.MIXED
        return Kind.ATTITUDE if sure == SURE_ATTITUDE else Kind.INDIRECT


def _span(sentence: Sentence, words: Range) -> Span:
    first, last = words
    return Span(sentence.words[first].start, sentence.words[last - 1].end)


def _close(op: Op) -> int:
    """The last word of a cue that stands in one piece with its first."""
    last = min(op.covered)
    while last + 1 in op.covered:
        last += 1
    return last


def _runs(places: list[int]) -> list[Range]:
    found: list[Range] = []
    for at in places:
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _with_dependents(clauses: list[Clause], index: int) -> int:
    """Where the clauses end that hang on the clause ``index`` and follow it."""
    end = clauses[index].last
    for later in clauses[index + 1 :]:
        if later.kind not in {"sub", "inf"}:
            break
        end = later.last
    return end


def find_foreign_attributions(text: str, language: str) -> list[Attribution]:
    """Return the attributions of a French or German ``text``, as spans."""
    return Attributing(text, language).attributions()
