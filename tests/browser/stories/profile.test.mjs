// SPDX-License-Identifier: Apache-2.0
// The profile, what the settings fall behind, and who may set passwords.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { check_access, open_practice } from './practice.mjs';
import { open_tab } from './staff.mjs';

let practice;
before(async () => { practice = await open_practice(); });
after(async () => practice.close());

async function work_as(page, name) {
    await page.goto('/emr');
    await page.locator('details.who summary').click();
    await page.getByRole('button', { name }).click();
    await page.getByText(`Signed in as ${name}`).waitFor();
}

test('the strict profile is chosen on the settings page, and the list of deviations grows short', async () => {
    const page = await practice.new_page();
    await page.goto('/emr/settings');
    const deviations = page.getByRole('region', { name: 'Deviations' }).getByRole('listitem');
    assert.equal(await deviations.count(), 5);
    await check_access(page, 'settings with deviations');
    await page.getByLabel('Profile').selectOption('strict');
    await page.getByLabel('Life of a first link').fill('10080');
    await page.getByRole('button', { name: 'Save settings' }).click();
    const problem = 'Life of a first link may be 1440 at most in the strict profile.';
    await page.locator('.problems').getByText(problem).waitFor();
    await page.getByLabel('Life of a first link').fill('');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Saved. The plugin runs with these settings now.').waitFor();
    assert.equal(await deviations.count(), 2);
    await page.getByLabel('Profile').selectOption('standard');
    await page.getByLabel('Staff passwords stay').selectOption('yes');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Saved. The plugin runs with these settings now.').waitFor();
    assert.match(await deviations.first().innerText(), /need not be changed by the patient and does not lapse/);
    await page.getByLabel('Staff passwords stay').selectOption('no');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Saved. The plugin runs with these settings now.').waitFor();
    await page.context().close();
});

test('who may not set passwords reads why, and who may gets two kinds of suggestions', async () => {
    const page = await practice.new_page({ viewport: { width: 320, height: 900 } });
    await work_as(page, 'Omar Reyes');
    let panel = await open_tab(page, 'P002');
    await panel.getByText('You may not set passwords by hand.').waitFor();
    assert.equal(await panel.getByLabel('Manually Set Patient\'s Portal Password').count(), 0);
    await check_access(page, 'the tab without passwords at 320 px');
    await work_as(page, 'Dana Diaz');
    panel = await open_tab(page, 'P002');
    await panel.getByRole('button', { name: 'Suggest random characters' }).click();
    const copied = await page.locator('#copy-text').inputValue();
    assert.match(copied, /^([a-zA-Z0-9]{4}-){3}[a-zA-Z0-9]{4}$/);
    await page.context().close();
});
