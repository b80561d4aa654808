-- 0016_practice.sql. Several practices in one store: every row says whose it is, and every key begins with it. What was
-- here before is practice 1. Children are dropped before their parents: foreign keys are on, and a parent's end would
-- take the children's rows along. The new tables refer to the new ones; renaming takes the references along.
CREATE TABLE practice (
    practice    BIGINT PRIMARY KEY,
    practice_id TEXT NOT NULL UNIQUE    -- As the host calls it; empty: the only one.
);
INSERT INTO practice (practice, practice_id) VALUES (1, '');
-- Of SQLite: store/search_index.cpp makes it again and begins it anew.
DROP TABLE IF EXISTS patient_search;
CREATE TABLE store_fact_new (
    practice BIGINT NOT NULL,
    name     TEXT   NOT NULL,
    value    TEXT   NOT NULL,
    PRIMARY KEY (practice, name)
);
INSERT INTO store_fact_new (practice, name, value)
    SELECT 1, name, value FROM store_fact
    WHERE name NOT IN ('search_index_reached', 'search_index_last_patient');
CREATE TABLE patient_new (
    practice     BIGINT NOT NULL,
    patient_id   TEXT NOT NULL,
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
    username_shown_skeleton TEXT,    -- Unique: look-alikes with the letter case kept.
    has_password          SMALLINT NOT NULL DEFAULT 0,
    password_set_by_staff SMALLINT NOT NULL DEFAULT 0,
    must_change_password  SMALLINT NOT NULL DEFAULT 0,
    password_lapses_at    BIGINT,    -- As in credential: a password set by staff, unused, ends here.
    password_disabled     SMALLINT NOT NULL DEFAULT 0,  -- By wrong passwords, until a link or staff help.
    enabled_at            BIGINT,    -- First times of each step.
    credentials_issued_at BIGINT,    -- Anything was handed over.
    set_up_at             BIGINT,
    first_signed_in_at    BIGINT,
    last_signed_in_at     BIGINT,
    last_invited_at       BIGINT,    -- When the mail server last took an invitation.
    mail_state            SMALLINT NOT NULL DEFAULT 0,  -- 0 none, 1 queued, 2 sent, 3 deferred, 4 failed, 5 unknown,
                                                        -- 6 cancelled, 7 bounced.
    address_changed       SMALLINT NOT NULL DEFAULT 0,
    link_expires_at       BIGINT,    -- Of the newest link, unless it died another way than by time.
    locked_until          BIGINT,    -- Waits after wrong passwords or birth dates.
    security_epoch        BIGINT NOT NULL DEFAULT 0,  -- Rises when older links must die.
    consent               SMALLINT NOT NULL DEFAULT 0 CHECK (consent BETWEEN 0 AND 3),
    consent_until         BIGINT CHECK ((consent = 2) = (consent_until IS NOT NULL)),

    status SMALLINT NOT NULL,        -- 1 red, 2 gray, 3 orange, 4 green: kept by domain/portal_status.
    marks  BIGINT   NOT NULL,        -- Kept by domain/portal_status; passing marks are not in it.
    PRIMARY KEY (practice, patient_id)
);
INSERT INTO patient_new (practice, patient_id, first_name, last_name, birth_date, email, email_key, postal_code,
        language, provider, tags, chart_status, opted_out, next_appointment_at, last_appointment_at, sort_name,
        search_text, in_directory, access_enabled, username, username_key, username_skeleton,
        username_shown_skeleton, has_password, password_set_by_staff, must_change_password, password_lapses_at,
        password_disabled, enabled_at, credentials_issued_at, set_up_at, first_signed_in_at, last_signed_in_at,
        last_invited_at, mail_state, address_changed, link_expires_at, locked_until, security_epoch, consent,
        consent_until, status, marks)
    SELECT 1, patient_id, first_name, last_name, birth_date, email, email_key, postal_code,
        language, provider, tags, chart_status, opted_out, next_appointment_at, last_appointment_at, sort_name,
        search_text, in_directory, access_enabled, username, username_key, username_skeleton,
        username_shown_skeleton, has_password, password_set_by_staff, must_change_password, password_lapses_at,
        password_disabled, enabled_at, credentials_issued_at, set_up_at, first_signed_in_at, last_signed_in_at,
        last_invited_at, mail_state, address_changed, link_expires_at, locked_until, security_epoch, consent,
        consent_until, status, marks
    FROM patient;
