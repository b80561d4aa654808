// SPDX-License-Identifier: Apache-2.0
// The plugin's views without reloading: verdicts at every keystroke, actions in place, filters as somebody types.
import { ask, close_over, open_over } from './dialogs.js';
import { hide_passwords, prepare } from './fields.js';
import { morph } from './morph.js';
import { fetch_part, put_messages } from './server.js';
import { hold_row, prepare_rows, start_rows } from './rows.js';
import { prepare_ticks, start_ticks } from './ticks.js';
import { watch } from './watch.js';

let running = null;  // The question to the server that a newer one replaces.
let typing = 0;      // The timer that asks once somebody pauses.
let acting = false;  // An action is on its way: no look at the server may replace that.

function show(view, part) {
    const fresh = part.querySelector('.view');
    if (!fresh) {
        location.reload();
        return;
    }
    const over = fresh.querySelector('dialog.over');
    if (!over) put_messages(view, part);
    const keep_focus = hold_row(view);
    close_over(view, over);
    morph(fresh, view);
    if (over) put_messages(open_over(view), part);
    // The address says the filters of a list, so that it can be kept or sent to a colleague.
    if (view.classList.contains('list') && new URL(view.dataset.url, location.href).href !== location.href) {
        history.replaceState(null, '', view.dataset.url);
    }
    if ('done' in view.dataset) settle(view);
    for (const box of view.querySelectorAll('[data-tick]')) box.checked = box.hasAttribute('checked');
    prepare(view);
    prepare_ticks(view);
    prepare_rows(view);
    keep_focus();
    watch(view, look);
}

/** After an action was done fields show what the plugin has; it keeps what it did not use yet. */
function settle(view) {
    for (const input of view.querySelectorAll('input[name^="f."]')) {
        const kept = input.type === 'hidden' || 'filled' in input.dataset;
        if (input.type === 'checkbox') input.checked = input.hasAttribute('checked');
        else if (!kept) input.value = input.getAttribute('value') ?? '';
    }
}

async function ask_server(url, form, quietly) {
    running?.abort();
    const mine = running = new AbortController();
    try {
        return await fetch_part(url, 'view', form, mine.signal);
    } catch (fault) {
        if (fault.name !== 'AbortError' && !quietly) location.reload();
        return {};
    } finally {
        if (running === mine) running = null;
    }
}

/** True while a form holds what the plugin does not have yet; looking again would lose it. */
function is_unsaved(view) {
    if (view.classList.contains('list')) return typing !== 0;
    return [...view.querySelectorAll('input[name^="f."]:not([type=hidden]), select[name^="f."]')].some((field) => {
        const shown = view.querySelector(`[name="${CSS.escape(field.name.replace(/^f\./, 'was.'))}"]`)?.value ?? '';
        const value = field.type === 'checkbox' ? (field.checked ? '1' : '0') : field.value;
        return value !== shown;
    });
}

/** Looks at the server for what happened meanwhile, unless somebody is typing or clicking; true if it did. */
async function look(view) {
    const busy = running || acting || is_unsaved(view) || document.querySelector('dialog.question');
    if (busy || document.hidden) return false;
    const answer = await ask_server(view.dataset.url, null, true);
    if (!answer.part?.querySelector('.view')) return false;
    show(view, answer.part);
    return true;
}

/** Mails leave shortly after they were asked for. */
function look_again(view) {
    if ('again' in view.dataset) return;
    for (const wait of [1500, 5000]) setTimeout(() => { if (view.isConnected) look(view); }, wait);
}

function form_data(view, submitter) {
    const form = view.querySelector('form');
    hide_passwords(form);
    return submitter ? new FormData(form, submitter) : new FormData(form);
}

/** What was begun far down the page is shown at its top: how far it is, and the way to undo it. */
function bars_of(view) {
    return [...view.querySelectorAll('[data-progress]')];
}

