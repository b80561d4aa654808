// SPDX-License-Identifier: Apache-2.0
// What a patient wants: noted by staff in the tab, said by the patient on the portal; by keyboard, and without script.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { check_access, eventually, expect_rectangle, open_practice, test_look } from './practice.mjs';
import { ask_portal, open_report, open_tab, row_of, set_up, sign_in, tab_to } from './staff.mjs';

let practice;
let desk;
before(async () => {
    practice = await open_practice();
    desk = await practice.new_page();
});
after(async () => practice.close());

const password = 'quiet lantern over seven rivers';
const anna = { email: 'anna@example.org', birth_date: '1980-04-02' };

async function marks_in_tab(panel) {
    return (await panel.locator('.standing').innerText()).toLowerCase();
}

/** A day so many days from now, as a date field takes it. */
function day_ahead(days) {
    return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

test('staff note in the tab that the patient declined, and nothing is mailed until they take it back', async () => {
    const panel = await open_tab(desk, 'P001');
    await panel.getByRole('button', { name: 'Enable portal access', exact: true }).click();
    await expect_rectangle(panel.locator('.standing .rectangle'), 'gray', 'Not invited');
    await panel.getByLabel('The patient said').selectOption({ label: 'Declined: wants no portal account' });
    await panel.getByRole('button', { name: 'Edit Patient' }).click();
    await eventually('the mark', async () => /opted out/.test(await marks_in_tab(panel)));
    await expect_rectangle(panel.locator('.standing .rectangle'), 'gray', 'Not invited');
    assert.match(await panel.innerText(), /does not want a portal account/);
    assert.ok(await panel.getByRole('button', { name: /Send invitation/ }).last().isDisabled());
    await check_access(desk, 'the tab of a patient who declined');

    await panel.getByRole('button', { name: 'Take it back' }).click();
    await desk.getByRole('dialog').getByText('Has the patient said so?').waitFor();
    await desk.getByRole('dialog').getByRole('button', { name: 'Take it back' }).last().click();
    await eventually('no mark', async () => !/opted out/.test(await marks_in_tab(panel)));
    assert.equal(await panel.getByLabel('The patient said').inputValue(), 'none');
});

test('to ask again later by keyboard alone: a day that lies ahead is needed', async () => {
    const page = await practice.new_page();
    const panel = await open_tab(page, 'P001');
    await tab_to(page, /^The patient said$/);
    await page.keyboard.type('Ask');
    await tab_to(page, /^Edit Patient$/);
    await page.keyboard.press('Enter');
    await eventually('the refusal', async () => /lies ahead/.test(await page.locator('body').innerText()));
    assert.equal(await panel.getByLabel('The patient said').inputValue(), 'deferred');
    await panel.getByLabel('Ask again from').focus();
    const [year, month, day] = day_ahead(30).split('-');
    await page.keyboard.type(month + day + year);
    await tab_to(page, /^Edit Patient$/);
    await page.keyboard.press('Enter');
    await eventually('the mark', async () => /opted out/.test(await marks_in_tab(panel)));
    assert.equal(await panel.getByLabel('Ask again from').inputValue(), day_ahead(30));
    await page.context().close();
});

test('the report finds who is not to be invited', async () => {
    await open_report(desk);
    await desk.getByLabel('Mark', { exact: true }).selectOption({ label: 'opted out' });
    await eventually('one row', async () => await desk.locator('tbody tr').count() === 1);
    assert.match(await row_of(desk, 'Weber, Anna').innerText(), /opted out/);
});

test('the patient asks for an account on the portal, which takes it back', async () => {
    const patient = await practice.new_page();
    await ask_portal(patient, "I'm a registered patient. Create my account",
        { ...anna, last_name: 'Weber', zip: '80331' });
    await set_up(patient, { ...anna, username: 'anna.weber', password });
    const panel = await open_tab(desk, 'P001');
    assert.doesNotMatch(await marks_in_tab(panel), /opted out/);
    await patient.context().close();
});

test('signed in, the patient chooses not to be mailed, and to be mailed again, by keyboard', async () => {
    const patient = await practice.new_page();
    await sign_in(patient, 'anna.weber', password);
    await patient.getByRole('heading', { name: 'Welcome, Anna' }).waitFor();
    await tab_to(patient, /^Mail from the practice$/);
    await patient.keyboard.press('Enter');
    await patient.getByRole('heading', { level: 1, name: 'Mail from the practice' }).waitFor();
    assert.ok(await patient.getByLabel('Mail me', { exact: true }).isChecked());
    await check_access(patient, 'the page about mail');
    await tab_to(patient, /^Mail me$/);
    await patient.keyboard.press('ArrowDown');
    await tab_to(patient, /^Save$/);
    await patient.keyboard.press('Enter');
    await patient.getByText('no mail comes any more').waitFor();
    assert.ok(await patient.getByLabel('Do not mail me').isChecked());

    const panel = await open_tab(desk, 'P001');
    await expect_rectangle(panel.locator('.standing .rectangle'), 'green', 'Signed in');
    assert.match(await marks_in_tab(panel), /opted out/);
    assert.equal(await panel.getByLabel('The patient said').inputValue(), 'do_not_mail');

    // The answer is the same as ever, and nothing comes.
    const mails = practice.mails_to(anna.email).length;
    const visitor = await practice.new_page();
    const facts = { ...anna, last_name: 'Weber', zip: '80331' };
    await ask_portal(visitor, 'I forgot my username', facts);

    await patient.goto('/portal/mail');
    await patient.getByLabel('Mail me', { exact: true }).check();
    await patient.getByRole('button', { name: 'Save' }).click();
    await patient.getByText('mail may come').waitFor();
    await patient.reload();
    assert.ok(await patient.getByLabel('Mail me', { exact: true }).isChecked());
    // Requests are answered in their order: the mail that comes now is of the second, and the only one.
    await ask_portal(visitor, 'I forgot my username', facts);
    await eventually('the username by mail', () => practice.mails_to(anna.email).length > mails);
    assert.equal(practice.mails_to(anna.email).length, mails + 1);
    await visitor.context().close();
    await patient.context().close();
});

test('without script the tab takes a choice, and so does the portal', async () => {
    const page = await practice.new_page({ javaScriptEnabled: false });
    await page.goto('/emr/patient/P003/edit');
    await page.getByRole('tab', { name: 'Patient Portal' }).click();
    await page.getByLabel('The patient said').selectOption('do_not_mail');
    await page.getByRole('button', { name: 'Edit Patient' }).click();
    await page.getByText('is noted').waitFor();
    assert.equal(await page.getByLabel('The patient said').inputValue(), 'do_not_mail');
    await sign_in(page, 'anna.weber', password);
    await page.getByRole('link', { name: 'Mail from the practice' }).click();
    await page.getByLabel('Do not mail me').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('no mail comes any more').waitFor();
    await page.context().close();
});

test('nobody who is not signed in sees or changes the choice', async () => {
    const visitor = await practice.new_page();
    await visitor.goto('/portal/mail');
    await visitor.getByRole('heading', { name: /Sign in/ }).waitFor();
    const answer = await visitor.request.post('/portal/mail', { form: { mail_me: 'yes' } });
    assert.equal(answer.status(), 403);
    await visitor.context().close();
});

for (const [look, options] of Object.entries({
    'on a wide screen': {},
    'in the dark': { colorScheme: 'dark' },
    'at 320 px': { viewport: { width: 320, height: 640 } },
    'with forced colours': { forcedColors: 'active' },
})) {
    test_look(`axe finds nothing on the tab and on the page about mail ${look}`, async () => {
        const page = await practice.new_page(options);
        const panel = await open_tab(page, 'P003');
        await panel.getByLabel('The patient said').scrollIntoViewIfNeeded();
        await check_access(page, 'the tab');
        await sign_in(page, 'anna.weber', password);
        await page.getByRole('link', { name: 'Mail from the practice' }).click();
        await page.getByLabel('Do not mail me').waitFor();
        await check_access(page, 'the page about mail');
        await page.context().close();
    });
}