CREATE TABLE credential_new (
    practice        BIGINT NOT NULL,
    patient_id      TEXT   NOT NULL,
    sealed_password TEXT   NOT NULL,    -- Argon2id PHC string, sealed under the password key, base64.
    set_at          BIGINT NOT NULL,
    lapses_at       BIGINT,             -- A password set by staff, unused, ends here.
    failures        BIGINT NOT NULL DEFAULT 0,
    wait_until      BIGINT,             -- Until then no sign-in is taken.
    PRIMARY KEY (practice, patient_id),
    FOREIGN KEY (practice, patient_id) REFERENCES patient_new (practice, patient_id) ON DELETE CASCADE
);
INSERT INTO credential_new (practice, patient_id, sealed_password, set_at, lapses_at, failures, wait_until)
    SELECT 1, patient_id, sealed_password, set_at, lapses_at, failures, wait_until FROM credential;
CREATE TABLE invitation_new (
    practice      BIGINT   NOT NULL,
    invitation_id TEXT     NOT NULL CHECK (LENGTH(invitation_id) = 32),
    patient_id    TEXT     NOT NULL,
    origin        SMALLINT NOT NULL,    -- 1 first set-up by staff, 2 reset by staff, 3 asked for by the patient.
    key_id        TEXT     NOT NULL,
    link_digest   TEXT     NOT NULL CHECK (LENGTH(link_digest) = 64),
    epoch         BIGINT   NOT NULL,    -- The patient's security_epoch when it was made.
    created_at    BIGINT   NOT NULL,
    expires_at    BIGINT   NOT NULL,
    closed_at     BIGINT,               -- NULL while the link can be used.
    closed_by     SMALLINT NOT NULL DEFAULT 0,  -- 1 used, 2 replaced, 3 access, 4 e-mail, 5 credentials, 6 withdrawn.
    wrong_answers BIGINT   NOT NULL DEFAULT 0,
    wait_until    BIGINT,
    remind_at     BIGINT,               -- When the person is reminded next; NULL = not any more.
    PRIMARY KEY (practice, invitation_id),
    UNIQUE (practice, link_digest),
    FOREIGN KEY (practice, patient_id) REFERENCES patient_new (practice, patient_id) ON DELETE CASCADE
);
INSERT INTO invitation_new (practice, invitation_id, patient_id, origin, key_id, link_digest, epoch, created_at,
        expires_at, closed_at, closed_by, wrong_answers, wait_until, remind_at)
    SELECT 1, invitation_id, patient_id, origin, key_id, link_digest, epoch, created_at,
        expires_at, closed_at, closed_by, wrong_answers, wait_until, remind_at
    FROM invitation;
CREATE TABLE outbox_new (
    practice     BIGINT   NOT NULL,
    mail_id      TEXT     NOT NULL,     -- Also the Message-ID's left side: the same at every try.
    kind         SMALLINT NOT NULL,     -- 1 invitation, 2 username reminder, 3 password changed, 4 username changed.
    recipient    TEXT     NOT NULL,     -- The address on file when it was queued.
    language     TEXT     NOT NULL,
    state        SMALLINT NOT NULL,     -- As patient.mail_state.
    created_at   BIGINT   NOT NULL,
    tries        BIGINT   NOT NULL DEFAULT 0,
    next_try_at  BIGINT,                -- NULL once nothing more is tried.
    leased_until BIGINT,                -- A worker has it in hand until then.
    lease        TEXT     NOT NULL DEFAULT '',
    reason       TEXT     NOT NULL DEFAULT '',  -- The server's words, cleaned.
    urgency      SMALLINT NOT NULL DEFAULT 1,   -- 1 somebody waits for it, 2 batch or reminder.
    batch_id     BIGINT,
    batch_place  BIGINT,
    is_reminder  SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (practice, mail_id)
);
INSERT INTO outbox_new (practice, mail_id, kind, recipient, language, state, created_at, tries, next_try_at,
        leased_until, lease, reason, urgency, batch_id, batch_place, is_reminder)
    SELECT 1, mail_id, kind, recipient, language, state, created_at, tries, next_try_at,
        leased_until, lease, reason, urgency, batch_id, batch_place, is_reminder
    FROM outbox;
