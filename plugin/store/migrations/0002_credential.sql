-- 0002_credential.sql. The password's hash, apart from the report's row, and the count of failures against it.
CREATE TABLE credential (
    patient_id      TEXT PRIMARY KEY REFERENCES patient (patient_id) ON DELETE CASCADE,
    sealed_password TEXT NOT NULL,      -- Argon2id PHC string, sealed under the password key, base64.
    set_at          BIGINT NOT NULL,
    lapses_at       BIGINT,             -- A password set by staff, unused, ends here.
    failures        BIGINT NOT NULL DEFAULT 0,
    wait_until      BIGINT              -- Until then no sign-in is taken.
);
