"""Bytes to text: by mark, by declaration, as UTF-8, and only then by a careful guess."""

import codecs
import re

from sources.parsing.found import UnreadableError

BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
# What the label means on the web (WHATWG Encoding Standard)
WEB_LABELS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252"}
GUESS_BYTES = 200_000
HIGHEST_CHAOS = 0.1


class UnknownEncodingError(UnreadableError):
    """No encoding makes readable text of the bytes."""


def decoded(
    content: bytes, *, declared: str = "", html: bool = False
) -> tuple[str, str]:
    """Return the text and a note where the encoding was guessed.

    Raises UnknownEncodingError.
    """
    for encoding in stated_encodings(content, declared, html=html):
        try:
            return content.decode(encoding), ""
        except (UnicodeDecodeError, LookupError):
            continue
    return guessed(content)


def stated_encodings(content: bytes, declared: str, *, html: bool) -> list[str]:
    """Encodings to try in order: byte order mark, sender, page, UTF-8."""
    marks = [name for bom, name in BOMS.items() if content.startswith(bom)]
    page = META.search(content[:4096]) if html else None
    labels = [declared, page[1].decode("ascii", "replace") if page else ""]
    named = [WEB_LABELS.get(label.lower(), label) for label in labels if label]
    return [*marks[:1], *named, "utf-8"]


def guessed(content: bytes) -> tuple[str, str]:
    """Guess the encoding of bytes that do not say it; raises UnknownEncodingError."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow, rarely needed

    best = from_bytes(content[:GUESS_BYTES]).best()
    msg = "The file's encoding is unknown: save it as UTF-8 and try again."
    if best is None or best.chaos > HIGHEST_CHAOS:
        raise UnknownEncodingError(msg)
    try:
        text = content.decode(best.encoding)
    except UnicodeDecodeError:
        raise UnknownEncodingError(msg) from None
    return text, f"The encoding was guessed as {best.encoding}: check accented letters."
