-- 0009_bounce.sql. A bounce is a state of the mail (7), in outbox as in patient; the flag beside it was never set.
ALTER TABLE patient DROP COLUMN bounced;
