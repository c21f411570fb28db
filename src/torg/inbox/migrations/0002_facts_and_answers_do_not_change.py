"""Facts are append-only, and an answer's text, place and author never change."""

from django.db import migrations

from torg.core.tables import append_only

KEEP = """
CREATE FUNCTION inbox_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.text, OLD.kind, OLD.item_id, OLD.enquiry_id, OLD.scope_id, OLD.written_by_id, OLD.written_at)
        IS DISTINCT FROM
       (NEW.text, NEW.kind, NEW.item_id, NEW.enquiry_id, NEW.scope_id, NEW.written_by_id, NEW.written_at) THEN
        RAISE EXCEPTION 'an answer is rewritten as a new answer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inbox_answer_keeps_its_text BEFORE UPDATE ON inbox_answer
    FOR EACH ROW EXECUTE FUNCTION inbox_keep_answer();
"""
LET_GO = "DROP TRIGGER inbox_answer_keeps_its_text ON inbox_answer; DROP FUNCTION inbox_keep_answer();"


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_enquiries_clocks_and_answers")]

    operations = [*append_only("inbox_clockfact"), migrations.RunSQL(KEEP, LET_GO)]
