-- 0011_consent.sql. What the patient said about the portal, beside the chart's own opted_out, which stays the host's.
-- 0 nothing said, 1 declined, 2 deferred until a day, 3 do not mail.
ALTER TABLE patient ADD COLUMN consent SMALLINT NOT NULL DEFAULT 0 CHECK (consent BETWEEN 0 AND 3);
ALTER TABLE patient ADD COLUMN consent_until BIGINT CHECK ((consent = 2) = (consent_until IS NOT NULL));
-- Small: few patients ask to wait.
CREATE INDEX patient_deferred ON patient (consent_until) WHERE consent_until IS NOT NULL;
