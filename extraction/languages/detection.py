"""Which language a text is in: by what it is said to be, by its script, by stop words."""

import re
from collections import Counter

from extraction.interface import Document
from extraction.lists import word_set

READ = ("en", "fr", "de")
NAMES = {
    "en": "English",
    "fr": "French",
    "de": "German",
    "uk": "Ukrainian",
    "ru": "Russian",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
}
STOP_WORDS = {
    "en": word_set(
        "the and of to is was that for with his her has have will not by from at it are be "
        "said this which who would"
    ),
    "fr": word_set(
        "le les des du et est que qui dans une pour pas au aux ce cette sur par il elle avec "
        "ont été sont ne se la un doit doivent devrait devraient être"
    ),
    "de": word_set(
        "der die das und ist nicht ein eine den dem mit von zu im auf für sich des auch wird "
        "hat dass bei nach er sie werden soll sollen sollte sollten"
    ),
    "es": word_set(
        "el los las y es que en una por con para del al no su como más pero la un ha"
    ),
    "it": word_set(
        "il gli di e è che in una per con del della non sono al si ha come più la un lo"
    ),
    "nl": word_set(
        "de het een en van is niet dat op te zijn met voor aan ook bij er wordt naar heeft"
    ),
    "pl": word_set("i w na z się nie że do jest to o jak od po za przez dla ale był"),
    "pt": word_set(
        "o os as e é que em uma por com para do da não se mais no na ao um foi"
    ),
}
FEWEST_TOLD = 2  # stop words that make another language than English plain
SAMPLE = 5_000  # characters looked at
WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")


def language_of(document: Document) -> str:
    """Return the language's two letters: as declared, else as the words tell, else ""."""
    declared = re.match(r"[a-z]{2}(?![a-z])", document.language.strip().casefold())
    return declared.group() if declared else detect(document.text)


def detect(text: str) -> str:
    """Return the likeliest language of ``text``, "" where nothing tells."""
    sample = text[:SAMPLE]
    if len(CYRILLIC.findall(sample)) > len(LATIN.findall(sample)):
        return _cyrillic(sample)
    words = Counter(word.casefold() for word in WORD.findall(sample))
    counts = {
        code: sum(words[word] for word in listed) for code, listed in STOP_WORDS.items()
    }
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    (best, most), (_, next_most) = ranked[0], ranked[1]
    return best if most > next_most else ""


def detect_or_english(text: str) -> str:
    """Return the likeliest language, English unless another is plain to see."""
    found = detect(text)
    if found not in STOP_WORDS or found == "en":
        return found or "en"
    words = Counter(word.casefold() for word in WORD.findall(text[:SAMPLE]))
    most, english = (sum(words[w] for w in STOP_WORDS[c]) for c in (found, "en"))
    return found if most >= FEWEST_TOLD and most > 2 * english else "en"


def unread(code: str) -> str:
    """Say that the rules do not read a language, "" for one that they do."""
    if code in READ:
        return ""
    named = NAMES.get(code, f"in the language “{code}”")
    return f"The text is {named}; the rules read English, French and German."


def _cyrillic(sample: str) -> str:
    ukrainian = len(UKRAINIAN.findall(sample))
    russian = len(RUSSIAN.findall(sample))
    if ukrainian == russian:
        return ""
    return "uk" if ukrainian > russian else "ru"


def why_unread(document: Document) -> str:
    """Say why the rules leave ``document`` alone, "" where they read it."""
    code = language_of(document)
    if code in READ:
        return ""
    named = NAMES.get(code, f"in the language “{code}”" if code else "")
    known = f"The text is {named}" if named else "The text's language is not known"
    return f"{known}; the rules read English, French and German: it is kept and left to the language-model engine."
