-- 0014_first_time.sql. When each step of the way to the portal was first done; invited is credentials_issued_at, signed in
-- is first_signed_in_at. Of patients who were here before, as far as the record says it.
ALTER TABLE patient ADD COLUMN enabled_at BIGINT;
ALTER TABLE patient ADD COLUMN set_up_at BIGINT;
-- Whose chart came with access has no entry: it was enabled at the latest when something was handed over.
UPDATE patient SET enabled_at = COALESCE(
    (SELECT MIN(audit.at) FROM audit WHERE audit.patient_id = patient.patient_id AND audit.action = 'access_enabled'),
    credentials_issued_at, first_signed_in_at);
-- Either stores a password and is refused without a username: then both are on file.
UPDATE patient SET set_up_at = COALESCE(
    (SELECT MIN(audit.at) FROM audit WHERE audit.patient_id = patient.patient_id
        AND audit.action IN ('setup_completed', 'password_set_by_staff')),
    first_signed_in_at)
    WHERE has_password = 1 AND username_key IS NOT NULL;
