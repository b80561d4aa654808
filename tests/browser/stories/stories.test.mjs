// SPDX-License-Identifier: Apache-2.0
// The four stories of the help page, by clicking. They follow each other, as days in a practice do.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { eventually, expect_rectangle, newest_link, open_practice } from './practice.mjs';
import { ask_portal, open_report, open_tab, row_of, set_up, sign_in } from './staff.mjs';

let practice;
let desk;
before(async () => {
    practice = await open_practice();
    desk = await practice.new_page();
});
after(async () => practice.close());

const password = 'quiet lantern over seven rivers';

test('one patient: enable access in the tab, send the invitation, and the row turns from red to green', async () => {
    const panel = await open_tab(desk, 'P001');
    const rectangle = panel.locator('.standing .rectangle');
    await expect_rectangle(rectangle, 'red', 'Not enabled');
    await panel.getByRole('button', { name: 'Enable portal access', exact: true }).click();
    await expect_rectangle(rectangle, 'gray', 'Not invited');
    await panel.getByRole('button', { name: 'Send invitation/reset email' }).last().click();
    await expect_rectangle(rectangle, 'orange', 'Invited');

    const patient = await practice.new_page();
    await set_up(patient, { email: 'anna@example.org', birth_date: '1980-04-02', username: 'anna.weber', password });
    await sign_in(patient, 'Anna.Weber', password);
    await patient.getByRole('heading', { name: 'Welcome, Anna' }).waitFor();

    const again = await open_tab(desk, 'P001');
    await expect_rectangle(again.locator('.standing .rectangle'), 'green', 'Signed in');
    await patient.context().close();
});

test('the pop-out gives the focus back to the pencil when it is closed', async () => {
    await open_tab(desk, 'P001');
    await desk.keyboard.press('Escape');
    await eventually('focus on the pencil', () => desk.evaluate(() =>
        document.activeElement.getAttribute('aria-label') === 'Edit Patient Information'));
});

test('many patients: a click on the rectangle enables, one on the address invites, without a new page', async () => {
    await open_report(desk);
    const row = row_of(desk, "O'Brien, Siobhan");
    await expect_rectangle(row.locator('.rectangle'), 'red', 'Not enabled');
    await desk.evaluate(() => { globalThis.same_page = true; });
    await row.getByRole('button', { name: /Not enabled/ }).click();
    await expect_rectangle(row.locator('.rectangle'), 'gray', 'Not invited');
    assert.match(await desk.locator('.messages').innerText(), /enabled/);
    assert.ok(await desk.evaluate(() => document.activeElement.matches('.rectangle-button')), 'the focus stays');
    await row.getByRole('button', { name: /siobhan@example\.org/ }).click();
    await expect_rectangle(row.locator('.rectangle'), 'orange', 'Invited');
    assert.equal(await desk.evaluate(() => globalThis.same_page), true);
    await eventually('the mail', () => practice.mails_to('siobhan@example.org').length === 1);
});

test('disabling asks first, and no keeps access', async () => {
    const row = row_of(desk, "O'Brien, Siobhan");
    await row.getByRole('button', { name: /Invited/ }).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect_rectangle(row.locator('.rectangle'), 'orange', 'Invited');
    await row.getByRole('button', { name: /Invited/ }).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await expect_rectangle(row.locator('.rectangle'), 'red', 'Not enabled');
});

test('what was typed in the tab stays when something else is done there first', async () => {
    const page = await practice.new_page();
    await page.clock.install();
    const panel = await open_tab(page, 'P006');
    await panel.getByLabel("Patient's Username").fill('kim.noble');
    await panel.getByRole('button', { name: 'Enable portal access', exact: true }).click();
    await expect_rectangle(panel.locator('.standing .rectangle'), 'gray', 'Not invited');
    await page.clock.runFor(8000);  // The page looks again by itself meanwhile.
    await page.waitForLoadState('networkidle');
    assert.equal(await panel.getByLabel("Patient's Username").inputValue(), 'kim.noble');
    await page.context().close();
});

test('a filter stands in the address, which shows the same rows again', async () => {
    await open_report(desk);
    await desk.getByLabel('Search').pressSequentially('weber');
    await eventually('one row', async () => await desk.locator('tbody tr').count() === 1);
    await eventually('the address', () => desk.url().includes('weber'));
    await desk.reload();
    assert.equal(await desk.locator('tbody tr').count(), 1);
    await desk.getByRole('button', { name: 'Clear filters' }).click();
    await eventually('all rows', async () => await desk.locator('tbody tr').count() === 7);
});