CREATE TABLE outbox_person_new (
    practice      BIGINT   NOT NULL,
    mail_id       TEXT     NOT NULL,
    place         SMALLINT NOT NULL,
    patient_id    TEXT     NOT NULL,
    invitation_id TEXT,
    PRIMARY KEY (practice, mail_id, place),
    FOREIGN KEY (practice, mail_id) REFERENCES outbox_new (practice, mail_id) ON DELETE CASCADE,
    FOREIGN KEY (practice, patient_id) REFERENCES patient_new (practice, patient_id) ON DELETE CASCADE
);
INSERT INTO outbox_person_new (practice, mail_id, place, patient_id, invitation_id)
    SELECT 1, mail_id, place, patient_id, invitation_id FROM outbox_person;
CREATE TABLE portal_request_new (
    practice   BIGINT NOT NULL,
    request_id TEXT   NOT NULL,
    sealed     TEXT   NOT NULL,
    asked_at   BIGINT NOT NULL,
    PRIMARY KEY (practice, request_id)
);
INSERT INTO portal_request_new (practice, request_id, sealed, asked_at)
    SELECT 1, request_id, sealed, asked_at FROM portal_request;
CREATE TABLE audit_new (
    practice   BIGINT   NOT NULL,
    sequence   BIGINT,
    at         BIGINT   NOT NULL,
    actor      SMALLINT NOT NULL,       -- 1 staff, 2 patient, 3 plugin, 4 host.
    actor_id   TEXT     NOT NULL,
    came_from  TEXT     NOT NULL,
    action     TEXT     NOT NULL,
    patient_id TEXT     NOT NULL,
    outcome    TEXT     NOT NULL,
    detail     TEXT     NOT NULL,
    mac        TEXT     NOT NULL,
    PRIMARY KEY (practice, sequence)
);
INSERT INTO audit_new (practice, sequence, at, actor, actor_id, came_from, action, patient_id, outcome, detail, mac)
    SELECT 1, sequence, at, actor, actor_id, came_from, action, patient_id, outcome, detail, mac FROM audit;
-- Where each practice's chain ends, so that a cut-off tail shows.
CREATE TABLE audit_head_new (
    practice BIGINT PRIMARY KEY,
    sequence BIGINT NOT NULL,
    mac      TEXT   NOT NULL
);
INSERT INTO audit_head_new (practice, sequence, mac) SELECT 1, sequence, mac FROM audit_head;
CREATE TABLE batch_new (
    practice      BIGINT   NOT NULL,
    batch_id      BIGINT   NOT NULL,       -- 1, 2, 3 and so on.
    state         SMALLINT NOT NULL,       -- 1 held back, 2 running, 3 paused, 4 done, 5 cancelled, 6 undone.
    started_by    TEXT     NOT NULL,       -- Staff id.
    came_from     TEXT     NOT NULL,
    started_at    BIGINT   NOT NULL,
    starts_at     BIGINT   NOT NULL,       -- End of the hold-back.
    ended_at      BIGINT,
    signed_in_too SMALLINT NOT NULL,
    selected      BIGINT   NOT NULL,
    PRIMARY KEY (practice, batch_id)
);
INSERT INTO batch_new (practice, batch_id, state, started_by, came_from, started_at, starts_at, ended_at,
        signed_in_too, selected)
    SELECT 1, batch_id, state, started_by, came_from, started_at, starts_at, ended_at, signed_in_too, selected
    FROM batch;
CREATE TABLE batch_person_new (
    practice   BIGINT   NOT NULL,
    batch_id   BIGINT   NOT NULL,
    place      BIGINT   NOT NULL,          -- 1, 2, 3 and so on.
    patient_id TEXT     NOT NULL,
    outcome    SMALLINT NOT NULL,          -- As patient.mail_state, or 16 waiting, 17 skipped, 18 taken back.
    reason     TEXT     NOT NULL DEFAULT '',  -- Of a skipped one: the refusal's code.
    mail_id    TEXT,
    PRIMARY KEY (practice, batch_id, place),
    FOREIGN KEY (practice, batch_id) REFERENCES batch_new (practice, batch_id) ON DELETE CASCADE
);
INSERT INTO batch_person_new (practice, batch_id, place, patient_id, outcome, reason, mail_id)
    SELECT 1, batch_id, place, patient_id, outcome, reason, mail_id FROM batch_person;
