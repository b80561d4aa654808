-- 0004_outbox.sql. The row is the promise that a mail leaves. It holds no text and no link: both are made at sending.
CREATE TABLE outbox (
    mail_id      TEXT PRIMARY KEY,      -- Also the Message-ID's left side: the same at every try.
    kind         SMALLINT NOT NULL,     -- 1 invitation, 2 username reminder, 3 password changed, 4 username changed.
    recipient    TEXT     NOT NULL,     -- The address on file when it was queued.
    language     TEXT     NOT NULL,
    state        SMALLINT NOT NULL,     -- As patient.mail_state.
    created_at   BIGINT   NOT NULL,
    tries        BIGINT   NOT NULL DEFAULT 0,
    next_try_at  BIGINT,                -- NULL once nothing more is tried.
    leased_until BIGINT,                -- A worker has it in hand until then.
    lease        TEXT     NOT NULL DEFAULT '',
    reason       TEXT     NOT NULL DEFAULT ''  -- The server's words, cleaned.
);
CREATE INDEX outbox_due ON outbox (next_try_at) WHERE next_try_at IS NOT NULL;
-- Whom a mail is about: one person, or all who share an address and the same facts.
CREATE TABLE outbox_person (
    mail_id       TEXT NOT NULL REFERENCES outbox (mail_id) ON DELETE CASCADE,
    place         SMALLINT NOT NULL,
    patient_id    TEXT NOT NULL REFERENCES patient (patient_id) ON DELETE CASCADE,
    invitation_id TEXT,
    PRIMARY KEY (mail_id, place)
);
CREATE INDEX outbox_person_by_patient ON outbox_person (patient_id);
CREATE INDEX outbox_person_by_invitation ON outbox_person (invitation_id);
-- What a visitor of the portal asked for, sealed, until the worker has matched it.
CREATE TABLE portal_request (
    request_id TEXT PRIMARY KEY,
    sealed     TEXT   NOT NULL,
    asked_at   BIGINT NOT NULL
);
