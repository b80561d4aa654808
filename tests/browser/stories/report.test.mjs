// SPDX-License-Identifier: Apache-2.0
// The report at the desk: what was clicked by mistake is taken back, why somebody is red and what mends it, filters in
// use, and what stands there when nobody does.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { check_access, eventually, expect_rectangle, newest_link, open_practice, test_look } from './practice.mjs';
import { open_report, open_tab, row_of, tab_to } from './staff.mjs';

let practice;
before(async () => { practice = await open_practice(); });
after(async () => practice.close());

const rectangle = (page, name) => row_of(page, name).locator('.rectangle');
const toggle = (page, name) => row_of(page, name).locator('.rectangle-button');
const toast = (page) => page.getByRole('status').filter({ has: page.locator('.toast') });
const undo = (page) => page.getByRole('button', { name: 'Undo' });
const panel = (page) => page.getByRole('dialog');
const why = (page, name) => row_of(page, name).getByRole('button', { name: /^Why is / });
const says = (page, words) => eventually(String(words), async () => words.test(await page.locator('main').innerText()));
const focus_is_on = (page, words) => eventually(`the focus on ${words}`, () => page.evaluate((wanted) =>
    new RegExp(wanted).test(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent),
words.source));

test('a mistaken enabling is taken back by Ctrl+Z, without a question', async () => {
    const page = await practice.new_page();
    await page.clock.install();
    await open_report(page);
    await toggle(page, 'Frost, Lena').click();
    await expect_rectangle(rectangle(page, 'Frost, Lena'), 'gray', 'Not invited');
    assert.match(await toast(page).innerText(), /Portal access is enabled for Lena Frost/);
    await page.clock.runFor(120_000);
    assert.equal(await undo(page).count(), 1, 'it is still offered after two minutes');
    await page.keyboard.press('Control+z');
    await expect_rectangle(rectangle(page, 'Frost, Lena'), 'red', 'Not enabled');
    assert.equal(await panel(page).count(), 0, 'nothing was asked');
    await undo(page).focus();
    await page.keyboard.press('Enter');
    await expect_rectangle(rectangle(page, 'Frost, Lena'), 'gray', 'Not invited');
    await page.getByRole('button', { name: 'Dismiss this message' }).click();
    assert.equal(await undo(page).count(), 0);
    await page.context().close();
});

test('a mistaken disabling is taken back, and the toast says that the link stays dead', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await row_of(page, 'Frost, Lena').getByRole('button', { name: /lena@example\.org/ }).click();
    await expect_rectangle(rectangle(page, 'Frost, Lena'), 'orange', 'Invited');
    await toggle(page, 'Frost, Lena').click();
    await panel(page).getByRole('button', { name: 'Disable' }).click();
    await says(page, /disabled for Lena Frost\. The link that was out has stopped working/);
    await undo(page).click();
    await expect_rectangle(rectangle(page, 'Frost, Lena'), 'orange', 'Invited');
    await says(page, /enabled for Lena Frost\. The link that was mailed before stays dead/);
    const patient = await practice.new_page();
    await (await newest_link(patient, 'lena@example.org')).click();
    await patient.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await patient.context().close();
    await page.context().close();
});

test('an enabling from which an invitation followed is not taken back', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await toggle(page, "O'Brien, Siobhan").click();
    await expect_rectangle(rectangle(page, "O'Brien, Siobhan"), 'gray', 'Not invited');
    const colleague = await practice.new_page();
    await open_report(colleague);
    await row_of(colleague, "O'Brien, Siobhan").getByRole('button', { name: /siobhan@example\.org/ }).click();
    await expect_rectangle(rectangle(colleague, "O'Brien, Siobhan"), 'orange', 'Invited');
    await undo(page).click();
    await says(page, /Access stays enabled: an invitation was sent to Siobhan O'Brien meanwhile/);
    await expect_rectangle(rectangle(page, "O'Brien, Siobhan"), 'orange', 'Invited');
    await colleague.context().close();
    await page.context().close();
});

