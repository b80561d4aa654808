// SPDX-License-Identifier: Apache-2.0
// Comfort around single fields: showing a password, fields that wait for a check box, copying, the first problem.

function show_password(button) {
    const input = document.getElementById(button.getAttribute('aria-controls'));
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    input.dataset.armed = shown ? 'shown' : '';
    button.textContent = shown ? 'Hide' : 'Show';
    const name = button.getAttribute('aria-label').replace(/^(Show|Hide)/, button.textContent);
    button.setAttribute('aria-label', name);
}

/** A password is sent as dots, and a browser may offer to keep it. */
export function hide_passwords(form) {
    for (const input of form.querySelectorAll('input[data-armed=shown]')) {
        const button = form.querySelector(`.reveal[aria-controls="${CSS.escape(input.id)}"]`);
        if (button) show_password(button);
    }
}

function follow_box(input) {
    const box = document.getElementById(input.dataset.needs);
    if (!box) return;
    input.disabled = !box.checked;
    const button = input.parentElement.querySelector('.reveal');
    if (button) button.disabled = input.disabled;
}

/** Prepares what is new under `root`; may be called again and again. */
export function prepare(root) {
    for (const button of root.querySelectorAll('.reveal, [data-copy]')) button.hidden = false;
    for (const input of root.querySelectorAll('[data-needs]')) follow_box(input);
    root.querySelector('[data-focus]')?.focus();
}

export function start_fields() {
    document.addEventListener('click', (event) => {
        const reveal = event.target.closest('.reveal');
        if (reveal) show_password(reveal);
        const copy = event.target.closest('[data-copy]');
        if (copy) {
            const input = document.getElementById(copy.dataset.copy);
            navigator.clipboard.writeText(input.value)
                .then(() => { copy.textContent = 'Copied'; }, () => input.select());
        }
        // An open menu closes when somebody clicks elsewhere.
        for (const menu of document.querySelectorAll('details.drop[open]')) {
            if (!menu.contains(event.target)) menu.open = false;
        }
    });
    document.addEventListener('change', (event) => {
        for (const input of document.querySelectorAll('[data-needs]')) {
            if (input.dataset.needs === event.target.id) follow_box(input);
        }
    });
    document.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape') return;
        const menu = event.target.closest?.('details.drop[open]');
        if (!menu) return;
        menu.open = false;
        menu.querySelector('summary').focus();
    });
}
