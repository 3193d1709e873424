"""Web addresses: which are acceptable, and which name the same page."""

import re
from urllib.parse import urlsplit, urlunsplit

import ada_url

from sources.refusals import IntakeRefusedError

MAX_LENGTH = 2048
TRACKERS = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi)",
    re.IGNORECASE,
)
SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
HOME_PAGE = re.compile(r"/?((index|home|default)(\.\w+)?)?|/[a-z]{2}/?", re.IGNORECASE)
SECOND_LEVEL = frozenset(
    ["ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "ne", "net", "or", "org"]
)


class BadAddressError(IntakeRefusedError):
    """The text is no web address that may be fetched."""


def checked_url(text: str) -> str:
    """Return the address in its normal form; raises BadAddressError.

    Browsers' rules (WHATWG) decide what the host is, so that no other spelling of an
    address slips past the checks that follow.
    """
    address = text.strip()
    if not address or len(address) > MAX_LENGTH:
        msg = f"A web address has between 1 and {MAX_LENGTH} characters."
        raise BadAddressError(msg)
    if FORBIDDEN.search(address):
        msg = "The web address contains a space, a backslash or a control character."
        raise BadAddressError(msg)
    return checked_parts(address)


def checked_parts(address: str) -> str:
    """Check scheme, host and credentials; raises BadAddressError."""
    try:
        url = ada_url.URL(address)
    except ValueError:
        msg = f"“{address[:200]}” is not a web address. Start it with https://."
        raise BadAddressError(msg) from None
    if url.protocol not in {"http:", "https:"}:
        msg = f"Only http and https addresses can be fetched, not {url.protocol}"
        raise BadAddressError(msg)
    if url.username or url.password or "@" in urlsplit(address).netloc:
        msg = "Web addresses with a user name or password are not fetched."
        raise BadAddressError(msg)
    if not url.hostname or len(url.href) > MAX_LENGTH:
        msg = "The web address has no host name or is too long."
        raise BadAddressError(msg)
    return str(url.href)


def canonical_url(address: str) -> str:
    """Drop the fragment, session ids and a short list of trackers, nothing else.

    A longer list would merge different documents: ``id``, ``ref`` and ``source`` often
    choose the page. Raises BadAddressError.
    """
    parts = urlsplit(checked_url(address))
    kept = [
        pair
        for pair in parts.query.split("&")
        if pair and not TRACKERS.fullmatch(pair.partition("=")[0])
    ]
    path = SESSION.sub("", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, "&".join(kept), ""))


def adopted_canonical_url(fetched: str, declared: str) -> str:
    """Canonical form of the page's address, by its own link where that is believable.

    A declared link counts only on the same site and when it is no home page: many pages
    wrongly point to their home page or to another site.
    """
    own = canonical_url(fetched)
    try:
        link = canonical_url(ada_url.join_url(fetched, declared)) if declared else own
    except (BadAddressError, ValueError):
        return own
    return link if same_site(own, link) and not is_home_page(link) else own


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses belong to one registrable domain, approximately."""
    return site_of(one) == site_of(other)


def site_of(address: str) -> str:
    """The registrable domain by rule of thumb: two labels, three under co.uk and the like."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit():
        return host
    under_second_level = (
        len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    )
    return ".".join(labels[-3 if under_second_level else -2 :])


def is_home_page(address: str) -> bool:
    """Say whether an address leads to a site's start page."""
    parts = urlsplit(address)
    return not parts.query and HOME_PAGE.fullmatch(parts.path) is not None
