-- 0008_mail_template.sql. Texts of mails that the practice replaced; without a row the plugin's own is used.
CREATE TABLE mail_template (
    kind       SMALLINT NOT NULL,          -- 1 first set-up, 2 new password, 3 reminder.
    language   TEXT     NOT NULL,
    subject    TEXT     NOT NULL,
    plain_text TEXT     NOT NULL,
    html       TEXT     NOT NULL,
    set_at     BIGINT   NOT NULL,
    PRIMARY KEY (kind, language)
);
