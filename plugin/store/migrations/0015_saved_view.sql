-- 0015_saved_view.sql. What a member of staff wants to find again in the report: filters, order and columns.
CREATE TABLE saved_view (
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
    PRIMARY KEY (staff_id, name_key)
);
