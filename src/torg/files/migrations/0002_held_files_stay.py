"""The database itself keeps a held file from being removed, and a removed one from being held."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION files_held_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM files_hold WHERE file_id = OLD.sha256 AND released_at IS NULL) THEN
        RAISE EXCEPTION 'the file is held' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER files_held_stays BEFORE UPDATE OF state ON files_storedfile
    FOR EACH ROW WHEN (NEW.state = 'REMOVED') EXECUTE FUNCTION files_held_stays();

CREATE FUNCTION files_removed_is_not_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The row lock makes a removal under way and this hold wait for each other.
    PERFORM FROM files_storedfile WHERE sha256 = NEW.file_id AND state <> 'REMOVED' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the file is removed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER files_removed_is_not_held BEFORE INSERT ON files_hold
    FOR EACH ROW EXECUTE FUNCTION files_removed_is_not_held();
"""
UNDONE = """
DROP TRIGGER files_held_stays ON files_storedfile;
DROP TRIGGER files_removed_is_not_held ON files_hold;
DROP FUNCTION files_held_stays;
DROP FUNCTION files_removed_is_not_held;
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_files_and_holds")]

    operations = [migrations.RunSQL(GUARDS, UNDONE)]
