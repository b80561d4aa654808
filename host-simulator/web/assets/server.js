// SPDX-License-Identifier: Apache-2.0
// Asks the server for a part of a page instead of a whole one.
import { morph } from './morph.js';
import { prepare } from './fields.js';

/** Answers { part, go }: the part as a document fragment's owner, or the address to go to. `kind`: "view" or "part". */
export async function fetch_part(url, kind, form, signal) {
    const request = { headers: { 'X-Fragment': kind }, credentials: 'same-origin', signal };
    if (form) {
        request.method = 'POST';
        request.body = new URLSearchParams(form);
    }
    const response = await fetch(url, request);
    const closes_in = Number(response.headers.get('X-Closes-In'));
    if (closes_in) document.dispatchEvent(new CustomEvent('closes-in', { detail: closes_in }));
    const go = response.headers.get('X-Go');
    if (go) return { go };
    const text = await response.text();
    return { part: new DOMParser().parseFromString(text, 'text/html').body, ok: response.ok };
}

let fading = 0;

function dismiss_button(toast) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'dismiss';
    button.textContent = '×';
    button.setAttribute('aria-label', 'Dismiss this message');
    button.addEventListener('click', () => toast.remove());
    return button;
}

/** Good news fades, but never under the mouse or the focus, nor while it offers a way back. */
function fade(box) {
    clearTimeout(fading);
    fading = setTimeout(() => {
        if (box.matches(':hover, :focus-within')) fade(box);
        else box.replaceChildren();
    }, 12_000);
}

/** Shows the messages of an answer where `place` (the page or a dialog) has them. */
export function put_messages(place, part) {
    const root = place.closest?.('dialog') ?? document.querySelector('main');
    let box = root.querySelector(':scope > .messages');
    if (!box) {
        box = document.createElement('div');
        box.className = 'messages';
        box.setAttribute('role', 'status');
        root.prepend(box);
    }
    const sent = part.querySelector('.messages');
    if (!sent || sent.childElementCount === 0) return;
    box.replaceChildren(...sent.childNodes);
    for (const toast of box.children) toast.append(dismiss_button(toast));
    prepare(box);
    clearTimeout(fading);
    // Words to copy, warnings and what can be undone stay until the next message, or until they are dismissed.
    if (box.querySelector('.toast') && !box.querySelector('.copy, .warning, .danger, .undo')) fade(box);
}

/** The page behind a dialog may be older than what was done in it. */
export async function reload_main() {
    const response = await fetch(location.href, { credentials: 'same-origin' });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('main');
    const main = document.querySelector('main');
    put_messages(main, fresh);
    fresh.querySelector('.messages')?.replaceWith(main.querySelector('.messages')?.cloneNode(true) ?? '');
    morph(fresh, main);
    prepare(main);
}
