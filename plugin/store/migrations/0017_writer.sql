-- 0017_writer.sql. On a server an answer to COMMIT can be lost. Each connection that changes things counts its transactions
-- here, inside of them: what stands here after the connection broke says whether the last one was kept.
CREATE TABLE writer (
    practice  BIGINT NOT NULL,
    writer_id TEXT   NOT NULL,   -- Random, of one connection.
    changes   BIGINT NOT NULL,   -- Transactions that it has committed.
    at        BIGINT NOT NULL,   -- When the last one began, by the server's clock.
    PRIMARY KEY (practice, writer_id)
);
