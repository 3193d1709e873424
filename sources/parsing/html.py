"""The main text of a web page, with what the page says about itself."""

import json
import re
from collections.abc import Iterator
from typing import Any

from sources.parsing.dates import UNKNOWN, Dated, date_in_path, read_date
from sources.parsing.encodings import decoded
from sources.parsing.found import File, Found, UnreadableError, bounded

MAX_HTML_BYTES = 2 * 1024 * 1024
SHORTEST_TEXT = 120
STUB_LENGTH = 600
WALL = re.compile(
    r"(enable|activate|turn on) javascript|javascript is (disabled|required)"
    r"|(accept|consent to) (all )?cookies|verify (that )?you are (a )?human"
    r"|(subscribe|log ?in|sign in|register) to (continue|read)|object moved",
    re.IGNORECASE,
)
DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "publication_date",
    "citation_publication_date",
    "parsely-pub-date",
)


class PageTooLargeError(UnreadableError):
    """The page is larger than what can be read in bounded time."""


class NoTextError(UnreadableError):
    """The page holds no article text, or only a notice."""


def read_html(file: File) -> Found:
    """Extract the main text and metadata; raises UnreadableError."""
    if len(file.content) > MAX_HTML_BYTES:
        msg = "The page is larger than 2 MB and cannot be read: paste the text instead."
        raise PageTooLargeError(msg)
    html, note = decoded(file.content, declared=file.charset, html=True)
    import trafilatura  # noqa: PLC0415 - slow to load, only where a page is read

    tree = trafilatura.load_html(html.replace("\0", ""))
    if tree is None:
        raise NoTextError(no_text(""))
    facts = page_facts(tree, file.url)
    text = main_text(html, file.url)
    return Found(text=bounded(believable(text)), note=note, **facts)


def main_text(html: str, url: str) -> str:
    """Return the page's main text, paragraphs on lines of their own."""
    import trafilatura  # noqa: PLC0415

    text = trafilatura.extract(
        html.replace("\0", ""),
        url=url or None,
        include_comments=False,
        include_tables=True,
        output_format="txt",
    )
    return text or ""


def believable(text: str) -> str:
    """Return the text; raises NoTextError for nothing, a stub or a wall."""
    stub = len(text) < STUB_LENGTH and WALL.search(text)
    if stub or len(text.strip()) < SHORTEST_TEXT:
        raise NoTextError(no_text(text))
    return text


def no_text(text: str) -> str:
    """Say what was found instead of an article."""
    length = len(text.strip())
    found = f"only {length} characters of text" if length else "no text"
    return (
        f"The page shows {found}: it may ask for a login, consent or JavaScript. "
        "Paste the text instead."
    )


def page_facts(tree: Any, url: str) -> dict[str, str]:
    """Title, byline, date with precision, canonical link and language of a page."""
    from trafilatura import extract_metadata  # noqa: PLC0415

    known = extract_metadata(tree, default_url=url or None, date_config=NO_GUESSING)
    published_on, precision = published(tree, url)
    return {
        "title": known.title or "",
        "byline": known.author or "",
        "published_on": published_on,
        "published_precision": precision,
        "canonical_url": first(tree.xpath("//link[@rel='canonical']/@href")),
        "language": first(tree.xpath("/html/@lang")),
    }


NO_GUESSING = {
    "original_date": True,
    "extensive_search": False,
    "max_date": "2100-01-01",
}


def published(tree: Any, url: str) -> Dated:
    """Find the day of publication where the page states it for machines."""
    stated = [read_date(text) for text in stated_dates(tree)]
    return next((d for d in [*stated, date_in_path(url)] if d != UNKNOWN), UNKNOWN)


def stated_dates(tree: Any) -> Iterator[str]:
    """Dates in linked data, then in meta tags, then in the only time tag."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from linked_dates(script)
    metas = {
        (m.get("property") or m.get("name") or m.get("itemprop") or "").lower(): m
        for m in reversed(tree.xpath("//meta[@content]"))
    }
    for name in DATE_META:
        if name in metas:
            yield metas[name].get("content")
    times = {t[:10] for t in tree.xpath("//time/@datetime")}
    if len(times) == 1:
        yield from times


def linked_dates(script: str) -> Iterator[str]:
    """Values of ``datePublished`` in a page's JSON-LD."""
    try:
        linked = json.loads(script)
    except (ValueError, RecursionError):
        return
    for item in items(linked):
        if isinstance(stated := item.get("datePublished"), str):
            yield stated


def items(linked: Any) -> Iterator[dict[str, Any]]:
    """Top-level objects of JSON-LD, also in a list or a graph."""
    for item in linked if isinstance(linked, list) else [linked]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (i for i in graph or [] if isinstance(i, dict))


def first(values: list[Any]) -> str:
    """Return the first value as text, or an empty one."""
    return str(values[0]).strip() if values else ""
