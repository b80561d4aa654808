/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/report.h: ppo.report/1, the onboarding report: every patient one row. Filter, sort, page, count, write, analyse.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_REPORT_H
#define PPO_REPORT_H

#include "ppo/people.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PPO_REPORT_1 "ppo.report/1"

enum { /* Columns. Kinds: t text, n number, w time (a number of ms, PPO_TIME_NONE = never), g tags as one text, ";". */
    PPO_COLUMN_PATIENT_ID = 1,      /* t */
    PPO_COLUMN_STATUS = 2,          /* n: PPO_STATUS_*; text: the word */
    PPO_COLUMN_NAME = 3,            /* t: "Last, First" */
    PPO_COLUMN_EMAIL = 4,           /* t */
    PPO_COLUMN_USERNAME = 5,        /* t */
    PPO_COLUMN_MARKS = 6,           /* n: PPO_MARK_*; text: the words, comma between */
    PPO_COLUMN_LAST_INVITED = 7,    /* w */
    PPO_COLUMN_LAST_SIGNED_IN = 8,  /* w */
    PPO_COLUMN_PROVIDER = 9,        /* t */
    PPO_COLUMN_TAGS = 10,           /* g */
    PPO_COLUMN_NEXT_APPOINTMENT = 11, /* w */
    PPO_COLUMN_CHART_STATUS = 12    /* n: PPO_CHART_*; text: the word */
};

enum { /* Order. The patient id is always the last key. */
    PPO_SORT_NAME = 0, /* Last name, first name. */
    PPO_SORT_STATUS = 1, /* RED first. */
    PPO_SORT_LAST_INVITED = 2, /* Earliest first. */
    PPO_SORT_LAST_SIGNED_IN = 3, /* Earliest first. */
    PPO_SORT_NEXT_APPOINTMENT = 4 /* Earliest first. */
};

enum { /* Three-way filter. */
    PPO_ANY = 0, /* No matter. */
    PPO_YES = 1, /* Only those who are or have it. */
    PPO_NO = 2 /* Only the others. */
};

/* What to show. All zero = every patient, by name, the default columns. Borrowed. */
typedef struct ppo_report_query {
    uint32_t struct_size;
    uint32_t sort;           /* PPO_SORT_*. */
    uint32_t descending;     /* 1 = the other way round, else 0. */
    uint32_t statuses;       /* Bit (1 << PPO_STATUS_*) for each status wanted, no other; 0 = all. */
    uint64_t marks;          /* PPO_MARK_*, no other: rows with at least one of these; 0 = all. */
    uint32_t access_enabled; /* PPO_ANY, _YES, _NO: the flag itself. */
    uint32_t has_username;   /* PPO_ANY, _YES, _NO. */
    ppo_text search;         /* Any part of name, e-mail or username, case and accents ignored; 0..128 bytes. */
    ppo_text tag;            /* Exactly this tag, 0..64 bytes; empty = all. */
    ppo_text provider;       /* Exactly this provider, 0..220 bytes; empty = all. */
    ppo_time appointment_after;  /* Next appointment at or after; 0 or PPO_TIME_NONE = all. */
    ppo_time appointment_before; /* Next appointment before; 0 or PPO_TIME_NONE = all. */
    ppo_text cursor;         /* next_cursor or previous_cursor of an earlier page of the same query, 0..2048 bytes;
                                empty = start. */
    uint64_t limit;          /* Rows in all; 0 = no limit for `read`, 1..1000 sensible for a page. */
    const uint32_t *columns; /* `column_count` PPO_COLUMN_*, NULL = 1 to 8. */
    uint64_t column_count;   /* 0..32. */
} ppo_report_query;

/* Frozen. */
typedef struct ppo_cell {
    ppo_text text;  /* Borrowed; for people. Empty for a time that is PPO_TIME_NONE, otherwise ISO 8601 in UTC. */
    int64_t number; /* For machines; 0 in text columns. */
} ppo_cell;

