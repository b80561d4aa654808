// SPDX-License-Identifier: Apache-2.0
// The boxes of a list: each one is told to the server at once, and the box in the head stands for the page.

function boxes_of(table) {
    return [...table.querySelectorAll('[data-tick=row]')];
}

function follow_rows(head) {
    const boxes = boxes_of(head.closest('table'));
    const ticked = boxes.filter((box) => box.checked).length;
    head.hidden = boxes.length === 0;
    head.checked = ticked > 0 && ticked === boxes.length;
    head.indeterminate = ticked > 0 && ticked < boxes.length;
}

/** Brings the boxes in the heads up to date; may be called again and again. */
export function prepare_ticks(root) {
    for (const head of root.querySelectorAll('[data-tick=page]')) follow_rows(head);
}

/** Calls `tell` with the view as soon as a box was changed, by mouse or keyboard. */
export function start_ticks(tell) {
    document.addEventListener('change', (event) => {
        const box = event.target.closest?.('.view [data-tick]');
        if (!box) return;
        const table = box.closest('table');
        if (box.dataset.tick === 'page') {
            for (const each of boxes_of(table)) each.checked = box.checked;
        }
        prepare_ticks(table ?? document);
        tell(box.closest('.view'));
    });
}
