"""An article that carries a statement says what the statement says, whoever writes in the database.

The status page is drawn from statements, the news from articles. So at each commit the two must agree: that both are
there, that both stand or are both withdrawn, in the same version and in the same words in every language.
"""

from django.db import migrations

DIFFERS = """
CREATE FUNCTION crisis_article_differs(a publishing_article) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE s crisis_statement; said jsonb;
BEGIN
    SELECT * INTO s FROM crisis_statement WHERE article_id = a.public_id;
    IF s.id IS NULL AND a.kind <> 'STATEMENT' THEN
        RETURN NULL;
    END IF;
    IF s.id IS NULL OR s.number IS DISTINCT FROM a.number
       OR a.incident_id IS DISTINCT FROM (SELECT public_id FROM crisis_incident WHERE id = s.incident_id) THEN
        RETURN 'its statement';
    END IF;
    IF a.state <> s.state THEN
        RETURN 'the state of its statement';
    END IF;
    IF a.newest_number IS DISTINCT FROM a.published_number OR a.published_number <> 1 + (
        SELECT count(*) FROM crisis_statementversion v
        WHERE v.statement_id = s.id AND v.told <> '{}'::jsonb AND v.number <= s.published_version) THEN
        RETURN 'the version of its statement';
    END IF;
    SELECT texts INTO said FROM crisis_statementversion WHERE statement_id = s.id AND number = s.published_version;
    IF EXISTS (
        SELECT FROM jsonb_object_keys(said) AS spoken(language)
        FULL JOIN (
            SELECT t.language, t.title, t.lead, t.body FROM publishing_articletext t
            JOIN publishing_articleversion v ON v.id = t.version_id
            WHERE v.article_id = a.id AND v.number = a.published_number
        ) AS shown USING (language)
        WHERE said->language->>'body' IS DISTINCT FROM shown.body OR shown.lead <> ''
           OR right(shown.title, length(said->language->>'title')) IS DISTINCT FROM said->language->>'title') THEN
        RETURN 'the words of its statement';
    END IF;
    RETURN NULL;
END $$;
"""

GUARD = """
CREATE FUNCTION crisis_guard_article() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE a publishing_article; lacks text;
BEGIN
    IF TG_TABLE_NAME = 'crisis_statement' THEN
        SELECT * INTO a FROM publishing_article WHERE public_id = NEW.article_id;
    ELSE
        SELECT * INTO a FROM publishing_article WHERE id = NEW.id;
    END IF;
    IF a.id IS NOT NULL THEN
        lacks := crisis_article_differs(a);
        IF lacks IS NOT NULL THEN
            RAISE EXCEPTION 'an article of a statement lacks %', lacks
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER crisis_guards_article AFTER INSERT OR UPDATE ON publishing_article
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crisis_guard_article();
CREATE CONSTRAINT TRIGGER crisis_guards_statement AFTER INSERT OR UPDATE ON crisis_statement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.article_id IS NOT NULL)
    EXECUTE FUNCTION crisis_guard_article();
"""

BACK = """
DROP TRIGGER crisis_guards_statement ON crisis_statement;
DROP TRIGGER crisis_guards_article ON publishing_article;
DROP FUNCTION crisis_guard_article;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("crisis", "0005_what_is_taken_back_is_told"),
        ("publishing", "0004_films_of_the_library"),
    ]

    operations = [
        migrations.RunSQL(DIFFERS, "DROP FUNCTION crisis_article_differs;"),
        migrations.RunSQL(GUARD, BACK),
    ]
