-- 0007_delivery.sql. Mails in their order of urgency, of batches and reminders; caps; the mail server's health.
-- Urgency: 1 somebody waits for it, 2 batch or reminder.
ALTER TABLE outbox ADD COLUMN urgency SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE outbox ADD COLUMN batch_id BIGINT;
ALTER TABLE outbox ADD COLUMN batch_place BIGINT;
ALTER TABLE outbox ADD COLUMN is_reminder SMALLINT NOT NULL DEFAULT 0;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (urgency, next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX outbox_leased ON outbox (lease) WHERE lease <> '';
CREATE INDEX outbox_by_recipient ON outbox (recipient, created_at);
CREATE INDEX outbox_by_batch ON outbox (batch_id) WHERE batch_id IS NOT NULL AND next_try_at IS NOT NULL;
-- What the practice's caps are counted by, of the last two days. Mails in a worker's hand count in both columns.
CREATE TABLE delivery_minute (
    minute BIGINT PRIMARY KEY,             -- Minutes since 1970, when the mails were taken in hand.
    mails  BIGINT NOT NULL,                -- Left.
    tries  BIGINT NOT NULL                 -- Left, or were refused or put off by the mail server.
);
-- Whether the mail server takes anything at all; one row, seen by every worker.
CREATE TABLE relay (
    only_one     BIGINT PRIMARY KEY CHECK (only_one = 1),
    failures     BIGINT NOT NULL DEFAULT 0,  -- In a row.
    broken_since BIGINT,                     -- NULL while it takes mails.
    rests_until  BIGINT,                     -- Then one mail is tried.
    reason       TEXT   NOT NULL DEFAULT ''  -- One sentence, cleaned.
);
INSERT INTO relay (only_one) VALUES (1);
-- When the person is reminded next; NULL = not any more.
ALTER TABLE invitation ADD COLUMN remind_at BIGINT;
CREATE INDEX invitation_to_remind ON invitation (remind_at) WHERE remind_at IS NOT NULL AND closed_at IS NULL;
