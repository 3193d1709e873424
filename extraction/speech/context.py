"""What every rule needs to know of a text: quotations, paragraphs, normalised words."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from extraction.interface import Span
from extraction.quotes import Quotation, find_quotations


@dataclass(frozen=True)
class Context:
    """A text with its parse, its quotations and where its paragraphs begin."""

    text: str
    plain: str
    doc: Doc
    quotations: list[Quotation]
    quotation_starts: list[int]
    paragraph_starts: list[int]
    token_starts: list[int]

    def token_from(self, offset: int) -> int:
        """Return the index of the first token that begins at ``offset`` or later."""
        return bisect_left(self.token_starts, offset)

    def quotation_at(self, offset: int) -> Quotation | None:
        """Return the quotation that covers ``offset``."""
        index = bisect_right(self.quotation_starts, offset) - 1
        if index < 0:
            return None
        quotation = self.quotations[index]
        return quotation if offset < quotation.span.end else None

    def quotations_in(self, span: Span) -> list[Quotation]:
        """Return the quotations that overlap ``span``, in order."""
        index = max(bisect_right(self.quotation_starts, span.start) - 1, 0)
        found = []
        while index < len(self.quotations):
            quotation = self.quotations[index]
            if quotation.span.start >= span.end:
                break
            if quotation.span.end > span.start:
                found.append(quotation)
            index += 1
        return found

    def paragraph_of(self, offset: int) -> int:
        """Return the number of the paragraph that holds ``offset``."""
        return bisect_right(self.paragraph_starts, offset) - 1

    def paragraph_span(self, number: int) -> Span:
        """Return the span of a paragraph, line break excluded."""
        start = self.paragraph_starts[number]
        if number + 1 < len(self.paragraph_starts):
            end = self.paragraph_starts[number + 1]
        else:
            end = len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip()))


def read_context(text: str, doc: Doc) -> Context:
    """Return the context of ``text``, whose parse ``doc`` keeps its offsets."""
    quotations = find_quotations(text)
    return Context(
        text=text,
        plain=doc.text,
        doc=doc,
        quotations=quotations,
        quotation_starts=[quotation.span.start for quotation in quotations],
        paragraph_starts=_paragraph_starts(text),
        token_starts=[token.idx for token in doc],
    )


def _paragraph_starts(text: str) -> list[int]:
    """Return where paragraphs that hold words begin; the first begins at 0."""
    starts = [0]
    position = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and position:
            starts.append(position)
        position += len(line)
    return starts
