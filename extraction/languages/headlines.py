"""Headlines and verbless lines: "Berlin gegen Tempo 130", "Paris pour", "Rom: Nein zu"."""

from extraction.languages.actors import Named
from extraction.languages.lexicon import Op
from extraction.languages.wording import Sentence

LONGEST = 16  # words
SIDES = {"gegen": "oppose", "contre": "oppose", "fur": "support", "pour": "support"}


def is_headline(sentence: Sentence, text: str) -> bool:
    """Whether the sentence is a line of its own without a full stop."""
    start, end = sentence.span.start, sentence.span.end
    alone = text[:start].rstrip(" +\t")[-1:] in {"", "\n"} and (
        text[end:].lstrip(" +\t")[:1] in {"", "\n"}
    )
    ends = sentence.span.text(text).rstrip(' +»“”"')[-1:]
    return (
        alone
        and ends not in {".", "!", "?", "…", ":"}
        and (0 < len(sentence.words) <= LONGEST)
    )


def with_sides(
    sentence: Sentence, named: list[Named], ops: list[Op], text: str
) -> list[Op]:
    """Add "gegen" and "pour" right behind a name as cues, where no verb stands."""
    colon = sentence.span.text(text).find(":")
    until = sentence.span.start + colon if colon >= 0 else sentence.span.end
    verbs = [op for op in ops if op.kind not in {"reverse", "can", "say"}]
    if any(sentence.words[op.at].start < until for op in verbs):
        return ops
    if colon < 0 and not is_headline(sentence, text):
        return ops
    covered = {at for op in ops for at in op.covered}
    added = []
    for one in named:
        key = sentence.words[one.last].key if one.last < len(sentence.words) else ""
        inside = one.last < len(sentence.words) and (
            sentence.words[one.last].start < until
        )
        if key in SIDES and one.last not in covered and inside:
            added.append(Op(SIDES[key], one.last, frozenset({one.last})))
    return sorted([*ops, *added], key=lambda op: op.at)