CREATE TABLE delivery_minute_new (
    practice BIGINT NOT NULL,
    minute   BIGINT NOT NULL,              -- Minutes since 1970, when the mails were taken in hand.
    mails    BIGINT NOT NULL,              -- Left.
    tries    BIGINT NOT NULL,              -- Left, or were refused or put off by the mail server.
    PRIMARY KEY (practice, minute)
);
INSERT INTO delivery_minute_new (practice, minute, mails, tries)
    SELECT 1, minute, mails, tries FROM delivery_minute;
-- Whether the practice's mail server takes anything at all; seen by every worker.
CREATE TABLE relay_new (
    practice     BIGINT PRIMARY KEY,
    failures     BIGINT NOT NULL DEFAULT 0,  -- In a row.
    broken_since BIGINT,                     -- NULL while it takes mails.
    rests_until  BIGINT,                     -- Then one mail is tried.
    reason       TEXT   NOT NULL DEFAULT ''  -- One sentence, cleaned.
);
INSERT INTO relay_new (practice, failures, broken_since, rests_until, reason)
    SELECT 1, failures, broken_since, rests_until, reason FROM relay;
CREATE TABLE mail_template_new (
    practice   BIGINT   NOT NULL,
    kind       SMALLINT NOT NULL,          -- 1 first set-up, 2 new password, 3 reminder.
    language   TEXT     NOT NULL,
    subject    TEXT     NOT NULL,
    plain_text TEXT     NOT NULL,
    html       TEXT     NOT NULL,
    set_at     BIGINT   NOT NULL,
    PRIMARY KEY (practice, kind, language)
);
INSERT INTO mail_template_new (practice, kind, language, subject, plain_text, html, set_at)
    SELECT 1, kind, language, subject, plain_text, html, set_at FROM mail_template;
CREATE TABLE try_count_new (
    practice BIGINT   NOT NULL,
    kind     SMALLINT NOT NULL,  -- 1 failed sign-in, 2 request, 3 request with the same facts, 4 link that nobody has.
    who      TEXT     NOT NULL CHECK (LENGTH(who) = 32),
    since    BIGINT   NOT NULL,  -- Begin of the stretch that is counted together.
    tries    BIGINT   NOT NULL,
    PRIMARY KEY (practice, kind, who, since)
);
INSERT INTO try_count_new (practice, kind, who, since, tries) SELECT 1, kind, who, since, tries FROM try_count;
CREATE TABLE patient_count_new (
    practice       BIGINT   NOT NULL,
    status         SMALLINT NOT NULL,
    marks          BIGINT   NOT NULL,  -- The lasting ones.
    access_enabled SMALLINT NOT NULL,
    has_username   SMALLINT NOT NULL,
    set_up         SMALLINT NOT NULL,  -- Username and password are on file.
    patients       BIGINT   NOT NULL,
    PRIMARY KEY (practice, status, marks, access_enabled, has_username, set_up)
);
INSERT INTO patient_count_new (practice, status, marks, access_enabled, has_username, set_up, patients)
    SELECT 1, status, marks, access_enabled, has_username, set_up, patients FROM patient_count;
CREATE TABLE link_expiry_count_new (
    practice BIGINT NOT NULL,
    width    BIGINT NOT NULL,  -- Of the bucket, in ms.
    bucket   BIGINT NOT NULL,  -- Expiry divided by the width.
    patients BIGINT NOT NULL,
    PRIMARY KEY (practice, width, bucket)
);
INSERT INTO link_expiry_count_new (practice, width, bucket, patients)
    SELECT 1, width, bucket, patients FROM link_expiry_count;
CREATE TABLE choice_count_new (
    practice BIGINT   NOT NULL,
    kind     SMALLINT NOT NULL,
    choice   TEXT     NOT NULL,
    patients BIGINT   NOT NULL,
    PRIMARY KEY (practice, kind, choice)
);
INSERT INTO choice_count_new (practice, kind, choice, patients) SELECT 1, kind, choice, patients FROM choice_count;
CREATE TABLE saved_view_new (
    practice  BIGINT NOT NULL,
    staff_id  TEXT NOT NULL,
    name_key  TEXT NOT NULL,           -- As compared: letter case folded.
    name      TEXT NOT NULL,           -- As typed.
    sort       SMALLINT NOT NULL,
    descending SMALLINT NOT NULL,
    statuses   BIGINT   NOT NULL,      -- A bit for each status wanted; 0 = all.
    marks      BIGINT   NOT NULL,      -- At least one of them; 0 = all.
    access_enabled SMALLINT,           -- NULL = whether or not, as everywhere below.
    has_username   SMALLINT,
    search     TEXT NOT NULL,
    tag        TEXT NOT NULL,
    provider   TEXT NOT NULL,
    appointment_after  BIGINT,
    appointment_before BIGINT,
    shown_columns TEXT   NOT NULL,     -- "1 3 4", or empty: those that the report has by itself.
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (practice, staff_id, name_key)
);
INSERT INTO saved_view_new (practice, staff_id, name_key, name, sort, descending, statuses, marks, access_enabled,
        has_username, search, tag, provider, appointment_after, appointment_before, shown_columns, created_at,
        changed_at)
    SELECT 1, staff_id, name_key, name, sort, descending, statuses, marks, access_enabled,
        has_username, search, tag, provider, appointment_after, appointment_before, shown_columns, created_at,
        changed_at
    FROM saved_view;
