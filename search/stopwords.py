"""Words a question is made of that no page should be missing for.

``Wie finde ich Geld für meinen Verein`` asks for pages about money and associations.
All words of a query must be found, so these are left out of it, unless there is nothing
else. They stay in the index: a query of nothing else finds them.
"""

from collections.abc import Sequence

from search.analysis import Token

_WORDS = {
    "de": """
        aber alle allem allen aller alles als also am an ans auch auf aus bei beim bin bis
        da damit dann das dass daß dein deine dem den denn der des dich die dies diese
        diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines
        er es etwas euch euer eure für gibt hab habe haben hat hatte hatten ich ihm ihn
        ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes kann
        kein keine keinem keinen keiner können könnte man mein meine meinem meinen meiner
        mich mir mit möchte möchten muss müssen nach nicht noch nun nur ob oder ohne sehr
        sein seine seinem seinen seiner sich sie sind so soll sollen sollte sollten über um
        und uns unser unsere unserem unseren unserer unter vom von vor wann war warum was
        welche welchem welchen welcher welches wenn wer werde werden wie wieso will wir wird
        wo wollen womit worden wurde würde würden zu zum zur
    """,
    "en": """
        a about all am an and any are as at be been but by can could did do does for from
        had has have how i if in into is it its me my no not of on or our shall should so
        than that the their them there these they this those to was we were what when where
        which who why will with would you your
    """,
}
STOPWORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}


def without_stopwords(tokens: Sequence[Token], language: str) -> list[Token]:
    """The tokens that say what is looked for; all of them if none does."""
    stopwords = STOPWORDS.get(language, frozenset())
    kept = [token for token in tokens if token.surface.casefold() not in stopwords]
    return kept or list(tokens)
