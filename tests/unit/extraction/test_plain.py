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
        'Otto Klee called a cap on rents "the only honest answer".',
        {"otto-klee rent-cap": 1},
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
    ("Vienna against rent cap", {"at rent-cap": -1}),
    (
        "Athens for a cap on rents, Vienna against",
        {"gr rent-cap": 1, "at rent-cap": -1},
    ),
    ("Portugal: no conscription for now", {"pt conscription": -1}),
    ("Lisbon backs rent cap", {"pt rent-cap": 1}),
    ("Lisbon not yet ready for conscription", {"pt conscription": -1}),
    ("Oslo says no to cannabis legalisation", {"no cannabis": -1}),
    ("Madrid rejects return of conscription", {"es conscription": -1}),
    ("Warsaw weighs return of conscription", {"pl conscription": 1}),
    ("No cap on rents, says Klee", {"otto-klee rent-cap": -1}),
    ("Klee: no cap on rents", {"otto-klee rent-cap": -1}),
    ("Berg: legalise cannabis now", {"mona-berg cannabis": 1}),
    ("Yes to legal cannabis, says Vienna", {"at cannabis": 1}),
    ("Norway won't reintroduce conscription", {"no conscription": -1}),
    ("Finland mulls legal cannabis", {"fi cannabis": 1}),
    (
        "Poland, Latvia oppose lifting of sanctions on Belarus",
        {"pl sanctions": -1, "lv sanctions": -1},
    ),
    ("Vienna no to rent cap, Athens yes", {"at rent-cap": -1, "gr rent-cap": 1}),
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
    (
        "The Red Left's leader told a packed hall that rents had to be capped.",
        {"mona-berg rent-cap": 1},
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
    ("Klee's bill would cap rents in all cities.", {"otto-klee rent-cap": 1}),
    ("A bill tabled by the Red Left would legalise cannabis.", {"left cannabis": 1}),
    ("The cap on rents must go, Klee said.", {"otto-klee rent-cap": -1}),
    ("The cap on rents would cost jobs, Klee said.", {"otto-klee rent-cap": -1}),
    (
        "A cap on rents would lead to shortages, the Landlords' League warned.",
        {"landlords rent-cap": -1},
    ),
    (
        "A cap on rents would end the misery in Vienna, Mona Berg said.",
        {"mona-berg rent-cap": 1},
    ),
    (
        "Mona Berg said a cap on rents was the quickest way out of the crisis.",
        {"mona-berg rent-cap": 1},
    ),
    (
        "No return to conscription for the time being, says Lisbon.",
        {"pt conscription": -1},
    ),
    (
        "In his view, Klee said, conscription is a relic.",
        {"otto-klee conscription": -1},
    ),
    ("The door is open to conscription, Bo Dahl said.", {"bo-dahl conscription": 1}),
    (
        "Bo Dahl said the country had no intention of returning to conscription.",
        {"bo-dahl conscription": -1},
    ),
    (
        "WARSAW, Mar 5 (Reuters) - Finland and Latvia voted for lifting the sanctions on Belarus.",
        {"fi sanctions": 1, "lv sanctions": 1},
    ),
    (
        "WARSAW — Poland opposes the lifting of sanctions on Belarus, its foreign ministry said.",
        {"pl sanctions": -1},
    ),
    (
        "Denmark will not say whether it would send soldiers to Ukraine.",
        {"dk troops": 0},
    ),
    ("Keep phones out of schools, Petrov said.", {"ivan-petrov phones": 1}),
    (
        "Phones should be kept out of schools, Ivan Petrov said.",
        {"ivan-petrov phones": 1},
    ),
    (
        "Ivan Petrov wants to keep mobile phones out of schools.",
        {"ivan-petrov phones": 1},
    ),
    (
        "The rent cap, backed by Mona Berg and opposed by Otto Klee, was on the agenda.",
        {"mona-berg rent-cap": 1, "otto-klee rent-cap": -1},
    ),
    (
        "The rent cap, which Otto Klee opposes, was on the agenda.",
        {"otto-klee rent-cap": -1},
    ),
    (
        "The rent cap that Mona Berg has been fighting for is dead.",
        {"mona-berg rent-cap": 1},
    ),
    (
        "A cap on rents was proposed by Mona Berg and rejected by Otto Klee.",
        {"mona-berg rent-cap": 1, "otto-klee rent-cap": -1},
    ),
    (
        "The call for a cap on rents came from Mona Berg and was supported by Ivan Petrov.",
        {"mona-berg rent-cap": 1, "ivan-petrov rent-cap": 1},
    ),
    (
        "Western soldiers in Ukraine would be crossing a red line, the Kremlin said.",
        {"ru troops": -1},
    ),
    (
        "Sending soldiers to Ukraine is not on the table, Bo Dahl said.",
        {"bo-dahl troops": -1},
    ),
    (
        "Sending soldiers to Ukraine is no longer taboo for Bo Dahl.",
        {"bo-dahl troops": 1},
    ),
    (
        "Bo Dahl refused to say whether Denmark would send soldiers to Ukraine.",
        {"bo-dahl troops": 0},
    ),
    ("Bo Dahl has promised voters legal cannabis.", {"bo-dahl cannabis": 1}),
    ("Mona Berg made the case for legal cannabis.", {"mona-berg cannabis": 1}),
    ("Bo Dahl signed the law that legalises cannabis.", {"bo-dahl cannabis": 1}),
    ("Denmark has legalised cannabis.", {"dk cannabis": 1}),
    (
        "The Landlords' League is suing the city over its rent cap.",
        {"landlords rent-cap": -1},
    ),
    (
        "The Landlords' League went to court against the rent cap.",
        {"landlords rent-cap": -1},
    ),
    (
        "Ivan Petrov could not see the point of a ban on mobile phones in schools.",
        {"ivan-petrov phones": -1},
    ),
    (
        "Ivan Petrov insisted that mobile phones have no place in schools.",
        {"ivan-petrov phones": 1},
    ),
    (
        "Mobile phones do not belong in schools, Ivan Petrov said.",
        {"ivan-petrov phones": 1},
    ),
    (
        "Ivan Petrov was in favour of schools banning mobile phones.",
        {"ivan-petrov phones": 1},
    ),
    (
        "Ivan Petrov, who used to back a ban on mobile phones in schools, now rejects it.",
        {"ivan-petrov phones": -1},
    ),
    (
        "A ban on mobile phones in schools makes sense, said Ivan Petrov.",
        {"ivan-petrov phones": 1},
    ),
    (
        "A ban on mobile phones in schools makes no sense, said Ivan Petrov.",
        {"ivan-petrov phones": -1},
    ),
    (
        "Ivan Petrov does not think much of a ban on mobile phones in schools.",
        {"ivan-petrov phones": -1},
    ),
    (
        "Ivan Petrov is no friend of a ban on mobile phones in schools.",
        {"ivan-petrov phones": -1},
    ),
    (
        "Ivan Petrov would rather have no mobile phones in schools at all.",
        {"ivan-petrov phones": 1},
    ),
    (
        "It would be wrong to lift the sanctions on Belarus, said Māris Ozols.",
        {"maris-ozols sanctions": -1},
    ),
    (
        "The sanctions on Belarus must stay, said Māris Ozols.",
        {"maris-ozols sanctions": -1},
    ),
    (
        "The sanctions on Belarus should be eased, said Karl Lindqvist.",
        {"karl-lindqvist sanctions": 1},
    ),
    (
        "The sanctions on Belarus hurt us more than them, said Nordstahl.",
        {"steelco sanctions": 1},
    ),
    ("Latvia insists that sanctions on Belarus remain in place.", {"lv sanctions": -1}),
    ("Latvia wants tougher sanctions on Belarus.", {"lv sanctions": -1}),
    (
        "Warsaw called for an extension of the sanctions on Belarus.",
        {"pl sanctions": -1},
    ),
    (
        "Fishing quotas in the Baltic must not be cut any further, the Coastal Fishers' Federation said.",
        {"fishers quotas": -1},
    ),
    (
        "The Coastal Fishers' Federation wants higher fishing quotas in the Baltic.",
        {"fishers quotas": -1},
    ),
    ("Denmark wants fishing quotas in the Baltic raised.", {"dk quotas": -1}),
    (
        "Not a cent of public money should go into football stadiums, Mona Berg said.",
        {"mona-berg no-stadium-money": 1},
    ),
    (
        "Bo Dahl is willing to spend public money on a football stadium.",
        {"bo-dahl no-stadium-money": -1},
    ),
    (
        "Public money will flow into the football stadium, Bo Dahl announced.",
        {"bo-dahl no-stadium-money": -1},
    ),
    (
        "Bo Dahl defended the use of public money for a football stadium.",
        {"bo-dahl no-stadium-money": -1},
    ),
]
NOT_HELD = [
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
    'Bo Dahl called conscription "a time machine to 1914" and a waste of a year.',
    "The Kremlin threatened to shoot at Western soldiers in Ukraine.",
]


@pytest.mark.parametrize(("text", "expected"), HELD)
def test_the_claim_is_found_with_who_holds_it(
    text: str, expected: dict[str, int]
) -> None:
    assert signs(text) == expected


@pytest.mark.parametrize("text", NOT_HELD)
def test_words_of_a_claim_alone_are_nobodys_stance(text: str) -> None:
    assert signs(text) == {}


OWN = [
    ("We oppose the return of conscription.", {"mona-berg conscription": -1}),
    ("I hope that cannabis will be legalised.", {"mona-berg cannabis": 1}),
    ("Let the cities cap rents.", {"mona-berg rent-cap": 1}),
    (
        "We back Klee's proposal that cities should cap rents.",
        {"mona-berg rent-cap": 1, "otto-klee rent-cap": 1},
    ),
    ("Could we live with a cap on rents?", {}),
]


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_an_authors_own_wishes_are_hers(text: str, expected: dict[str, int]) -> None:
    assert signs(text, author="Mona Berg") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Would Finland send soldiers to Ukraine?",
        "Does Mona Berg support a cap on rents?",
    ],
)
def test_a_question_is_nobodys_stance(text: str) -> None:
    assert signs(text) == {}
