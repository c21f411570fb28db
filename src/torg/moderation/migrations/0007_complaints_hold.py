"""What was said in a complaint never changes, nor its verdict, and the two whom it is about are those who decided."""

from django.db import migrations

from torg.core.tables import append_only, revoke

GUARD = """
CREATE FUNCTION moderation_complaint_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a complaint is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (
        SELECT FROM moderation_decision d JOIN moderation_agreement a ON a.id = d.agreement_id
        WHERE d.id = NEW.decision_id AND a.proposed_by_id = NEW.proposed_by_id AND a.agreed_by_id = NEW.agreed_by_id
    ) THEN
        RAISE EXCEPTION 'a complaint names the two who decided' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'DECIDED' AND
        (NEW.state, NEW.decision_id, NEW.outcome, NEW.reasons, NEW.lesson, NEW.decided_by_id, NEW.decided_at)
        IS DISTINCT FROM
        (OLD.state, OLD.decision_id, OLD.outcome, OLD.reasons, OLD.lesson, OLD.decided_by_id, OLD.decided_at)
    THEN
        RAISE EXCEPTION 'a decided complaint never changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moderation_complaint_holds BEFORE INSERT OR UPDATE OR DELETE ON moderation_complaint
    FOR EACH ROW EXECUTE FUNCTION moderation_complaint_holds();
"""
AWAY = """
DROP TRIGGER moderation_complaint_holds ON moderation_complaint;
DROP FUNCTION moderation_complaint_holds();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0006_complaints")]

    operations = [
        migrations.RunSQL(GUARD, AWAY),
        *append_only("moderation_complaintmessage"),
        revoke("moderation_complaint", "DELETE, TRUNCATE"),
    ]
