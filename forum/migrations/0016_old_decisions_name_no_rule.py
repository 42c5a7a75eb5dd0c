from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# For decisions of the time in which none had to be named. No form offers it, for it is not in force.
UNNAMED = {
    "code": "no-single-rule",
    "version": 1,
    "active": False,
    "title": "No single rule named",
    "titles": {
        "ca": "Cap regla concreta",
        "da": "Ingen bestemt regel nævnt",
        "es": "Ninguna norma concreta",
        "fr": "Aucune règle précise",
        "pt": "Nenhuma regra concreta",
        "bg": "Не е посочено отделно правило",
        "ro": "Nicio regulă anume",
    },
    "text": "When this was decided, a decision could rest on the rules of this forum as a whole. "
    "Which of them the moderator had in mind was not recorded.",
    "texts": {
        "ca": "Quan es va decidir, una decisió podia basar-se en el conjunt de les regles d’aquest fòrum. "
        "No es va registrar en quina pensava el moderador.",
        "da": "Da det blev afgjort, kunne en afgørelse bygge på forummets regler som helhed. "
        "Hvilken af dem moderatoren tænkte på, blev ikke noteret.",
        "es": "Cuando se decidió, una decisión podía basarse en el conjunto de las normas de este foro. "
        "No se registró en cuál pensaba el moderador.",
        "fr": "Quand cela a été décidé, une décision pouvait reposer sur l’ensemble des règles de ce forum. "
        "Celle à laquelle le modérateur pensait n’a pas été enregistrée.",
        "pt": "Quando isto foi decidido, uma decisão podia basear-se no conjunto das regras deste fórum. "
        "Não ficou registado em qual delas o moderador pensava.",
        "bg": "Когато е взето решението, то можеше да се основава на правилата на този форум като цяло. "
        "Кое от тях е имал предвид модераторът, не е записано.",
        "ro": "Când s-a hotărât, o decizie se putea întemeia pe regulile acestui forum în ansamblu. "
        "La care dintre ele s-a gândit moderatorul nu s-a consemnat.",
    },
}


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say of old decisions what is known: that no rule was named. None is guessed."""
    Decision, Rule = (apps.get_model("forum", name) for name in ("Decision", "Rule"))
    groundless = Decision.objects.filter(ground="rule", rule=None)
    if groundless.exists():
        groundless.update(rule=Rule.objects.create(**UNNAMED))


class Migration(migrations.Migration):
    dependencies = [("forum", "0015_decision_title_before")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
