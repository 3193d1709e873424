"""One sentence with all that was read of it before its stances are."""

from dataclasses import dataclass

from extraction.languages.actors import Named
from extraction.languages.clauses import Clause
from extraction.languages.people import Holder
from extraction.languages.subjects import Beside
from extraction.languages.wording import Sentence


@dataclass(frozen=True)
class Seen:
    """Who is named, the clauses, who speaks, each word's concepts; ``number``: which.

    ``meant`` are the known actors for whom words of it stand.
    """

    sentence: Sentence
    named: list[Named]
    clauses: list[Clause]
    beside: Beside
    speaker: Holder | None
    near: list[set[str]]
    number: int
    meant: tuple[Holder, ...] = ()

    def speaker_of(self, chain: list[Clause], text: str) -> Holder | None:
        """ "X n'a pas tranché : selon Y, ...": Y says only what follows the colon."""
        sentence, speaker = self.sentence, self.speaker
        colon = sentence.span.text(text).find(":")
        if speaker is None or colon < 0 or sentence.quotation is not None:
            return speaker
        at = sentence.span.start + colon
        before = sentence.words[chain[-1].last - 1].end <= at
        later = at < speaker.span.start < sentence.span.end
        return None if before and later else speaker
