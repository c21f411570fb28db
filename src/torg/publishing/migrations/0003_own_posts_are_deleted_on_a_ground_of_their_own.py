"""Deleting our own post needs a withdrawal that says why, in place of a moderation decision, which is on others' texts.

Moderation's guard keeps its function; only its trigger leaves these deletions to a guard of our own. Nobody else's
text passes that one: what is to be deleted must be what a confirmed act of publishing made on that very connection,
and must not be known as anything that somebody else wrote.
"""

from django.db import migrations

OWN = """
CREATE FUNCTION publishing_deletion_lacks(act outbox_outboxact) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE p publishing_channelpost; k channels_connection; target text := act.payload->'act'->>'target_id';
BEGIN
    SELECT * INTO p FROM publishing_channelpost WHERE public_id = act.subject_id;
    SELECT * INTO k FROM channels_connection WHERE id = p.connection_id;
    IF p.id IS NULL OR coalesce(target, '') = '' OR target IS DISTINCT FROM p.external_id
       OR act.payload->>'connection' IS DISTINCT FROM k.public_id::text OR act.scope_id <> p.scope_id THEN
        RETURN 'a post of our own';
    END IF;
    IF NOT EXISTS (
        SELECT FROM outbox_outboxact made WHERE made.subject_kind = 'publishing.post' AND made.subject_id = p.public_id
        AND made.kind = 'publish' AND made.payload->'act'->>'kind' = 'publish' AND made.state = 'CONFIRMED'
        AND made.external_id = target AND made.payload->>'connection' = k.public_id::text) THEN
        RETURN 'a post that we have published';
    END IF;
    IF EXISTS (SELECT FROM dialogue_item WHERE connection_id = k.id AND external_id = target)
       OR EXISTS (SELECT FROM dialogue_post WHERE connection_id = k.id AND external_id = target
                  AND NOT is_own AND NOT is_placeholder) THEN
        RETURN 'a text that nobody else wrote';
    END IF;
    IF NOT EXISTS (
        SELECT FROM publishing_postwithdrawal w WHERE w.post_id = p.id AND w.external_id = target
        AND w.reason <> '' AND w.decided_at <= act.planned_at) THEN
        RETURN 'a withdrawal that says why';
    END IF;
    RETURN NULL;
END $$;
"""

TRIGGER = """
CREATE FUNCTION publishing_guard_act() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE act outbox_outboxact; lacks text;
BEGIN
    SELECT * INTO act FROM outbox_outboxact WHERE id = NEW.id;
    IF act.id IS NULL THEN
        RETURN NULL;
    END IF;
    lacks := publishing_deletion_lacks(act);
    IF lacks IS NOT NULL THEN
        RAISE EXCEPTION 'no delete without %', lacks USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER moderation_guards_act ON outbox_outboxact;
CREATE CONSTRAINT TRIGGER moderation_guards_act AFTER INSERT OR UPDATE ON outbox_outboxact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((NEW.kind IN ('delete', 'ban') OR NEW.payload->'act'->>'kind' IN ('delete', 'ban'))
          AND NOT (NEW.subject_kind = 'publishing.post' AND NEW.kind = 'delete'
                   AND NEW.payload->'act'->>'kind' = 'delete'))
    EXECUTE FUNCTION moderation_guard_act();
CREATE CONSTRAINT TRIGGER publishing_guards_act AFTER INSERT OR UPDATE ON outbox_outboxact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.subject_kind = 'publishing.post' AND NEW.kind = 'delete' AND NEW.payload->'act'->>'kind' = 'delete')
    EXECUTE FUNCTION publishing_guard_act();
"""

BACK = """
DROP TRIGGER publishing_guards_act ON outbox_outboxact;
DROP TRIGGER moderation_guards_act ON outbox_outboxact;
CREATE CONSTRAINT TRIGGER moderation_guards_act AFTER INSERT OR UPDATE ON outbox_outboxact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.kind IN ('delete', 'ban') OR NEW.payload->'act'->>'kind' IN ('delete', 'ban'))
    EXECUTE FUNCTION moderation_guard_act();
DROP FUNCTION publishing_guard_act;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_versions_and_grounds_stay"),
        ("moderation", "0013_notices_in_own_words"),
        ("outbox", "0001_acts_toward_the_outside"),
        ("dialogue", "0002_names_asked_for_and_attachments_claimed"),
        ("channels", "0001_connections_and_deliveries"),
    ]

    operations = [
        migrations.RunSQL(OWN, "DROP FUNCTION publishing_deletion_lacks;"),
        migrations.RunSQL(TRIGGER, BACK),
    ]
