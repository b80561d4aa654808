// SPDX-License-Identifier: Apache-2.0
// The portal in a real browser against scanners, neighbours at the same computer, and impatience. Every page here is
// also watched for what it must not do: `practice.close` objects to errors of the policy and to requests elsewhere.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { check_access, eventually, newest_link, open_practice, test_look } from './practice.mjs';
import { open_tab, set_up, sign_in } from './staff.mjs';

const password = 'quiet lantern over seven rivers';
const charts = Array.from({ length: 12 }, (_, i) => ({ id: `Q${i}`, first: `Quinn${i}`, last: 'Ray',
    birth_date: '1980-04-02', zip: '67202', email: `quinn${i}@example.org`, status: 'Active' }));
let practice;
let desk;
let next = 0;
before(async () => {
    practice = await open_practice({ charts });
    desk = await practice.new_page();
});
after(async () => practice.close());

/** A patient of this test alone, with a link in the mailbox. */
async function invite() {
    const number = next++;
    const patient = { number, name: `Quinn${number}`, username: `quinn.number${number}`,
        email: `quinn${number}@example.org`, birth_date: '1980-04-02', password };
    const panel = await open_tab(desk, `Q${number}`);
    await panel.getByRole('button', { name: 'Enable portal access', exact: true }).click();
    await panel.getByRole('button', { name: 'Send invitation/reset email' }).last().click();
    patient.link = await (await newest_link(desk, patient.email)).getAttribute('href');
    return patient;
}

async function confirm(page, patient) {
    await page.goto(patient.link);
    await page.getByLabel('Birth date').fill(patient.birth_date);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
}

async function finish(page, patient) {
    await page.getByLabel('Username').fill(patient.username);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your account is ready').waitFor();
}

/** Opens the address and presses every button, as a mail scanner with a browser does; each time from the start. */
async function press_all(link, options) {
    const robot = await practice.new_page(options);
    await robot.goto(link);
    const count = await robot.locator('button:visible, input[type=submit]:visible').count();
    for (let i = 0; i < count; ++i) {
        await robot.goto(link);
        await robot.locator('button:visible, input[type=submit]:visible').nth(i).click();
        await robot.waitForLoadState();
    }
    await robot.goto(`${link}?znvy=1&step=credentials&password=guess`);
    await robot.context().close();
    return count;
}

for (const javaScriptEnabled of [true, false]) {
    test(`a scanner with a browser ${javaScriptEnabled ? 'and' : 'without'} script leaves the link alive`, async () => {
        const patient = await invite();
        assert.ok(await press_all(patient.link, { javaScriptEnabled }) > 0, 'it found buttons');
        const page = await practice.new_page({ javaScriptEnabled });
        await confirm(page, patient);
        await press_all(patient.link, { javaScriptEnabled });
        await finish(page, patient);
        await press_all(patient.link, { javaScriptEnabled });
        await page.goto(patient.link);
        await page.getByText('This link was used already. If that was you, sign in.').waitFor();
        await sign_in(page, patient.username, password);
        await page.getByRole('heading', { name: `Welcome, ${patient.name}` }).waitFor();
        await page.context().close();
    });
}

test('the browser keeps the cookies as they were meant: of this host, secure, away from script', async () => {
    const patient = await invite();
    const page = await practice.new_page();
    await page.goto('/emr');
    await page.goto('/portal');
    await page.goto(patient.link);
    const kept = (await page.context().cookies()).map(({ name, path, secure, httpOnly, sameSite, expires, domain }) =>
        [name, domain, path, secure, httpOnly, sameSite, expires]).sort();
    assert.deepEqual(kept, [
        ['__Host-ppo-link', '127.0.0.1', '/', true, true, 'Lax', -1],
        ['__Host-ppo-portal', '127.0.0.1', '/', true, true, 'Lax', -1],
        ['__Host-ppo-staff', '127.0.0.1', '/', true, true, 'Strict', -1],
    ]);
    assert.equal(await page.evaluate(() => document.cookie), '');
    await page.context().close();
});

test('after set-up the way back shows that the link was used, and of whom nothing', async () => {
    const patient = await invite();
    const page = await practice.new_page();
    await confirm(page, patient);
    await finish(page, patient);
    await page.goBack();
    await page.getByText('This link was used already').waitFor();
    assert.doesNotMatch(await page.content(), new RegExp(`${patient.name}|${patient.username}`));
    await page.context().close();
});

