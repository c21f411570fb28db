"""The database itself keeps captures, files and changes as they are, and freezes what the standard freezes."""

from django.db import migrations

from torg.core.tables import append_only

NEVER_DELETED = (
    "records_casefile",
    "records_journalentry",
    "records_correspondent",
    "records_recorddocument",
    "records_followup",
    "records_remark",
    "records_restriction",
    "records_assessment",
)
# Krav 3.2.2, 3.2.4, 3.2.10, 3.2.14–19, 3.2.22–24, 3.2.31 of Noark 5.
FREEZE = """
CREATE FUNCTION records_refuse(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', what USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION records_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM records_refuse(TG_TABLE_NAME || ' is never deleted');
    RETURN NULL;
END $$;

CREATE FUNCTION records_entry_freezes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.journal_year, OLD.journal_number, OLD.public_id, OLD.subject_kind, OLD.subject_id, OLD.capture_id,
        OLD.made_at, OLD.made_by, OLD.scope_id)
        IS DISTINCT FROM
       (NEW.journal_year, NEW.journal_number, NEW.public_id, NEW.subject_kind, NEW.subject_id, NEW.capture_id,
        NEW.made_at, NEW.made_by, NEW.scope_id) THEN
        PERFORM records_refuse('what an entry is about, and its number, are frozen');
    END IF;
    IF OLD.entry_type = 'I' AND OLD.received_at IS DISTINCT FROM NEW.received_at THEN
        PERFORM records_refuse('when a document came in is frozen once it is journaled');
    END IF;
    IF OLD.entry_type IN ('U', 'N', 'X', 'S') AND OLD.status IN ('E', 'J', 'A')
        AND (OLD.entry_type, OLD.document_on, OLD.sent_at, OLD.responsible_id)
            IS DISTINCT FROM (NEW.entry_type, NEW.document_on, NEW.sent_at, NEW.responsible_id) THEN
        PERFORM records_refuse('type, dates and case officer of our own documents are frozen once journaled');
    END IF;
    IF OLD.archived_at IS NOT NULL AND
        (OLD.title, OLD.entry_type, OLD.journal_on, OLD.document_on, OLD.archived_at, OLD.archived_by)
            IS DISTINCT FROM
        (NEW.title, NEW.entry_type, NEW.journal_on, NEW.document_on, NEW.archived_at, NEW.archived_by) THEN
        PERFORM records_refuse('title, type and dates are frozen once archived');
    END IF;
    IF OLD.status = 'U' AND NEW.status <> 'U' THEN
        PERFORM records_refuse('an expired entry stays expired');
    END IF;
    IF OLD.status = 'A' AND NEW.status NOT IN ('A', 'U') THEN
        PERFORM records_refuse('an archived entry stays archived');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_case_file_freezes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.year, OLD.number, OLD.public_id, OLD.scope_id, OLD.made_at, OLD.made_by)
        IS DISTINCT FROM (NEW.year, NEW.number, NEW.public_id, NEW.scope_id, NEW.made_at, NEW.made_by) THEN
        PERFORM records_refuse('the number of a case file is frozen');
    END IF;
    IF OLD.status = 'A' AND (OLD.title, OLD.opened_on, OLD.unit_id, OLD.responsible_id, OLD.classification)
        IS DISTINCT FROM (NEW.title, NEW.opened_on, NEW.unit_id, NEW.responsible_id, NEW.classification) THEN
        PERFORM records_refuse('a finished case file is frozen');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_closed_case_takes_no_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The row lock makes an entry on its way in and the closing wait for each other.
    PERFORM FROM records_casefile WHERE id = NEW.case_file_id AND status = 'B' FOR SHARE;
    IF NOT FOUND THEN
        PERFORM records_refuse('a finished case file takes no more entries');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_archived_takes_no_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM records_journalentry WHERE id = NEW.entry_id AND archived_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        PERFORM records_refuse('an archived entry takes no more of these');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_correspondent_freezes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.entry_id, OLD.role, OLD.name, OLD.external_id)
        IS DISTINCT FROM (NEW.entry_id, NEW.role, NEW.name, NEW.external_id)
        AND EXISTS (SELECT FROM records_journalentry WHERE id = OLD.entry_id AND archived_at IS NOT NULL) THEN
        PERFORM records_refuse('the correspondents of an archived entry are frozen');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_document_freezes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'F' AND (OLD.entry_id, OLD.number, OLD.role, OLD.status, OLD.made_at, OLD.made_by)
        IS DISTINCT FROM (NEW.entry_id, NEW.number, NEW.role, NEW.status, NEW.made_at, NEW.made_by) THEN
        PERFORM records_refuse('a finished document changes its title only');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_numbers_go_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.last <> OLD.last + 1
        OR (NEW.series, NEW.year) IS DISTINCT FROM (OLD.series, OLD.year) THEN
        PERFORM records_refuse('a number is used once, and none is left out');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_assessment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'OPEN' AND
        (OLD.subject_kind, OLD.subject_id, OLD.outcome, OLD.answers, OLD.because, OLD.reference_id, OLD.decided_by_id,
         OLD.decided_by_rule_id, OLD.decided_at)
            IS DISTINCT FROM
        (NEW.subject_kind, NEW.subject_id, NEW.outcome, NEW.answers, NEW.because, NEW.reference_id, NEW.decided_by_id,
         NEW.decided_by_rule_id, NEW.decided_at) THEN
        PERFORM records_refuse('a decided assessment is superseded, not changed');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_restriction_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.lifted_at IS NOT NULL OR
        (OLD.entry_id, OLD.target, OLD.correspondent_id, OLD.document_id, OLD.item, OLD.item_version, OLD.start,
         OLD."end", OLD.reference_id, OLD.made_at, OLD.made_by)
            IS DISTINCT FROM
        (NEW.entry_id, NEW.target, NEW.correspondent_id, NEW.document_id, NEW.item, NEW.item_version, NEW.start,
         NEW."end", NEW.reference_id, NEW.made_at, NEW.made_by) THEN
        PERFORM records_refuse('a restriction is lifted, and another made');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER records_entry_freezes BEFORE UPDATE ON records_journalentry
    FOR EACH ROW EXECUTE FUNCTION records_entry_freezes();
CREATE TRIGGER records_case_file_freezes BEFORE UPDATE ON records_casefile
    FOR EACH ROW EXECUTE FUNCTION records_case_file_freezes();
CREATE TRIGGER records_closed_case_takes_no_entry BEFORE INSERT OR UPDATE OF case_file_id ON records_journalentry
    FOR EACH ROW EXECUTE FUNCTION records_closed_case_takes_no_entry();
CREATE TRIGGER records_archived_takes_no_document BEFORE INSERT ON records_recorddocument
    FOR EACH ROW EXECUTE FUNCTION records_archived_takes_no_document();
CREATE TRIGGER records_archived_takes_no_correspondent BEFORE INSERT ON records_correspondent
    FOR EACH ROW EXECUTE FUNCTION records_archived_takes_no_document();
CREATE TRIGGER records_correspondent_freezes BEFORE UPDATE ON records_correspondent
    FOR EACH ROW EXECUTE FUNCTION records_correspondent_freezes();
CREATE TRIGGER records_document_freezes BEFORE UPDATE ON records_recorddocument
    FOR EACH ROW EXECUTE FUNCTION records_document_freezes();
CREATE TRIGGER records_numbers_go_up BEFORE UPDATE OR DELETE ON records_numberseries
    FOR EACH ROW EXECUTE FUNCTION records_numbers_go_up();
CREATE TRIGGER records_assessment_stays BEFORE UPDATE ON records_assessment
    FOR EACH ROW EXECUTE FUNCTION records_assessment_stays();
CREATE TRIGGER records_restriction_stays BEFORE UPDATE ON records_restriction
    FOR EACH ROW EXECUTE FUNCTION records_restriction_stays();
"""
THAW = """
DROP TRIGGER records_entry_freezes ON records_journalentry;
DROP TRIGGER records_case_file_freezes ON records_casefile;
DROP TRIGGER records_closed_case_takes_no_entry ON records_journalentry;
DROP TRIGGER records_archived_takes_no_document ON records_recorddocument;
DROP TRIGGER records_archived_takes_no_correspondent ON records_correspondent;
DROP TRIGGER records_correspondent_freezes ON records_correspondent;
DROP TRIGGER records_document_freezes ON records_recorddocument;
DROP TRIGGER records_numbers_go_up ON records_numberseries;
DROP TRIGGER records_assessment_stays ON records_assessment;
DROP TRIGGER records_restriction_stays ON records_restriction;
DROP FUNCTION records_entry_freezes, records_case_file_freezes, records_closed_case_takes_no_entry,
    records_archived_takes_no_document, records_correspondent_freezes, records_document_freezes,
    records_numbers_go_up, records_assessment_stays, records_restriction_stays, records_never_deleted;
DROP FUNCTION records_refuse(text) CASCADE;
"""


def keep(table: str) -> migrations.RunSQL:
    """Rows of `table` can be corrected within the rules above, and never deleted."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION records_never_deleted();"
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION records_never_deleted();",
        f"DROP TRIGGER {table}_never_deleted ON {table}; DROP TRIGGER {table}_never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0001_captures_assessments_and_the_journal")]

    operations = [
        *append_only("records_capture"),
        *append_only("records_documentobject"),
        *append_only("records_changelog"),
        *append_only("records_crossreference"),
        *append_only("records_entryitem"),
        migrations.RunSQL(FREEZE, THAW),
        *(keep(table) for table in NEVER_DELETED),
    ]
