/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/base.h: the words that every other header uses. Frozen in major 1.
 *
 * Conventions, said once and meant everywhere:
 *
 * Life     ppo_plugin_entry -> create -> calls -> shutdown -> destroy -> dlclose, if the host likes.
 * Memory   Nobody frees the other side's memory. *Borrowed* is valid during the call that passes it, *static*
 *          until the library is unloaded, a *handle* until the slot that is named as its end.
 * Text     UTF-8 without U+0000, by pointer and length; never NUL-terminated, except in ppo_error. A NULL
 *          pointer means absent, a length of 0 means empty; where absent makes no sense, both mean empty.
 * Structs  The first member is `struct_size`, set by whoever filled the struct (or owns it, for results) to
 *          sizeof as compiled. Structs grow only at the end, without holes; a new member that is zero means
 *          "as before". A larger struct than the callee knows is accepted if the unknown tail is zero.
 *          Frozen structs without a size (ppo_text, the sinks, ppo_cell) never change in major 1.
 * Results  Positive is good, **0 is never success** (a host callback that failed in another language tends to
 *          answer 0), negative says no: *refused* = a rule of the product says no, show the sentence;
 *          *misuse* = the caller erred; *fault* = a machine broke. After any of these nothing has changed; only
 *          a sink that fails does so after the change is stored: then PPO_FAULT_HOST means "done, but not told".
 * Times    Milliseconds since 1970-01-01T00:00:00Z. Calendar days are text, YYYY-MM-DD.
 * Numbers  Counters stay below 2^53, so that every language's numbers hold them.
 * Unwinds  No exception, longjmp or thread cancellation crosses the boundary, in either direction.
 * Privacy  No password, link, e-mail address or patient value stands in a log line or a ppo_error.
 *
 * Every function pointer carries exactly one thread tag, which begins the last paragraph of its comment:
 *
 * [free]      Plugin slot: any thread, any time, beside any other call.
 * [instance]  Plugin slot: the host makes this call alone; no other call of the instance runs beside it.
 * [handle]    Plugin slot: the host makes one call at a time per view; different views run in parallel.
 * [inline]    Host function: called only on a thread that is inside a plugin call right now, before that
 *             returns. The plugin holds no lock and no transaction meanwhile; calling back in is allowed.
 * [anywhere]  Host function: called like [inline], and also from the plugin's own thread, if it has one.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_BASE_H
#define PPO_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define PPO_CALL __cdecl
#define PPO_EXPORT __declspec(dllexport)
#else
#define PPO_CALL
#define PPO_EXPORT __attribute__((visibility("default")))
#endif

#define PPO_ABI_MAJOR 1u
#define PPO_ABI_MINOR 0u

typedef int32_t ppo_result; /* One of the constants of ppo/results.h. */
typedef int64_t ppo_time;   /* Milliseconds since 1970-01-01T00:00:00Z, or PPO_TIME_NONE. */

#define PPO_TIME_NONE INT64_MIN

/* Borrowed UTF-8 text. Frozen; passed by value in calls to the plugin. */
typedef struct ppo_text {
    const char *data; /* May be NULL: absent. */
    size_t size;      /* Bytes, without a terminator. */
} ppo_text;

/* Where text goes that the plugin writes. Frozen. */
typedef struct ppo_text_sink {
    void *context;
    /*
     * Takes the next piece: UTF-8, cut only between characters, borrowed for this call.
     * Answer PPO_OK to go on, PPO_STOPPED for enough; anything else ends the call with PPO_FAULT_HOST.
     *
     * [inline]
     */
    ppo_result(PPO_CALL *put)(void *context, const char *data, size_t size);
} ppo_text_sink;

/*
 * Says more about a result that is not good. Owned by the caller, usually on its stack; every `error` argument
 * may be NULL. Set struct_size before the call; the rest is written on refusal, misuse and fault only. The three
 * texts are NUL-terminated.
 */
typedef struct ppo_error {
    uint32_t struct_size;
    ppo_result result;      /* The same as the call's result. */
    int64_t retry_after_ms; /* How long to wait before the same call may succeed; 0 = not known. */
    char code[48];          /* The constant's name in lower case, for logs and look-ups: "refused_no_email". */
    char field[48];         /* The argument, member or form field meant; empty if none. */
    char message[400];      /* One plain sentence for the person in front of the screen. */
} ppo_error;

/* True if `object` (not NULL) is large enough to hold `member`. */
#define PPO_HAS(type, object, member) \
    ((size_t)(object)->struct_size >= offsetof(type, member) + sizeof((object)->member))

#ifdef __cplusplus
}
#endif
#endif
