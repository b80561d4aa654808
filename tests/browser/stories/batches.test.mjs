// SPDX-License-Identifier: Apache-2.0
// Invitations to many: choose, look, send, undo, watch, stop, and read what became of each. One practice holds batches
// back for its two minutes; the other is in a hurry, but its mail server takes its time.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { open_mail_server } from './mail_server.mjs';
import { check_access, eventually, open_practice, test_look } from './practice.mjs';
import { open_report, tab_to } from './staff.mjs';

const charts = Array.from({ length: 60 }, (_, i) => {
    const number = String(i).padStart(2, '0');
    return { id: `Q${number}`, first: 'Quinn', last: `Dale${number}`, born: '1980-01-01', zip: '66101',
        access_granted: 'yes', tags: i < 3 ? 'first wave' : 'second wave',
        email: i === 2 ? '' : `quinn${number}@example.org` };
});

let calm;
let busy;
let mail_server;
before(async () => {
    calm = await open_practice({ charts });
    mail_server = await open_mail_server(400);
    busy = await open_practice({ charts, settings: { hold_back_seconds: '1', mail_connections: '1',
        mail_transport: mail_server.transport } });
});
after(async () => {
    await calm?.close();
    await busy?.close();
    await mail_server?.close();
});

const tick = (page, name) => page.getByRole('checkbox', { name: `Select ${name}` });
const send = (page, number) => page.getByRole('button', { name: `Send invitations to ${number} selected` });
const dialog = (page) => page.getByRole('dialog');
const bar = (page) => page.getByRole('progressbar').first();
const says = (page, words) => eventually(String(words), async () =>
    words.test(await page.locator('.progress p').first().innerText()));
const focus_is_on = (page, words) => eventually(`the focus on ${words}`, () => page.evaluate((wanted) =>
    new RegExp(wanted).test(document.activeElement.textContent), words.source));

async function filter_by_tag(page, tag) {
    await page.getByLabel('Tag').selectOption(tag);
    await eventually(`the rows of ${tag}`, async () =>
        await page.locator('tbody tr').count() === charts.filter((chart) => chart.tags === tag).slice(0, 50).length);
}

test('ticks are kept over pages, filters and a reload, and the box in the head ticks the page', async () => {
    const page = await calm.new_page();
    await open_report(page);
    await tick(page, 'Dale01, Quinn').check();
    await send(page, 1).waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await tick(page, 'Weber, Anna').focus();
    await page.keyboard.press('Space');
    await send(page, 2).waitFor();
    assert.ok(await tick(page, 'Weber, Anna').evaluate((box) => box === document.activeElement), 'the focus stays');
    await page.getByRole('button', { name: 'Previous page' }).click();
    await eventually('the first page', async () => await tick(page, 'Dale01, Quinn').count() === 1);
    assert.ok(await tick(page, 'Dale01, Quinn').isChecked());
    await filter_by_tag(page, 'first wave');
    await page.getByRole('checkbox', { name: 'Select the rows of this page' }).check();
    await send(page, 4).waitFor();
    await page.reload();
    await send(page, 4).waitFor();
    assert.ok(await tick(page, 'Dale02, Quinn').isChecked());
    assert.ok(await page.getByRole('checkbox', { name: 'Select the rows of this page' }).isChecked());
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await eventually('nothing ticked', async () => !await tick(page, 'Dale02, Quinn').isChecked());
    await page.context().close();
});

test('all that match, by keyboard alone: a preview says who is skipped, Escape leaves all as it was', async () => {
    const page = await calm.new_page();
    await open_report(page);
    await filter_by_tag(page, 'first wave');
    await tab_to(page, /^All 3 matching$/);
    await page.keyboard.press('Space');
    await send(page, 3).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await focus_is_on(page, /Send invitations to 3/);
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('heading', { name: 'Invite 2 patients?' }).waitFor();
    assert.match(await dialog(page).innerText(), /1 skipped\s+No e-mail address is on file/);
    await focus_is_on(page, /Invite 2 patients/);
    for (let i = 0; i < 6; ++i) {
        await page.keyboard.press('Tab');
        assert.ok(await page.evaluate(() => document.activeElement === document.body ||
            document.activeElement.closest('dialog') !== null), 'the focus stays in the dialog');
    }
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await focus_is_on(page, /Send invitations to 3/);
    assert.ok(await page.getByRole('checkbox', { name: /All 3 matching/ }).isChecked());
    assert.equal(await page.getByRole('progressbar').count(), 0, 'nothing was started');

    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
    await tab_to(page, /^Send 2 invitations$/);
    await page.keyboard.press('Enter');
    await says(page, /^Held back until .*: can be undone; 2 will be mailed$/);
    await tab_to(page, /^Undo/);
    await page.keyboard.press('Enter');
    await says(page, /^Undone/);
    assert.deepEqual(calm.mails_to('quinn00@example.org'), []);
    await page.context().close();
});

