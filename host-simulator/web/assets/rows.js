// SPDX-License-Identifier: Apache-2.0
// The rows of a list by keyboard: arrows go from row to row, Space ticks, Enter opens, / leads to the search. Tab stops
// at one row, the one that was last in use, and goes on to what stands in it.

const single_keys = 'single-keys';  // Where the browser keeps whether / and ? are keys.
const current = new WeakMap();      // Of each table: the row that Tab stops at.

function rows_of(table) {
    return [...table.querySelectorAll('tbody tr')];
}

function row_at(element) {
    return element?.closest?.('.view tbody tr');
}

/** Makes one row of each list a stop of Tab; may be called again and again. */
export function prepare_rows(root) {
    for (const table of root.querySelectorAll('table')) {
        const rows = rows_of(table);
        const chosen = rows.includes(current.get(table)) ? current.get(table) : rows[0];
        for (const row of rows) row.tabIndex = row === chosen ? 0 : -1;
    }
    const on = keys_are_on();
    for (const box of root.querySelectorAll('[data-single-keys]')) box.checked = on;
}

/** Before rows are replaced. Answers what brings the focus back if what had it is gone: to the row in its place. */
export function hold_row(view) {
    const focus = document.activeElement;
    if (!view.contains(focus)) return () => {};
    const row = row_at(focus);
    const table = row?.closest('table');
    const place = row ? rows_of(table).indexOf(row) : -1;
    return () => {
        if (document.activeElement !== document.body && document.activeElement !== null) return;
        const over = view.querySelector('dialog.over');
        const rows = table?.isConnected ? rows_of(table) : [];
        const next = over ? over.querySelector('h2') : rows[Math.min(place, rows.length - 1)];
        (next ?? view.querySelector('[data-refuge]'))?.focus({ preventScroll: !row });
    };
}

/** The same thing in another row: a rectangle leads to a rectangle, a row to a row. */
function counterpart(element, from, to) {
    if (element === from) return to;
    const cell = element.closest('td, th');
    const place = [...cell.querySelectorAll('button, input:not([type=hidden]), a')].indexOf(element);
    const there = to.cells[[...from.cells].indexOf(cell)];
    return there?.querySelectorAll('button, input:not([type=hidden]), a')[place] ?? to;
}

function step(event, row, by) {
    const rows = rows_of(row.closest('table'));
    const next = rows[rows.indexOf(row) + by];
    event.preventDefault();
    if (next) counterpart(event.target, row, next).focus();
    else if (by > 0) row.closest('.rows').querySelector('.pages [data-key=next]')?.focus();
}

function in_row(event, row) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        step(event, row, event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.target === row && event.key === ' ') {
        event.preventDefault();
        row.querySelector('[data-tick=row]')?.click();
    } else if (event.target === row && event.key === 'Enter') {
        row.querySelector('[role=rowheader] :is(button, a)')?.click();
    }
}

function is_typing(element) {
    return element.matches('textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])');
}

function keys_are_on() {
    try { return localStorage.getItem(single_keys) !== 'off'; } catch { return true; }
}

function show_keys() {
    const keys = document.querySelector('.view .keys');
    if (!keys) return false;
    keys.open = true;
    keys.querySelector('summary').focus();
    return true;
}

function search() {
    const field = document.querySelector('.view [data-search]');
    field?.focus();
    field?.select();
    return Boolean(field);
}

function take_back() {
    const button = [...document.querySelectorAll('.undo button')].at(-1);
    button?.click();
    return Boolean(button);
}

function pressed(event) {
    const modal = document.querySelector('dialog:modal');
    const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'z' && !is_typing(event.target)) {
        if (take_back()) event.preventDefault();
        return;
    }
    if (!alone || event.defaultPrevented || modal) return;
    if (event.key === 'Escape' && !is_typing(event.target) && !document.querySelector('details.drop[open]')) {
        document.querySelector('main > .messages')?.replaceChildren();
    }
    const row = row_at(event.target);
    if (row) in_row(event, row);
    else if (event.key === 'ArrowDown' && event.target.matches('[data-search]')) {
        const table = event.target.closest('.view').querySelector('table');
        (current.get(table)?.isConnected ? current.get(table) : table?.querySelector('tbody tr'))?.focus();
    }
    if (is_typing(event.target) || !keys_are_on()) return;
    if ((event.key === '/' && search()) || (event.key === '?' && show_keys())) event.preventDefault();
}

export function start_rows() {
    document.addEventListener('keydown', pressed);
    document.addEventListener('focusin', (event) => {
        const row = row_at(event.target);
        if (!row) return;
        const table = row.closest('table');
        current.set(table, row);
        for (const each of rows_of(table)) each.tabIndex = each === row ? 0 : -1;
    });
    document.addEventListener('change', (event) => {
        if (!('singleKeys' in event.target.dataset)) return;
        try {
            localStorage.setItem(single_keys, event.target.checked ? 'on' : 'off');
        } catch { /* This browser keeps nothing: the choice ends with the page. */ }
    });
}
