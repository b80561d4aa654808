/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ppo/ui.h: ppo.ui/1, what the plugin adds to the host's screens, as data. The plugin says where (contributions) and
 * what (a view model, one JSON document, schema in view-model-1.schema.json); the host decides how it looks.
 *
 *   1. contributions: the menu entry and the pop-out tab.
 *   2. open a view; render it; show it.
 *   3. The user types: edit, and render again: the verdict on a value stands in the model.
 *   4. The user clicks: ask the action's `confirm` first if it has one, invoke, perform the effects in order,
 *      render again if one of them is PPO_EFFECT_REFRESH.
 *   5. While the model has `refresh_after_ms`, render again after that time.
 *   6. close.
 *
 * Open words: show an unknown element kind as its label and text, an unknown tone as neutral; ignore unknown
 * locations, effects and members.
 *
 * Interface history: 1.0 first.
 */
#ifndef PPO_UI_H
#define PPO_UI_H

#include "ppo/people.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PPO_UI_1 "ppo.ui/1"

typedef struct ppo_view ppo_view; /* Handle; ends with `close`, or with the instance. */

enum { /* Flags of a contribution. */
    PPO_CONTRIBUTION_NEEDS_PATIENT = 1 /* Open its view with a patient_id. */
};

/* A place on the host's screens that belongs to the plugin. Borrowed. */
typedef struct ppo_contribution {
    uint32_t struct_size;
    uint32_t flags;       /* PPO_CONTRIBUTION_*. */
    uint32_t permission;  /* PPO_MAY_*: show it to staff who have this. */
    uint32_t order;       /* Among contributions to one location, lowest first. */
    ppo_text location;    /* "menu.my-links" or "patient.edit.tabs". */
    ppo_text view_id;     /* The view that it opens. */
    ppo_text label;       /* "Patient Portal Onboarding Tool", "Patient Portal". */
    ppo_text hint;        /* One sentence. */
} ppo_contribution;

