// SPDX-License-Identifier: Apache-2.0
// Two dialogs: the pop-out with its tabs, and a question before an action. The browser keeps the focus inside and gives
// it back afterwards.
import { prepare } from './fields.js';
import { fetch_part, put_messages, reload_main } from './server.js';

/** Asks a question; true if the answer was the action's own word. */
export function ask(question, yes) {
    const dialog = document.createElement('dialog');
    dialog.className = 'question';
    dialog.setAttribute('aria-label', yes);
    dialog.innerHTML = '<form method="dialog" class="dialog-body"><p></p><div class="actions">' +
        '<button class="button primary" value="yes"></button>' +
        '<button class="button" value="no" autofocus>Cancel</button></div></form>';
    dialog.querySelector('p').textContent = question;
    dialog.querySelector('[value=yes]').textContent = yes;
    if (yes === 'Cancel') dialog.querySelector('[value=no]').textContent = 'Go back';  // Not two buttons of one name.
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((answer) => {
        dialog.addEventListener('close', () => {
            dialog.remove();
            answer(dialog.returnValue === 'yes');
        });
    });
}

/** The dialog of a view stands over everything until one of its actions was invoked. */
export function open_over(view) {
    const dialog = view.querySelector('dialog.over');
    if (!dialog || dialog.matches(':modal')) return dialog;
    const dismiss = () => {
        const id = dialog.dataset.dismiss;
        [...dialog.querySelectorAll('button[name=do]')].find((button) => button.value.split(' ')[0] === id)?.click();
    };
    dialog.addEventListener('cancel', (event) => {
        event.preventDefault();
        dismiss();
    });
    dialog.removeAttribute('open');
    dialog.showModal();
    return dialog;
}

/** Closes the view's dialog if the server has none or another one now; the focus goes back to where it was. */
export function close_over(view, next) {
    const dialog = view.querySelector('dialog.over');
    if (dialog && dialog.id !== next?.id) dialog.close();
}

function show_part(dialog, part) {
    const popout = part.querySelector('.popout');
    if (!popout) {
        location.reload();
        return;
    }
    const body = dialog.querySelector('.dialog-body');
    const here = body.querySelector('.popout');
    if (!here) {
        body.replaceChildren(popout);
        dialog.setAttribute('aria-labelledby', 'popout-title');
        // Without an address of its own the heading is the name, not a second main heading.
    } else {
        const panel = popout.querySelector('[role=tabpanel]');
        const old = here.querySelector(`#${CSS.escape(panel.id)}`);
        if (old) old.replaceWith(panel);
        else here.append(panel);
        select_tab(here, panel.id.slice('panel-'.length));
    }
    put_messages(dialog, part);
    prepare(dialog);
}

/** What was typed under another tab stays: a tab that was left is hidden, not thrown away. */
function select_tab(popout, name) {
    for (const tab of popout.querySelectorAll('[role=tab]')) {
        const chosen = tab.dataset.tab === name;
        tab.setAttribute('aria-selected', String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        const panel = popout.querySelector(`#${CSS.escape('panel-' + tab.dataset.tab)}`);
        if (panel) {
            panel.hidden = !chosen;
            tab.setAttribute('aria-controls', panel.id);
        }
    }
}

async function open_tab(tab) {
    const popout = tab.closest('.popout');
    const dialog = tab.closest('dialog');
    if (popout.querySelector(`#${CSS.escape('panel-' + tab.dataset.tab)}`)) {
        select_tab(popout, tab.dataset.tab);
        return;
    }
    const answer = await fetch_part(tab.href, 'part');
    if (answer.part) show_part(dialog, answer.part);
}

function move_between_tabs(event) {
    const tab = event.target.closest?.('dialog [role=tab]');
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.parentElement.querySelectorAll('[role=tab]')];
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    event.preventDefault();
    next.focus();
    open_tab(next);
}

async function open_popout(url) {
    const answer = await fetch_part(url, 'part');
    if (!answer.part?.querySelector('.popout')) {
        location.assign(url);
        return;
    }
    const dialog = document.createElement('dialog');
    dialog.innerHTML = '<div class="dialog-body"></div>';
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'icon close';
    close.setAttribute('aria-label', 'Close');
    close.textContent = '×';
    close.addEventListener('click', () => dialog.close());
    dialog.prepend(close);
    document.body.append(dialog);
    show_part(dialog, answer.part);
    dialog.showModal();
    select_tab(dialog, dialog.querySelector('[aria-selected=true]').dataset.tab);
    dialog.querySelector('[aria-selected=true]').focus();
    dialog.addEventListener('close', async () => {
        await reload_main();
        dialog.remove();
    });
}

/** The host's own tab is a plain form: its answer is the tab again, or the way back to the chart. */
async function send_general(form, submitter) {
    const answer = await fetch_part(form.action, 'part', new FormData(form, submitter));
    const dialog = form.closest('dialog');
    if (answer.go) dialog.close();
    else if (answer.part) show_part(dialog, answer.part);
}

export function start_dialogs() {
    document.addEventListener('submit', (event) => {
        if (event.target.matches('[data-popout]')) {
            event.preventDefault();
            open_popout(event.target.action);
        } else if (event.target.matches('dialog .general')) {
            event.preventDefault();
            send_general(event.target, event.submitter);
        }
    });
    document.addEventListener('click', (event) => {
        const tab = event.target.closest('dialog [role=tab]');
        if (!tab || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        open_tab(tab);
    });
    document.addEventListener('keydown', move_between_tabs);
}
