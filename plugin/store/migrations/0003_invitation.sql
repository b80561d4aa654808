-- 0003_invitation.sql. The link itself is never stored: it is derived from the id by a key, and only its keyed digest
-- is at rest, in hex.
CREATE TABLE invitation (
    invitation_id TEXT PRIMARY KEY CHECK (LENGTH(invitation_id) = 32),
    patient_id    TEXT     NOT NULL REFERENCES patient (patient_id) ON DELETE CASCADE,
    origin        SMALLINT NOT NULL,    -- 1 first set-up by staff, 2 reset by staff, 3 asked for by the patient.
    key_id        TEXT     NOT NULL,
    link_digest   TEXT     NOT NULL UNIQUE CHECK (LENGTH(link_digest) = 64),
    epoch         BIGINT   NOT NULL,    -- The patient's security_epoch when it was made.
    created_at    BIGINT   NOT NULL,
    expires_at    BIGINT   NOT NULL,
    closed_at     BIGINT,               -- NULL while the link can be used.
    closed_by     SMALLINT NOT NULL DEFAULT 0,  -- 1 used, 2 replaced, 3 access, 4 e-mail, 5 credentials, 6 withdrawn.
    wrong_answers BIGINT   NOT NULL DEFAULT 0,
    wait_until    BIGINT
);
CREATE UNIQUE INDEX one_open_invitation ON invitation (patient_id) WHERE closed_at IS NULL;
CREATE INDEX invitation_by_patient ON invitation (patient_id, created_at);
