"""The database's own word on deletions and bans: two people, evidence, a ground, and a notice or a stated reason.

Every check is put off to the commit, since a decision, its notice and its acts are written together. Whatever writes the
row meets it: the interface, the API, a shell, a replay, SQL as the application's role. The functions name their schema
before the temporary one, so that nobody can put a table of their own in the way.
"""

from django.db import migrations

from torg.core.tables import append_only

# What is missing for this decision to be lawful; null when nothing is.
LACKS = """
CREATE FUNCTION moderation_decision_lacks(which bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    d moderation_decision; t moderation_target; p moderation_proposal; a moderation_agreement;
    item dialogue_item; capture records_capture; passage moderation_passage; active bigint[];
BEGIN
    SELECT * INTO d FROM moderation_decision WHERE id = which;
    SELECT * INTO t FROM moderation_target WHERE id = d.target_id;
    SELECT * INTO a FROM moderation_agreement WHERE id = d.agreement_id;
    SELECT * INTO p FROM moderation_proposal WHERE id = a.proposal_id;
    SELECT i.* INTO item FROM moderation_case c JOIN dialogue_item i ON i.id = c.item_id WHERE c.id = d.case_id;
    SELECT * INTO capture FROM records_capture WHERE id = d.capture_id;
    SELECT * INTO passage FROM moderation_passage WHERE id = t.passage_id;
    IF t.proposal_id <> p.id OR t.case_id <> d.case_id OR t.is_left_out OR p.state <> 'AGREED' OR a.answered <> 'AGREED' THEN
        RETURN 'an agreement to just this';
    END IF;
    IF (d.measure, d.sanction, d.ground, d.basis, d.scope_id) IS DISTINCT FROM
       (p.measure, p.sanction, p.ground, p.basis, p.scope_id) OR d.scope_id <> item.scope_id THEN
        RETURN 'a measure and a ground that were agreed to';
    END IF;
    IF a.agreed_by_id = p.proposed_by_id OR a.proposed_by_id <> p.proposed_by_id
       OR a.agreed_at < p.proposed_at OR d.decided_at < a.agreed_at THEN
        RETURN 'a second person';
    END IF;
    SELECT array_agg(hidden_by_id) || p.proposed_by_id INTO active FROM moderation_temporaryhiding WHERE case_id = d.case_id;
    IF a.agreed_by_id = ANY(active)
       OR EXISTS (SELECT FROM moderation_involved WHERE case_id = d.case_id
                  AND person_id IN (a.agreed_by_id, p.proposed_by_id)) THEN
        RETURN 'two people who are not partial';
    END IF;
    IF NOT EXISTS (SELECT FROM moderation_may_agree(d.scope_id, a.agreed_at) may
                   WHERE may.person_id = a.agreed_by_id AND may.by_role_of <> ALL(active)) THEN
        RETURN 'a second person with the right to agree';
    END IF;
    IF (d.measure = 'DELETE' OR d.sanction IN ('TEMPORARY_BAN', 'LONGER_BAN'))
       AND (SELECT count(DISTINCT may.person_id) FROM moderation_may_agree(d.scope_id, a.agreed_at) may) < 2 THEN
        RETURN 'two people who may agree';
    END IF;
    IF d.capture_id <> t.capture_id OR capture.subject_kind <> 'dialogue.item' OR capture.subject_id <> item.public_id
       OR capture.taken_at > a.agreed_at THEN
        RETURN 'evidence of just this text, taken before';
    END IF;
    IF passage.case_id <> d.case_id OR passage.version_number <> t.version_number THEN
        RETURN 'a passage of this text';
    END IF;
    IF NOT EXISTS (
        SELECT FROM moderation_notice n WHERE n.decision_id = d.id AND (n.no_notice <> '' OR EXISTS (
            SELECT FROM outbox_outboxact told WHERE told.public_id = n.act_id
            AND told.subject_kind = 'moderation.notice' AND told.subject_id = n.public_id
            AND told.payload->'act'->>'kind' IN ('private-reply', 'message')))) THEN
        RETURN 'a notice, or a reason for none';
    END IF;
    RETURN NULL;
END $$;
"""

