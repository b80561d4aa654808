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
 *          "as before". A larger struct than the callee knows is accepted if the unknown tail is zero. A bit of
 *          `flags` that the callee does not know, or a `reserved` that is not 0, is PPO_MISUSE_VALUE (of
 *          settings PPO_MISUSE_SETTING).
 *          Frozen structs without a size (ppo_text, the sinks, ppo_cell) never change in major 1.
 * Out      A result that the caller owns is written as far as both sides know it; the rest of it is set to zero.
 *          What stood in it before is not looked at, apart from struct_size.
 * Tables   Grow at the end too, and offer: whoever uses one looks at the slots that it knows, and asks PPO_HAS for
 *          those that came later. More slots or flags than it knows are no error.
 * Results  Positive is good, **0 is never success** (a host callback that failed in another language tends to
 *          answer 0), negative says no: *refused* = a rule of the product says no, show the sentence;
 *          *misuse* = the caller erred; *fault* = a machine broke. After any of these nothing has changed; only
 *          a sink that fails does so after the change is stored: then PPO_FAULT_HOST means "done, but not told".
 * Times    Milliseconds since 1970-01-01T00:00:00Z. Calendar days are text, YYYY-MM-DD.
 * Numbers  Counters stay below 2^53, so that every language's numbers hold them. Yes and no are int32_t, 1 and 0.
 * Machines Sizes and offsets are those of 64-bit machines, whether `long` has 32 bits or 64. PPO_TIME_NONE and
 *          PPO_MARK_* are <stdint.h>'s 64-bit constants: MinGW's C++98 has them if __STDC_LIMIT_MACROS and
 *          __STDC_CONSTANT_MACROS are defined, its pedantic C90 with -Wno-long-long.
 * Unwinds  No exception, longjmp or thread cancellation crosses the boundary, in either direction.
 * Privacy  No password, link, e-mail address or patient value stands in a log line or a ppo_error.
 *
 * Every function pointer carries exactly one thread tag, which begins the last paragraph of its comment:
 *
 * [free]      Plugin slot: any thread, any time, beside any other call.
 * [instance]  Plugin slot: the host makes this call alone; no other call of the instance runs beside it.
 * [handle]    Plugin slot: the host makes one call at a time per view, or per sink that the plugin gave and while
 *             the call that it came with runs; different ones run in parallel. A host function that was called by
 *             a view's slot does not call that view: its next call begins when this one has returned.
 * [inline]    Host function: called only on a thread that is inside a plugin call right now, before that
 *             returns. The plugin holds no lock and no transaction meanwhile; calling back in is allowed.
 * [anywhere]  Host function: called like [inline], and also from the plugin's own thread, if it has one.
 *
 * Beside it stands exactly one word on memory:
 *
 * [borrows]   Texts, structs and sinks are borrowed for the call; what is written goes into a sink, or into a struct
 *             or number that the caller owns, on PPO_OK only unless said otherwise.
 * [opens]     The same, and `out` receives a handle.
 * [ends]      Ends the handle.
 * [static]    The same as [borrows], and what is returned is static; what a host returns stays until `destroy`.
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
#elif defined(__GNUC__)
#define PPO_CALL
#define PPO_EXPORT __attribute__((visibility("default")))
#else
#define PPO_CALL
#define PPO_EXPORT
#endif

#define PPO_ABI_MAJOR 1u /* Of these headers; given to ppo_plugin_entry. */
#define PPO_ABI_MINOR 0u /* Of these headers; for people. */

typedef int32_t ppo_result; /* One of the constants of ppo/results.h. */
typedef int64_t ppo_time;   /* Milliseconds since 1970-01-01T00:00:00Z, or PPO_TIME_NONE. */

#define PPO_TIME_NONE INT64_MIN /* Never, not yet, not on file: the member says which. */

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
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const char *data, size_t size);
} ppo_text_sink;

/*
 * Says more about a result that is not good. Owned by the caller, usually on its stack; every `error` argument
 * may be NULL. Zero it and set struct_size before the call; the rest is written on refusal, misuse and fault only.
 * The three texts are NUL-terminated.
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