test('the tab takes a toggle back too, and what was typed there stays', async () => {
    const page = await practice.new_page();
    const tab = await open_tab(page, 'P002');
    await tab.getByLabel("Patient's Username").fill('omar.haddad');
    await tab.getByRole('button', { name: 'Enable portal access', exact: true }).click();
    await expect_rectangle(tab.locator('.standing .rectangle'), 'gray', 'Not invited');
    await undo(page).click();
    await expect_rectangle(tab.locator('.standing .rectangle'), 'red', 'Not enabled');
    assert.equal(await tab.getByLabel("Patient's Username").inputValue(), 'omar.haddad');
    await page.context().close();
});

test('without script a toggle is taken back on the next page', async () => {
    const page = await practice.new_page({ javaScriptEnabled: false });
    await page.goto('/emr/view/onboarding.report');
    await toggle(page, 'Haddad, Omar').click();
    await page.getByText('Portal access is enabled for Omar Haddad').waitFor();
    await undo(page).click();
    await page.getByText('Portal access is disabled for Omar Haddad').waitFor();
    assert.match(await rectangle(page, 'Haddad, Omar').innerText(), /Not enabled/);
    await page.context().close();
});

test('why is this patient red: by keyboard, one thing after the other is mended', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await tab_to(page, /^Why is Anna Weber red\?$/);
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { name: 'Why is Anna Weber red?' }).waitFor();
    await focus_is_on(page, /^Why is Anna Weber red\?$/);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    await focus_is_on(page, /^Why is Anna Weber red\?$/);
    await expect_rectangle(rectangle(page, 'Weber, Anna'), 'red', 'Not enabled');

    await page.keyboard.press('Enter');
    await panel(page).waitFor();
    await check_access(page, 'the panel');
    await panel(page).getByRole('button', { name: 'Enable portal access' }).press('Enter');
    await panel(page).getByRole('heading', { name: 'Why is Anna Weber gray?' }).waitFor();
    await eventually('the focus in the panel', () => page.evaluate(() =>
        document.activeElement.closest('dialog') !== null));
    await panel(page).getByRole('button', { name: 'Send invitation/reset email' }).click();
    await panel(page).getByText('The invitation left; the patient has not followed its link yet.').waitFor();
    await panel(page).getByRole('heading', { name: 'Why is Anna Weber orange?' }).waitFor();
    await panel(page).getByRole('button', { name: 'Close' }).click();
    await expect_rectangle(rectangle(page, 'Weber, Anna'), 'orange', 'Invited');
    await focus_is_on(page, /^Why is Anna Weber orange\?$/);
    await page.context().close();
});

test('why without script: the panel stands on top, mends, and closes', async () => {
    const page = await practice.new_page({ javaScriptEnabled: false });
    await page.goto('/emr/view/onboarding.report');
    await why(page, 'Noble, Kim').click();
    await panel(page).getByRole('heading', { name: 'Why is Kim Noble red?' }).waitFor();
    await panel(page).getByRole('button', { name: 'Enable portal access' }).click();
    await panel(page).getByRole('heading', { name: 'Why is Kim Noble gray?' }).waitFor();
    assert.match(await panel(page).innerText(), /No e-mail address is on file/);
    await panel(page).getByRole('button', { name: 'Close' }).click();
    await eventually('the panel is gone', async () => await panel(page).count() === 0);
    await page.context().close();
});

test('a closed chart has nothing to click, and the panel leads to the tab', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await why(page, 'Stone, Walter').click();
    await panel(page).getByText('The chart says Deceased').waitFor();
    assert.equal(await panel(page).locator('.reasons button').count(), 0);
    await panel(page).getByRole('button', { name: 'Open the Patient Portal tab' }).click();
    await page.getByRole('heading', { name: 'Portal access' }).waitFor();
    await page.goBack();
    assert.equal(await panel(page).count(), 0, 'whoever comes back has read it');
    await page.context().close();
});

