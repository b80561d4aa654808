// SPDX-License-Identifier: Apache-2.0
// What staff and patients do, in the words of the screens.
import assert from 'node:assert/strict';
import { eventually, newest_link } from './practice.mjs';

export async function open_tab(page, patient) {
    await page.goto(`/emr/patient/${patient}`);
    await page.getByRole('button', { name: 'Edit Patient Information' }).click();
    await page.getByRole('tab', { name: 'Patient Portal' }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('heading', { name: 'Portal access' }).waitFor();
    return panel;
}

export async function open_report(page) {
    await page.goto('/emr');
    await page.getByText('My Links').click();
    await page.getByRole('link', { name: /Patient Portal Onboarding Tool/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Patient Portal Onboarding Tool' }).waitFor();
    await page.waitForLoadState('load'); // With its script: a key before that is nobody's.
}

export function row_of(page, name) {
    return page.getByRole('row').filter({ has: page.getByRole('rowheader').filter({ hasText: name }) });
}

/** The patient reads the mail, opens the link and chooses; `username` only if none is on file. */
export async function set_up(page, { email, birth_date, username, password }) {
    await (await newest_link(page, email)).click();
    await page.getByLabel('Birth date').fill(birth_date);
    await page.getByRole('button', { name: 'Continue' }).click();
    if (username) {
        await page.getByLabel('Username').pressSequentially(username);
        await eventually('the verdict on the username', async () =>
            /available/i.test(await page.locator('#username-verdict').innerText()));
    }
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your account is ready').waitFor();
}

export async function sign_in(page, username, password) {
    await page.goto('/portal');
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function ask_portal(page, link, facts) {
    await page.goto('/portal');
    await page.getByRole('link', { name: link }).click();
    await page.getByLabel('E-mail').fill(facts.email);
    await page.getByLabel('Birth date').fill(facts.birth_date);
    await page.getByLabel('Last name').fill(facts.last_name);
    await page.getByLabel('ZIP').fill(facts.zip);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
    assert.match(await page.locator('main').innerText(), /If what you entered matches/);
}

/** Tab until the focus is on something of this name. */
export async function tab_to(page, name) {
    for (let i = 0; i < 160; ++i) {
        const here = await page.evaluate(() => {
            const element = document.activeElement;
            const label = element.labels?.[0]?.textContent ?? '';
            return `${element.getAttribute('aria-label') ?? ''}|${label}|${element.textContent ?? ''}`;
        });
        if (here.split('|').some((each) => name.test(each.trim()))) return;
        await page.keyboard.press('Tab');
    }
    assert.fail(`no way by keyboard to ${name}`);
}
