// SPDX-License-Identifier: Apache-2.0
// For everybody: keyboard alone, without script, small screens, and nothing that axe objects to.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { check_access, eventually, expect_rectangle, newest_link, open_practice, test_look } from './practice.mjs';
import { open_report, open_tab, row_of, set_up, sign_in, tab_to } from './staff.mjs';

let practice;
before(async () => { practice = await open_practice(); });
after(async () => practice.close());

const password = 'quiet lantern over seven rivers';

test('one patient by keyboard alone, from the list to the mail', async () => {
    const page = await practice.new_page();
    await page.goto('/emr');
    await tab_to(page, /^Weber, Anna$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Anna Weber' }).waitFor();
    await tab_to(page, /^Edit Patient Information$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tab_to(page, /^General$/);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Portal access' }).waitFor();
    await tab_to(page, /^Enable portal access$/);
    await page.keyboard.press('Enter');
    await expect_rectangle(page.locator('.standing .rectangle'), 'gray', 'Not invited');
    await tab_to(page, /^Send invitation\/reset email$/);
    await page.keyboard.press('Enter');
    await expect_rectangle(page.locator('.standing .rectangle'), 'orange', 'Invited');
    await page.keyboard.press('Escape');
    await eventually('the focus is back on the pencil', () => page.evaluate(() =>
        document.activeElement.getAttribute('aria-label') === 'Edit Patient Information'));
    await page.context().close();
});

test('a scanner that opens the link with GET and HEAD, again and again, changes nothing', async () => {
    const patient = await practice.new_page();
    const link = await (await newest_link(patient, 'anna@example.org')).getAttribute('href');
    for (let i = 0; i < 5; ++i) {
        await fetch(link);
        await fetch(link, { method: 'HEAD' });
    }
    await set_up(patient, { email: 'anna@example.org', birth_date: '1980-04-02', username: 'anna.weber', password });
    await patient.goto(link);
    await patient.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    assert.match(await patient.locator('main').innerText(), /555-0100/);
    await check_access(patient, 'a dead link');
    await patient.context().close();
});

test('many patients without script: enable, answer the question, invite, set up, sign in', async () => {
    const page = await practice.new_page({ javaScriptEnabled: false });
    await page.goto('/emr/view/onboarding.report');
    await row_of(page, "O'Brien, Siobhan").getByRole('button', { name: /Not enabled/ }).click();
    await row_of(page, "O'Brien, Siobhan").getByRole('button', { name: /Not invited/ }).click();
    await page.getByRole('button', { name: 'Disable' }).click();
    await row_of(page, "O'Brien, Siobhan").getByRole('button', { name: /Not enabled/ }).click();
    await page.getByText('Portal access is enabled').waitFor();
    await row_of(page, "O'Brien, Siobhan").getByRole('button', { name: /siobhan@example\.org/ }).click();
    await page.getByLabel('Search').fill('brien');
    await page.getByRole('button', { name: 'Show' }).click();
    await eventually('the search is asked', () => /brien/.test(page.url()));
    assert.equal(await page.locator('tbody tr').count(), 1);
    await (await newest_link(page, 'siobhan@example.org')).click();
    await page.getByLabel('Birth date').fill('1955-12-01');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Username').fill('anna.weber');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await page.getByLabel('Username').fill('siobhan.ob');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your account is ready').waitFor();
    await sign_in(page, 'siobhan.ob', password);
    await page.getByRole('heading', { name: 'Welcome, Siobhan' }).waitFor();
    await page.context().close();
});

const places = {
    'the start': '/',
    'the patients': '/emr',
    'a search for nobody': '/emr?search=nobody',
    'a chart': '/emr/patient/P001',
    'the general tab': '/emr/patient/P003/edit',
    'the sign-in': '/portal',
    'the request for an account': '/portal/account',
    'the request for a password': '/portal/password',
    'the request for a username': '/portal/username',
    'the answer to a request': '/portal/account?sent=1',
    'a damaged link': '/r/nothing',
    'the mailbox': '/mail',
};

for (const [look, options] of Object.entries({
    'on a wide screen': {},
    'in the dark': { colorScheme: 'dark' },
    'at 320 px': { viewport: { width: 320, height: 640 } },
    'with forced colours': { forcedColors: 'active' },
})) {
    test_look(`axe finds nothing ${look}`, async () => {
        const page = await practice.new_page(options);
        for (const [name, url] of Object.entries(places)) {
            await page.goto(url);
            await check_access(page, name);
        }
        await open_report(page);
        await check_access(page, 'the report');
        await open_tab(page, 'P003');
        await check_access(page, 'the tab in its pop-out');
        await page.goto('/mail');
        await page.getByRole('row').nth(1).getByRole('link').click();
        await check_access(page, 'a mail');
        await sign_in(page, 'anna.weber', 'wrong password');
        await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
        await check_access(page, 'a refused sign-in');
        await sign_in(page, 'anna.weber', password);
        await page.getByRole('heading', { name: 'Welcome, Anna' }).waitFor();
        await check_access(page, 'the page of a patient who is signed in');
        await page.context().close();
    });
}

test_look('every button and link of the report is at least 24 px in both directions', async () => {
    const page = await practice.new_page();
    await open_report(page);
    const small = await page.locator('main button:visible, main a:visible').evaluateAll((elements) => elements
        .map((element) => [element.textContent, element.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text));
    assert.deepEqual(small, []);
    await page.context().close();
});

test('a post without the token of the session does nothing', async () => {
    const page = await practice.new_page();
    await page.goto('/emr');
    const answer = await page.request.post('/emr/view/onboarding.report', { form: { do: 'enable P006' } });
    assert.equal(answer.status(), 403);
    await open_report(page);
    await expect_rectangle(row_of(page, 'Noble, Kim').locator('.rectangle'), 'red', 'Not enabled');
    await page.context().close();
});