test('by hand: a valid username turns green, the password is set, and the patient signs in with it', async () => {
    const panel = await open_tab(desk, 'P002');
    await panel.getByRole('button', { name: 'Enable portal access', exact: true }).click();
    await expect_rectangle(panel.locator('.standing .rectangle'), 'gray', 'Not invited');
    const username = panel.getByLabel("Patient's Username");
    const verdict = panel.locator('.field.text .verdict');
    await username.pressSequentially('anna.weber');
    await eventually('taken', async () => /taken/i.test(await verdict.innerText()));
    await username.fill('');
    await username.pressSequentially('omar.haddad');
    await eventually('available', async () => /available/i.test(await verdict.innerText()));
    const [red, green, blue] = await verdict.evaluate((element) =>
        getComputedStyle(element).color.match(/[\d.]+/g).map(Number));
    assert.ok(green > red && green > blue, 'the text is green');
    assert.equal(await verdict.locator('svg').count(), 1, 'and has a check mark');

    assert.ok(await panel.getByLabel('Portal password', { exact: true }).isDisabled());
    await panel.getByLabel("Manually Set Patient's Portal Password").check();
    await panel.getByLabel('Portal password', { exact: true }).fill('green kettle on the windowsill');
    await panel.getByRole('button', { name: 'Edit Patient' }).click();
    await expect_rectangle(panel.locator('.standing .rectangle'), 'orange', 'Invited');

    const patient = await practice.new_page();
    await sign_in(patient, 'omar.haddad', 'green kettle on the windowsill');
    await patient.getByRole('heading', { name: /Choose your own password/ }).waitFor();
    await patient.getByLabel('Current password', { exact: true }).fill('green kettle on the windowsill');
    await patient.getByLabel('New password', { exact: true }).fill(password);
    await patient.getByRole('button', { name: 'Change password' }).click();
    await patient.getByRole('heading', { name: 'Welcome, Omar' }).waitFor();
    await patient.getByRole('button', { name: 'Sign out' }).click();
    await patient.getByText('You are signed out').waitFor();
    await patient.context().close();
});

test('the patient himself: asks for an account, and forgets the username', async () => {
    await open_report(desk);
    await row_of(desk, 'Nunez, Maria').getByRole('button', { name: /Not enabled/ }).click();
    await expect_rectangle(row_of(desk, 'Nunez, Maria').locator('.rectangle'), 'gray', 'Not invited');

    const patient = await practice.new_page();
    const facts = { email: 'MARIA@example.org', birth_date: '1962-02-28', last_name: 'Núñez', zip: '67299' };
    await ask_portal(patient, "I'm a registered patient. Create my account", facts);
    await set_up(patient, { email: 'maria@example.org', birth_date: '1962-02-28', username: 'maria.n', password });
    await sign_in(patient, 'maria.n', password);
    await patient.getByRole('heading', { name: 'Welcome, Maria' }).waitFor();
    await patient.getByRole('button', { name: 'Sign out' }).click();

    await ask_portal(patient, 'I forgot my username', facts);
    await eventually('the mail with the username', () =>
        practice.mails_to('maria@example.org').some((mail) => /username/i.test(/^Subject:.*$/m.exec(mail)[0])));
    await patient.context().close();
});

test('a patient who forgot the password gets a link that asks for no username', async () => {
    const patient = await practice.new_page();
    await ask_portal(patient, 'I forgot my password',
        { email: 'omar@example.org', birth_date: '1991-07-15', last_name: 'HADDAD', zip: '67202-1234' });
    await set_up(patient,
        { email: 'omar@example.org', birth_date: '1991-07-15', password: 'another river, another lantern' });
    await sign_in(patient, 'omar.haddad', 'another river, another lantern');
    await patient.getByRole('heading', { name: 'Welcome, Omar' }).waitFor();
    await patient.context().close();
});

test('a link opened while somebody else is signed in names the person invited', async () => {
    const family = await practice.new_page();
    await sign_in(family, 'anna.weber', password);
    await family.getByRole('heading', { name: 'Welcome, Anna' }).waitFor();
    await open_report(desk);
    const row = row_of(desk, 'Frost, Lena');
    await row.getByRole('button', { name: /Not enabled/ }).click();
    await expect_rectangle(row.locator('.rectangle'), 'gray', 'Not invited');
    await row.getByRole('button', { name: /lena@example\.org/ }).click();
    await (await newest_link(family, 'lena@example.org')).click();
    await family.getByRole('heading', { name: 'Hello Lena' }).waitFor();
    assert.doesNotMatch(await family.locator('body').innerText(), /Anna|anna\.weber/);
    await family.getByLabel('Birth date').fill('1970-11-30');
    await family.getByRole('button', { name: 'Continue' }).click();
    await family.getByLabel('Username').waitFor();
    await family.goto('/portal');
    await family.getByRole('heading', { name: /Sign in/ }).waitFor();
    await family.context().close();
});
