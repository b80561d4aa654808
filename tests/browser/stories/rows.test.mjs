// SPDX-License-Identifier: Apache-2.0
// The rows of the report under keyboard and eye: keys, a head that stays and covers nothing, nothing that moves under
// the mouse, and the whole job on the smallest of screens.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { check_access, eventually, expect_rectangle, open_practice } from './practice.mjs';
import { open_report, row_of, tab_to } from './staff.mjs';

const charts = Array.from({ length: 60 }, (_, i) => {
    const number = String(i).padStart(2, '0');
    return { id: `Q${number}`, first: 'Quinn', last: `Dale${number}`, born: '1980-01-01', zip: '66101',
        access_granted: i % 2 ? 'yes' : '', tags: 'first wave', email: `quinn${number}@example.org` };
});

let practice;
before(async () => { practice = await open_practice({ charts }); });
after(async () => practice.close());

const name_of = (i) => `Dale${String(i).padStart(2, '0')}, Quinn`;
const focused_row = (page) => page.evaluate(() => document.activeElement.matches('tbody tr')
    ? document.activeElement.querySelector('[role=rowheader]').innerText.split('.')[0].trim() : '');
const stands_at = (page, name) => eventually(`the focus on ${name}`, async () =>
    (await focused_row(page)).startsWith(name));

async function to_first_row(page) {
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await stands_at(page, name_of(0));
}

test('what was typed before the script had come is searched for', async () => {
    const page = await practice.new_page();
    await open_report(page);
    const report = page.url();
    let let_it_come;
    const has_typed = new Promise((resolve) => { let_it_come = resolve; });
    await page.route('**/views.js*', async (route) => {
        await has_typed;
        await route.continue();
    });
    await page.goto(report, { waitUntil: 'commit' });
    await page.getByLabel('Search').fill('dale40');
    let_it_come();
    await eventually('one row', async () => await page.locator('tbody tr').count() === 1);
    await page.context().close();
});

test('slash leads to the search, down to the rows, and arrows from row to row', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.keyboard.press('/');
    assert.ok(await page.getByLabel('Search').evaluate((field) => field === document.activeElement));
    await page.keyboard.type('e0');
    await eventually('ten rows', async () => await page.locator('tbody tr').count() === 10);
    assert.equal(await page.getByLabel('Search').inputValue(), 'e0', 'the key itself is not typed');
    await page.keyboard.press('ArrowDown');
    await stands_at(page, name_of(0));
    await page.keyboard.press('ArrowDown');
    await stands_at(page, name_of(1));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await stands_at(page, name_of(0));
    await page.context().close();
});

test('space ticks the row, and enter opens the tab of the patient', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await to_first_row(page);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Send invitations to 1 selected patient' }).waitFor();
    await stands_at(page, name_of(0));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Send invitations to 2 selected patients' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Portal access' }).waitFor();
    assert.match(page.url(), /\/Q01\/edit/);
    await page.context().close();
});

test('arrows lead from a rectangle to the next one, and past the last row to the next page', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await row_of(page, name_of(0)).locator('.rectangle-button').focus();
    await page.keyboard.press('ArrowDown');
    assert.ok(await row_of(page, name_of(1)).locator('.rectangle-button')
        .evaluate((button) => button === document.activeElement));
    await page.locator('tbody tr').last().focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Next page');
    await page.keyboard.press('Enter');
    await row_of(page, 'Weber, Anna').waitFor();
    await page.context().close();
});

test('tab stops at one row, goes through what stands in it, and on to the next controls', async () => {
    const page = await practice.new_page();
    await open_report(page);
    const stops = () => page.locator('tbody tr[tabindex="0"]').count();
    assert.equal(await stops(), 1);
    await to_first_row(page);
    await page.keyboard.press('ArrowDown');
    assert.equal(await stops(), 1);
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.matches('[data-tick=row]')));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')),
        'Why is Quinn Dale01 gray?');
    const table = page.getByRole('table', { name: 'Patients and how far they have come' });
    assert.equal(await table.getByRole('row').count(), 51, 'a table is still a table');
    await page.context().close();
});

