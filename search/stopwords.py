"""Words that say nothing about what somebody looks for, in each language of the site.

Function words only. Engines have lists of their own for texts; these are for questions, also where
an engine has none (PostgreSQL for Bulgarian, Catalan and Romanian).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

MOST_ASKED = 32

_WORDS = {
    "en": """a about above after all also am an and any are as at be because been before being
        between but by can could did do does doing done during each few for from further had has
        have having he her here hers him his how i if in into is it its itself just me more most my
        no nor not of off on once only or other our out over own s same she should so some such
        t than that the their them then there these they this those through to too under until up
        us very was we were what when where which while who whom whose why will with would you
        your""",
    "ca": """a al als altra altre altres amb aquell aquella aquest aquesta aquestes aquests això
        cada com d de del dels des el ella elles ells els em en entre era es està estan et ha
        haver hi ho i ja jo l la les li ls m més molt n na ne ni no nosaltres o on pel pels per però
        perquè poc pot poden qual quals quan quant quin quina quines quins què que qui s sense
        ser ses seu seus seva si sobre som són sota t també te tot tota tots totes un una
        unes uns va vostè són fer fa""",
    "da": """ad af alle alt at blev blive bliver da de dem den denne der deres det dette dig din
        disse dog du efter eller en end er et for fra ham han hans har havde have hende her hos
        hun hvad hvem hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår i ikke ind jeg jer
        kan kunne man mange med meget mellem men mig mod mine mit må ned nogle noget nogen nu når og
        også om op os over på samt sig sin sine skal skulle som sådan så til ud under var vi vil
        ville være været""",
    "es": """a al algo algunas algunos ante antes como con contra cual cuales cuando cuál cuáles
        cuándo cuánto cuánta cuántos cuántas cómo de del desde donde dónde durante e el ella ellas
        ellos en entre era eran es esa esas ese eso esos esta estas este esto estos está están fue
        fueron ha hace hacer hacia han hasta hay la las le les lo los me mi mis mucho muy más ni no
        nos nosotros o os otra otras otro otros para pero poco por porque puede pueden qué que
        quien quién quienes se según ser si sido sin sobre son su sus sí también tanto te
        tiene tienen todo todos toda todas tu tus un una unas uno unos y ya yo""",
    "fr": """à a ai au aucun aussi autre autres aux avec avoir c ce ceci cela ces cet cette ceux
        chaque comme comment d dans de des donc dont du elle elles en entre es est et être eu fait
        faire font furent fut il ils j je l la le les leur leurs lors lui m ma mais me mes moi mon
        même n ne ni nos notre nous on ont ou où par parce pas peu peut peuvent plus pour pourquoi
        qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si son sont sous sur
        t ta te tes toi ton tous tout toute toutes très tu un une vers vos votre vous y était
        étaient été""",
    "pt": """a à ao aos aquela aquele aqueles aquilo as às até cada com como da das de dela dele
        deles depois do dos e ela elas ele eles em entre era eram essa essas esse esses esta estas
        este estes está estão eu foi foram fazer há isso isto já lhe lhes mais mas me mesmo meu
        minha muito na nas nem no nos nossa nosso não nós o onde os ou outra outras outro outros
        para pela pelas pelo pelos perante pode podem pois por porque porquê qual quais quando
        quanto quantos quantas que quem quê se sem ser seu seus sob sobre sua suas são só também
        te tem têm ter teu todo todos toda todas tu tua um uma umas uns você""",
    "bg": """а ако ала бе без беше би бил била били било бъде бъдат в вас ваш ви все всеки всички
        всичко във въпреки върху г ги го д да дали до докато дори е едва един една едно за защо
        и из или им има имат й как каква какви какво какъв като кога когато което които кой който
        колко която къде където към ли м ме между ми много мога може могат му н на над най не него
        нещо нея ни ние никой нито но нито някои някой няколко няма о обаче около от отново още по
        под поне при пред през преди с са само се си след сме сте съм със също т там те тези ти то
        това тогава този той тук тя у ще чрез че чия чий""",
    "ro": """a acea aceasta această aceea acei acel acele acest acesta aceste acestea acestor
        acestui aici al ale alt alta altă altceva alte alți am ar are as aș asta atunci au avea avem
        ca că când cand care căror cărui cât câtă câte câți ce cea cei cel cele cine cu cum cui da
        dacă daca dar de deci deja deoarece despre din după dupa e ea ei el ele era erau este eu fi
        fie fiecare fost în in înainte între intre își la le li lor lui mai mult mulți multe ne
        nici niște nu o ori pe pentru peste poate pot prin re s să sa sale sau se său si și spre
        sub sunt sînt te tot toate toți toată un una unde unei unele unor unui va vor""",
}


def folded(word: str) -> str:
    """Lower case without accents, as people type."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


STOP_WORDS = {
    code: frozenset(form for word in text.split() for form in (word, folded(word)))
    for code, text in _WORDS.items()
}


def without_stop_words(words: Iterable[str], language: str) -> tuple[str, ...]:
    """The words that say something in this language; all of them where none does."""
    every = tuple(words)
    stop_words = STOP_WORDS.get(language, frozenset())
    telling = tuple(word for word in every if word.casefold().strip("?!.,;:¿¡()") not in stop_words)
    return telling or every


def most_telling(words: Sequence[str]) -> tuple[str, ...]:
    """At most MOST_ASKED of these words, each once, in their order.

    Those that are there most often, and of others the longest, as long words are rare ones.
    """
    times = Counter(words)
    by_worth = sorted(times, key=lambda word: (times[word], len(word)), reverse=True)
    kept = set(by_worth[:MOST_ASKED])
    return tuple(word for word in times if word in kept)
