// SPDX-License-Identifier: Apache-2.0
// The page of a mailed link closes when nothing was clicked for a while: says so in time, and a click keeps it open.
import { fetch_part } from './server.js';

const warning_before = 60;  // Seconds.
let timers = [];

function question(sentence, yes) {
    const dialog = document.createElement('dialog');
    dialog.className = 'question closing';
    dialog.setAttribute('aria-label', 'This page is about to close');
    dialog.innerHTML = '<form method="dialog" class="dialog-body"><p></p><div class="actions">' +
        '<button class="button primary" autofocus></button></div></form>';
    dialog.querySelector('p').textContent = sentence;
    dialog.querySelector('button').textContent = yes;
    return dialog;
}

function warn(extendable) {
    const dialog = extendable
        ? question('This page closes in a minute, because nothing was clicked for a while.', 'Stay on this page')
        : question('This page closes in a minute and cannot stay open longer. The link in your e-mail still works: ' +
            'open it again to go on.', 'Close this message');
    document.querySelector('dialog.closing')?.remove();
    document.body.append(dialog);
    dialog.addEventListener('close', () => {
        dialog.remove();
        if (extendable) fetch_part('/portal/setup', 'part').catch(() => {});
    });
    dialog.showModal();
}

/** `seconds` until the server forgets this page; what was typed must not stay on a screen that somebody left. */
function close_in(seconds) {
    const extendable = seconds > 2 * warning_before;  // In the end nothing keeps it open.
    timers.forEach(clearTimeout);
    timers = [
        setTimeout(() => warn(extendable), Math.max(0, seconds - warning_before) * 1000),
        setTimeout(() => location.replace('/portal/setup'), (seconds + 2) * 1000),
    ];
}

export function start_closing() {
    const page = document.querySelector('[data-closes-in]');
    if (!page) return;
    close_in(Number(page.dataset.closesIn));
    // Every answer of the server begins the time anew.
    document.addEventListener('closes-in', (event) => close_in(event.detail));
}
