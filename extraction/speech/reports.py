"""The shape in which the grammar rules hand over what they found."""

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(frozen=True)
class Report:
    """One cue with the tokens of its content and the head of its source, if any."""

    rule: str
    cue: Token
    content: tuple[Token, ...]
    source: Token | None
    cue_tokens: tuple[Token, ...]

    @property
    def lemma(self) -> str:
        """Return the cue's dictionary form, with its particle: "rule out"."""
        particles = [
            token.lower_ for token in self.cue_tokens if token.dep_ in {"prt", "prep"}
        ]
        return " ".join([self.cue.lemma_.lower(), *particles])
