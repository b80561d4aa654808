// SPDX-License-Identifier: Apache-2.0
// The plugin's views without reloading: verdicts at every keystroke, actions in place, filters as somebody types.
import { ask } from './dialogs.js';
import { hide_passwords, prepare } from './fields.js';
import { morph } from './morph.js';
import { fetch_part, put_messages } from './server.js';

let running = null;  // The question to the server that a newer one replaces.
let typing = 0;      // The timer that asks once somebody pauses.
let acting = false;  // An action is on its way: no look at the server may replace that.

function show(view, part) {
    const fresh = part.querySelector('.view');
    if (!fresh) {
        location.reload();
        return;
    }
    put_messages(view, part);
    morph(fresh, view);
    // The address says the filters of a list, so that it can be kept or sent to a colleague.
    if (view.classList.contains('list') && new URL(view.dataset.url, location.href).href !== location.href) {
        history.replaceState(null, '', view.dataset.url);
    }
    if ('done' in view.dataset) settle(view);
    prepare(view);
}

/** After an action was done fields show what the plugin has; it keeps what it did not use yet. */
function settle(view) {
    for (const input of view.querySelectorAll('input[name^="f."]')) {
        const kept = input.type === 'hidden' || 'filled' in input.dataset;
        if (input.type === 'checkbox') input.checked = input.hasAttribute('checked');
        else if (!kept) input.value = input.getAttribute('value') ?? '';
    }
}

async function ask_server(view, url, form) {
    running?.abort();
    const mine = running = new AbortController();
    try {
        return await fetch_part(url, 'view', form, mine.signal);
    } catch (fault) {
        if (fault.name !== 'AbortError') location.reload();
        return {};
    } finally {
        if (running === mine) running = null;
    }
}

/** True while a form holds what the plugin does not have yet; looking again would lose it. */
function is_unsaved(view) {
    if (view.classList.contains('list')) return document.activeElement.matches('.view input');
    return [...view.querySelectorAll('input[name^="f."]:not([type=hidden]), select[name^="f."]')].some((field) => {
        const shown = view.querySelector(`[name="${CSS.escape(field.name.replace(/^f\./, 'was.'))}"]`)?.value ?? '';
        const value = field.type === 'checkbox' ? (field.checked ? '1' : '0') : field.value;
        return value !== shown;
    });
}

/** Mails leave shortly after they were asked for: look again, unless somebody is typing. */
function look_again(view) {
    for (const wait of [1500, 5000]) {
        setTimeout(async () => {
            if (!view.isConnected || running || acting || document.hidden || is_unsaved(view)) return;
            const answer = await ask_server(view, view.dataset.url);
            if (answer.part) show(view, answer.part);
        }, wait);
    }
}

function form_data(view, submitter) {
    const form = view.querySelector('form');
    hide_passwords(form);
    return submitter ? new FormData(form, submitter) : new FormData(form);
}

async function click(view, submitter) {
    if (acting) return;
    clearTimeout(typing);  // The action takes along what was typed.
    const form = form_data(view, submitter);
    if (submitter.dataset.confirm) {
        if (!await ask(submitter.dataset.confirm, submitter.dataset.yes ?? submitter.textContent)) return;
        form.append('answer', 'yes');
    }
    acting = true;
    view.setAttribute('aria-busy', 'true');
    const answer = await ask_server(view, view.dataset.url, form);
    view.removeAttribute('aria-busy');
    acting = false;
    if (answer.go) leave(view, answer.go);
    if (!answer.part) return;
    show(view, answer.part);
    look_again(view);
}

/** Back to the page behind the pop-out, or on to another one. */
function leave(view, url) {
    const dialog = view.closest('dialog');
    if (dialog && new URL(url, location.href).pathname === location.pathname) dialog.close();
    else location.assign(url);
}

async function check(view) {
    if (acting) return;
    const form = view.querySelector('form');
    const answer = await ask_server(view, view.dataset.url, new FormData(form));
    if (answer.part) show(view, answer.part);
}

/** Sorting and turning pages. */
async function go_in_list(view, url) {
    if (acting) return;
    const answer = await ask_server(view, url);
    if (!answer.part) return;
    history.pushState(null, '', url);
    show(view, answer.part);
}

function typed(event) {
    const view = event.target.closest('.view');
    if (!view || !event.target.name) return;
    clearTimeout(typing);
    if (view.classList.contains('list')) {
        typing = setTimeout(() => check(view), event.type === 'change' ? 0 : 250);
        return;
    }
    if ('live' in event.target.dataset) typing = setTimeout(() => check(view), 90);
}

/** The link page of the portal: one live field, whose verdict comes alone. */
function typed_here(event) {
    const input = event.target;
    clearTimeout(typing);
    typing = setTimeout(async () => {
        const form = new FormData(input.form);
        form.delete('step');
        const answer = await ask_server(null, input.form.action, form);
        const fresh = answer.part?.querySelector('.verdict');
        const here = document.getElementById(input.id + '-verdict');
        if (fresh && here) morph(fresh, here);
    }, 120);
}

export function start_views() {
    document.addEventListener('submit', (event) => {
        const view = event.target.closest('.view');
        if (!view) return;
        event.preventDefault();
        if (event.submitter) click(view, event.submitter);
        else check(view);
    });
    document.addEventListener('input', (event) => {
        if ('liveHere' in event.target.dataset) typed_here(event);
        else if (event.target.matches('input:not([type=checkbox])')) typed(event);
    });
    document.addEventListener('change', (event) => {
        if (event.target.matches('select, [type=checkbox]')) typed(event);
    });
    document.addEventListener('click', (event) => {
        const move = event.target.closest('.view [data-move]');
        if (!move || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        go_in_list(move.closest('.view'), move.href);
    });
    addEventListener('popstate', () => location.reload());
}
