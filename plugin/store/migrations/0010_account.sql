-- 0010_account.sql. What bars a sign-in, and how usernames look as they are shown; existing usernames are filled in by
-- store/migrate.cpp, which knows ICU.
-- Unique: look-alikes of the username with its letter case kept.
ALTER TABLE patient ADD COLUMN username_shown_skeleton TEXT;
-- As in credential: a password set by staff, unused, ends here.
ALTER TABLE patient ADD COLUMN password_lapses_at BIGINT;
-- By wrong passwords, until a link or staff help.
ALTER TABLE patient ADD COLUMN password_disabled SMALLINT NOT NULL DEFAULT 0;
UPDATE patient SET password_lapses_at =
    (SELECT lapses_at FROM credential WHERE credential.patient_id = patient.patient_id);
-- 16384 is the mark "locked".
UPDATE patient SET password_disabled = 1, marks = marks + 16384
    WHERE patient_id IN (SELECT patient_id FROM credential WHERE failures >= 100);
CREATE UNIQUE INDEX one_username_shown_skeleton ON patient (username_shown_skeleton)
    WHERE username_shown_skeleton IS NOT NULL;
