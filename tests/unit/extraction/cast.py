"""Invented actors of several policy fields, for tests of who is meant."""

from datetime import date

from extraction.interface import KnownActor, Name, Office
from tests.unit.extraction.world import country
from tests.unit.extraction.world import person as held


def body(slug: str, name: str, *aliases: str) -> KnownActor:
    """Return an organisation."""
    return KnownActor(slug, "organisation", name, tuple(Name(a) for a in aliases))


DAY = date(2024, 5, 15)
CAST = [
    country("no", "Norway"),
    country("is", "Iceland"),
    country("dk", "Denmark"),
    country("de", "Germany"),
    country("nl", "Netherlands"),
    country("es", "Spain"),
    country("pt", "Portugal"),
    country("ie", "Ireland"),
    country("ee", "Estonia"),
    country("lv", "Latvia"),
    country("lt", "Lithuania"),
    country("fr", "France"),
    country("gb", "United Kingdom", "Britain", "Downing Street"),
    KnownActor(
        "baltics",
        "group",
        "Baltic states",
        (Name("Baltic countries"),),
        members=("ee", "lv", "lt"),
    ),
    KnownActor(
        "nordics",
        "group",
        "Nordic countries",
        (Name("the Nordics"),),
        members=("no", "is", "dk"),
    ),
    body("ec", "European Commission", "Commission", "Brussels"),
    body("tenants", "Tenants' League"),
    body("landlords", "Federation of Landlords"),
    body("teachers", "National Teachers' Union", "NTU"),
    body("people", "People's Party"),
    body("civic", "Civic Union"),
    body("seafood", "Atlantic Seafoods"),
    body("deepblue", "Deep Blue"),
    body("medag", "National Medicines Agency"),
    body("docs", "Royal College of Doctors"),
    body("fair", "Fair Streets"),
    held(
        "liv-strand",
        "Liv Strand",
        Office("no", "Prime minister", "head_of_government", date(2021, 1, 1)),
    ),
    held(
        "odd-berg",
        "Odd Berg",
        Office(
            "no",
            "Prime minister",
            "head_of_government",
            date(2015, 1, 1),
            date(2021, 1, 1),
        ),
    ),
    held(
        "ivar-dahl",
        "Ivar Dahl",
        Office("no", "Fisheries minister", "minister", date(2021, 1, 1)),
    ),
    held(
        "siv-moen",
        "Siv Moen",
        Office("no", "Education minister", "minister", date(2021, 1, 1)),
    ),
    held(
        "jonas-falk",
        "Jonas Falk",
        Office("de", "Chancellor", "head_of_government", date(2022, 1, 1)),
    ),
    held(
        "ute-sommer",
        "Ute Sommer",
        Office(
            "de", "Chancellor", "head_of_government", date(2014, 1, 1), date(2022, 1, 1)
        ),
    ),
    held(
        "lucia-reyes",
        "Lucía Reyes",
        Office("es", "Housing minister", "minister", date(2022, 1, 1)),
    ),
    held(
        "rui-lobo",
        "Rui Lobo",
        Office("pt", "Housing minister", "minister", date(2022, 1, 1)),
    ),
    held(
        "femke-visser",
        "Femke Visser",
        Office("ec", "Housing commissioner", "minister", date(2022, 1, 1)),
    ),
    held(
        "niamh-burke",
        "Niamh Burke",
        Office("tenants", "Chair", "head_of_organisation", date(2020, 1, 1)),
    ),
    held(
        "gordon-pell",
        "Gordon Pell",
        Office(
            "landlords", "Director general", "head_of_organisation", date(2020, 1, 1)
        ),
    ),
    held(
        "hilda-crane",
        "Hilda Crane",
        Office(
            "teachers", "General secretary", "head_of_organisation", date(2020, 1, 1)
        ),
    ),
    held(
        "rolf-vik",
        "Rolf Vik",
        Office("people", "Party leader", "head_of_organisation", date(2020, 1, 1)),
    ),
    held(
        "ola-sand",
        "Ola Sand",
        Office("people", "Spokesman on schools", "spokesperson", date(2020, 1, 1)),
    ),
    held(
        "bente-holm",
        "Bente Holm",
        Office("seafood", "Chief executive", "head_of_organisation", date(2020, 1, 1)),
    ),
    held(
        "mara-quist",
        "Mara Quist",
        Office("deepblue", "Director", "head_of_organisation", date(2020, 1, 1)),
    ),
    held(
        "arne-lie",
        "Arne Lie",
        Office("no", "Professor of marine biology", "independent", date(2000, 1, 1)),
    ),
    held(
        "pat-oneill",
        "Patrick O'Neill",
        Office("ie", "Taoiseach", "head_of_government", date(2022, 1, 1)),
    ),
]
