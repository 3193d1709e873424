"""Files read in a child process: what is found, and why nothing is."""

import io
import zipfile
import zlib

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from sources.parsing.found import File, Found
from sources.parsing.sandbox import (
    Limits,
    ReaderKilledError,
    UnreadableFileError,
    read_feed,
    read_file,
)
from tests.servers import article

MB = 1024 * 1024


def found(content: bytes | str, **known: str) -> Found:
    """Read a file that can be read."""
    return read_file(
        File(content if isinstance(content, bytes) else content.encode(), **known)
    )


def reason(content: bytes, **known: str) -> str:
    """Read a file that cannot be read, and return why."""
    with pytest.raises(UnreadableFileError) as caught:
        read_file(File(content, **known))
    return str(caught.value)


def pdf(lines: list[str], pages: int = 1) -> bytes:
    """A PDF with text."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {shown} ET".encode()
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for n in range(pages):
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * n} 0 R>>"
        objects[4 + 2 * n] = page.encode()
        objects[5 + 2 * n] = b"<</Length %d>>stream\n%s\nendstream" % (
            len(stream),
            stream,
        )
    return assembled(objects)


def assembled(objects: dict[int, bytes]) -> bytes:
    """Write numbered objects with their cross-reference table."""
    out, places = b"%PDF-1.4\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{places[n]:010d} 00000 n \n" for n in sorted(objects))
    size = len(objects) + 1
    start = len(out)
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
        ).encode()
    )


def word(*paragraphs: str) -> bytes:
    """A Word file."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left", "Right"
    document.core_properties.title = "Minutes"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# HTML


def test_a_page_gives_text_title_date_and_canonical_link() -> None:
    page = found(article(canonical="/a"), url="https://gazette.example/a?x=1")
    assert "nothing must be ruled out" in page.text
    assert "All rights reserved" not in page.text
    assert page.title == "Allies disagree"
    assert (page.published_on, page.published_precision) == ("2024-02-27", "day")
    assert (page.canonical_url, page.language) == ("/a", "en")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-02", ("2024-02-01", "month")),
        ("2024", ("2024-01-01", "year")),
        ("01/02/2026", ("", "")),
        ("yesterday", ("", "")),
        ("2024-02-31", ("", "")),
        ("10", ("", "")),
    ],
)
def test_a_date_is_read_only_where_it_means_one_thing(
    stated: str, expected: tuple[str, str]
) -> None:
    page = found(article().replace("2024-02-27T09:30:00Z", stated))
    assert (page.published_on, page.published_precision) == expected


def test_linked_data_tells_the_date() -> None:
    linked = '<script type="application/ld+json">{"@graph":[{"datePublished":"2023-05-06"}]}</script>'
    assert (
        found(article().replace("<nav>", linked + "<nav>")).published_on == "2023-05-06"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_pages_in_other_encodings_are_read(encoding: str) -> None:
    page = article(
        "Союзники спорят",
        ["Президент сказал, что ничего нельзя исключать."] * 1
        + [
            f"Канцлер ответил на следующий день, что солдат не пошлют, часть {n}."
            for n in range(4)
        ],
    )
    label = "utf-16" if encoding == "utf-16" else encoding.removesuffix("-sig")
    page = page.replace("<head>", f'<head><meta charset="{label}">')
    assert (
        "ничего нельзя исключать"
        in found(page.encode(encoding), content_type="text/html").text
    )


def test_a_page_over_two_megabytes_is_refused() -> None:
    huge = article(paragraphs=["Word after word after word. " * 100] * 1000)
    assert "larger than 2 MB" in reason(huge.encode())


def test_a_page_of_nested_tags_without_text_is_refused() -> None:
    assert "no text" in reason(b"<html><body>" + b"<div>" * 100_000 + b"x")


def test_an_absurd_table_does_no_harm() -> None:
    table = f"<table><tr><td colspan={2**53}>cell</td></tr></table></article>"
    assert "no consensus" in found(article().replace("</article>", table)).text


@pytest.mark.parametrize(
    "notice",
    [
        "Please enable JavaScript to continue to this site, which does not work without it. "
        "Please come back when it has been enabled in the settings of your browser.",
        "Subscribe to read the rest of this article. Already a subscriber? Log in to continue "
        "and enjoy the full text of this and all other articles of our newspaper.",
        "Object moved here.",
    ],
)
def test_a_wall_or_a_stub_is_no_text(notice: str) -> None:
    page = f"<html><body><article><p>{notice}</p></article></body></html>"
    assert "Paste the text instead" in reason(page.encode())


def test_external_entities_are_not_read() -> None:
    page = article().replace(
        "<!doctype html>", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    )
    assert "root:" not in found(page.replace("Observers", "&x; Observers")).text


# Plain text


def test_plain_text_keeps_its_characters() -> None:
    assert found("Grüße - “so”\n\ttab").text == "Grüße - “so”\n\ttab"


def test_text_without_a_stated_encoding_is_guessed_and_says_so() -> None:
    german = "Die Bundeskanzlerin erklärte, für die Länder gäbe es keine Lösung. " * 20
    page = found(german.encode("cp1252"))
    assert "für die Länder" in page.text
    assert "guessed" in page.note


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image"),
        (b"{\\rtf1 text}", "RTF"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "Office"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "feed"),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, words: str) -> None:
    assert words in reason(content)