# The same as `people.queries.agreers`, with whose role it is: a stand-in agrees by another's.
MAY_AGREE = """
CREATE FUNCTION moderation_may_agree(scope uuid, moment timestamptz)
RETURNS TABLE (person_id bigint, by_role_of bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH held AS (
        SELECT r.person_id, r.from_at FROM people_roleassignment r
        WHERE r.role IN ('OFFICER', 'DEPUTY') AND NOT r.is_waiting AND r.from_at <= moment
        AND (r.until_at IS NULL OR r.until_at > moment) AND (r.scope_id IS NULL OR r.scope_id = scope)
    ), all_of_them AS (
        SELECT held.person_id AS who, held.person_id AS by_role_of FROM held
        UNION
        SELECT s.stand_in_id, held.person_id FROM held JOIN people_standin s ON s.absent_id = held.person_id
        WHERE s.from_at <= moment AND s.until_at > moment AND held.from_at <= s.agreed_at
    )
    SELECT who, by_role_of FROM all_of_them JOIN people_person ON people_person.id = who
    WHERE left_at IS NULL OR left_at > moment
$$;
"""

GUARD_ACT = """
CREATE FUNCTION moderation_guard_act() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    act outbox_outboxact; d moderation_decision; n moderation_notice; told outbox_outboxact;
    what text; wanted text; page uuid; lacks text;
BEGIN
    SELECT * INTO act FROM outbox_outboxact WHERE id = NEW.id;
    what := act.payload->'act'->>'kind';
    IF act.id IS NULL OR NOT (coalesce(what, '') IN ('delete', 'ban') OR act.kind IN ('delete', 'ban')) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO d FROM moderation_decision WHERE public_id = act.subject_id AND act.subject_kind = 'moderation.decision';
    IF d.id IS NULL OR what IS DISTINCT FROM act.kind THEN
        PERFORM moderation_refuse(what, 'a decision');
    END IF;
    SELECT CASE what WHEN 'delete' THEN i.external_id ELSE w.external_id END, k.public_id INTO wanted, page
    FROM moderation_case c JOIN dialogue_item i ON i.id = c.item_id JOIN channels_connection k ON k.id = i.connection_id
    LEFT JOIN dialogue_author w ON w.id = c.author_id WHERE c.id = d.case_id;
    IF (what = 'delete' AND d.measure <> 'DELETE') OR (what = 'ban' AND d.sanction NOT IN ('TEMPORARY_BAN', 'LONGER_BAN'))
       OR act.payload->'act'->>'target_id' IS DISTINCT FROM wanted OR act.payload->>'connection' IS DISTINCT FROM page::text
       OR act.scope_id <> d.scope_id OR act.planned_at < d.decided_at THEN
        PERFORM moderation_refuse(what, 'a decision on just this');
    END IF;
    lacks := moderation_decision_lacks(d.id);
    IF lacks IS NOT NULL THEN
        PERFORM moderation_refuse(what, lacks);
    END IF;
    SELECT * INTO n FROM moderation_notice WHERE decision_id = d.id;
    SELECT * INTO told FROM outbox_outboxact WHERE public_id = n.act_id;
    -- Whoever is told afterwards can no longer be reached: the notice comes first, or there is a reason for none.
    IF n.no_notice = '' AND (act.after_id IS DISTINCT FROM told.id
       OR (act.state IN ('SENDING', 'UNCONFIRMED', 'CONFIRMED') AND told.state <> 'CONFIRMED')) THEN
        PERFORM moderation_refuse(what, 'the notice before it');
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION moderation_refuse(what text, lacks text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'no % without %', what, lacks USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE CONSTRAINT TRIGGER moderation_guards_act AFTER INSERT OR UPDATE ON outbox_outboxact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.kind IN ('delete', 'ban') OR NEW.payload->'act'->>'kind' IN ('delete', 'ban'))
    EXECUTE FUNCTION moderation_guard_act();
"""