DROP TABLE credential;
DROP TABLE outbox_person;
DROP TABLE invitation;
DROP TABLE batch_person;
DROP TABLE outbox;
DROP TABLE batch;
DROP TABLE patient;
DROP TABLE store_fact;
DROP TABLE portal_request;
DROP TABLE audit;
DROP TABLE audit_head;
DROP TABLE delivery_minute;
DROP TABLE relay;
DROP TABLE mail_template;
DROP TABLE try_count;
DROP TABLE patient_count;
DROP TABLE link_expiry_count;
DROP TABLE choice_count;
DROP TABLE saved_view;
ALTER TABLE store_fact_new RENAME TO store_fact;
ALTER TABLE patient_new RENAME TO patient;
ALTER TABLE credential_new RENAME TO credential;
ALTER TABLE invitation_new RENAME TO invitation;
ALTER TABLE outbox_new RENAME TO outbox;
ALTER TABLE outbox_person_new RENAME TO outbox_person;
ALTER TABLE portal_request_new RENAME TO portal_request;
ALTER TABLE audit_new RENAME TO audit;
ALTER TABLE audit_head_new RENAME TO audit_head;
ALTER TABLE batch_new RENAME TO batch;
ALTER TABLE batch_person_new RENAME TO batch_person;
ALTER TABLE delivery_minute_new RENAME TO delivery_minute;
ALTER TABLE relay_new RENAME TO relay;
ALTER TABLE mail_template_new RENAME TO mail_template;
ALTER TABLE try_count_new RENAME TO try_count;
ALTER TABLE patient_count_new RENAME TO patient_count;
ALTER TABLE link_expiry_count_new RENAME TO link_expiry_count;
ALTER TABLE choice_count_new RENAME TO choice_count;
ALTER TABLE saved_view_new RENAME TO saved_view;
CREATE UNIQUE INDEX one_username_key ON patient (practice, username_key) WHERE username_key IS NOT NULL;
CREATE UNIQUE INDEX one_username_skeleton ON patient (practice, username_skeleton)
    WHERE username_skeleton IS NOT NULL;
CREATE UNIQUE INDEX one_username_shown_skeleton ON patient (practice, username_shown_skeleton)
    WHERE username_shown_skeleton IS NOT NULL;
CREATE UNIQUE INDEX one_open_invitation ON invitation (practice, patient_id) WHERE closed_at IS NULL;
CREATE INDEX invitation_by_patient ON invitation (practice, patient_id, created_at);
CREATE INDEX invitation_to_remind ON invitation (practice, remind_at)
    WHERE remind_at IS NOT NULL AND closed_at IS NULL;
CREATE INDEX outbox_due ON outbox (practice, urgency, next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX outbox_leased ON outbox (practice, lease) WHERE lease <> '';
CREATE INDEX outbox_by_recipient ON outbox (practice, recipient, created_at);
CREATE INDEX outbox_by_batch ON outbox (practice, batch_id) WHERE batch_id IS NOT NULL AND next_try_at IS NOT NULL;
CREATE INDEX outbox_person_by_patient ON outbox_person (practice, patient_id);
CREATE INDEX outbox_person_by_invitation ON outbox_person (practice, invitation_id);
CREATE INDEX audit_by_patient ON audit (practice, patient_id, sequence);
CREATE INDEX batch_open ON batch (practice, starts_at) WHERE ended_at IS NULL;
CREATE INDEX batch_person_by_outcome ON batch_person (practice, batch_id, outcome, place);
CREATE INDEX try_count_by_age ON try_count (practice, since);
