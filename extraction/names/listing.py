"""Lists of actors after a plural noun: "allies such as X and Y", "including X"."""

from collections.abc import Callable

from spacy.tokens import Token

from extraction.lists import word_set
from extraction.names.mention import Mention
from extraction.names.resolved import Resolved, as_resolved

LISTING = word_set("including like as namely among notably especially")
PLURAL_HEADS = word_set(
    "country ally state member government partner capital nation leader other minister "
    "politician neighbour neighbor power party"
)
MANY = word_set("those many some several most few others")
FINITE = word_set("VBP VBZ VBD")
BREAKS = {".", ";", ":", "\N{EM DASH}", "\N{EN DASH}"}

MentionOf = Callable[[Token], Mention | None]


def listed(head: Token, mention_of: MentionOf) -> list[Resolved]:
    """Return the actors that a list after the plural noun ``head`` names."""
    plural = head.tag_ in {"NNS", "NNPS"} and head.lemma_.lower() in PLURAL_HEADS
    if not plural and head.lower_ not in MANY:
        return []
    for token in head.doc[head.i + 1 : head.sent.end]:
        if token.lower_ in LISTING and _starts_list(token):
            return _list_from(token, mention_of)
    return []


def _starts_list(token: Token) -> bool:
    if token.lower_ == "as":
        return token.i > 0 and token.doc[token.i - 1].lower_ == "such"
    if token.lower_ == "among":
        following = token.doc[token.i + 1 : token.i + 2].text
        return following.casefold() == "them"
    return token.pos_ != "AUX" and token.tag_ not in FINITE


def _list_from(marker: Token, mention_of: MentionOf) -> list[Resolved]:
    found: list[Resolved] = []
    for token in marker.doc[marker.i + 1 : marker.sent.end]:
        mention = mention_of(token)
        if mention is None and _ends_list(token):
            break
        if mention and (not found or found[-1].span.start != mention.start):
            found.append(as_resolved(mention))
    return found


def _ends_list(token: Token) -> bool:
    breaks = token.pos_ in {"VERB", "AUX"} or token.text in BREAKS
    return breaks and token.lower_ not in LISTING