test('the keys are told by ?, and single keys can be switched off', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.keyboard.press('?');
    await page.getByText('From row to row').waitFor();
    await page.getByLabel('Use the keys / and ?').uncheck();
    await page.keyboard.press('Escape');
    assert.ok(!await page.getByText('From row to row').isVisible());
    await page.reload();
    await page.keyboard.press('/');
    assert.ok(await page.evaluate(() => document.activeElement === document.body), 'it is no key any more');
    await page.context().close();
});

test('the focus stays in the list when its row leaves it', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.getByLabel('Portal status').selectOption('red');
    await eventually('only red ones', async () =>
        await page.locator('tbody .rectangle:not(.red)').count() === 0);
    const before = await page.locator('tbody tr').count();
    await row_of(page, name_of(4)).locator('.rectangle-button').focus();
    await page.keyboard.press('Enter');
    await eventually('one less', async () => await page.locator('tbody tr').count() === before - 1);
    await stands_at(page, name_of(6));
    await page.keyboard.press('Control+z');
    await eventually('it is back', async () => await page.locator('tbody tr').count() === before);
    await page.context().close();
});

test('the head of the list stays in sight and never covers the row that has the focus', async () => {
    const page = await practice.new_page({ viewport: { width: 1280, height: 600 } });
    await open_report(page);
    await to_first_row(page);
    const places = () => page.evaluate(() => [document.querySelector('thead th').getBoundingClientRect(),
        document.activeElement.getBoundingClientRect()].map(({ top, bottom }) => ({ top, bottom })));
    for (const key of ['ArrowDown', 'ArrowUp']) {
        for (let i = 0; i < 40; ++i) {
            await page.keyboard.press(key);
            const [head, row] = await places();
            assert.ok(row.top >= head.bottom - 1, `${key} ${i}: the row is not under the head`);
            assert.ok(row.bottom <= 600, `${key} ${i}: the row is in sight`);
            if (key === 'ArrowDown' && i > 20) assert.ok(Math.abs(head.top) <= 1, 'the head is at the top');
        }
    }
    await page.context().close();
});

/** Everything that moved since the page was opened, also shortly after a click: [where, how much]. */
async function watch_shifts(page) {
    await page.addInitScript(() => {
        globalThis.moved = [];
        globalThis.note_shifts = (entries) => {
            for (const { value, sources } of entries) {
                const by = sources.map(({ node }) => node?.className || node?.nodeName).join(', ');
                globalThis.moved.push({ value, by });
            }
        };
        globalThis.ruler = new PerformanceObserver((list) => globalThis.note_shifts(list.getEntries()));
        globalThis.ruler.observe({ type: 'layout-shift', buffered: true });
    });
}

async function moved(page) {
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
    return page.evaluate(() => {
        globalThis.note_shifts(globalThis.ruler.takeRecords());
        return globalThis.moved.splice(0);
    });
}

async function expect_still(page, what) {
    const shifts = await moved(page);
    const sum = shifts.reduce((all, { value }) => all + value, 0);
    assert.ok(sum <= 0.02, `${what} moves things by ${sum}: ${shifts.map(({ by }) => by).join(' | ')}`);
}

