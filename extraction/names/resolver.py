"""Who a source span means: names, lists, pronouns, bare offices, the author."""

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from extraction.interface import Document, Guess, Span
from extraction.names.authors import author_of
from extraction.names.bodies import Bodies
from extraction.names.descriptions import Descriptions
from extraction.names.discourse import Discourse
from extraction.names.gazetteer import Gazetteer
from extraction.names.listing import listed
from extraction.names.mention import Mention
from extraction.names.pronouns import Pronouns
from extraction.names.resolved import Resolved, as_resolved, distinct, span_of
from extraction.names.several import several, written_list
from extraction.names.strangers import Strangers

FIRST_PERSON = {"i", "we", "us", "me", "myself", "ourselves", "our", "my"}
RELATIVE = {"who", "that", "which", "whom", "whose"}
LISTED = {"those", "many", "some", "several"}
NAMING = {"PROPN", "NOUN", "PRON", "ADJ", "NUM"}


class Resolver:
    """Resolves the source spans of one parsed document, in reading order."""

    def __init__(self, document: Document, doc: Doc, gazetteer: Gazetteer) -> None:
        self.document = document
        self.doc = doc
        self.gazetteer = gazetteer
        self.discourse = Discourse(document, doc, gazetteer)
        self.mentions = self.discourse.mentions
        self.author = author_of(document, self.discourse.text, gazetteer, self.mentions)
        self._pronouns = Pronouns(self.discourse)
        self._bodies = Bodies(self.discourse)
        self._descriptions = Descriptions(self.discourse, self._bodies, self._of_head)
        self.strangers = Strangers(self.discourse, self._pronouns)

    def mention_of(self, token: Token) -> Mention | None:
        """Return the mention that ``token`` belongs to."""
        return self.discourse.mention_of(token)

    def resolve(self, spans: tuple[Span, ...]) -> list[Resolved]:
        """Return every speaker that the source ``spans`` mean, in reading order."""
        found: list[Resolved] = []
        for span in spans:
            tokens = self.discourse.tokens(span.start, span.end)
            if tokens:
                found += self._of_tokens(tokens)
        found = distinct(found)
        if spans:
            self.discourse.remember(spans[0].start, found)
        return found

    def resolve_token(self, head: Token) -> list[Resolved]:
        """Return every speaker that the noun phrase headed by ``head`` means."""
        found = distinct(self._of_head_and_list(head))
        self.discourse.remember(head.idx, found)
        return found

    def stranger(self, span: Span) -> Resolved | None:
        """Return the named but unknown speaker that the words of ``span`` mean."""
        tokens = self.discourse.tokens(span.start, span.end)
        if tokens is None or not len(tokens):
            return None
        return self.strangers.of(tokens.root)

    def peek(self, head: Token) -> list[Resolved]:
        """Return whom ``head`` means without noting that they speak."""
        return distinct(self._of_head_and_list(head))

    def _of_tokens(self, tokens: Tokens) -> list[Resolved]:
        whole = self._whole(tokens)
        if whole:
            return self._with_joined(tokens.root, [whole])
        return self._of_head_and_list(tokens.root, tokens)

    def _whole(self, tokens: Tokens) -> Resolved | None:
        bounds = _bare(tokens)
        root = tokens.root
        mention = self.mention_of(root)
        if mention is None or (mention.start, mention.end) != bounds:
            return None
        if self.discourse.is_silent(mention, root):
            return None
        return as_resolved(mention)

    # -- lists -------------------------------------------------------------

    def _of_head_and_list(
        self, head: Token, within: Tokens | None = None
    ) -> list[Resolved]:
        heads = [head, *_conjuncts(head)]
        found = [resolved for each in heads for resolved in self._of_head(each)]
        if within is not None:
            found = [r for r in found if r.span.end > within.start_char or r.guesses]
        return self._with_joined(head, found)

    def _with_joined(self, head: Token, found: list[Resolved]) -> list[Resolved]:
        """ "Neither X nor Y": joined in writing, whatever the parse says."""
        mention = self.mention_of(head)
        if mention is None or len(found) != 1 or found[0].span.start != mention.start:
            return found
        return [as_resolved(each) for each in written_list(mention, self.discourse)]

    # -- one noun phrase -----------------------------------------------------

    def _of_head(self, head: Token) -> list[Resolved]:
        mention = self.mention_of(head)
        if mention:
            silent = self.discourse.is_silent(mention, head)
            return [] if silent else [as_resolved(mention)]
        if head.lower_ in LISTED:
            return listed(head, self.mention_of)
        return several(head, self.discourse) or self._referring(head)

    def _referring(self, head: Token) -> list[Resolved]:
        """What refers back or describes: pronouns, appositions, offices, bodies."""
        if head.pos_ == "PRON" or head.lower_ in RELATIVE:
            return self._pronoun(head)
        if apposition := self._apposition(head):
            return [as_resolved(apposition)]
        return (
            listed(head, self.mention_of)
            or self._speaks_for(head)
            or self._descriptions.resolve(head)
            or self._bodies.resolve(head)
        )

    def _apposition(self, head: Token) -> Mention | None:
        for child in head.children:
            mention = self.mention_of(child) if child.dep_ == "appos" else None
            if mention and mention.slug:
                return mention
        if head.dep_ == "appos" and (mention := self.mention_of(head.head)):
            return mention
        return self._name_after(head)

    def _name_after(self, office: Token) -> Mention | None:
        """ "the Swedish minister, Malin Ström,": a name between commas after an office."""
        after = self.doc[office.i + 1 : office.i + 3]
        role = (office.lemma_.lower(),)
        if len(after) < 2 or after[0].text != "," or role not in self.gazetteer.offices:
            return None
        mention = self.mention_of(after[1])
        if mention is None or mention.kind != "person" or not mention.slug:
            return None
        return mention if mention.start == after[1].idx else None

    def _speaks_for(self, head: Token) -> list[Resolved]:
        """ "a spokesman for X": X speaks."""
        if not head.lower_.startswith("spokes"):
            return []
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in {"for", "of"}:
                for pobj in child.children:
                    mention = self.mention_of(pobj)
                    if mention and mention.slug:
                        return [_spoken_for(mention)]
        return []

    # -- pronouns ------------------------------------------------------------

    def _pronoun(self, token: Token) -> list[Resolved]:
        word = token.lower_
        if word in FIRST_PERSON:
            return self._at(token) or self._as_author(token)
        if word in RELATIVE:
            return self._relative(token)
        return self._pronouns.resolve(token)

    def _at(self, token: Token) -> list[Resolved]:
        """ "We at Harbour Watch"."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"at", "in"}:
                for pobj in child.children:
                    mention = self.mention_of(pobj)
                    if mention and mention.slug:
                        return [as_resolved(mention)]
        return []

    def _as_author(self, token: Token) -> list[Resolved]:
        author = self.author
        if author is None:
            return []
        return [Resolved(span_of(token), author.guesses, author.kind)]

    def _relative(self, token: Token) -> list[Resolved]:
        """ "who" is the noun that its clause modifies."""
        verb = token.head
        while verb.dep_ not in {"relcl", "acl", "ROOT"}:
            verb = verb.head
        noun = verb.head if verb.dep_ in {"relcl", "acl"} else None
        if noun is None or noun.i >= token.i:
            noun = _noun_before(token)
        return self._of_head_and_list(noun) if noun is not None else []


def _bare(tokens: Tokens) -> tuple[int, int]:
    """Offsets of ``tokens`` without "'s" and outer punctuation."""
    kept = [t for t in tokens if not t.is_punct and not t.is_space and t.tag_ != "POS"]
    if not kept:
        return tokens.start_char, tokens.start_char
    return kept[0].idx, kept[-1].idx + len(kept[-1])


def _conjuncts(head: Token) -> list[Token]:
    found = []
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in NAMING:
            found += [child, *_conjuncts(child)]
    return found


def _spoken_for(mention: Mention) -> Resolved:
    slug = mention.slug
    guess = Guess(slug, 0.75, (f"a spokesperson speaks for {slug}",))
    return Resolved(Span(mention.start, mention.end), (guess,), mention.kind)


def _noun_before(token: Token) -> Token | None:
    for other in reversed(token.doc[max(token.sent.start, token.i - 4) : token.i]):
        if other.pos_ in {"NOUN", "PROPN"}:
            return other
    return None
