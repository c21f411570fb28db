"""The application's role can give no false place in the tree, and sign no checkpoint that does not follow from it."""

from django.db import migrations

# Named by their schema: a temporary table stands first wherever none is named.
PLACES = """
CREATE FUNCTION audit_places_are_true() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    first bigint;
    beyond bigint;
    true_ones bigint;
BEGIN
    SELECT min(position), max(position) + 1 INTO first, beyond FROM placed;
    IF first IS NULL THEN
        RETURN NULL;
    END IF;
    IF first < 0 OR beyond - first <> (SELECT count(*) FROM placed)
        OR (first > 0 AND NOT EXISTS (SELECT FROM public.audit_leaf_position p WHERE p.position = first - 1)) THEN
        RAISE EXCEPTION 'places follow one another' USING ERRCODE = 'check_violation';
    END IF;
    SELECT count(*) INTO true_ones FROM placed p JOIN public.audit_event e ON e.id = p.event_id AND e.leaf = p.leaf;
    IF true_ones <> beyond - first THEN
        RAISE EXCEPTION 'a place is for an event, with its own leaf' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_places_are_true AFTER INSERT ON audit_leaf_position
    REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION audit_places_are_true();
"""
PLACES_UNDONE = """
DROP TRIGGER audit_places_are_true ON audit_leaf_position;
DROP FUNCTION audit_places_are_true;
"""

# The same steps as torg.audit.tree: grown from the right edge of the last checkpoint, then folded to the root.
CHECKPOINTS = r"""
CREATE FUNCTION audit_checkpoint_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
    edge bytea[] := '{}';
    size bigint;
    ones bigint;
    node bytea;
BEGIN
    SELECT c.size, c.frontier INTO last FROM public.audit_checkpoint c ORDER BY c.size DESC LIMIT 1;
    size := coalesce(last.size, 0);
    IF NEW.size <= size OR NEW.watermark > pg_snapshot_xmax(pg_current_snapshot())::text::numeric THEN
        RAISE EXCEPTION 'a checkpoint goes on from the last one' USING ERRCODE = 'check_violation';
    END IF;
    FOR start IN 0 .. coalesce(length(last.frontier), 0) / 32 - 1 LOOP
        edge := edge || substring(last.frontier FROM start * 32 + 1 FOR 32);
    END LOOP;
    FOR node IN SELECT p.leaf FROM public.audit_leaf_position p
        WHERE p.position >= size AND p.position < NEW.size ORDER BY p.position
    LOOP
        ones := size;
        WHILE ones & 1 = 1 LOOP
            node := sha256('\x01'::bytea || edge[cardinality(edge)] || node);
            edge := trim_array(edge, 1);
            ones := ones >> 1;
        END LOOP;
        edge := edge || node;
        size := size + 1;
    END LOOP;
    node := edge[cardinality(edge)];
    FOR place IN REVERSE cardinality(edge) - 1 .. 1 LOOP
        node := sha256('\x01'::bytea || edge[place] || node);
    END LOOP;
    IF size <> NEW.size OR node <> NEW.root OR NEW.frontier <> (
            SELECT string_agg(one, ''::bytea ORDER BY number) FROM unnest(edge) WITH ORDINALITY AS parts(one, number)
        ) OR split_part(NEW.note, E'\n', 2) <> NEW.size::text
        OR split_part(NEW.note, E'\n', 3) <> encode(NEW.root, 'base64') THEN
        RAISE EXCEPTION 'a checkpoint says what the places make' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_checkpoint_is_true BEFORE INSERT ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_is_true();
"""
CHECKPOINTS_UNDONE = """
DROP TRIGGER audit_checkpoint_is_true ON audit_checkpoint;
DROP FUNCTION audit_checkpoint_is_true;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_number_from_our_own_sequence")]

    operations = [
        migrations.RunSQL(PLACES, PLACES_UNDONE),
        migrations.RunSQL(CHECKPOINTS, CHECKPOINTS_UNDONE),
    ]