GUARD_DECISION = """
CREATE FUNCTION moderation_guard_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE lacks text := moderation_decision_lacks(NEW.id);
BEGIN
    IF lacks IS NOT NULL THEN
        PERFORM moderation_refuse('decision', lacks);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER moderation_guards_decision AFTER INSERT ON moderation_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION moderation_guard_decision();

CREATE FUNCTION moderation_guard_closing() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM moderation_case c
        JOIN moderation_decision d ON d.case_id = c.id AND d.state IN ('DONE', 'MOOT', 'GIVEN_UP', 'STOPPED')
        JOIN moderation_notice n ON n.decision_id = d.id AND n.state IN ('SENT', 'NOT_SENT')
        JOIN records_capture r ON r.id = c.record_id AND r.subject_kind = 'moderation.case' AND r.subject_id = c.public_id
        WHERE c.id = NEW.id) THEN
        PERFORM moderation_refuse('closing', 'the decision carried out, the notice and the record');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER moderation_guards_closing AFTER INSERT OR UPDATE ON moderation_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'CLOSED')
    EXECUTE FUNCTION moderation_guard_closing();
"""

# What was proposed, answered and decided stays as it was; the columns named may move on.
KEEP = """
CREATE FUNCTION moderation_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV THEN
        RAISE EXCEPTION '% keeps what was written', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION moderation_keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a proposal is answered once' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER moderation_proposal_is_answered_once BEFORE UPDATE ON moderation_proposal
    FOR EACH ROW WHEN (OLD.state <> 'WAITING' AND OLD.state <> NEW.state) EXECUTE FUNCTION moderation_keep_answer();
CREATE FUNCTION moderation_keep_reason() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stated reason stays' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER moderation_notice_keeps_its_reason BEFORE UPDATE ON moderation_notice
    FOR EACH ROW WHEN (OLD.no_notice <> '' AND OLD.no_notice <> NEW.no_notice) EXECUTE FUNCTION moderation_keep_reason();
"""

MAY_CHANGE = {
    "moderation_proposal": ("state",),
    "moderation_target": ("is_waiting", "is_left_out"),
    "moderation_decision": (
        "state",
        "done_at",
        "done_by_hand_by_id",
        "given_up_because",
        "platform_state",
        "platform_state_at",
    ),
    "moderation_notice": ("state", "sent_at", "no_notice", "no_notice_detail"),
    "moderation_temporaryhiding": ("state", "ended_at", "step"),
    "moderation_sanction": ("state", "begins_at", "review_on", "ended_at", "ended_because"),
}


def keeping(table: str, columns: tuple[str, ...]) -> migrations.RunSQL:
    """No row of the table is deleted, and only these columns of it change."""
    named = ", ".join(f"'{column}'" for column in columns)
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION moderation_keep({named});",
        f"DROP TRIGGER {table}_keeps ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0003_what_is_done_by_hand"),
        ("outbox", "0001_acts_toward_the_outside"),
        ("people", "0003_stand_ins_agreed_by_two"),
        ("records", "0001_captures_assessments_and_the_journal"),
        ("dialogue", "0002_names_asked_for_and_attachments_claimed"),
        ("channels", "0001_connections_and_deliveries"),
    ]

    operations = [
        migrations.RunSQL(MAY_AGREE, "DROP FUNCTION moderation_may_agree;"),
        migrations.RunSQL(LACKS, "DROP FUNCTION moderation_decision_lacks;"),
        migrations.RunSQL(
            GUARD_ACT,
            "DROP TRIGGER moderation_guards_act ON outbox_outboxact;"
            "DROP FUNCTION moderation_guard_act; DROP FUNCTION moderation_refuse;",
        ),
        migrations.RunSQL(
            GUARD_DECISION,
            "DROP TRIGGER moderation_guards_decision ON moderation_decision;"
            "DROP TRIGGER moderation_guards_closing ON moderation_case;"
            "DROP FUNCTION moderation_guard_decision; DROP FUNCTION moderation_guard_closing;",
        ),
        migrations.RunSQL(
            KEEP,
            "DROP TRIGGER moderation_notice_keeps_its_reason ON moderation_notice;"
            "DROP TRIGGER moderation_proposal_is_answered_once ON moderation_proposal;"
            "DROP FUNCTION moderation_keep_reason; DROP FUNCTION moderation_keep_answer; DROP FUNCTION moderation_keep;",
        ),
        *(keeping(table, columns) for table, columns in MAY_CHANGE.items()),
        *append_only("moderation_agreement"),
        *append_only("moderation_passage"),
        *append_only("moderation_involved"),
    ]
