-- 0006_batch.sql. Invitations to many at once: who, and what became of each.
CREATE TABLE batch (
    batch_id      BIGINT PRIMARY KEY,      -- 1, 2, 3 and so on.
    state         SMALLINT NOT NULL,       -- 1 held back, 2 running, 3 paused, 4 done, 5 cancelled, 6 undone.
    started_by    TEXT     NOT NULL,       -- Staff id.
    came_from     TEXT     NOT NULL,
    started_at    BIGINT   NOT NULL,
    starts_at     BIGINT   NOT NULL,       -- End of the hold-back.
    ended_at      BIGINT,
    signed_in_too SMALLINT NOT NULL,
    selected      BIGINT   NOT NULL
);
CREATE INDEX batch_open ON batch (starts_at) WHERE ended_at IS NULL;
-- One row a patient, small: there may be a hundred thousand of them.
CREATE TABLE batch_person (
    batch_id   BIGINT   NOT NULL REFERENCES batch (batch_id) ON DELETE CASCADE,
    place      BIGINT   NOT NULL,          -- 1, 2, 3 and so on.
    patient_id TEXT     NOT NULL,
    outcome    SMALLINT NOT NULL,          -- As patient.mail_state, or 16 waiting, 17 skipped, 18 taken back.
    reason     TEXT     NOT NULL DEFAULT '',  -- Of a skipped one: the refusal's code.
    mail_id    TEXT,
    PRIMARY KEY (batch_id, place)
);
CREATE INDEX batch_person_by_outcome ON batch_person (batch_id, outcome, place);
