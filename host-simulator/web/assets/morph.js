// SPDX-License-Identifier: Apache-2.0
// Makes one part of the page equal to what the server sent, and touches only what differs: the focus stays where it is,
// typed text stays, and screen readers hear what changed.

// What a person changes in the browser; the server does not know it. The tabindex of rows goes with the focus.
const own_to_browser = new Set(['open', 'style', 'data-armed', 'tabindex']);

function key_of(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return null;
    return node.id || node.dataset.row || node.dataset.key || null;
}

function copy_attributes(from, to) {
    for (const { name } of [...to.attributes]) {
        if (!from.hasAttribute(name) && !own_to_browser.has(name)) to.removeAttribute(name);
    }
    for (const { name, value } of from.attributes) {
        if (!own_to_browser.has(name) && to.getAttribute(name) !== value) to.setAttribute(name, value);
    }
}

function morph_input(from, to) {
    const value_before = to.getAttribute('value');
    const checked_before = to.hasAttribute('checked');
    const kept = to.dataset.armed === 'shown' ? to.type : null;
    const unhidden = to.matches('.reveal, [data-copy]');
    copy_attributes(from, to);
    if (kept) to.type = kept;
    if (unhidden) to.hidden = false;
    // The value itself follows only when the server has another one, and never under somebody's fingers.
    if (to.type === 'checkbox') {
        if (from.hasAttribute('checked') !== checked_before) to.checked = from.hasAttribute('checked');
    } else if (to.matches('input') && to !== document.activeElement &&
               from.getAttribute('value') !== value_before && from.type !== 'password') {
        to.value = from.getAttribute('value') ?? '';
    }
}

function morph_children(from, to) {
    // What is not wanted any more goes first: then what stays need not be moved, which would cost it the focus.
    const wanted_keys = new Set([...from.childNodes].map(key_of));
    const keyed = new Map();
    for (const child of [...to.childNodes]) {
        const key = key_of(child);
        if (key && !wanted_keys.has(key)) child.remove();
        else if (key) keyed.set(key, child);
    }
    let next = to.firstChild;
    for (const wanted of [...from.childNodes]) {
        const key = key_of(wanted);
        const same = key && keyed.get(key);
        if (same) {
            if (same !== next) to.insertBefore(same, next);
            next = same.nextSibling;
            morph(wanted, same);
        } else if (next && !key && !key_of(next) && next.nodeName === wanted.nodeName) {
            const here = next;
            next = next.nextSibling;
            morph(wanted, here);
        } else {
            to.insertBefore(wanted, next);
        }
    }
    while (next) {
        const gone = next;
        next = next.nextSibling;
        gone.remove();
    }
}

export function morph(from, to) {
    if (from.isEqualNode(to)) return;
    if (to.nodeType === Node.ELEMENT_NODE && 'own' in to.dataset) return;  // Filled by our script alone.
    if (from.nodeName !== to.nodeName) {
        to.replaceWith(from);
        return;
    }
    if (to.nodeType !== Node.ELEMENT_NODE) {
        if (to.nodeValue !== from.nodeValue) to.nodeValue = from.nodeValue;
        return;
    }
    if (to.matches('input, button')) morph_input(from, to);
    else copy_attributes(from, to);
    morph_children(from, to);
    if (to.matches('select') && to !== document.activeElement) {
        to.value = [...from.options].find((option) => option.hasAttribute('selected'))?.value ?? to.value;
    }
}
