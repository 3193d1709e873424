"""Who holds which office for whom on a day, and how texts name offices."""

from datetime import date

from extraction.interface import KnownActor, Office
from extraction.lists import word_set
from extraction.names.words import fold, keys_of

RANKS = (
    "head_of_state",
    "head_of_government",
    "head_of_organisation",
    "minister",
    "spokesperson",
    "official",
    "opposition",
    "independent",
)
OFFICE_WORDS = {
    "president": ("president", "head of state"),
    "prime minister": ("prime minister", "premier", "pm", "head of government"),
    "chancellor": ("chancellor",),
    "foreign minister": (
        "foreign minister",
        "foreign secretary",
        "top diplomat",
        "secretary of state",
        "minister of foreign affairs",
        "minister for foreign affairs",
        "foreign affairs minister",
        "foreign policy chief",
        "high representative",
    ),
    "secretary general": ("secretary general", "general secretary"),
    "chief": ("chief", "head", "boss", "director", "chair", "chairman", "chairwoman"),
    "leader": ("leader",),
    "spokesperson": ("spokesman", "spokeswoman", "spokesperson", "press secretary"),
    "minister": ("minister",),
    "king": ("king", "queen"),
}
DEPARTMENTS = word_set(
    "defence defense finance interior economy energy health trade justice environment "
    "labour labor immigration migration asylum digital culture science research development family social europe security infrastructure planning integration water employment revenue budget war state fisheries agriculture transport education climate treasury home housing industry"
)
LEADERS = {"head_of_state", "head_of_government"}


def _department_offices() -> dict[str, tuple[str, ...]]:
    offices: dict[str, tuple[str, ...]] = {}
    for name in sorted(DEPARTMENTS):
        key = name.replace("defense", "defence").replace("labor ", "labour ")
        forms = [f"{name} minister", f"{name} secretary", f"{name} chief"]
        forms += [f"minister of {name}", f"minister for {name}", f"secretary of {name}"]
        offices[f"{key} minister"] = (*offices.get(f"{key} minister", ()), *forms)
    return offices


PHRASES = {
    keys_of(phrase): office
    for office, phrases in {**OFFICE_WORDS, **_department_offices()}.items()
    for phrase in phrases
}
LONGEST = max(len(keys) for keys in PHRASES)


def office_in(text: str) -> str:
    """Return the canonical office that ``text`` names, or "" (``president``)."""
    keys = keys_of(text)
    for length in range(min(LONGEST, len(keys)), 0, -1):
        for start in range(len(keys) - length + 1):
            office = PHRASES.get(keys[start : start + length])
            if office:
                return office
    return fold(text)


def holds_on(office: Office, day: date | None) -> bool:
    """Whether ``office`` is held on ``day`` (half-open); without a day, still held."""
    if day is None:
        return office.end is None
    started = office.start is None or office.start <= day
    return started and (office.end is None or day < office.end)


def office_on(actor: KnownActor, day: date | None) -> Office | None:
    """Return the highest office ``actor`` holds on ``day``."""
    held = [office for office in actor.offices if holds_on(office, day)]
    return min(held, key=_rank, default=None)


def _rank(office: Office) -> int:
    return RANKS.index(office.rank) if office.rank in RANKS else len(RANKS)


def fits(office: Office, wanted: str) -> bool:
    """Whether ``office`` is the one a text calls ``wanted``."""
    if wanted == "chief":
        return office.rank == "head_of_organisation"
    if wanted == "leader":
        return office.rank in LEADERS
    if wanted == "spokesperson":
        return office.rank == "spokesperson"
    if wanted == "minister":
        return office.rank == "minister"
    return office_in(office.office) == wanted


def holders(
    actors: list[KnownActor], speaks_for: str, wanted: str, day: date | None
) -> list[KnownActor]:
    """Return the persons who hold ``wanted`` for ``speaks_for`` on ``day``."""
    return [
        actor
        for actor in actors
        if any(
            office.speaks_for == speaks_for
            and holds_on(office, day)
            and fits(office, wanted)
            for office in actor.offices
        )
    ]
