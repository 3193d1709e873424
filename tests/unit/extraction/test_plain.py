"""Plain press sentences that name the claim, in the wordings that newspapers use."""

import pytest

from tests.unit.extraction.wider import signs

HELD = [
    (
        "Greece would not take part in any scheme to cap rents, Dora Lysander said.",
        {"dora-lysander rent-cap": -1},
    ),
    (
        "Dora Lysander said Athens would not join a mission of soldiers to Ukraine.",
        {"dora-lysander troops": -1},
    ),
    ("Denmark will contribute soldiers to a mission in Ukraine.", {"dk troops": 1}),
    (
        "Denmark will stay out of any plan to send soldiers to Ukraine.",
        {"dk troops": -1},
    ),
    ("Poland will not send a single soldier to Ukraine.", {"pl troops": -1}),
    ("Poland has signed up to the plan to send soldiers to Ukraine.", {"pl troops": 1}),
    ("Mona Berg has long urged Vienna to cap rents.", {"mona-berg rent-cap": 1}),
    ("Mona Berg moved that rents be capped.", {"mona-berg rent-cap": 1}),
    (
        "Bo Dahl asked that no public money go into the football stadium.",
        {"bo-dahl no-stadium-money": 1},
    ),
    (
        "The Landlords' League sees no need for a cap on rents.",
        {"landlords rent-cap": -1},
    ),
    (
        "Ivan Petrov saw no need for schools to ban mobile phones.",
        {"ivan-petrov phones": -1},
    ),
    (
        "Neither the Landlords' League nor the Teachers' Union sees any need for a cap on rents.",
        {"landlords rent-cap": -1, "teachers rent-cap": -1},
    ),
    (
        "Bo Dahl is fully behind the ban on mobile phones in schools.",
        {"bo-dahl phones": 1},
    ),
    (
        "The Teachers' Union wants mobile phones to be banned from schools.",
        {"teachers phones": 1},
    ),
    (
        "The Coastal Fishers' Federation repeats its objection to lower fishing quotas in the Baltic.",
        {"fishers quotas": -1},
    ),
    (
        "A call for lower fishing quotas in the Baltic came from Copenhagen.",
        {"dk quotas": 1},
    ),
    ("A motion to legalise cannabis was tabled by the Red Left.", {"left cannabis": 1}),
    ("The Red Left tabled a motion to legalise cannabis.", {"left cannabis": 1}),
    (
        "The Red Left's motion to legalise cannabis was debated for hours.",
        {"left cannabis": 1},
    ),
    (
        "Mona Berg, leader of the Red Left, said that cannabis should be legalised.",
        {"mona-berg cannabis": 1},
    ),
    (
        "The move to cut fishing quotas in the Baltic was supported by Finland.",
        {"fi quotas": 1},
    ),
    (
        "Bo Dahl said his country was open to lower fishing quotas in the Baltic.",
        {"bo-dahl quotas": 1},
    ),
    (
        "The Danish prime minister said her country was open to sending soldiers to Ukraine after a ceasefire.",
        {"bo-dahl troops": 1},
    ),
    (
        "According to the Kremlin, foreign soldiers in Ukraine would be unacceptable.",
        {"ru troops": -1},
    ),
    ("Bo Dahl ruled out sending Danish soldiers to Ukraine.", {"bo-dahl troops": -1}),
    ("Lisbon backs rent cap", {"pt rent-cap": 1}),
    ("Oslo says no to cannabis legalisation", {"no cannabis": -1}),
    ("Madrid rejects return of conscription", {"es conscription": -1}),
    ("Warsaw weighs return of conscription", {"pl conscription": 1}),
    ("Yes to legal cannabis, says Vienna", {"at cannabis": 1}),
    ("Norway won't reintroduce conscription", {"no conscription": -1}),
    ("Finland mulls legal cannabis", {"fi cannabis": 1}),
    (
        "Otto Klee warned of tragic consequences if soldiers were sent to Ukraine.",
        {"otto-klee troops": -1},
    ),
    (
        "Western soldiers in Ukraine would be a legitimate target, Moscow said.",
        {"ru troops": -1},
    ),
    ("Denmark will send neither weapons nor soldiers to Ukraine.", {"dk troops": -1}),
    (
        "Denmark would send weapons but no soldiers to Ukraine, Bo Dahl said.",
        {"bo-dahl troops": -1},
    ),
    (
        "Bo Dahl told parliament that conscription had to come back.",
        {"bo-dahl conscription": 1},
    ),
    ("Bo Dahl said conscription ought to return.", {"bo-dahl conscription": 1}),
    (
        "A cap on rents is out of the question for Otto Klee.",
        {"otto-klee rent-cap": -1},
    ),
    ("Otto Klee has nothing against a cap on rents.", {"otto-klee rent-cap": 1}),
    (
        "Otto Klee does not want to hear of conscription.",
        {"otto-klee conscription": -1},
    ),
    ("Austria is not considering the return of conscription.", {"at conscription": -1}),
    ("There will be no conscription, Otto Klee said.", {"otto-klee conscription": -1}),
    (
        '"There will be no return of conscription," Klee said.',
        {"otto-klee conscription": -1},
    ),
    (
        '"Austria needs conscription again," said Otto Klee.',
        {"otto-klee conscription": 1},
    ),
    ('"We need a cap on rents," Mona Berg said.', {"mona-berg rent-cap": 1}),
    ('"Nobody needs a cap on rents," Otto Klee said.', {"otto-klee rent-cap": -1}),
    ('"I see no reason to legalise cannabis," Bo Dahl said.', {"bo-dahl cannabis": -1}),
    (
        "Nordstahl lobbied for lifting the sanctions on Belarus.",
        {"steelco sanctions": 1},
    ),
    ("Nordstahl spoke out against the sanctions on Belarus.", {"steelco sanctions": 1}),
    ("Latvia's no to lifting the sanctions on Belarus stands.", {"lv sanctions": -1}),
    ("Latvia is blocking the lifting of sanctions on Belarus.", {"lv sanctions": -1}),
    (
        "Latvia would veto any lifting of the sanctions on Belarus.",
        {"lv sanctions": -1},
    ),
    ("Mona Berg can live with a cap on rents.", {"mona-berg rent-cap": 1}),
    ("Otto Klee could imagine a cap on rents.", {"otto-klee rent-cap": 1}),
    (
        "Otto Klee has come round to the idea of a cap on rents.",
        {"otto-klee rent-cap": 1},
    ),
    (
        "The Teachers' Union is leaning towards a ban on mobile phones in schools.",
        {"teachers phones": 1},
    ),
    ("Bo Dahl is against lower fishing quotas in the Baltic.", {"bo-dahl quotas": -1}),
    (
        "Bo Dahl put his weight behind a ban on mobile phones in schools.",
        {"bo-dahl phones": 1},
    ),
    (
        "Bo Dahl poured cold water on calls for a ban on mobile phones in schools.",
        {"bo-dahl phones": -1},
    ),
    (
        "Bo Dahl threw his support behind lower fishing quotas in the Baltic.",
        {"bo-dahl quotas": 1},
    ),
    (
        "Finland and Denmark came out in favour of lower fishing quotas in the Baltic.",
        {"fi quotas": 1, "dk quotas": 1},
    ),
    (
        "Bo Dahl gave the green light to the return of conscription.",
        {"bo-dahl conscription": 1},
    ),
    (
        "Bo Dahl left the door open to the return of conscription.",
        {"bo-dahl conscription": 1},
    ),
    ("Bo Dahl signalled openness to legal cannabis.", {"bo-dahl cannabis": 1}),
    (
        "Bo Dahl fears that a cap on rents would stop building.",
        {"bo-dahl rent-cap": -1},
    ),
    ("It is time to legalise cannabis, Mona Berg believes.", {"mona-berg cannabis": 1}),
    (
        "The chancellor of Austria, Otto Klee, had nothing but scorn for a cap on rents.",
        {"otto-klee rent-cap": -1},
    ),
    ("Nothing speaks for a cap on rents, Otto Klee wrote.", {"otto-klee rent-cap": -1}),
    (
        "Nothing speaks against a cap on rents, Mona Berg wrote.",
        {"mona-berg rent-cap": 1},
    ),
    (
        "Denmark has yet to decide whether to reintroduce conscription.",
        {"dk conscription": 0},
    ),
    (
        "Denmark, Bo Dahl said, would reintroduce conscription next year.",
        {"bo-dahl conscription": 1},
    ),
    (
        "Otto Klee denied that he wanted to send soldiers to Ukraine.",
        {"otto-klee troops": -1},
    ),
]
NOT_HELD = [
    'Otto Klee called a cap on rents "a sledgehammer in a china shop".',
    "Vienna against sanctions relief for Belarus",
    "The debate on a cap on rents in Vienna goes on.",
    "Austria has a cap on rents since 1917.",
    "Otto Klee spoke about the cap on rents in Athens.",
    "How would a cap on rents work in Vienna?",
    "Scholars in Vienna back a cap on rents.",
    "Otto Klee visited a club where cannabis is legal.",
    "Soldiers from Latvia trained in Ukraine before the war.",
    "Denmark for beginners: a guide to rents",
    "The bill to legalise cannabis failed, Otto Klee said.",
    "Otto Klee was asked whether he would cap rents.",
]


@pytest.mark.parametrize(("text", "expected"), HELD)
def test_the_claim_is_found_with_who_holds_it(
    text: str, expected: dict[str, int]
) -> None:
    assert signs(text) == expected


@pytest.mark.parametrize("text", NOT_HELD)
def test_words_of_a_claim_alone_are_nobodys_stance(text: str) -> None:
    assert signs(text) == {}