async function click(view, submitter) {
    if (acting) return;
    stop_typing();  // The action takes along what was typed.
    const form = form_data(view, submitter);
    if (submitter.dataset.confirm) {
        if (!await ask(submitter.dataset.confirm, submitter.dataset.yes ?? submitter.textContent)) return;
        form.append('answer', 'yes');
    }
    await act(view, form, submitter.name === 'go');
}

/** The view that a toast belongs to stands beside it, in the page or in the same dialog; nothing if it is elsewhere. */
function view_of(toast) {
    const around = toast.closest('dialog:not(.over)') ?? document;
    const path = (url) => new URL(url, location.href).pathname;
    return [...around.querySelectorAll('.view')].find((view) => !view.closest('[hidden]') &&
        path(view.dataset.url) === path(toast.getAttribute('action')));
}

/** What a toast takes back needs no question. */
async function undo(view, submitter) {
    if (acting) return;
    stop_typing();
    const form = form_data(view);
    form.append(submitter.name, submitter.value);
    submitter.closest('.toast').remove();
    await act(view, form, false);
}

/** Sends the form and shows what became of it; `turned`: only another page of a list. */
async function act(view, form, turned) {
    acting = true;
    view.setAttribute('aria-busy', 'true');
    const answer = await ask_server(view.dataset.url, form);
    view.removeAttribute('aria-busy');
    acting = false;
    if (answer.go) leave(view, answer.go);
    if (!answer.part) return;
    if (turned) history.pushState(null, '', location.href);
    const known = bars_of(view).map((bar) => bar.dataset.progress);
    show(view, answer.part);
    bars_of(view).find((bar) => !known.includes(bar.dataset.progress))?.scrollIntoView({ block: 'nearest' });
    if (!turned) look_again(view);
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
    const answer = await ask_server(view.dataset.url, new FormData(form));
    if (answer.part) show(view, answer.part);
}

/** Sorting and turning pages. */
async function go_in_list(view, url) {
    if (acting) return;
    const answer = await ask_server(url);
    if (!answer.part) return;
    history.pushState(null, '', url);
    show(view, answer.part);
}

function stop_typing() {
    clearTimeout(typing);
    typing = 0;
}

/** Asks once somebody pauses. */
function after_typing(wait, then) {
    stop_typing();
    typing = setTimeout(() => {
        typing = 0;
        then();
    }, wait);
}

function typed(event) {
    const view = event.target.closest('.view');
    if (!view || !event.target.name || 'tick' in event.target.dataset) return;
    if (view.classList.contains('list')) after_typing(event.type === 'change' ? 0 : 250, () => check(view));
    else if ('live' in event.target.dataset) after_typing(90, () => check(view));
    else stop_typing();
}

/** The link page of the portal: one live field, whose verdict comes alone. A link buys only so many of them. */
function typed_here(event) {
    const input = event.target;
    after_typing(400, async () => {
        const form = new FormData(input.form);
        form.delete('step');
        const answer = await ask_server(input.form.action, form);
        const fresh = answer.part?.querySelector('.verdict');
        const here = document.getElementById(input.id + '-verdict');
        if (fresh && here) morph(fresh, here);
    });
}

/** Whether somebody typed or chose before this script had come, or the browser filled in what stood here. */
function is_touched(field) {
    if (!field.name) return false;
    if (!field.options) // A field of one line has no line ends, whatever the page says.
        return ['text', 'search'].includes(field.type) && field.value !== field.defaultValue.replace(/[\r\n]/g, '');
    const usual = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(usual, 0);
}

export function start_views() {
    start_ticks(check);
    for (const view of document.querySelectorAll('.view')) {
        open_over(view);
        prepare_ticks(view);
        prepare_rows(view);
        watch(view, look);
        if (view.matches('.list') && [...view.querySelector('form').elements].some(is_touched)) check(view);
    }
    start_rows();
    document.addEventListener('submit', (event) => {
        const takes_back = event.target.matches('.undo');
        const view = takes_back ? view_of(event.target) : event.target.closest('.view');
        if (!view) return;
        event.preventDefault();
        if (takes_back) undo(view, event.submitter);
        else if (event.submitter) click(view, event.submitter);
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
