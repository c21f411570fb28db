"""How people want to see hard things; and open browsers are told of cases that change, by ids only.

The word is sent by the database when the transaction commits, once for each page and statement: a raid of hundreds
is one word, and no command can forget it.
"""

from django.db import migrations, models

TELL = """
CREATE FUNCTION moderation_tell_browsers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told record;
BEGIN
    FOR told IN
        SELECT scope_id, count(*) AS cases, min(public_id::text) AS one FROM changed GROUP BY scope_id
    LOOP
        PERFORM pg_notify('torg_live', CASE
            WHEN told.cases = 1 THEN json_build_object('scope', told.scope_id, 'kind', 'case', 'id', told.one)
            ELSE json_build_object('scope', told.scope_id, 'kind', 'cases', 'count', told.cases)
        END::text);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER moderation_case_added AFTER INSERT ON moderation_case
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION moderation_tell_browsers();
CREATE TRIGGER moderation_case_changed AFTER UPDATE ON moderation_case
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION moderation_tell_browsers();
"""
SILENCE = """
DROP TRIGGER moderation_case_added ON moderation_case;
DROP TRIGGER moderation_case_changed ON moderation_case;
DROP FUNCTION moderation_tell_browsers();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0004_two_people_or_nothing"),
        ("people", "0002_two_people_providers_and_scope_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Viewing",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=models.deletion.CASCADE,
                        primary_key=True,
                        related_name="viewing",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("blurs_pictures", models.BooleanField(default=True)),
                ("greys_pictures", models.BooleanField(default=False)),
                ("folds_gross_text", models.BooleanField(default=False)),
            ],
        ),
        migrations.RunSQL(TELL, SILENCE),
    ]
