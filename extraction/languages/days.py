"""French and German words for days, read as the English rules read them."""

import re
from datetime import date

from extraction.dates import When, stated_on

MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}
ENGLISH_DAYS = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
]
PHRASES = {
    "fr": {
        "avant-hier": "the day before yesterday",
        "hier": "yesterday",
        "aujourd'hui": "today",
        "aujourd’hui": "today",  # noqa: RUF001
        "ce matin": "this morning",
        "ce soir": "this evening",
        "la semaine dernière": "last week",
        "le mois dernier": "last month",
        "l'année dernière": "last year",
        "l'an dernier": "last year",
    },
    "de": {
        "vorgestern": "the day before yesterday",
        "gestern": "yesterday",
        "heute": "today",
        "vergangene Woche": "last week",
        "letzte Woche": "last week",
        "vergangenen Monat": "last month",
        "letzten Monat": "last month",
        "vergangenes Jahr": "last year",
        "letztes Jahr": "last year",
    },
}
LATER = {
    "fr": (r"{day} prochain", r"d'ici (?:à )?{day}", r"avant {day}", r"jusqu'à {day}"),
    "de": (r"(?:nächsten|kommenden) {day}", r"bis(?: zum)? {day}", r"vor {day}"),
}
DAY_NUMBER = {
    "fr": r"\b(\d{{1,2}})(?:er)? {month}\b",
    "de": r"\b(\d{{1,2}})\. {month}\b",
}
IN_MONTH = {"fr": r"\ben {month}\b", "de": r"\bim {month}\b"}


def said_on(words: str, published_on: date | None, language: str) -> When:
    """Return when what ``words`` report was stated; else the published date."""
    english, told = _in_english(words, language)
    when = stated_on(english, published_on)
    basis = told.get(when.basis.casefold(), when.basis)
    return When(when.on, when.precision, basis)


def _in_english(words: str, language: str) -> tuple[str, dict[str, str]]:
    """Only the days of ``words``, in English, and the words each rests on."""
    pieces: list[str] = []
    told: dict[str, str] = {}
    for pattern, english in _patterns(language):
        for match in pattern.finditer(words):
            said = match.expand(english)
            pieces.append(said)
            told[said.casefold()] = match.group()
            told[said.casefold().removeprefix("on ")] = match.group()
    return " . ".join(pieces), told


def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    found = []
    for local, english in zip(MONTHS[language].split(), ENGLISH_MONTHS, strict=True):
        day = DAY_NUMBER[language].format(month=local)
        found += [
            (rf"{day} ((?:19|20)\d\d)", rf"\1 {english} \2"),
            (rf"{day}(?! (?:19|20)\d\d)", rf"\1 {english}"),
            (
                IN_MONTH[language].format(month=local) + r" ((?:19|20)\d\d)",
                rf"in {english} \1",
            ),
        ]
    for local, english in PHRASES[language].items():
        found.append((rf"(?<![\w-]){local}\b", english))
    for local, english in zip(WEEKDAYS[language].split(), ENGLISH_DAYS, strict=True):
        later = "|".join(one.format(day=local) for one in LATER[language])
        found.append(
            (
                rf"(?!{later})(?<!bis )(?<!kommenden )(?<!nächsten )\b{local}\b(?! prochain)",
                english,
            )
        )
    return [(re.compile(pattern, re.IGNORECASE), english) for pattern, english in found]