test('after sign-out the way back shows the sign-in, and staff at the same computer stay signed in', async () => {
    const patient = await invite();
    const page = await practice.new_page();
    await set_up(page, patient);
    await page.goto('/emr');
    await page.getByText('Signed in as Dana Diaz').click();
    await page.getByRole('button', { name: /Omar Reyes/ }).click();
    await page.getByText('Signed in as Omar Reyes').waitFor();
    await sign_in(page, patient.username, password);
    await page.getByRole('heading', { name: `Welcome, ${patient.name}` }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in to your patient portal' }).waitFor();
    assert.doesNotMatch(await page.content(), new RegExp(patient.name));
    await page.goto('/emr');
    await page.getByText('Signed in as Omar Reyes').waitFor();
    await page.context().close();
});

test('a link that is none, opened from elsewhere, signs nobody out', async () => {
    const patient = await invite();
    const page = await practice.new_page();
    await set_up(page, patient);
    await sign_in(page, patient.username, password);
    await page.getByRole('heading', { name: `Welcome, ${patient.name}` }).waitFor();
    await page.setContent(`<a href="${practice.address}/r/garbage">win a prize</a>`);
    await page.getByText('win a prize').click();
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await page.goto('/portal');
    await page.getByRole('heading', { name: `Welcome, ${patient.name}` }).waitFor();
    await page.context().close();
});

test('a page of another origin posts in vain', async () => {
    const page = await practice.new_page();
    await page.goto('/portal');
    const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
    await page.goto('about:blank');
    await page.setContent(`<form method="post" action="${practice.address}/portal/sign-in">
        <input name="csrf" value="${csrf}"><input name="username" value="who"><button>win a prize</button></form>`);
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'Please try again' }).waitFor();
    await page.context().close();
});

test('two presses of the button at once make one account and one clear page', async () => {
    const patient = await invite();
    const page = await practice.new_page();
    await confirm(page, patient);
    await page.getByLabel('Username').fill(patient.username);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.evaluate(() => {
        const button = document.querySelector('form button.primary');
        button.click();
        button.click();
    });
    await page.getByText(/Your account is ready|This link was used already. If that was you, sign in/).waitFor();
    await sign_in(page, patient.username, password);
    await page.getByRole('heading', { name: `Welcome, ${patient.name}` }).waitFor();
    await page.context().close();
});

test('the page of a link warns before it closes, and one click keeps it open', async () => {
    const patient = await invite();
    const page = await practice.new_page();
    await page.clock.install();
    await confirm(page, patient);
    assert.match(await page.locator('main').innerText(), /closes after 10 minutes without a click/);
    await page.evaluate(() => {
        globalThis.answers = 0;
        document.addEventListener('closes-in', () => { ++globalThis.answers; });
    });
    const answers = (count) => eventually(`answer ${count}`, () => page.evaluate(() => globalThis.answers)
        .then((seen) => seen === count));
    await page.getByLabel('Username').fill(patient.username);
    await page.clock.runFor(500);
    await answers(1);  // The verdict on the username: whoever types is there.
    await page.clock.runFor(8.9 * 60_000);
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.clock.runFor(10_000);
    await page.getByRole('dialog', { name: 'This page is about to close' }).waitFor();
    await check_access(page, 'the warning');
    await page.getByRole('button', { name: 'Stay on this page' }).click();
    await answers(2);
    await page.clock.runFor(8.9 * 60_000);
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(await page.getByLabel('Username').inputValue(), patient.username, 'what was typed is there');
    await finish(page, patient);
    await page.context().close();
});

test('the page of a link that nobody touched is gone from the screen, and the link still works', async () => {
    const patient = await invite();
    const page = await practice.new_page();
    await page.clock.install();
    await confirm(page, patient);
    await page.context().clearCookies();  // The server forgets the session at the same time.
    await page.clock.runFor(10.1 * 60_000);
    await page.getByRole('heading', { name: 'Please open the link in your e-mail again' }).waitFor();
    assert.doesNotMatch(await page.content(), new RegExp(patient.name));
    await check_access(page, 'a closed page');
    await confirm(page, patient);
    await finish(page, patient);
    await page.context().close();
});

test('passwords can be pasted and shown, problems take the focus, and managers know the fields', async () => {
    const patient = await invite();
    const page = await practice.new_page({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(patient.link);
    assert.equal(await page.getByLabel('Birth date').getAttribute('autocomplete'), 'bday');
    await page.getByRole('button', { name: 'Continue' }).click();
    await eventually('the summary has the focus', () =>
        page.evaluate(() => document.activeElement.matches('.problems')));
    await confirm(page, patient);
    const field = page.getByLabel('Password', { exact: true });
    assert.equal(await page.getByLabel('Username').getAttribute('autocomplete'), 'username');
    assert.equal(await field.getAttribute('autocomplete'), 'new-password');
    await page.evaluate((text) => navigator.clipboard.writeText(text), password);
    await field.focus();
    await page.keyboard.press('Control+V');
    assert.equal(await field.inputValue(), password);
    await page.getByRole('button', { name: 'Show: Password' }).click();
    assert.equal(await field.getAttribute('type'), 'text');
    await page.getByRole('button', { name: 'Hide: Password' }).click();
    assert.equal(await field.getAttribute('type'), 'password');
    await page.context().close();
});

test_look('at 400 % zoom every page of a link can be read without scrolling sideways', async () => {
    const patient = await invite();
    const page = await practice.new_page({ viewport: { width: 320, height: 256 } });
    await page.goto(patient.link);
    await check_access(page, 'the question');
    await confirm(page, patient);
    await check_access(page, 'the form');
    await finish(page, patient);
    await page.goto(patient.link);
    await check_access(page, 'the used link');
    await page.context().close();
});
