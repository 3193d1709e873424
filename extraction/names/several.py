"""Several actors at once: "all three", "both countries", "X, Y and Z"."""

from spacy.tokens import Token

from extraction.lists import word_set
from extraction.names.discourse import Discourse
from extraction.names.mention import Mention
from extraction.names.resolved import Resolved, referring

COUNTS = {"both": 2, "two": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4}
COUNTS |= {"quartet": 4, "five": 5, "six": 6, "seven": 7}
KINDS = {
    "country": word_set("country state nation government capital neighbour neighbor"),
    "person": word_set(
        "minister leader president premier chancellor politician man woman mayor rival"
    ),
    "organisation": word_set(
        "union party group company organisation organization charity federation "
        "association body agency campaign"
    ),
}
DEFINITE = {"the", "these", "all", "both", "those"}
JOINS = {", ", " and ", ", and ", " nor ", " or ", " and the ", ", the ", " nor the "}
JOINS |= {", and the ", " or the ", " as well as ", " as well as the "}
LAST_JOINS = {join for join in JOINS if join.strip(" ,") not in {"", "the"}}


def several(head: Token, discourse: Discourse) -> list[Resolved]:
    """Return whom "all three" or "the two ministers" mean, in reading order."""
    count = _count(head)
    if not count or not _is_definite(head):
        return []
    kind = "" if head.lower_ in COUNTS else _kind(head)
    if kind is None:
        return []
    met: dict[str, Mention] = {}
    for mention in discourse.near(head):
        root = discourse.root(mention)
        if root is None or not mention.slug or discourse.is_silent(mention, root):
            continue
        if mention.kind == "group" and _members(mention, discourse) == count:
            return [referring(head, mention, 0.8)]
        if not kind or mention.kind == kind:
            met.setdefault(mention.slug, mention)
        if len(met) == count and _are_all(met, kind):
            return [referring(head, each, 0.8) for each in reversed(met.values())]
    return []


def _members(mention: Mention, discourse: Discourse) -> int:
    actor = discourse.actor(mention)
    return len(actor.members) if actor else 0


def _are_all(met: dict[str, Mention], kind: str) -> bool:
    return bool(kind) or len({mention.kind for mention in met.values()}) == 1


def _count(head: Token) -> int:
    if head.lower_ in COUNTS:
        return COUNTS[head.lower_]
    counted = (COUNTS.get(child.lower_, 0) for child in head.children)
    return next((number for number in counted if number), 0)


def _kind(head: Token) -> str | None:
    word = head.lemma_.lower()
    return next((kind for kind, words in KINDS.items() if word in words), None)


def _is_definite(head: Token) -> bool:
    if head.lower_ == "both" or any(c.lower_ in DEFINITE for c in head.children):
        return True
    before = head.doc[head.i - 1].lower_ if head.i else ""
    return before in DEFINITE


def written_list(first: Mention, discourse: Discourse) -> list[Mention]:
    """Return ``first`` and what is joined to it: "X, Y and Z", however it is parsed."""
    chain, joins = [first], []
    for mention in discourse.after(first):
        gap = discourse.text[chain[-1].end : mention.start]
        if gap not in JOINS or not mention.slug:
            break
        chain.append(mention)
        joins.append(gap)
        if gap in LAST_JOINS:
            break
    comma = len(joins) == 1 and joins[-1].startswith(",")
    return chain if joins and joins[-1] in LAST_JOINS and not comma else [first]
