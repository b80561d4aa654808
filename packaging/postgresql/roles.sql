-- SPDX-License-Identifier: Apache-2.0
-- Who may do what in the store of Patient Portal Onboarding on PostgreSQL 15 or later. Run it in the store's database,
-- as a superuser or as whoever may create roles and owns the database:
--
--     psql -X -v ON_ERROR_STOP=1 -f roles.sql postgresql://ADMINISTRATOR@HOST/DATABASE?sslmode=verify-full
--
-- before the program is used for the first time, and again after each update of it, once its tables are there or
-- changed: it can be run as often as one likes, and takes back what older versions granted.
--
--     ppo_owner   owns the tables and brings them up to date; used for that, not day by day
--     ppo_staff   the EMR and the workers
--     ppo_portal  the portal, which whoever is on the Internet talks to
--
-- All three log in; passwords are the administrator's to set: \password ppo_staff

SET client_min_messages = warning;

DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['ppo_owner', 'ppo_staff', 'ppo_portal'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', role);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;  -- It is there, or somebody else makes it at this moment.
        END;
    END LOOP;
END $$;

-- The database: nobody else comes in, and nobody makes tables of their own in it, not even for a moment: a table of
-- that kind would be found before ours by the functions that keep the counts.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, ppo_staff, ppo_portal', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO ppo_owner, ppo_staff, ppo_portal', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO ppo_owner', current_database());  -- For the extension pg_trgm.
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC, ppo_staff, ppo_portal;
GRANT USAGE, CREATE ON SCHEMA public TO ppo_owner;
GRANT USAGE ON SCHEMA public TO ppo_staff, ppo_portal;

-- What is there belongs to the owner, whoever made it.
DO $$
DECLARE
    thing regclass;
    code  regprocedure;
BEGIN
    FOR thing IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO ppo_owner', thing);
    END LOOP;
    FOR code IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO ppo_owner', code);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', code);  -- Triggers call them; nobody else does.
    END LOOP;
END $$;

-- From nothing, what each needs; the store may be empty yet.
DO $$
DECLARE
    -- Table, rights of staff, rights of the portal.
    given text[] := ARRAY[
        ['schema_migration',  'SELECT',                         'SELECT'],
        ['practice',          'SELECT, INSERT',                 'SELECT'],
        ['store_fact',        'SELECT, INSERT, UPDATE',         'SELECT'],
        ['writer',            'SELECT, INSERT, UPDATE, DELETE', 'SELECT, INSERT, UPDATE'],
        ['patient',           'SELECT, INSERT, UPDATE',         'SELECT'],  -- And some columns, below.
        ['credential',        'SELECT, INSERT, UPDATE, DELETE', 'SELECT, INSERT, UPDATE'],
        ['invitation',        'SELECT, INSERT, UPDATE',         'SELECT, INSERT, UPDATE'],
        ['outbox',            'SELECT, INSERT, UPDATE',         'SELECT, INSERT, UPDATE'],
        ['outbox_person',     'SELECT, INSERT',                 'SELECT, INSERT'],
        ['portal_request',    'SELECT, INSERT, DELETE',         'SELECT, INSERT'],
        ['try_count',         'SELECT, INSERT, UPDATE, DELETE', 'SELECT, INSERT, UPDATE, DELETE'],
        ['audit',             'SELECT, INSERT',                 'SELECT, INSERT'],
        ['audit_head',        'SELECT, INSERT, UPDATE',         'SELECT, UPDATE'],
        ['batch',             'SELECT, INSERT, UPDATE',         NULL],
        ['batch_person',      'SELECT, INSERT, UPDATE',         NULL],
        ['delivery_minute',   'SELECT, INSERT, UPDATE, DELETE', NULL],
        ['relay',             'SELECT, INSERT, UPDATE',         NULL],
        ['mail_template',     'SELECT, INSERT, UPDATE, DELETE', NULL],
        ['saved_view',        'SELECT, INSERT, UPDATE, DELETE', NULL],
        ['patient_count',     'SELECT',                         NULL],      -- Triggers keep them, as the owner.
        ['link_expiry_count', 'SELECT',                         NULL],
        ['choice_count',      'SELECT, INSERT, UPDATE',         NULL]];
    -- What patients do changes nothing that the host knows of them, nor whether they may use the portal. (Tags are
    -- written again, as they are, with what a patient is found by.)
    portal_columns CONSTANT text := 'username, username_key, username_skeleton, username_shown_skeleton, search_text, '
        'tags, has_password, password_set_by_staff, must_change_password, password_lapses_at, password_disabled, '
        'credentials_issued_at, set_up_at, first_signed_in_at, last_signed_in_at, last_invited_at, mail_state, '
        'address_changed, link_expires_at, locked_until, security_epoch, consent, consent_until, status, marks';
    thing regclass;
    line  text[];
BEGIN
    FOR thing IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, ppo_staff, ppo_portal', thing);
    END LOOP;
    FOREACH line SLICE 1 IN ARRAY given LOOP
        thing := to_regclass('public.' || line[1]);
        CONTINUE WHEN thing IS NULL;
        EXECUTE format('GRANT %s ON %s TO ppo_staff', line[2], thing);
        IF line[3] IS NOT NULL THEN
            EXECUTE format('GRANT %s ON %s TO ppo_portal', line[3], thing);
        END IF;
    END LOOP;
    IF to_regclass('public.patient') IS NOT NULL THEN
        EXECUTE format('GRANT UPDATE (%s) ON public.patient TO ppo_portal', portal_columns);
    END IF;
END $$;
