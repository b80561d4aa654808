// SPDX-License-Identifier: Apache-2.0
// A view in which something is going on: looks again after the time that it names, and says how far things are.

const spoken_every = 10_000;
const said = new Map();  // Of each bar: the words last said, and when.
const timers = new WeakMap();
let speaker = null;

/** Words without their numbers: other words mean another state, other numbers only progress. */
function state_of(words) {
    return words.replace(/[\d.,:%]+/g, '');
}

function say(words) {
    // Outside of the view, whose parts are replaced: a live region is only read out if it stays.
    if (!speaker) {
        speaker = document.createElement('p');
        speaker.className = 'spoken';
        speaker.setAttribute('role', 'status');
        (document.querySelector('main') ?? document.body).append(speaker);
    }
    speaker.textContent = words;
}

function speak(view) {
    for (const bar of view.querySelectorAll('[data-progress]')) {
        const words = `${bar.querySelector('label').textContent}: ${bar.querySelector('p').textContent}`;
        const before = said.get(bar.dataset.progress);
        const now = Date.now();
        if (before && before.words === words) continue;
        const changed = before && state_of(before.words) !== state_of(words);
        if (before && !changed && now - before.at < spoken_every) continue;
        said.set(bar.dataset.progress, { words, at: now });
        if (before) say(words);  // What a page says when it opens is read anyway.
    }
}

/** Speaks, and asks `look` for the view's next state when it is time; again when `look` found it a bad moment. */
export function watch(view, look) {
    speak(view);
    clearTimeout(timers.get(view));
    const wait = Number(view.dataset.again);
    if (!wait) return;
    timers.set(view, setTimeout(async () => {
        if (!view.isConnected) return;
        if (document.hidden || !await look(view)) watch(view, look);
    }, wait));
}