/* A batch of rows, borrowed. */
typedef struct ppo_rows {
    uint32_t struct_size;
    uint32_t column_count;    /* Cells in a row. */
    uint64_t row_count;       /* 1..256; 0 only if the whole result is empty. */
    const ppo_cell *cells;    /* row_count * column_count, row by row. */
    ppo_text next_cursor;     /* Continues after the last row of this batch; empty = there is none. */
    ppo_text previous_cursor; /* Goes back before the first row of this batch; empty = there is none. */
} ppo_rows;

/* Frozen. */
typedef struct ppo_rows_sink {
    void *context;
    /*
     * Takes a batch. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_rows *rows);
} ppo_rows_sink;

#define PPO_MARK_BITS 64 /* Places in `by_mark`. */

/* How many rows of the query (cursor and limit left aside). Owned by the caller. */
typedef struct ppo_report_counts {
    uint32_t struct_size;
    uint32_t reserved;               /* 0. */
    uint64_t patients;               /* All matching rows; also the first step of the funnel. */
    uint64_t by_status[8];           /* Index PPO_STATUS_*; the others are 0. */
    uint64_t by_mark[PPO_MARK_BITS]; /* Index: the mark's bit number. */
    uint64_t enabled;                /* Funnel: access enabled and the chart open. */
    uint64_t invited;                /* Funnel: of these, an invitation left or credentials were handed over. */
    uint64_t set_up;                 /* Funnel: of these, username and password are on file. */
    uint64_t signed_in;              /* Funnel: of these, has signed in. */
} ppo_report_counts;

enum { /* By what `analyse` puts patients together. */
    PPO_GROUP_NONE = 0, /* All in one. */
    PPO_GROUP_PROVIDER = 1, /* By primary provider. */
    PPO_GROUP_TAG = 2,  /* Who has several tags counts in the group of each. */
    PPO_GROUP_WEEK = 3  /* The week of the practice's calendar in which access was first enabled. */
};

#define PPO_STRETCHES 4 /* Places in `median_tenths` and `timed`. */

enum { /* Index of what a group tells about time. */
    PPO_STRETCH_ENABLED_TO_INVITED = 0, /* From access to the first invitation. */
    PPO_STRETCH_INVITED_TO_SET_UP = 1, /* From there to the first password. */
    PPO_STRETCH_SET_UP_TO_SIGNED_IN = 2, /* From there to the first sign-in. */
    PPO_STRETCH_ENABLED_TO_SIGNED_IN = 3 /* The whole way. */
};

/*
 * The funnel of one group. Borrowed. Its steps count as in ppo_report_counts: for the same filters those of
 * PPO_GROUP_NONE are the same numbers. A step's time is its first; where it is not known (access that came with the
 * chart before this was noted), the patient counts in the funnel and not in the median.
 */
typedef struct ppo_report_group {
    uint32_t struct_size;
    uint32_t reserved;  /* 0. */
    ppo_text label;     /* Provider, tag or "2026-W07" (ISO 8601); empty without grouping and for those without. */
    uint64_t patients;  /* Of the group. */
    uint64_t enabled;   /* With access. */
    uint64_t invited;   /* Of these, invited or handed credentials. */
    uint64_t set_up;    /* Of these, with a password. */
    uint64_t signed_in; /* Of these, signed in at least once. */
    int64_t median_tenths[PPO_STRETCHES]; /* Tenths of a day that half of them took at most; -1 = nobody. Exact to one
                                             tenth in the first 30 days, to a day up to 400, to a week beyond. */
    uint64_t timed[PPO_STRETCHES];        /* How many the median is of. */
} ppo_report_group;

/* Frozen. */
typedef struct ppo_report_group_sink {
    void *context;
    /*
     * Takes one group. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_report_group *group);
} ppo_report_group_sink;

/* How many did a step for the first time in one week, Monday to Sunday in the practice's time zone. Borrowed. */
typedef struct ppo_report_week {
    uint32_t struct_size;
    uint32_t reserved;  /* 0. */
    ppo_time begins;    /* Monday's midnight. */
    ppo_text label;     /* "2026-W07" (ISO 8601). */
    uint64_t enabled;   /* For the first time in this week. */
    uint64_t invited;   /* The same. */
    uint64_t set_up;    /* The same. */
    uint64_t signed_in; /* The same. */
} ppo_report_week;

/* Frozen. */
typedef struct ppo_report_week_sink {
    void *context;
    /*
     * Takes one week. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_report_week *week);
} ppo_report_week_sink;

/* A view of the report that a member of staff saved. Borrowed. */
typedef struct ppo_saved_view {
    uint32_t struct_size;
    uint32_t reserved;             /* 0. */
    ppo_text name;                 /* As it was typed, without blanks around it. */
    const ppo_report_query *query; /* Complete: hand it to `read` as it is. No cursor, no limit. */
    ppo_time changed_at;           /* When it was last saved. */
} ppo_saved_view;

/* Frozen. */
typedef struct ppo_saved_view_sink {
    void *context;
    /*
     * Takes one view. Answer PPO_OK, or PPO_STOPPED for enough.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_saved_view *view);
} ppo_saved_view_sink;

/* The table of ppo.report/1. */
typedef struct ppo_report_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Puts the rows of the query into the sink, batch by batch. Rows that change between batches show as they are
     * when their batch is read; none is shown twice or left out while its sort key stays the same.
     *
     * PPO_OK after the last row or at the limit; PPO_STOPPED; PPO_REFUSED_NOT_PERMITTED, _STALE_CURSOR.
     *
     * [free] [borrows] No lock is held between batches.
     */
    ppo_result(PPO_CALL *read)(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                               const ppo_rows_sink *sink, ppo_error *error);

    /*
     * Counts the rows of the query per status and mark, and the funnel. They always agree with `read`.
     *
     * counts  Out; written on PPO_OK only.
     *
     * PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *count)(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                                ppo_report_counts *counts, ppo_error *error);

    /*
     * Writes the rows of the query as a document, in pieces of about 64 KiB that end with a row. Cursor and limit hold
     * as for `read`: a cursor starts there, a limit is of rows in all. Without `columns`: PATIENT_ID, STATUS, NAME,
     * EMAIL, USERNAME, MARKS, LAST_INVITED, LAST_SIGNED_IN, PROVIDER, NEXT_APPOINTMENT.
     *
     * format  "csv"      RFC 4180, UTF-8 with BOM, CRLF, for spreadsheets: whatever one could take for the begin of a
     *                    formula gets an apostrophe in front (= + - @ and their wide forms, at the begin of a cell or
     *                    behind a separator, quote or line end in it; a tab or line end that begins a cell).
     *         "csv-raw"  for machines: no BOM, columns named by id, cells as they are.
     *         "tsv"      UTF-8 without BOM, LF; within a cell tab, LF, CR and backslash are a backslash with t, n, r or
     *                    a second one; formulas as in "csv". "tsv-raw": columns named by id, no apostrophes.
     *         "jsonl"    one object a line, members named by column id: "patient_id", "status", "name", "email",
     *                    "username", "marks", "last_invited", "last_signed_in", "provider", "tags",
     *                    "next_appointment", "chart_status". Texts, but marks and tags are lists of texts; times are
     *                    ISO 8601 in UTC, whole seconds, or null for never.
     *         "json"     the same objects as one list.
     *         "html"     a page to print: practice, time, totals per status and mark, funnel, then the rows.
     *
     * No lock is held between pieces. A row that changes meanwhile shows as it is when its thousand is read; none comes
     * twice or is left out while its sort key stays. Totals are counted when writing begins, by the same filters and
     * without cursor and limit; the page ends with how many rows it lists.
     *
     * Recorded are who began it, before the first piece, and at its end how many rows the sink was given and whether
     * that was all: "done", "stopped" by the sink, or "failed".
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED, _STALE_CURSOR, PPO_MISUSE_UNKNOWN_ID.
     *
     * [free] [borrows] Constant memory at any length.
     */
    ppo_result(PPO_CALL *write)(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                                ppo_text format, const ppo_text_sink *sink, ppo_error *error);

    /*
     * Puts one page of the query into the sink as a JSON document, in one piece, for hosts that read JSON faster than
     * they cross a boundary:
     *
     *   {"rows": [{"patient_id": "P1", "status": 2, ...}, ...], "next_cursor": "...", "previous_cursor": "..."}
     *
     * A row has the query's columns by their names in lower case (PPO_COLUMN_LAST_INVITED is "last_invited"): texts as
     * strings, numbers as numbers, times as ms since 1970, UTC, or null. A cursor is "" where there is none. `limit` is
     * at most 1000; 0 = 100. Like `read` it is on nobody's record.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED, _STALE_CURSOR.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *read_json)(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                                    const ppo_text_sink *sink, ppo_error *error);

    /*
     * Puts the funnel of whom the query's filters match into the sink, one group after the other in the order of their
     * labels; those without a provider, tag or week come last. Without grouping one group, also of nobody. Order,
     * columns, cursor and limit of the query are left aside.
     *
     * group_by  PPO_GROUP_*.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED, PPO_MISUSE_VALUE.
     *
     * [free] [borrows] Reads every patient who matches, once: about a second for a million; writers wait meanwhile.
     * Memory grows with the groups alone. No lock is held while the sink runs.
     */
    ppo_result(PPO_CALL *analyse)(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                                  uint32_t group_by, const ppo_report_group_sink *sink, ppo_error *error);

    /*
     * Puts every week from the one of `from` to the one in which `until` ends into the sink, oldest first, weeks
     * without anybody too: how many of whom the query's filters match now did a step for the first time in it, with or
     * without access today. 530 weeks at most.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED; PPO_MISUSE_VALUE for a stretch of none or of too many.
     *
     * [free] [borrows] As analyse.
     */
    ppo_result(PPO_CALL *trend)(ppo_instance *self, const ppo_caller *caller, const ppo_report_query *query,
                                ppo_time from, ppo_time until, const ppo_report_week_sink *sink, ppo_error *error);

    /*
     * Keeps filters, order and columns under a name, for the caller's staff id alone: whoever signs in with it finds
     * them again at any desk, and nobody else does. A view of the same name is replaced. The record says that a view
     * was saved; name and filters are not in it, for either may be a patient's name.
     *
     * name   1 to 64 characters without the blanks around them, at most 512 bytes. Letter case does not count.
     * query  Its cursor and limit are left aside. Times stay the moments that they are.
     *
     * PPO_REFUSED_NOT_PERMITTED, _VIEW_NAME, _TOO_MANY_VIEWS (of 50).
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *save_view)(ppo_instance *self, const ppo_caller *caller, ppo_text name,
                                    const ppo_report_query *query, ppo_error *error);

    /*
     * Puts the caller's saved views into the sink, by name.
     *
     * PPO_OK, PPO_STOPPED, PPO_REFUSED_NOT_PERMITTED.
     *
     * [free] [borrows] No lock is held while the sink runs.
     */
    ppo_result(PPO_CALL *each_view)(ppo_instance *self, const ppo_caller *caller, const ppo_saved_view_sink *sink,
                                    ppo_error *error);

    /*
     * Removes a saved view of the caller.
     *
     * name  As in save_view; letter case does not count.
     *
     * PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_SAVED_VIEW: also for a view of somebody else.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *drop_view)(ppo_instance *self, const ppo_caller *caller, ppo_text name, ppo_error *error);
} ppo_report_1;

#ifdef __cplusplus
}
#endif
#endif
