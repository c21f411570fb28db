"""The words of many notices are never changed, and none are added once the proposal is answered."""

from django.db import migrations

from torg.core.tables import append_only

GUARD = """
CREATE FUNCTION moderation_wording_before_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM moderation_proposal WHERE id = NEW.proposal_id AND state = 'WAITING') THEN
        RAISE EXCEPTION 'the proposal is answered: its notices have the words that were agreed to'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moderation_wording_before_answer BEFORE INSERT ON moderation_noticewording
    FOR EACH ROW EXECUTE FUNCTION moderation_wording_before_answer();
"""
AWAY = """
DROP TRIGGER moderation_wording_before_answer ON moderation_noticewording;
DROP FUNCTION moderation_wording_before_answer();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0014_the_words_of_many_notices")]

    operations = [migrations.RunSQL(GUARD, AWAY), *append_only("moderation_noticewording")]
