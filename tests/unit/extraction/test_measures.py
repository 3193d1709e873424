"""Claims whose object is itself a limit: to have it lowered is not to have it undone."""

import pytest

from extraction.engine import RuleExtractor
from extraction.interface import Document, KnownClaim
from extraction.value import SCALE
from tests.unit.extraction.world import ACTORS, PUBLISHED

LIMIT = KnownClaim(
    "thirty",
    "Speed limit of 30",
    "The speed limit in towns should be lowered to 30 kilometres an hour",
    ("30 km/h in towns",),
)
NUMBERS = {value: number for number, value in SCALE.items()}


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Norway supports a speed limit of 30.", 1),
        ("Norway opposes a speed limit of 30.", -1),
        ("Norway wants to lower the speed limit to 30.", 1),
        ("Norway refuses to lower the speed limit to 30.", -1),
        ("A speed limit of 30 was debated on Monday. Norway is against it.", -1),
        ("The bill would lower the speed limit to 30. Norway supports it.", 1),
    ],
)
def test_a_limit_is_what_a_claim_to_lower_it_asks_for(text: str, sign: int) -> None:
    (found,) = RuleExtractor().extract(
        Document(text, published_on=PUBLISHED), ACTORS, [LIMIT]
    )
    assert found.value is not None
    assert NUMBERS[found.value] * sign > 0
