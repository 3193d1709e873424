"""What is denied, dropped or joined above a cue word is its holder's stance."""

import pytest

from tests.unit.extraction.wider import signs

HELD = [
    ("Denmark is not in favour of a return of conscription.", {"dk conscription": -1}),
    ("Denmark is not opposed to a return of conscription.", {"dk conscription": 1}),
    ("Denmark is not ready to send soldiers to Ukraine.", {"dk troops": -1}),
    ("Bo Dahl did not express support for a cap on rents.", {"bo-dahl rent-cap": -1}),
    ("The Red Left dropped its opposition to conscription.", {"left conscription": 1}),
    ("Denmark does not have any plans to send soldiers to Ukraine.", {"dk troops": -1}),
    ("Denmark has no objection to a cap on rents.", {"dk rent-cap": 1}),
    (
        "Not a single soldier should be sent to Ukraine, Mona Berg said.",
        {"mona-berg troops": -1},
    ),
    (
        "Otto Klee warned against the idea that rents should be capped.",
        {"otto-klee rent-cap": -1},
    ),
    (
        "Public money should be kept out of football stadiums, Mona Berg said.",
        {"mona-berg no-stadium-money": 1},
    ),
    ("Bo Dahl is not against a cap on rents.", {"bo-dahl rent-cap": 1}),
    ("Bo Dahl is far from convinced of a cap on rents.", {"bo-dahl rent-cap": -1}),
    (
        "Neither Denmark nor Finland is willing to send soldiers to Ukraine.",
        {"dk troops": -1, "fi troops": -1},
    ),
    (
        "Bo Dahl was among those who signed an appeal to legalise cannabis.",
        {"bo-dahl cannabis": 1},
    ),
    (
        "Denmark remains unconvinced of the need to lift the sanctions on Belarus.",
        {"dk sanctions": -1},
    ),
    (
        "Finland would never send soldiers to Ukraine, its prime minister's office said.",
        {"fi troops": -1},
    ),
    (
        "Latvia's support for the sanctions on Belarus is unbroken.",
        {"lv sanctions": -1},
    ),
    (
        "Opposition to lifting the sanctions on Belarus comes mainly from Latvia.",
        {"lv sanctions": -1},
    ),
    (
        "Norway joined Denmark in calling for lower fishing quotas in the Baltic.",
        {"no quotas": 1},
    ),
    (
        "Asked whether Austria would send soldiers to Ukraine, Klee said no.",
        {"otto-klee troops": -1},
    ),
    ("Klee likes the idea of a cap on rents.", {"otto-klee rent-cap": 1}),
    (
        "Mona Berg is fighting tooth and nail for a cap on rents.",
        {"mona-berg rent-cap": 1},
    ),
    (
        "The Teachers' Union voted by a large majority to ban mobile phones from schools.",
        {"teachers phones": 1},
    ),
    (
        "The Teachers' Union has been pressing Vienna for years to ban mobile phones in schools.",
        {"teachers phones": 1},
    ),
    (
        "Greece, for its part, would accept a cap on rents if the state compensates owners.",
        {"gr rent-cap": 1},
    ),
    (
        "Greece will only accept a cap on rents if the state compensates owners.",
        {"gr rent-cap": 1},
    ),
    (
        "Finland, Norway and Denmark have agreed to send soldiers to Ukraine.",
        {"fi troops": 1, "no troops": 1, "dk troops": 1},
    ),
    (
        "Finland hailed Denmark's decision to send soldiers to Ukraine.",
        {"fi troops": 1, "dk troops": 1},
    ),
    (
        "The Landlords' League has hired lawyers to fight the cap on rents.",
        {"landlords rent-cap": -1},
    ),
    (
        "Finland and Norway are to send soldiers to Ukraine.",
        {"fi troops": 1, "no troops": 1},
    ),
    (
        "Nordstahl has asked the court to lift the sanctions on Belarus.",
        {"steelco sanctions": 1},
    ),
    ("Mona Berg renewed her call for cities to cap rents.", {"mona-berg rent-cap": 1}),
    (
        "The Landlords' League is delighted that Austria has rejected a cap on rents.",
        {"landlords rent-cap": -1, "at rent-cap": -1},
    ),
    (
        'Otto Klee called a cap on rents "an attack on owners".',
        {"otto-klee rent-cap": -1},
    ),
]


@pytest.mark.parametrize(("text", "expected"), HELD)
def test_what_stands_above_a_cue_word_counts(
    text: str, expected: dict[str, int]
) -> None:
    assert signs(text) == expected


def test_who_is_asked_for_a_comment_holds_nothing() -> None:
    assert signs("Klee was asked to comment on the cap on rents.") == {}
