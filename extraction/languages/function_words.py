"""Little words of French and German by which the subject of a cue is found."""

import re

from extraction.languages.actors import ARTICLES
from extraction.lists import word_set

FAR = 9  # words between a cue and its subject
MOST_ASIDES = 2
MOST_ADVERBS = 2
PREPOSITIONS = {
    "fr": word_set(
        "de du des d a au aux en par pour contre sur sous dans avec sans vers chez entre "
        "selon devant depuis apres avant"
    ),
    "de": word_set(
        "in im nach von vom mit fur gegen aus bei beim zu zum zur uber an am auf um unter vor "
        "seit durch ohne zwischen trotz wegen neben des laut"
    ),
}
PRONOUNS = {
    "fr": word_set("il elle ils elles on je j nous"),
    "de": word_set("er sie es ich wir man"),
}
SKIPPED = {
    "fr": word_set(
        "ne n se s y en le la les l lui leur me m nous a ont avait avaient est sont etait ete "
        "etaient aussi egalement toujours deja desormais encore toutefois cependant pourtant "
        "ensuite clairement meme fermement vivement catégoriquement donc puis ainsi enfin "
        "aurait serait eu etre fait dit pas plus jamais qui bien vient peut pourrait doit t "
        "declare etant revanche outre effet particulier effectivement eux son cote suis sommes reste restent restait demeure demeurent dit disent disait montre montrent affiche semble semblent"
    ),
    "de": word_set(
        "sich auch aber dagegen hingegen jedoch weiterhin weiter nun jetzt inzwischen heute "
        "gestern am montag dienstag mittwoch donnerstag freitag samstag sonntag mittlerweile "
        "zudem ferner allerdings derzeit klar strikt noch immer schon ebenfalls zugleich "
        "hat haben hatte ist sind wird hatten wurde werde wolle will nicht ja dennoch dann so "
        "deshalb daher erneut abermals ausdrucklich entschieden grundsatzlich bisher bislang "
        "das dies diese den ihn ihm ihr es dem"
    ),
}
AUXILIARIES = word_set(
    "hat haben hatte hatten ist sind war waren sei seien wird werden wurde wurden wurde "
    "will wollen wollte kann konnen konnte konne soll sollen solle sollte muss mussen musse "
    "darf durfen mochte mochten habe wolle werde bleibt bleiben blieb zeigt zeigte zeigen gibt gab "
    "halt hielt steht stand macht nennt nannte lasst liess sieht sah findet fand"
)
DETERMINERS = ARTICLES | word_set(
    "des ses son sa leur leurs seine ihre ihr viele einige"
)
NOUNS_OF_STANCE = re.compile(
    r"(?:opposition|refus|rejet|soutien|appui|hostilite|volonte|appel|ablehnung|widerstand"
    r"|unterstutzung|zustimmung|forderung|weigerung|nein|veto|absage|gegner)s?"
)
AND = word_set("et ni und noch sowie")
LISTING = AND | ARTICLES | word_set("ainsi que comme auch weder")
RELATIVE = word_set("der die das den dem welcher welche welches")
PLACING = word_set("in bei beim aus")
CONCERNING = word_set("infrage frage question")
OWNING = {"fr": word_set("de du d des"), "de": word_set("von vom aus der des")}
