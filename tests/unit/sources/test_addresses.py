"""Which addresses are acceptable, and which name the same page."""

import pytest

from sources.addresses import (
    BadAddressError,
    adopted_canonical_url,
    canonical_url,
    checked_url,
    same_site,
)

SITE = "https://gazette.example"


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        (f"{SITE}/a?utm_source=x&id=1&fbclid=2#top", f"{SITE}/a?id=1"),
        ("HTTPS://Gazette.Example:443/a/../b", f"{SITE}/b"),
        (f"{SITE}/a;jsessionid=ABC?x=1", f"{SITE}/a?x=1"),
        (f"{SITE}/?ref=1&source=2&sid=3", f"{SITE}/?ref=1&source=2&sid=3"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("http://gazette.example:8080/", "http://gazette.example:8080/"),
    ],
)
def test_addresses_of_one_page_have_one_form(address: str, canonical: str) -> None:
    assert canonical_url(address) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("declared", "adopted"),
    [
        ("/article/1", f"{SITE}/article/1"),
        (
            "https://www.gazette.example/article/1",
            "https://www.gazette.example/article/1",
        ),
        (f"{SITE}/", f"{SITE}/a"),
        (f"{SITE}/index.html", f"{SITE}/a"),
        ("https://other.example/article/1", f"{SITE}/a"),
        ("javascript:alert(1)", f"{SITE}/a"),
        ("", f"{SITE}/a"),
    ],
)
def test_a_canonical_link_counts_only_where_it_is_believable(
    declared: str, adopted: str
) -> None:
    assert adopted_canonical_url(f"{SITE}/a?utm_source=x", declared) == adopted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.gazette.example/", "https://gazette.example/", True),
        ("https://a.co.uk/", "https://b.co.uk/", False),
        ("https://www.a.co.uk/", "https://a.co.uk/", True),
        ("http://192.0.2.1/", "http://192.0.3.1/", False),
    ],
)
def test_sites_are_told_apart_by_their_domain(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    "address", ["", " ", "x", "mailto:a@b.example", "https://a b/"]
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddressError):
        checked_url(address)
