"""The text of Word files (.docx)."""

import io
import zipfile
from collections.abc import Iterator

from sources.parsing.found import File, Found, UnreadableError, bounded

MAX_MEMBERS = 5_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_XML = 30 * 1024 * 1024
MAIN_PART = "word/document.xml"


class NotAWordFileError(UnreadableError):
    """The file is an archive of something else, or damaged."""


class ArchiveBombError(UnreadableError):
    """The file unpacks to far more than a text would."""


class NoTextInWordFileError(UnreadableError):
    """The file holds no words."""


def read_docx(file: File) -> Found:
    """Extract paragraphs and tables in order; raises UnreadableError."""
    check_archive(file.content)
    import docx  # noqa: PLC0415 - slow to load, and only after the checks
    from docx.opc.exceptions import OpcError  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(file.content))
        text = "\n".join(lines(document))
        known = document.core_properties
        title, author = styled_title(document) or known.title or "", known.author or ""
    except (
        OpcError,
        ValueError,
        KeyError,
        AttributeError,
        SyntaxError,
        OSError,
        zipfile.BadZipFile,
    ):
        msg = "The Word file is damaged: open it and save it anew, or paste its text."
        raise NotAWordFileError(msg) from None
    if not text.strip():
        msg = "The Word file holds no text."
        raise NoTextInWordFileError(msg)
    byline = (
        "" if author.lower() in {"python-docx", "microsoft office user"} else author
    )
    return Found(text=bounded(text), title=title, byline=byline)


def styled_title(document: object) -> str:
    """Return the paragraph that stands as the title, or as a heading above all text."""
    written = [p for p in document.paragraphs[:20] if p.text.strip()]  # type: ignore[attr-defined]
    for paragraph in written:
        if style_name(paragraph) == "Title":
            return str(paragraph.text)
    above = written[0] if written else None
    return above.text if above is not None and style_name(above) == "Heading 1" else ""


def style_name(paragraph: object) -> str:
    """Return the English name of a paragraph's style."""
    style = getattr(paragraph, "style", None)
    return str(style.name) if style is not None else ""


def check_archive(content: bytes) -> None:
    """Look at the archive's directory before anything is unpacked.

    The standard library unpacks no more of a member than its directory entry says, so
    a lying size cannot get past these limits. Raises UnreadableError.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        msg = "The file looks like a Word file but is damaged."
        raise NotAWordFileError(msg) from None
    if MAIN_PART not in {m.filename for m in members}:
        msg = "This is a zip archive or another Office file, not a Word file (.docx)."
        raise NotAWordFileError(msg)
    xml = max((m.file_size for m in members if m.filename.endswith(".xml")), default=0)
    total = sum(m.file_size for m in members)
    if len(members) > MAX_MEMBERS or total > MAX_UNPACKED or xml > MAX_XML:
        msg = "The Word file unpacks to more than can be read: it may be malicious."
        raise ArchiveBombError(msg)


def lines(document: object) -> Iterator[str]:
    """Paragraphs, and tables row by row."""
    from docx.table import Table  # noqa: PLC0415

    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            yield from (
                "\t".join(cell.text for cell in row.cells) for row in block.rows
            )
        else:
            yield block.text
