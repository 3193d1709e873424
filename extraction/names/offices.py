"""Who holds which office for whom on a day, and how texts name offices."""

from datetime import date
from functools import lru_cache

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
    "president": ("president",),
    "prime minister": ("prime minister", "premier", "pm"),
    "head of state": ("head of state",),
    "head of government": ("head of government",),
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
HEADS = {
    "leader": LEADERS | {"head_of_organisation"},
    "chief": {"head_of_organisation"},
    "head of state": {"head_of_state"},
    "head of government": {"head_of_government"},
}
STATE = {"prime minister": "head_of_government", "president": "head_of_state"}
NO_ROLE = word_set("general high chief first deputy vice party senior national energy")


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


def phrases_of(actors: list[KnownActor]) -> dict[tuple[str, ...], str]:
    """Return the words for offices in general and for those that ``actors`` held."""
    own = {
        tuple(called.split()): called
        for actor in actors
        for office in actor.offices
        for called in titles(office.office)
    }
    return {k: v for k, v in own.items() if len(k) <= LONGEST} | PHRASES


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
    if wanted in titles(office.office) or office_in(office.office) == wanted:
        return True
    if wanted in HEADS:
        return office.rank in HEADS[wanted]
    if wanted in {"spokesperson", "minister"}:
        return office.rank == wanted
    return office.rank == STATE.get(wanted) and not _is_of_state(office)


def _is_of_state(office: Office) -> bool:
    """Whether the office is called president, chancellor or the like already."""
    return office.rank in LEADERS and office_in(office.office) in OFFICE_WORDS


@lru_cache(maxsize=4096)
def titles(office: str) -> frozenset[str]:
    """Return the ways to call an office: "Minister for trade and ports" is three."""
    keys = keys_of(office)
    at = next((i for i, key in enumerate(keys) if i and key in {"of", "for"}), 0)
    role, rest = (keys[:at], keys[at + 1 :]) if at else (keys[-1:], keys[:-1])
    fields = [part.removeprefix("the ") for part in " ".join(rest).split(" and ")]
    called = {" ".join((*field.split(), *role)) for field in fields if field}
    return frozenset({" ".join(keys), *called} - {""})


@lru_cache(maxsize=4096)
def role_words(office: str) -> frozenset[str]:
    """Return the nouns that stand alone for an office: "the commissioner"."""
    keys = keys_of(office)
    at = next((i for i, key in enumerate(keys) if i and key in {"of", "for"}), 0)
    role = keys[:at] if at else keys
    return frozenset({role[0], role[-1]} - NO_ROLE) if role else frozenset()


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


def former_holders(
    actors: list[KnownActor], speaks_for: str, wanted: str, day: date | None
) -> list[KnownActor]:
    """Return who held ``wanted`` for ``speaks_for`` and left it by ``day``, last first."""
    left = [
        (office.end, actor)
        for actor in actors
        for office in actor.offices
        if office.end is not None
        and office.speaks_for == speaks_for
        and (day is None or office.end <= day)
        and fits(office, wanted)
    ]
    return [actor for _, actor in sorted(left, key=lambda pair: pair[0], reverse=True)]


def neighbour_in_office(
    actors: list[KnownActor], actor: KnownActor, day: date | None, *, after: bool
) -> KnownActor | None:
    """Return who held the office of ``actor`` right before or after him, if one did."""
    office = office_on(actor, day) or _last_office(actor, day)
    if office is None:
        return None
    found = [
        (other.start, each)
        for each in actors
        if each.slug != actor.slug
        for other in each.offices
        if other.speaks_for == office.speaks_for
        and office_in(other.office) == office_in(office.office)
        and _follows(*((office, other) if after else (other, office)))
    ]
    starts = [start for start, _ in found if start]
    nearest = (min if after else max)(starts, default=None)
    chosen = [each for start, each in found if start == nearest]
    return chosen[0] if len(chosen) == 1 else None


def _last_office(actor: KnownActor, day: date | None) -> Office | None:
    left = [o for o in actor.offices if o.end and (day is None or o.end <= day)]
    return max(left, key=lambda o: o.end or date.min, default=None)


def _follows(first: Office, second: Office) -> bool:
    return bool(first.end and second.start and first.end <= second.start)
