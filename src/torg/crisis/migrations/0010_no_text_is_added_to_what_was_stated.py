"""A text that is added to the article of a statement is held against the statement too, whoever adds it.

Texts of a version are never changed, and could be added: a language that nobody had stated anything in.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION crisis_guard_article_text() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE a publishing_article; lacks text;
BEGIN
    SELECT article.* INTO a FROM publishing_article article
    JOIN publishing_articleversion version ON version.article_id = article.id WHERE version.id = NEW.version_id;
    lacks := crisis_article_differs(a);
    IF lacks IS NOT NULL THEN
        RAISE EXCEPTION 'an article of a statement lacks %', lacks USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER crisis_guards_article_text AFTER INSERT ON publishing_articletext
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crisis_guard_article_text();
"""

BACK = """
DROP TRIGGER crisis_guards_article_text ON publishing_articletext;
DROP FUNCTION crisis_guard_article_text;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("crisis", "0009_answers_are_corrected"),
        ("publishing", "0006_posts_show_films"),
    ]

    operations = [
        migrations.RunSQL(GUARD, BACK),
    ]
