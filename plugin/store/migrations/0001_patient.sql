-- 0001_patient.sql. One statement per `;` at a line's end. Times are ms since 1970, UTC; flags are 0 or 1.
CREATE TABLE schema_migration (
    number BIGINT PRIMARY KEY
);
-- Facts about this store itself: which keys its secrets were made with.
CREATE TABLE store_fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
-- One row a patient: what the host owns, what the portal owns, and what follows from both. One table, so that any
-- filter and sort of the report is index work.
CREATE TABLE patient (
    patient_id   TEXT PRIMARY KEY,
    first_name   TEXT NOT NULL,
    last_name    TEXT NOT NULL,
    birth_date   TEXT NOT NULL,      -- YYYY-MM-DD, or empty.
    email        TEXT NOT NULL,
    email_key    TEXT NOT NULL,      -- As compared: trimmed, ASCII case folded.
    postal_code  TEXT NOT NULL,
    language     TEXT NOT NULL,
    provider     TEXT NOT NULL,
    tags         TEXT NOT NULL,      -- ";a;b;", or empty.
    chart_status SMALLINT NOT NULL,  -- 1 Active, 2 Prospective, 3 Inactive, 4 Deceased.
    opted_out    SMALLINT NOT NULL,
    next_appointment_at BIGINT,
    last_appointment_at BIGINT,
    sort_name    TEXT NOT NULL,      -- Folded "last, first".
    search_text  TEXT NOT NULL,      -- Folded name, e-mail and username.
    in_directory SMALLINT NOT NULL,  -- 0 once the host no longer has the chart: hidden, but not forgotten.

    access_enabled        SMALLINT NOT NULL DEFAULT 0,
    username              TEXT,      -- As chosen.
    username_key          TEXT,      -- Unique: letter case and width folded.
    username_skeleton     TEXT,      -- Unique: look-alikes folded.
    has_password          SMALLINT NOT NULL DEFAULT 0,
    password_set_by_staff SMALLINT NOT NULL DEFAULT 0,
    must_change_password  SMALLINT NOT NULL DEFAULT 0,
    credentials_issued_at BIGINT,    -- First time that anything was handed over.
    first_signed_in_at    BIGINT,
    last_signed_in_at     BIGINT,
    last_invited_at       BIGINT,    -- When the mail server last took an invitation.
    mail_state            SMALLINT NOT NULL DEFAULT 0,  -- 0 none, 1 queued, 2 sent, 3 deferred, 4 failed, 5 unknown, 6 cancelled.
    bounced               SMALLINT NOT NULL DEFAULT 0,
    address_changed       SMALLINT NOT NULL DEFAULT 0,
    link_expires_at       BIGINT,    -- Of the newest link, unless it died another way than by time.
    locked_until          BIGINT,    -- Waits after wrong passwords or birth dates.
    security_epoch        BIGINT NOT NULL DEFAULT 0,  -- Rises when older links must die.

    status SMALLINT NOT NULL,        -- 1 red, 2 gray, 3 orange, 4 green: kept by domain/portal_status.
    marks  BIGINT   NOT NULL         -- Kept by domain/portal_status; passing marks are not in it.
);
CREATE UNIQUE INDEX one_username_key ON patient (username_key) WHERE username_key IS NOT NULL;
CREATE UNIQUE INDEX one_username_skeleton ON patient (username_skeleton) WHERE username_skeleton IS NOT NULL;
CREATE INDEX patient_by_name ON patient (sort_name, patient_id)
    WHERE in_directory = 1;
CREATE INDEX patient_by_status ON patient (status, sort_name, patient_id)
    WHERE in_directory = 1;
CREATE INDEX patient_by_email ON patient (email_key);
CREATE INDEX patient_by_last_invited ON patient (COALESCE(last_invited_at, 0), patient_id)
    WHERE in_directory = 1;
CREATE INDEX patient_by_last_signed_in ON patient (COALESCE(last_signed_in_at, 0), patient_id)
    WHERE in_directory = 1;
CREATE INDEX patient_by_next_appointment ON patient (COALESCE(next_appointment_at, 0), patient_id)
    WHERE in_directory = 1;
-- What counts and choices read: covering, and small where few rows qualify. SQLite looks into the row for every column of
-- the condition that is not in the index, also for those that the index is limited to.
CREATE INDEX patient_counts ON patient (status, marks, in_directory) WHERE in_directory = 1;
CREATE INDEX patient_set_up ON patient (status, has_password, username_key, in_directory)
    WHERE in_directory = 1 AND has_password = 1 AND username_key IS NOT NULL;
CREATE INDEX patient_link_expiry ON patient (link_expires_at) WHERE link_expires_at IS NOT NULL;
CREATE INDEX patient_locked ON patient (locked_until) WHERE locked_until IS NOT NULL;
CREATE INDEX patient_providers ON patient (provider, in_directory) WHERE in_directory = 1;
CREATE INDEX patient_tags ON patient (tags, in_directory) WHERE in_directory = 1;
