"""The text of PDF files."""

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from sources.parsing.found import MAX_TEXT_LENGTH, File, Found, UnreadableError, bounded

MAX_PAGES = 500
FEWEST_LETTERS = 20


class BrokenPdfError(UnreadableError):
    """The file is no complete PDF."""


class EncryptedPdfError(UnreadableError):
    """The file opens only with a password."""


class TooManyPagesError(UnreadableError):
    """The file has more pages than are read."""


class NoTextInPdfError(UnreadableError):
    """The pages are images."""


def read_pdf(file: File) -> Found:
    """Extract the text of all pages; raises UnreadableError."""
    try:
        return read_pages(PdfReader(io.BytesIO(file.content), strict=False))
    except LimitReachedError:
        msg = (
            "The PDF unpacks to more than can be read: it may be damaged or malicious."
        )
        raise BrokenPdfError(msg) from None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        IndexError,
        DependencyError,
    ):
        msg = "The PDF is damaged or incomplete: open it and save it anew, or paste its text."
        raise BrokenPdfError(msg) from None


def read_pages(reader: PdfReader) -> Found:
    """Read an opened file; raises UnreadableError."""
    if reader.is_encrypted and not reader.decrypt(""):
        msg = "The PDF is encrypted: save a copy without a password and upload that."
        raise EncryptedPdfError(msg)
    pages = len(reader.pages)
    if pages > MAX_PAGES:
        msg = f"The PDF has {pages} pages; at most {MAX_PAGES} are read. Split it."
        raise TooManyPagesError(msg)
    text = "\n\n".join(page_texts(reader))
    if sum(c.isalnum() for c in text) < FEWEST_LETTERS:
        msg = "The PDF holds no text, only images (a scan): run text recognition on it first."
        raise NoTextInPdfError(msg)
    return Found(text=bounded(text), **known_about(reader))


def page_texts(reader: PdfReader) -> Iterator[str]:
    """Texts of the pages in order, until there is more than a document may have."""
    length = 0
    for page in reader.pages:
        text = page.extract_text()
        length += len(text)
        yield text
        if length > MAX_TEXT_LENGTH:
            return


def known_about(reader: PdfReader) -> dict[str, str]:
    """Title and author; the dates in a PDF are the file's, not the publication's."""
    title = (reader.metadata and reader.metadata.title) or ""
    author = (reader.metadata and reader.metadata.author) or ""
    return {"title": title, "byline": author}
