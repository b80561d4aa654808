-- 0012_try_count.sql. Tries of late, for the limits per source and per typed facts. Whose they are is a keyed digest.
CREATE TABLE try_count (
    kind  SMALLINT NOT NULL,  -- 1 failed sign-in, 2 request, 3 request with the same facts, 4 link that nobody has.
    who   TEXT     NOT NULL CHECK (LENGTH(who) = 32),
    since BIGINT   NOT NULL,  -- Begin of the stretch that is counted together.
    tries BIGINT   NOT NULL,
    PRIMARY KEY (kind, who, since)
);
CREATE INDEX try_count_by_age ON try_count (since);
