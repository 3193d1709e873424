"""Makes the glosses of French and German words: ``python -m training.glosses``.

``glosses/*.txt`` are words with their English. From them and from which forms words have
(spacy-lookups-data, MIT; those in use by wordfreq) come the lists that the product reads.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import msgpack

from extraction.languages.glosses import FOLDER, PARTICLES, listed

SOURCES = Path(__file__).resolve().parent / "glosses"
TENSES = {  # of French verbs, by their last letters
    "rait": "would", "raient": "would", "rais": "would", "rions": "would",
    "ra": "will", "ront": "will", "rons": "will", "rai": "will",
}  # fmt: skip


def forms(language: str) -> Iterator[tuple[str, str]]:
    """Yield forms in use, in lower case, each with the word that it is a form of."""
    data = Path(str(files("spacy_lookups_data"))) / "data"
    with gzip.open(data / f"{language}_lemma_lookup.json.gz") as file:
        lemmas = json.load(file)
    for form, found in lemmas.items():
        word = found if isinstance(found, str) else found[0]
        yield form.casefold(), word.casefold()


def used(language: str) -> set[str]:
    """Return the words that wordfreq has seen."""
    data = Path(str(files("wordfreq"))) / "data"
    with gzip.open(data / f"large_{language}.msgpack.gz") as file:
        _, *bins = msgpack.load(file, raw=False)
    return {word.casefold() for each in bins for word in each}


def table(language: str) -> dict[str, str]:
    """Return the English of every form of the words in ``glosses/``."""
    known, seen = listed(SOURCES / f"{language}.txt"), used(language)
    found = dict(known)
    base: dict[str, list[str]] = {}
    for form, word in forms(language):
        base.setdefault(word, []).append(form)
        if word in known and form in seen:
            found.setdefault(form, _bent(form, word, known[word], language))
    if language == "de":
        found |= {
            key: english
            for word, english in known.items()
            for key in _apart(word, base)
        }
    return found


def _bent(form: str, word: str, english: str, language: str) -> str:
    """ "votera": "will vote", "voterait": "would vote"."""
    if language != "fr" or not english or not word.endswith(("er", "ir", "re")):
        return english
    tense = next((t for ending, t in TENSES.items() if form.endswith(ending)), "")
    return f"{tense} {english}" if tense and form != word else english


def _apart(word: str, base: dict[str, list[str]]) -> Iterator[str]:
    """ "ablehnen": "lehnt ab", "lehnte ab", "abzulehnen"."""
    for particle in PARTICLES:
        verb = word.removeprefix(particle)
        if verb != word and verb in base and verb.endswith("n") and len(verb) > 3:
            yield f"{particle}zu{verb}"
            yield from (
                f"{form} {particle}" for form in {verb, *base[verb]} if " " not in form
            )


def main() -> int:
    """Write the lists."""
    FOLDER.mkdir(exist_ok=True)
    for language in ("de", "fr"):
        rows = sorted(table(language).items())
        text = "".join(f"{word}|{english}\n" for word, english in rows)
        (FOLDER / f"{language}.txt").write_text(text, "utf-8")
        sys.stdout.write(f"{language}: {len(rows)} forms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
