-- 0013_report.sql. What the report knows without counting. The counts follow the rows by what store/kept_counts.cpp sets
-- up on each engine; the indexes that only make the report fast are in store/report_indexes.cpp.
-- Patients in the directory, by everything that counts and the funnel ask for.
CREATE TABLE patient_count (
    status         SMALLINT NOT NULL,
    marks          BIGINT   NOT NULL,  -- The lasting ones.
    access_enabled SMALLINT NOT NULL,
    has_username   SMALLINT NOT NULL,
    set_up         SMALLINT NOT NULL,  -- Username and password are on file.
    patients       BIGINT   NOT NULL,
    PRIMARY KEY (status, marks, access_enabled, has_username, set_up)
);
-- Newest links by when they expire: in wide buckets and in narrow ones, so that those which have expired by now are a
-- sum over few rows at any instant.
CREATE TABLE link_expiry_count (
    width    BIGINT NOT NULL,  -- Of the bucket, in ms.
    bucket   BIGINT NOT NULL,  -- Expiry divided by the width.
    patients BIGINT NOT NULL,
    PRIMARY KEY (width, bucket)
);
-- What the report can be filtered by: 1 providers, 2 tags, and how many patients have each.
CREATE TABLE choice_count (
    kind     SMALLINT NOT NULL,
    choice   TEXT     NOT NULL,
    patients BIGINT   NOT NULL,
    PRIMARY KEY (kind, choice)
);
INSERT INTO patient_count (status, marks, access_enabled, has_username, set_up, patients)
    SELECT status, marks, access_enabled, CASE WHEN username_key IS NULL THEN 0 ELSE 1 END,
        CASE WHEN username_key IS NULL THEN 0 ELSE has_password END, COUNT(*)
    FROM patient WHERE in_directory = 1 GROUP BY 1, 2, 3, 4, 5;
INSERT INTO link_expiry_count (width, bucket, patients)
    SELECT 65536, link_expires_at / 65536, COUNT(*) FROM patient
    WHERE in_directory = 1 AND link_expires_at IS NOT NULL GROUP BY 2;
INSERT INTO link_expiry_count (width, bucket, patients)
    SELECT 268435456, link_expires_at / 268435456, COUNT(*) FROM patient
    WHERE in_directory = 1 AND link_expires_at IS NOT NULL GROUP BY 2;
-- Their work is done by the counts, or by indexes that can be left out while a whole directory is read.
DROP INDEX IF EXISTS patient_by_name;
DROP INDEX IF EXISTS patient_by_status;
DROP INDEX IF EXISTS patient_by_email;
DROP INDEX IF EXISTS patient_by_last_invited;
DROP INDEX IF EXISTS patient_by_last_signed_in;
DROP INDEX IF EXISTS patient_by_next_appointment;
DROP INDEX IF EXISTS patient_counts;
DROP INDEX IF EXISTS patient_set_up;
DROP INDEX IF EXISTS patient_link_expiry;
DROP INDEX IF EXISTS patient_locked;
DROP INDEX IF EXISTS patient_deferred;
DROP INDEX IF EXISTS patient_providers;
DROP INDEX IF EXISTS patient_tags;
