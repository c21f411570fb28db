"""A draw is never changed, and an opinion that was given stands; the two who decided are those of the decision."""

from django.db import migrations

from torg.core.tables import append_only, revoke

GUARD = """
CREATE FUNCTION moderation_second_reading_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM moderation_decision d JOIN moderation_agreement a ON a.id = d.agreement_id
        WHERE d.id = NEW.decision_id AND a.proposed_by_id = NEW.proposed_by_id AND a.agreed_by_id = NEW.agreed_by_id
    ) THEN
        RAISE EXCEPTION 'a second reading names the two who decided' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.read_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'a second opinion never changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moderation_second_reading_holds BEFORE INSERT OR UPDATE ON moderation_secondreading
    FOR EACH ROW EXECUTE FUNCTION moderation_second_reading_holds();
"""
AWAY = """
DROP TRIGGER moderation_second_reading_holds ON moderation_secondreading;
DROP FUNCTION moderation_second_reading_holds();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0011_decisions_read_again")]

    operations = [
        migrations.RunSQL(GUARD, AWAY),
        *append_only("moderation_draw"),
        revoke("moderation_secondreading", "DELETE, TRUNCATE"),
    ]
