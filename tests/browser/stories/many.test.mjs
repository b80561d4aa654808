// SPDX-License-Identifier: Apache-2.0
// Access for many at once, and views that staff save and find again.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { check_access, eventually, open_practice, test_look } from './practice.mjs';
import { open_report, tab_to } from './staff.mjs';

const charts = Array.from({ length: 60 }, (_, i) => {
    const number = String(i).padStart(2, '0');
    return { id: `Q${number}`, first: 'Quinn', last: `Dale${number}`, born: '1980-01-01', zip: '66101',
        tags: i < 4 ? 'first wave' : 'second wave', email: `quinn${number}@example.org` };
});

let practice;
before(async () => {
    practice = await open_practice({ charts });
});
after(async () => practice?.close());

const tick = (page, name) => page.getByRole('checkbox', { name: `Select ${name}` });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const dialog = (page) => page.getByRole('dialog');
const rows = (page) => page.locator('tbody tr');
const has_rows = (page, number) => eventually(`${number} rows`, async () => await rows(page).count() === number);
const word_of = (page, name) =>
    page.getByRole('row').filter({ hasText: name }).locator('td[data-label="Portal status"]');

test('everybody of a wave gets access after one question, and the ticks stay for the invitation', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.getByRole('button', { name: 'Enable access for 0 patients...', disabled: true }).waitFor();
    await page.getByLabel('Tag').selectOption('first wave');
    await has_rows(page, 4);
    await page.getByRole('checkbox', { name: /All 4 matching/ }).check();
    await button(page, 'Enable access for 4 patients...').click();
    await dialog(page).getByRole('heading', { name: 'Enable access for 4 patients?' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    assert.match(await word_of(page, 'Dale00').innerText(), /Not enabled/);

    await button(page, 'Enable access for 4 patients...').click();
    await button(dialog(page), 'Enable 4 patients').click();
    await page.getByText('Portal access is enabled for 4 patients.').first().waitFor();
    await eventually('the word', async () => /Not invited/.test(await word_of(page, 'Dale00').innerText()));
    await page.getByRole('button', { name: 'Send invitations to 4 selected' }).waitFor();
    await page.context().close();
});

test('by keyboard alone: taking access away is asked about with its consequences', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await tick(page, 'Dale01, Quinn').focus();
    await page.keyboard.press('Space');
    await button(page, 'Disable access for 1 patient...').waitFor();
    await button(page, 'Disable access for 1 patient...').focus();
    await page.keyboard.press('Enter');
    await dialog(page).getByText('Links that are out stop working').waitFor();
    await tab_to(page, /^Disable 1 patient/);
    await page.keyboard.press('Enter');
    await page.getByText('Portal access is disabled for 1 patient.').first().waitFor();
    await eventually('the word', async () => /Not enabled/.test(await word_of(page, 'Dale01').innerText()));
    await page.context().close();
});

test('a view is saved, found again in another browser, and removed', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.getByLabel('Tag').selectOption('first wave');
    await has_rows(page, 4);
    await page.getByLabel('Save filters and order as').fill('My wave');
    await button(page, 'Save view').click();
    await page.getByText('Saved. You find it under').first().waitFor();
    await page.context().close();

    const other = await practice.new_page();
    await open_report(other);
    await has_rows(other, 50);
    await other.getByLabel('Saved view', { exact: true }).selectOption({ label: 'My wave' });
    await button(other, 'Open this view').click();
    await has_rows(other, 4);
    assert.equal(await other.getByLabel('Tag').inputValue(), 'first wave');
    await other.reload();
    await has_rows(other, 4);
    await button(other, 'Remove this view').click();
    await dialog(other).getByRole('button', { name: 'Remove this view' }).click();
    await other.getByText('The saved view is removed.').first().waitFor();
    assert.ok(!(await other.getByLabel('Saved view', { exact: true }).innerText()).includes('My wave'));
    await has_rows(other, 4);
    await other.context().close();
});

test('without script: a ready view is shown, access is enabled, a view is saved', async () => {
    const page = await practice.new_page({ javaScriptEnabled: false });
    await page.goto('/emr/view/onboarding.report');
    await page.getByLabel('Saved view', { exact: true }).selectOption({ label: 'Enabled, never invited' });
    await button(page, 'Open this view').click();
    await eventually('the view is open', async () => await rows(page).count() < 50);
    await page.getByLabel('Save filters and order as').fill('Never invited, mine');
    await button(page, 'Save view').click();
    await page.getByText('Saved. You find it under').first().waitFor();
    await button(page, 'Clear filters').click();
    await tick(page, 'Dale10, Quinn').check();
    await button(page, 'Show').click();
    await button(page, 'Enable access for 1 patient...').click();
    await button(dialog(page), 'Enable 1 patient').click();
    await page.getByText('Portal access is enabled for 1 patient.').first().waitFor();
    await page.context().close();
});

for (const [look, options] of Object.entries({ 'on a wide screen': {}, 'in the dark': { colorScheme: 'dark' },
    'at 320 px': { viewport: { width: 320, height: 800 } }, 'with forced colours': { forcedColors: 'active' } })) {
    test_look(`axe finds nothing in saved views and the question about access ${look}`, async () => {
        const page = await practice.new_page(options);
        await page.goto('/emr/view/onboarding.report');
        await tick(page, 'Dale20, Quinn').check();
        await button(page, 'Disable access for 1 patient...').waitFor();
        await check_access(page, 'the report with saved views');
        await button(page, 'Enable access for 1 patient...').click();
        await dialog(page).waitFor();
        await check_access(page, 'the question about access');
        await page.context().close();
    });
}
