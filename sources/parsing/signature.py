"""What a file is by its first bytes; its name and declared type only break ties."""

import re
from enum import Enum

from sources.parsing.found import File, UnreadableError

HEAD = 1024
HTML_START = re.compile(rb"<(!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
FEED_START = re.compile(rb"<(rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
PDF, ZIP, OLE, RTF = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
MEDIA = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\x7fELF",
    b"MZ",
)
BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


class Format(Enum):
    """The formats that are read."""

    PLAIN = "plain"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    FEED = "feed"  # only where the caller asks for it


class UnknownFormatError(UnreadableError):
    """The file is of a format that is not read."""


def format_of(file: File) -> Format:
    """Say how to read the file; raises UnknownFormatError."""
    head = file.content[:HEAD]
    if PDF in head:
        return Format.PDF
    if head.startswith(ZIP):
        return Format.DOCX
    refuse_known_others(head)
    if looks_like_html(file, head.replace(b"\0", b"")):
        return Format.HTML
    refuse_binary(file.content)
    return Format.PLAIN


def refuse_known_others(head: bytes) -> None:
    """Name what the file is where it is something known that is not read."""
    if head.startswith(OLE):
        msg = "This is an old or encrypted Office file: save it as .docx without a password."
        raise UnknownFormatError(msg)
    if head.startswith(RTF):
        msg = "This is an RTF file: save it as .docx or paste its text."
        raise UnknownFormatError(msg)
    if head.startswith(MEDIA):
        msg = "This is an image, a recording or a program, not a text."
        raise UnknownFormatError(msg)
    if FEED_START.search(head):
        msg = "This is a feed, not a text: add it to a source as a feed."
        raise UnknownFormatError(msg)


def looks_like_html(file: File, head: bytes) -> bool:
    """Decide by a tag at the start, else by what the sender says."""
    if HTML_START.search(head):
        return True
    declared = file.content_type in {"text/html", "application/xhtml+xml"}
    return b"<" in head and (declared or file.name.lower().endswith((".html", ".htm")))


def refuse_binary(content: bytes) -> None:
    """Refuse bytes that are no text in any encoding."""
    sample = content[:65536]
    if sample.startswith(BOMS):
        return
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in sample)
    if b"\0" in sample or controls > len(sample) * 0.02:
        msg = "The file is binary, not a text, or not in a format that is read here."
        raise UnknownFormatError(msg)