/* Frozen. */
typedef struct ppo_contribution_sink {
    void *context;
    /*
     * Takes one contribution. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_contribution *contribution);
} ppo_contribution_sink;

/* Which view is opened, and for whom. */
typedef struct ppo_view_request {
    uint32_t struct_size;
    uint32_t flags;      /* 0. */
    ppo_text view_id;    /* From the contribution, 1..64 bytes. */
    ppo_text patient_id; /* Empty unless the contribution needs one; 0..64 bytes. */
    ppo_text language;   /* BCP 47, 0..35 bytes; empty = the practice's. */
} ppo_view_request;

enum { /* Kinds of effects. */
    PPO_EFFECT_REFRESH = 1,   /* The model changed: render again. `target` = patient id of the one row that changed, or
                                 empty for all. */
    PPO_EFFECT_CLOSE = 2,     /* Close the pop-out or page. */
    PPO_EFFECT_OPEN_VIEW = 3, /* Open view `target` for the patient `text`. */
    PPO_EFFECT_OPEN_URL = 4,  /* Open `target`. */
    PPO_EFFECT_COPY_TEXT = 5, /* Offer `text` for copying; `target` = id of the field it is for, or empty. */
    PPO_EFFECT_TOAST = 6,     /* Say `text` in `tone`, also to screen readers, and offer its action if it has one. */
    PPO_EFFECT_SAVE_TEXT = 7  /* `text` is the next piece of the document named `target`, such as
                                 "onboarding.csv": offer it for download, or for printing if it is HTML. There may be
                                 thousands of pieces: put them on the disk, not into memory. */
};

enum { /* Tones; the host chooses colours. */
    PPO_TONE_NEUTRAL = 0, /* Says something. */
    PPO_TONE_SUCCESS = 1, /* It is done. */
    PPO_TONE_WARNING = 2, /* Somebody should look. */
    PPO_TONE_DANGER = 3 /* It failed, or takes something away. */
};

/* What the host does after an action. Borrowed. */
typedef struct ppo_effect {
    uint32_t struct_size;
    uint32_t kind;     /* PPO_EFFECT_*. */
    uint32_t tone;     /* PPO_TONE_*. */
    uint32_t reserved; /* 0. */
    ppo_text target;   /* What the kind needs, see above; else empty. */
    ppo_text text;     /* What the kind needs, see above; else empty. */
    /*
     * Only of a toast: an action of the same view that takes back what was just done, such as a mistaken enabling.
     * Offer it as a button beside the words until the next action, or until the toast is dismissed; invoke it without
     * a question. All three are empty if there is none.
     */
    ppo_text action_id;    /* For `invoke`. */
    ppo_text action_label; /* What the button says: "Undo". */
    ppo_text argument;     /* For `invoke`. */
} ppo_effect;

/* Frozen. */
typedef struct ppo_effect_sink {
    void *context;
    /*
     * Takes one effect. Answer PPO_OK.
     *
     * [inline] [borrows]
     */
    ppo_result(PPO_CALL *put)(void *context, const ppo_effect *effect);
} ppo_effect_sink;

/* The table of ppo.ui/1. */
typedef struct ppo_ui_1 {
    uint32_t struct_size;
    uint32_t reserved; /* 0. */

    /*
     * Puts every contribution into the sink.
     *
     * language  BCP 47, 0..35 bytes; empty = the practice's.
     *
     * [free] [borrows]
     */
    ppo_result(PPO_CALL *contributions)(ppo_instance *self, ppo_text language, const ppo_contribution_sink *sink,
                                        ppo_error *error);

    /*
     * Opens a view for a member of staff. Nothing changes in the store.
     *
     * request  Which view, and for whom.
     * out      Receives the handle; written on PPO_OK only.
     *
     * PPO_REFUSED_NOT_PERMITTED, _UNKNOWN_PATIENT; PPO_MISUSE_UNKNOWN_ID.
     *
     * [free] [opens]
     */
    ppo_result(PPO_CALL *open)(ppo_instance *self, const ppo_caller *caller, const ppo_view_request *request,
                               ppo_view **out, ppo_error *error);

    /*
     * Writes the view model as it is now: facts from the store, values as edited.
     *
     * [handle] [borrows]
     */
    ppo_result(PPO_CALL *render)(ppo_view *view, const ppo_text_sink *sink, ppo_error *error);

    /*
     * Takes what the user typed into a field (a check box: "1" or "0"). PPO_OK also for a value that cannot be saved:
     * the verdict stands in the model. Nothing changes in the store.
     *
     * field_id  From the model, 1..128 bytes.
     * value     0..1024 bytes.
     *
     * PPO_REFUSED_NOT_PERMITTED for a field that the model does not show to this member of staff;
     * PPO_MISUSE_UNKNOWN_ID for an unknown or read-only field.
     *
     * [handle] [borrows]
     */
    ppo_result(PPO_CALL *edit)(ppo_view *view, ppo_text field_id, ppo_text value, ppo_error *error);

    /*
     * Does what the user clicked.
     *
     * action_id  From the model, or from a toast; 1..64 bytes.
     * argument   The `argument` beside the action (the patient's row, a cursor); empty if it has none. 0..2048 bytes.
     * sink       Receives the effects, before the call returns.
     *
     * PPO_OK; the refusals of the action itself (show error->message), PPO_REFUSED_NOT_PERMITTED also for an action
     * that the model does not show to this member of staff; PPO_MISUSE_UNKNOWN_ID.
     *
     * [handle] [borrows]
     */
    ppo_result(PPO_CALL *invoke)(ppo_view *view, ppo_text action_id, ppo_text argument, const ppo_effect_sink *sink,
                                 ppo_error *error);

    /*
     * Ends the view and wipes what was typed. NULL and ended handles are ignored.
     *
     * [handle] [ends]
     */
    void(PPO_CALL *close)(ppo_view *view);
} ppo_ui_1;

#ifdef __cplusplus
}
#endif
#endif