test('a count is a filter, and each filter in use is taken away by one click', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.getByText('All 7 patients').waitFor();
    await page.getByRole('button', { name: /See only Invited/ }).click();
    await eventually('the invited', async () => await page.locator('tbody tr').count() === 3);
    assert.match(page.url(), /f\.status=orange/);
    assert.equal(await page.getByLabel('Portal status').inputValue(), 'orange');
    await page.getByLabel('Primary provider').selectOption('Dr. Cole');
    await eventually('those of one provider', async () => await page.locator('tbody tr').count() === 2);
    const used = page.getByRole('list', { name: 'Filters in use' });
    await used.getByRole('button', { name: /^Portal status: Invited/ }).click();
    await eventually('one filter', async () => await used.getByRole('listitem').count() === 1);
    assert.ok(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('All 7 patients').waitFor();
    await page.context().close();
});

test('a count is a filter without script too', async () => {
    const page = await practice.new_page({ javaScriptEnabled: false });
    await page.goto('/emr/view/onboarding.report?f.provider=Dr.+Cole');
    await page.getByRole('button', { name: /See only Invited/ }).click();
    await eventually('two rows', async () => await page.locator('tbody tr').count() === 2);
    await page.getByRole('button', { name: /^Primary provider: Dr\. Cole/ }).click();
    await eventually('three rows', async () => await page.locator('tbody tr').count() === 3);
    await page.context().close();
});

test('where nobody matches, one click shows everyone again', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.getByLabel('Search').pressSequentially('nobody at all');
    await page.getByText('Nobody matches these filters.').waitFor();
    await check_access(page, 'nobody');
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await eventually('everyone', async () => await page.locator('tbody tr').count() === 7);
    assert.equal(await page.getByLabel('Search').inputValue(), '');
    await page.context().close();
});

test('an EMR without patients says so, and the page looks again by itself', async () => {
    const empty = await open_practice({ usual: false });
    const page = await empty.new_page();
    await open_report(page);
    await page.getByText('There are no patients yet.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Clear all filters' }).count(), 0);
    await page.waitForRequest((request) => request.url().includes('onboarding.report'));
    await check_access(page, 'no patients');
    await page.context().close();
    await empty.close();
});

test('a practice that begins is told how, and the words stay in place while it does', async () => {
    const fresh = await open_practice();
    const page = await fresh.new_page();
    await open_report(page);
    const welcome = page.getByText('Nobody has portal access yet.');
    await welcome.waitFor();
    await toggle(page, 'Frost, Lena').click();
    await expect_rectangle(rectangle(page, 'Frost, Lena'), 'gray', 'Not invited');
    assert.equal(await welcome.count(), 1);
    await open_report(page);
    assert.equal(await welcome.count(), 0);
    await page.context().close();
    await fresh.close();
});

for (const [look, options] of Object.entries({
    'on a wide screen': {},
    'in the dark': { colorScheme: 'dark' },
    'at 320 px': { viewport: { width: 320, height: 800 } },
    'at 400 %': { viewport: { width: 320, height: 256 } },
    'with forced colours': { forcedColors: 'active' },
})) {
    test_look(`axe finds nothing in toast, panel, filters in use and keys ${look}`, async () => {
        const page = await practice.new_page(options);
        await open_report(page);
        await toggle(page, 'Nunez, Maria').click();
        await undo(page).waitFor();
        await check_access(page, 'a toast');
        await undo(page).click();
        await page.getByText('Portal access is disabled for Maria Nunez').waitFor();
        await why(page, 'Nunez, Maria').click();
        await panel(page).waitFor();
        await check_access(page, 'the panel');
        await page.keyboard.press('Escape');
        await panel(page).waitFor({ state: 'detached' });
        await page.getByRole('button', { name: /See only Not enabled/ }).click();
        await page.getByRole('button', { name: 'Clear filters' }).waitFor();
        await page.getByText('Keys', { exact: true }).click();
        await check_access(page, 'filters in use and keys');
        await page.context().close();
    });
}