test('a batch runs: the bar moves and survives a reload, stops, goes on, and is cancelled', async () => {
    const page = await busy.new_page();
    await open_report(page);
    await filter_by_tag(page, 'second wave');
    await page.getByRole('checkbox', { name: /All 57 matching/ }).check();
    await send(page, 57).click();
    await dialog(page).getByRole('button', { name: 'Send 57 invitations' }).click();
    await page.getByText('57 invitations will be sent').waitFor();
    await eventually('the bar in sight', async () => (await bar(page).boundingBox()).y >= 0);
    await page.getByRole('button', { name: 'What became of each' }).click();
    await page.getByRole('heading', { level: 1, name: 'Portal Invitation Batches' }).waitFor();
    const mailed = async () => Number(await bar(page).getAttribute('value'));
    const moves_on = async (from) => eventually(`more than ${from} mailed`, async () => await mailed() > from);
    await moves_on(0);
    await page.getByRole('button', { name: 'Pause batch 1' }).focus();
    const seen = await mailed();
    await moves_on(seen);
    assert.ok(await page.evaluate(() => /Pause/.test(document.activeElement.textContent)), 'the focus stays meanwhile');
    await page.reload();
    assert.ok(await mailed() > seen, 'a reload begins where it was');

    await page.getByRole('button', { name: 'Pause batch 1' }).click();
    await says(page, /^Paused/);
    await eventually('the pause to be said', async () =>
        /Paused/.test(await page.locator('main > p.spoken[role=status]').innerText()));
    await eventually('those in hand have left', async () => await mailed() === mail_server.recipients.length);
    const paused_at = await mailed();
    await page.getByRole('button', { name: 'Resume batch 1' }).click();
    await moves_on(paused_at);
    await page.getByRole('button', { name: 'Cancel batch 1' }).click();
    await dialog(page).getByRole('button', { name: 'Go back' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel batch 1' }).click();
    await dialog(page).getByRole('button', { name: 'Cancel', exact: true }).click();
    await says(page, /^Cancelled/);
    await page.context().close();
});

test('what became of each: a filter, the tab behind a name, and a list to keep', async () => {
    const page = await busy.new_page();
    await page.goto('/emr/view/onboarding.batches');
    const people = page.getByRole('table', { name: 'What became of each patient' });
    await people.getByRole('row').nth(1).waitFor();
    await page.getByLabel('Outcome').selectOption({ label: 'mailed' });
    await eventually('only those', async () => {
        const outcomes = await people.locator('td[data-label=Outcome]').allInnerTexts();
        return outcomes.length > 0 && outcomes.every((outcome) => outcome === 'mailed');
    });
    assert.match(page.url(), /f\.outcome=/);
    await page.reload();
    const shown = await people.locator('td[data-label=Outcome]').allInnerTexts();
    assert.ok(shown.length > 0 && shown.every((outcome) => outcome === 'mailed'));
    const [download] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as CSV' }).click()]);
    assert.equal(download.suggestedFilename(), 'batch-1.csv');
    const list = await readFile(await download.path(), 'utf8');
    assert.match(list, /Dale03, Quinn/);
    assert.ok(!list.includes('@'), 'no address is in it');
    await people.getByRole('button', { name: 'Dale03, Quinn' }).click();
    await page.getByRole('heading', { name: 'Portal access' }).waitFor();
    await page.context().close();
});

test('without script: tick, turn the page, look, send, and undo', async () => {
    const page = await calm.new_page({ javaScriptEnabled: false });
    await page.goto('/emr/view/onboarding.report');
    await tick(page, 'Dale10, Quinn').check();
    await page.getByRole('button', { name: 'Next page' }).click();
    await tick(page, 'Noble, Kim').check();
    await page.getByRole('button', { name: 'Previous page' }).click();
    assert.ok(await tick(page, 'Dale10, Quinn').isChecked(), 'the tick went along');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await send(page, 2).click();
    await dialog(page).getByRole('heading', { name: 'Invite 1 patient?' }).waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await eventually('the dialog is gone', async () => await dialog(page).count() === 0);
    await send(page, 2).click();
    await dialog(page).getByRole('button', { name: 'Send 1 invitation' }).click();
    await page.getByText('1 invitation will be sent').waitFor();
    await page.getByRole('link', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByText('nobody was mailed').first().waitFor();
    assert.deepEqual(calm.mails_to('quinn10@example.org'), []);
    await page.context().close();
});

const looks = {
    'on a wide screen': {},
    'in the dark': { colorScheme: 'dark' },
    'at 320 px': { viewport: { width: 320, height: 800 } },
    'with forced colours': { forcedColors: 'active' },
};
for (const [look, options] of Object.entries(looks)) {
    test_look(`axe finds nothing in lists with ticks, dialog and progress ${look}`, async () => {
        const page = await calm.new_page(options);
        await page.goto('/emr/view/onboarding.report');
        await tick(page, 'Dale20, Quinn').check();
        await send(page, 1).waitFor();
        await check_access(page, 'the report with a tick');
        const size = await tick(page, 'Dale20, Quinn').boundingBox();
        assert.ok(size.width >= 24 && size.height >= 24, 'a box is large enough to hit');
        await send(page, 1).click();
        await dialog(page).waitFor();
        await check_access(page, 'the preview');
        await dialog(page).getByRole('button', { name: 'Send 1 invitation' }).click();
        await says(page, /^Held back/);
        await check_access(page, 'a batch held back');
        await page.goto('/emr/view/onboarding.batches');
        await check_access(page, 'the batches');
        await page.getByRole('button', { name: /^Undo/ }).first().click();
        await says(page, /^Undone/);
        await page.context().close();
    });
}
