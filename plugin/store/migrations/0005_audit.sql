-- 0005_audit.sql. Who did what to whom; chained: each mac covers the entry and the mac before it.
CREATE TABLE audit (
    sequence   BIGINT PRIMARY KEY,
    at         BIGINT   NOT NULL,
    actor      SMALLINT NOT NULL,       -- 1 staff, 2 patient, 3 plugin, 4 host.
    actor_id   TEXT     NOT NULL,
    came_from  TEXT     NOT NULL,
    action     TEXT     NOT NULL,
    patient_id TEXT     NOT NULL,
    outcome    TEXT     NOT NULL,
    detail     TEXT     NOT NULL,
    mac        TEXT     NOT NULL
);
CREATE INDEX audit_by_patient ON audit (patient_id, sequence);
-- Where the chain ends, so that a cut-off tail shows.
CREATE TABLE audit_head (
    only_one BIGINT PRIMARY KEY CHECK (only_one = 1),
    sequence BIGINT NOT NULL,
    mac      TEXT   NOT NULL
);
INSERT INTO audit_head (only_one, sequence, mac) VALUES (1, 0, '');
