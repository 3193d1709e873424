"""Who a source span means: names, lists, pronouns, bare offices, the author."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from extraction.holders import is_dateline
from extraction.interface import Document, Guess, Span
from extraction.lists import word_set
from extraction.names.authors import author_of
from extraction.names.gazetteer import Gazetteer
from extraction.names.genders import gender_of
from extraction.names.listing import listed
from extraction.names.mentions import Mention, MentionFinder, is_place
from extraction.names.offices import PHRASES, fits, holders, office_on
from extraction.names.resolved import (
    Resolved,
    as_resolved,
    distinct,
    referring,
    renamed,
    span_of,
    speaks_for,
)

MADAM = re.compile(r"\b(?:Mrs|Ms|Miss|Madame|Frau)\b")
SIR = re.compile(r"\b(?:Mr|Monsieur|Herr|Sir)\b")
FIRST_PERSON = {"i", "we", "us", "me", "myself", "ourselves", "our", "my"}
SINGULAR = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}
PLURAL = {"they", "them", "their", "both"}
FARTHEST = 3  # sentences from a name to its pronoun
NEUTER = {"it", "its"}
RELATIVE = {"who", "that", "which", "whom", "whose"}
OWNED = {"the", "his", "her", "its", "their"}
BODIES = word_set(
    "party movement organisation organization company utility union federation association "
    "council commission committee agency bank institute foundation group campaign charity "
    "alliance network firm operator body conference congress board executive leadership"
)


class Resolver:
    """Resolves the source spans of one parsed document, in reading order."""

    def __init__(self, document: Document, doc: Doc, gazetteer: Gazetteer) -> None:
        self.document = document
        self.doc = doc
        self.text = doc.text  # built anew at each access: kept
        self.gazetteer = gazetteer
        self.finder = MentionFinder(doc, gazetteer, document.published_on)
        self.mentions = self.finder.find()
        self._by_token = self._index()
        self.author = author_of(document, self.text, gazetteer, self.mentions)
        self._spoken: list[tuple[int, list[Resolved]]] = []
        self._spoke_at: set[int] = set()
        self._in_office: dict[tuple[str, str], frozenset[str]] = {}
        self._sentences = _sentence_numbers(doc)

    def _index(self) -> dict[int, Mention]:
        found: dict[int, Mention] = {}
        for mention in self.mentions:
            tokens = self._tokens(mention.start, mention.end)
            for token in tokens or ():
                found[token.i] = mention
        return found

    def _tokens(self, start: int, end: int) -> Tokens | None:
        return self.doc.char_span(start, end, alignment_mode="expand")

    def mention_of(self, token: Token) -> Mention | None:
        """Return the mention that ``token`` belongs to."""
        return self._by_token.get(token.i)

    def resolve(self, spans: tuple[Span, ...]) -> list[Resolved]:
        """Return every speaker that the source ``spans`` mean, in reading order."""
        found: list[Resolved] = []
        for span in spans:
            tokens = self._tokens(span.start, span.end)
            if tokens:
                found += self._of_tokens(tokens)
        found = distinct(found)
        if found and spans:
            self._remember(spans[0].start, found)
        return found

    def resolve_token(self, head: Token) -> list[Resolved]:
        """Return every speaker that the noun phrase headed by ``head`` means."""
        found = distinct(self._of_head_and_list(head))
        if found:
            self._remember(head.idx, found)
        return found

    def _remember(self, start: int, found: list[Resolved]) -> None:
        self._spoken.append((start, found))
        self._spoke_at |= {resolved.span.start for resolved in found}

    def _of_tokens(self, tokens: Tokens) -> list[Resolved]:
        if is_dateline(tokens.root):
            return self._beside(tokens.root)
        whole = self._whole(tokens)
        if whole:
            return [whole]
        return self._of_head_and_list(tokens.root, tokens)

    def _whole(self, tokens: Tokens) -> Resolved | None:
        bounds = self._bare(tokens)
        root = tokens.root
        mention = self.mention_of(root)
        if mention is None or (mention.start, mention.end) != bounds:
            return None
        return None if self._silent(mention, root) else as_resolved(mention)

    def _bare(self, tokens: Tokens) -> tuple[int, int]:
        """Offsets of ``tokens`` without "'s" and outer punctuation."""
        kept = [
            t for t in tokens if not t.is_punct and not t.is_space and t.tag_ != "POS"
        ]
        if not kept:
            return tokens.start_char, tokens.start_char
        return kept[0].idx, kept[-1].idx + len(kept[-1])

    def _of_head_and_list(
        self, head: Token, within: Tokens | None = None
    ) -> list[Resolved]:
        heads = [head, *self._conjuncts(head)]
        found = [resolved for each in heads for resolved in self._of_head(each)]
        if within is not None:
            found = [r for r in found if r.span.end > within.start_char or r.guesses]
        return found

    def _conjuncts(self, head: Token) -> list[Token]:
        found = []
        for child in head.children:
            if child.dep_ == "conj" and child.pos_ in {
                "PROPN",
                "NOUN",
                "PRON",
                "ADJ",
                "NUM",
            }:
                found += [child, *self._conjuncts(child)]
        return found

    def _of_head(self, head: Token) -> list[Resolved]:
        if is_dateline(head):
            return self._beside(head)
        mention = self._heading(head)
        if mention:
            return [] if self._silent(mention, head) else [as_resolved(mention)]
        if head.pos_ == "PRON" or head.lower_ in RELATIVE:
            if head.lower_ in {"those", "many", "some", "several"}:
                return listed(head, self.mention_of)
            return self._pronoun(head)
        apposition = self._apposition(head)
        if apposition:
            return [as_resolved(apposition)]
        return (
            listed(head, self.mention_of)
            or self._bare_office(head)
            or self._speaks_for(head)
            or self._body_of(head)
            or self._named_body(head)
        )

    def _beside(self, dateline: Token) -> list[Resolved]:
        """The subject that stands beside a dateline."""
        for other in dateline.head.children:
            if other.dep_ == "nsubj" and other.i > dateline.i:
                return self._of_head_and_list(other)
        return []

    def _heading(self, head: Token) -> Mention | None:
        """The mention that ``head`` heads; not one that merely modifies it."""
        mention = self.mention_of(head)
        if mention is None:
            return None
        tokens = self._tokens(mention.start, mention.end)
        return mention if tokens is not None else None

    def _silent(self, mention: Mention, head: Token) -> bool:
        if mention.kind not in {"country", "group", "organisation"}:
            return False
        return mention.how in {"name", "metonym"} and is_place(head, mention.how)

    def _apposition(self, head: Token) -> Mention | None:
        for child in head.children:
            mention = self.mention_of(child) if child.dep_ == "appos" else None
            if mention and mention.slug:
                return mention
        if head.dep_ == "appos" and (mention := self.mention_of(head.head)):
            return mention
        return None

    def _speaks_for(self, head: Token) -> list[Resolved]:
        """ "a spokesman for X": X speaks."""
        if not head.lower_.startswith("spokes"):
            return []
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in {"for", "of"}:
                for pobj in child.children:
                    mention = self.mention_of(pobj)
                    if mention and mention.slug:
                        return [self._principal_of(mention)]
        return []

    def _principal_of(self, mention: Mention) -> Resolved:
        actor = self.gazetteer.actors[mention.slug]
        office = office_on(actor, self.document.published_on)
        slug = mention.slug
        if office and office.speaks_for in self.gazetteer.actors:
            slug = office.speaks_for
        guess = Guess(slug, 0.75, (f"a spokesperson speaks for {slug}",))
        return Resolved(Span(mention.start, mention.end), (guess,), "organisation")

    def _pronoun(self, token: Token) -> list[Resolved]:
        word = token.lower_
        if word in FIRST_PERSON:
            return [self._as_author(token)] if self.author else []
        if word in RELATIVE:
            return self._relative(token)
        if word in SINGULAR:
            found = self._last_person(token, SINGULAR[word])
            return [found] if found else []
        if word in PLURAL:
            return self._last_many(token)
        if word in NEUTER:
            found = self._last_body(token)
            return [found] if found else []
        return []

    def _as_author(self, token: Token) -> Resolved:
        return Resolved(span_of(token), self.author.guesses if self.author else ())

    def _relative(self, token: Token) -> list[Resolved]:
        """ "who" is the noun that its clause modifies."""
        verb = token.head
        while verb.dep_ not in {"relcl", "acl", "ROOT"}:
            verb = verb.head
        noun = verb.head if verb.dep_ in {"relcl", "acl"} else None
        if noun is None or noun.i >= token.i:
            noun = self._noun_before(token)
        return self._of_head_and_list(noun) if noun is not None else []

    def _noun_before(self, token: Token) -> Token | None:
        for other in reversed(self.doc[max(token.sent.start, token.i - 4) : token.i]):
            if other.pos_ in {"NOUN", "PROPN"}:
                return other
        return None

    def _last_person(self, token: Token, gender: str) -> Resolved | None:
        best: tuple[float, Mention] | None = None
        for mention in self._mentions_near(token):
            if mention.kind != "person" or not self._gender_fits(mention, gender):
                continue
            score = self._salience(mention, token)
            if best is None or score > best[0]:
                best = (score, mention)
        if best is None or not best[1].guesses:
            return None
        return referring(token, best[1], 0.75)

    def _mentions_near(self, token: Token) -> Iterator[Mention]:
        """Mentions before ``token``, the nearest first, as far as a pronoun reaches."""
        for mention in self._mentions_before(token):
            tokens = self._tokens(mention.start, mention.end)
            if tokens is None:
                continue
            if self._sentence_distance(tokens.root, token) > FARTHEST:
                return
            yield mention

    def _mentions_before(self, token: Token) -> Iterator[Mention]:
        """Mentions that end before ``token``, the nearest first."""
        until = bisect_right(self.mentions, token.idx, key=lambda each: each.end)
        return (self.mentions[at] for at in range(until - 1, -1, -1))

    def _gender_fits(self, mention: Mention, gender: str) -> bool:
        """Whether "he" (m) or "she" (f) can mean ``mention``; unknown names fit both."""
        words = self.text[max(0, mention.start - 5) : mention.start + 4]
        if MADAM.search(words):
            return gender == "f"
        if SIR.search(words):
            return gender == "m"
        return gender_of(self._first_name(mention)) in {"", gender}

    def _first_name(self, mention: Mention) -> str:
        actor = self.gazetteer.actors.get(mention.slug)
        name = actor.name if actor else self.text[mention.start : mention.end]
        return name.split()[0] if name.split() else ""

    def _salience(self, mention: Mention, token: Token) -> float:
        """How likely a pronoun at ``token`` means ``mention``, which is near."""
        tokens = self._tokens(mention.start, mention.end)
        if tokens is None:
            return 0.0
        distance = self._sentence_distance(tokens.root, token)
        subject = tokens.root.dep_ in {"nsubj", "nsubjpass", "agent"}
        spoke = any(at in self._spoke_at for at in range(mention.start, mention.end))
        return 4.0 - distance + 1.5 * subject + 1.5 * spoke

    def _sentence_distance(self, first: Token, second: Token) -> int:
        return abs(self._sentences[second.i] - self._sentences[first.i])

    def _last_many(self, token: Token) -> list[Resolved]:
        """ "they" are the last list or group that spoke, or the last group named."""
        for start, speakers in reversed(self._spoken):
            near = start < token.idx and token.idx - start < 500
            if near and (
                len(speakers) > 1 or speakers[0].kind in {"group", "organisation"}
            ):
                return [renamed(speaker, token) for speaker in speakers]
        for mention in self._mentions_before(token):
            if token.idx - mention.end >= 300:
                break
            return [referring(token, mention, 0.5)] if mention.kind == "group" else []
        return []

    def _last_body(self, token: Token) -> Resolved | None:
        for mention in self._mentions_before(token):
            if token.idx - mention.end > 300:
                break
            tokens = self._tokens(mention.start, mention.end)
            body = mention.kind != "person" and tokens is not None
            if body and tokens and tokens.root.dep_ in {"nsubj", "poss"}:
                return referring(token, mention, 0.6)
        return None

    def _bare_office(self, head: Token) -> list[Resolved]:
        """ "the president": the last mentioned person with that office."""
        office = self._office_named(head)
        if not office:
            return []
        if found := self._minister_of(head, office):
            return [found]
        fitting = self._persons_in(office, head.lower_)
        for mention in self._mentions_before(head) if fitting else ():
            if mention.slug in fitting:
                return [referring(head, mention, 0.8)]
        return []

    def _persons_in(self, office: str, word: str) -> frozenset[str]:
        """The persons who held ``office``, also called ``word``, on the day."""
        if (office, word) not in self._in_office:
            day = self.document.published_on
            held = {
                slug: office_on(actor, day)
                for slug, actor in self.gazetteer.actors.items()
                if actor.kind == "person"
            }
            self._in_office[office, word] = frozenset(
                slug
                for slug, one in held.items()
                if one and (fits(one, office) or word in one.office.casefold().split())
            )
        return self._in_office[office, word]

    def _minister_of(self, head: Token, office: str) -> Resolved | None:
        """ "its foreign minister": the office of the country named last."""
        owner = next((c for c in head.children if c.dep_ == "poss"), None)
        if owner is None or owner.lower_ not in {"its", "their", "his", "her"}:
            return None
        principal = self._principal_before(owner)
        if not principal:
            return None
        day = self.document.published_on
        found = holders(list(self.gazetteer.actors.values()), principal, office, day)
        if len(found) != 1:
            return None
        reason = f"{office} of {principal} on the day"
        return Resolved(span_of(head), (Guess(found[0].slug, 0.8, (reason,)),))

    def _principal_before(self, token: Token) -> str:
        """Whom the last speaker or country before ``token`` speaks for."""
        for mention in self._mentions_before(token):
            actor = self.gazetteer.actors.get(mention.slug)
            if actor is None:
                continue
            if token.idx - mention.end > 300:
                return ""
            return speaks_for(actor, self.document)
        return ""

    def _body_of(self, head: Token) -> list[Resolved]:
        """ "her party", "Lund's movement": what the person speaks for."""
        if head.lemma_.lower() not in BODIES:
            return []
        for child in head.children:
            if child.dep_ == "poss":
                owners = self._of_head(child)
                if len(owners) == 1 and owners[0].slug:
                    return self._their_body(head, owners[0])
        return []

    def _their_body(self, head: Token, owner: Resolved) -> list[Resolved]:
        actor = self.gazetteer.actors[owner.slug]
        slug = speaks_for(actor, self.document)
        body = self.gazetteer.actors.get(slug)
        if body is None:
            return []
        reason = f"“{head.text}” of {owner.slug} is {slug}"
        return [Resolved(span_of(head), (Guess(slug, 0.75, (reason,)),), body.kind)]

    def _named_body(self, head: Token) -> list[Resolved]:
        """ "the party", "the utility": the organisation named last."""
        if head.lemma_.lower() not in BODIES or not _is_definite(head):
            return []
        for mention in reversed(self.mentions):
            if mention.end > head.idx or mention.kind not in {"organisation", "group"}:
                continue
            if head.idx - mention.end > 500:
                break
            return [referring(head, mention, 0.7)]
        return []

    def _office_named(self, head: Token) -> str:
        determined = any(child.lower_ in OWNED for child in head.children)
        if not determined:
            return ""
        before = self.doc[head.i - 1].lower_ if head.i else ""
        return PHRASES.get((before, head.lower_)) or PHRASES.get(
            (head.lower_,), head.lower_
        )


def _is_definite(head: Token) -> bool:
    return any(child.lower_ in {"the", "this"} for child in head.children)


def _sentence_numbers(doc: Doc) -> list[int]:
    """The number of the sentence of each token."""
    found, number = [], 0
    for token in doc:
        number += bool(token.is_sent_start)
        found.append(number)
    return found