for (const [screen, number, viewport] of [['a wide screen', 21, { width: 1280, height: 900 }],
    ['a tablet', 23, { width: 1024, height: 768 }], ['a small screen', 25, { width: 320, height: 640 }]]) {
    test(`nothing moves on ${screen} while somebody toggles, invites, ticks, searches and waits`, async () => {
        const page = await practice.new_page({ viewport });
        await watch_shifts(page);
        await open_report(page);
        await expect_still(page, 'opening');
        const row = row_of(page, name_of(number));
        await row.scrollIntoViewIfNeeded();
        await moved(page);
        await row.locator('.rectangle-button').click();
        await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
        await expect_rectangle(row.locator('.rectangle'), 'red', 'Not enabled');
        await page.getByRole('button', { name: 'Undo' }).waitFor();
        await expect_still(page, 'a toggle with its toast');
        await page.keyboard.press('Control+z');
        await expect_rectangle(row.locator('.rectangle'), 'gray', 'Not invited');
        await expect_still(page, 'taking it back');
        await row.getByRole('button', { name: new RegExp(`quinn${number}@`) }).click();
        await page.getByText('The invitation is on its way').waitFor();
        await row.locator('.rectangle.orange, .mark').first().waitFor();
        await expect_still(page, 'an invitation');
        await eventually('the look that shows what became of it', async () =>
            /Invited/.test(await row.locator('.rectangle').innerText()));
        await expect_still(page, 'what became of the invitation');
        await page.evaluate(() => scrollTo(0, 0));
        await row_of(page, name_of(0)).getByRole('checkbox').scrollIntoViewIfNeeded();
        await moved(page);
        await row_of(page, name_of(0)).getByRole('checkbox').check();
        await page.getByRole('button', { name: /Send invitations to 1 selected/ }).waitFor();
        await expect_still(page, 'the first tick');
        await row_of(page, name_of(0)).getByRole('checkbox').uncheck();
        await page.getByRole('button', { name: /Send invitations to selected/ }).waitFor();
        await expect_still(page, 'the last tick');
        await page.getByLabel('Search').scrollIntoViewIfNeeded();
        await page.getByLabel('Search').fill('dale');
        await eventually('the filter', () => page.url().includes('dale'));
        await expect_still(page, 'a search that finds the same rows first');
        await page.evaluate(() => scrollTo(0, 0));
        await moved(page);
        await page.evaluate(() =>
            document.querySelector('h1').before(document.querySelector('.chips').cloneNode(true)));
        assert.ok((await moved(page)).length > 0, 'something that moves would have been seen');
        await page.context().close();
    });
}

test('nothing moves while a batch is watched', async () => {
    const page = await practice.new_page();
    await watch_shifts(page);
    await open_report(page);
    await row_of(page, name_of(31)).getByRole('checkbox').check();
    await page.getByRole('button', { name: /Send invitations to 1 selected/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send 1 invitation' }).click();
    await page.getByRole('progressbar').first().waitFor();
    await moved(page);
    for (let i = 0; i < 2; ++i) {
        await page.waitForResponse((response) => response.request().method() === 'GET' &&
            response.request().headers()['x-fragment'] === 'view');
        await expect_still(page, 'a look at the batch');
    }
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await page.locator('.progress p').filter({ hasText: 'Undone at' }).waitFor();
    await page.context().close();
});

for (const [screen, viewport] of Object.entries({ '320 px': { width: 320, height: 640 },
    '400 % of 1280 x 1024': { width: 320, height: 256 } })) {
    test(`the whole job is done at ${screen} by keyboard, and nothing scrolls sideways`, async () => {
        const page = await practice.new_page({ viewport });
        await open_report(page);
        await page.keyboard.press('/');
        await page.keyboard.type('dale40');
        await eventually('one row', async () => await page.locator('tbody tr').count() === 1);
        const row = row_of(page, name_of(40));
        await page.keyboard.press('ArrowDown');
        await stands_at(page, name_of(40));
        await page.keyboard.press('Space');
        await page.getByRole('button', { name: /Send invitations to 1 selected/ }).waitFor();
        await page.keyboard.press('Space');
        await tab_to(page, /^Not enabled/);
        await page.keyboard.press('Enter');
        await expect_rectangle(row.locator('.rectangle'), 'gray', 'Not invited');
        await check_access(page, 'a toggled row');
        await page.keyboard.press('Control+z');
        await expect_rectangle(row.locator('.rectangle'), 'red', 'Not enabled');
        await tab_to(page, /^Why is Quinn Dale40 red\?$/);
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        await check_access(page, 'the panel');
        const fits = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth);
        assert.ok(fits, 'the panel does not scroll sideways');
        await page.getByRole('button', { name: 'Close', exact: true }).focus();
        const close = await page.getByRole('button', { name: 'Close', exact: true }).boundingBox();
        assert.ok(close.y >= 0 && close.y + close.height <= viewport.height, 'its last button can be reached');
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.context().close();
    });
}