def test_a_page_named_pdf_is_read_as_the_page_it_is() -> None:
    assert "no consensus" in found(article(), name="report.pdf").text


# PDF


def test_a_pdf_gives_its_text() -> None:
    text = found(pdf(["Nothing must be ruled out,", "the president said."])).text
    assert "Nothing must be ruled out," in text


def test_an_encrypted_pdf_says_so() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["Secret words are here"]))))
    writer.encrypt("password", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert "encrypted" in reason(buffer.getvalue())


def test_a_scanned_pdf_says_that_it_holds_no_text() -> None:
    assert "no text, only images" in reason(pdf([]))


def test_a_truncated_pdf_is_damaged_or_empty() -> None:
    assert "PDF" in reason(pdf(["Some words of text here"])[:200])


def test_a_pdf_whose_page_tree_loops_is_refused() -> None:
    loop = assembled(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}
    )
    assert "PDF" in reason(loop)


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    assert "at most 500" in reason(pdf(["word"], pages=501))


def test_a_pdf_bomb_is_refused() -> None:
    bomb = zlib.compress(bytes(300 * MB), 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (
        len(bomb),
        bomb,
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    content = assembled(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: pages, 3: page, 4: stream}
    )
    with pytest.raises((UnreadableFileError, ReaderKilledError)):
        read_file(File(content))


# Word


def test_a_word_file_gives_paragraphs_tables_and_title() -> None:
    minutes = found(word("First paragraph.", "Second - with “quotes”."))
    assert minutes.text == "First paragraph.\nSecond - with “quotes”.\nLeft\tRight"
    assert minutes.title == "Minutes"


def test_a_word_files_title_is_the_paragraph_in_that_style() -> None:
    document = docx.Document()
    document.add_paragraph("Press office")
    document.add_paragraph("Speech in Paris", style="Title")
    document.add_paragraph("10. Juli 2025")
    document.core_properties.title = "Template"
    buffer = io.BytesIO()
    document.save(buffer)
    speech = found(buffer.getvalue())
    assert (speech.title, speech.published_on) == ("Speech in Paris", "2025-07-10")


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"word/document.xml": bytes(120 * MB)}, "unpacks to more"),
        (
            {"word/document.xml": b"x"} | {f"m{n}": b"" for n in range(6000)},
            "unpacks to more",
        ),
        ({"../../etc/passwd": b"x"}, "zip archive"),
        ({"nested.zip": b"PK\x03\x04"}, "zip archive"),
        ({"word/document.xml": b"<broken"}, "damaged"),
    ],
    ids=["bomb", "many members", "outside", "nested", "broken"],
)
def test_archives_that_are_no_word_file_are_refused(
    members: dict[str, bytes], words: str
) -> None:
    assert words in reason(zipped(members))


# The child


@pytest.mark.parametrize(
    "limits",
    [Limits(memory=30 * MB), Limits(wall_seconds=0.01)],
    ids=["memory", "time"],
)
def test_a_child_that_runs_into_a_limit_is_a_failure_that_may_pass(
    limits: Limits,
) -> None:
    with pytest.raises(ReaderKilledError):
        read_file(File(article().encode()), limits)


# Feeds


def test_a_feed_of_a_hundred_thousand_items_is_cut() -> None:
    item = "<item><title>T{0}</title><link>https://gazette.example/{0}</link></item>"
    items = "".join(item.format(n) for n in range(100_000))
    content = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>"
    feed = read_feed(File(content.encode()))
    assert (len(feed.entries), feed.tossed, feed.title) == (2000, 98_000, "F")


def test_an_external_entity_in_a_feed_is_not_read() -> None:
    content = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
        "<item><title>T &x;</title><link>https://gazette.example/</link></item></channel></rss>"
    )
    assert "root:" not in str(read_feed(File(content.encode())))


def test_a_page_is_no_feed() -> None:
    with pytest.raises(UnreadableFileError, match="no RSS or Atom feed"):
        read_feed(File(article().encode()))
