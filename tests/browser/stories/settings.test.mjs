// SPDX-License-Identifier: Apache-2.0
// The practice's settings and the texts of its mails, as staff change them; a mail that comes back.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { check_access, eventually, newest_link, open_practice, test_look } from './practice.mjs';
import { open_tab } from './staff.mjs';

let practice;
before(async () => { practice = await open_practice(); });
after(async () => practice.close());

/** A port of this computer on which nobody listens. */
async function dead_port() {
    const server = createServer();
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address();
    await new Promise((closed) => server.close(closed));
    return port;
}

async function save_settings(page) {
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Saved. The plugin runs with these settings now.').waitFor();
}

async function invite(page, patient) {
    const panel = await open_tab(page, patient);
    await panel.getByRole('button', { name: 'Enable portal access', exact: true }).click();
    await panel.getByRole('button', { name: 'Send invitation/reset email' }).last().click();
    await eventually('the patient is invited', async () =>
        /Invited/.test(await panel.locator('.standing').innerText()));
}

async function mail_text(page, address) {
    await newest_link(page, address);
    return page.locator('.mail-text').innerText();
}

for (const javaScriptEnabled of [true, false]) {
    const way = javaScriptEnabled ? 'with script' : 'without script';

    test(`settings that cannot be are named at their fields, and nothing typed is lost, ${way}`, async () => {
        const page = await practice.new_page({ javaScriptEnabled });
        await page.goto('/emr/settings');
        await page.getByLabel('Practice name').fill('Elm Street Clinic');
        await page.getByLabel('Phone').fill('');
        await page.getByLabel('Life of a first link').fill('3');
        await page.getByLabel('Mails a minute').fill('many');
        await page.getByRole('button', { name: 'Save settings' }).click();
        const problems = page.locator('.problems');
        await problems.waitFor();
        assert.match(await page.title(), /^Error: /);
        assert.deepEqual(await problems.getByRole('link').allInnerTexts(),
            ['Phone is required.', 'Life of a first link must be from 15 to 43200.',
                'Mails a minute needs a whole number.']);
        for (const [label, value] of [['Practice name', 'Elm Street Clinic'], ['Life of a first link', '3'],
            ['Mails a minute', 'many']]) {
            assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), value);
        }
        assert.equal(await page.getByLabel('Mails a minute', { exact: true }).getAttribute('aria-invalid'), 'true');
        assert.equal(await page.getByLabel('Mails a day', { exact: true }).getAttribute('aria-invalid'), null);
        await problems.getByRole('link', { name: 'Phone' }).click();
        assert.match(page.url(), /#practice_phone$/);
        await page.goto('/');
        await page.getByRole('heading', { level: 1, name: 'Cottonwood Family Practice' }).waitFor();
        await page.context().close();
    });

    test(`a test of the connection tries what is typed and says at which step it ends, ${way}`, async () => {
        const page = await practice.new_page({ javaScriptEnabled });
        await page.goto('/emr/settings');
        const port = String(await dead_port());
        await page.getByLabel('How mails leave').selectOption('smtp');
        await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
        await page.getByLabel('Port', { exact: true }).fill(port);
        await page.getByRole('button', { name: 'Test connection' }).click();
        await page.getByRole('heading', { name: 'Test of the mail server: it does not work yet' }).waitFor();
        const steps = page.locator('.steps li');
        assert.match(await steps.last().innerText(), /failed\s+Connect\s+The mail server cannot be reached/);
        assert.equal(await steps.filter({ hasText: 'failed' }).count(), 1, 'nothing is tried after a failure');
        assert.equal(await page.getByLabel('Port', { exact: true }).inputValue(), port);
        await page.goto('/emr/settings');
        assert.equal(await page.getByLabel('How mails leave').inputValue(), 'folder', 'nothing was saved');
        await page.context().close();
    });
}

test('a changed phone stands in the next mail, and in a file that only its owner reads', async () => {
    const page = await practice.new_page();
    await page.goto('/emr/settings');
    await page.getByLabel('Phone').fill('555-0177');
    await page.getByLabel('Cool-down').fill('1');
    await save_settings(page);
    assert.equal(await page.getByLabel('Phone').inputValue(), '555-0177');
    assert.equal(statSync(join(practice.data, 'settings.json')).mode & 0o777, 0o600);
    await practice.settings_are_in_use();
    await invite(page, 'P001');
    assert.match(await mail_text(page, 'anna@example.org'), /555-0177/);
    await page.context().close();
});

test('a colleague without the permission sees neither page nor link', async () => {
    const page = await practice.new_page();
    await page.goto('/emr');
    await page.getByText('Signed in as').click();
    await page.getByRole('button', { name: /Omar Reyes/ }).click();
    await page.getByText('Signed in as Omar Reyes').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Settings' }).count(), 0);
    for (const path of ['/emr/settings', '/emr/templates', '/emr/templates/preview']) {
        await page.goto(path);
        await page.getByRole('heading', { name: 'Not for you' }).waitFor();
    }
    await page.context().close();
});

test('what is wrong with a text is told by line, and what was typed stays', async () => {
    const page = await practice.new_page();
    await page.goto('/emr/templates');
    const text = 'Hello [[first_name]],\n\n[[link]]\nuntil [[expires]]\n[[frist_name]]\n[[practice_phone]]';
    await page.getByLabel('Text part').fill(text);
    for (const button of ['Check', 'Save']) {
        await page.getByRole('button', { name: button, exact: true }).click();
        const finding = page.locator('.problems').getByRole('link', { name: /Text, line 5: .*frist_name/ });
        await finding.waitFor();
        assert.equal(await finding.getAttribute('href'), '#text');
        assert.equal(await page.getByLabel('Text part').inputValue(), text);
        assert.equal(await page.getByLabel('Text part').getAttribute('aria-invalid'), 'true');
    }
    await page.goto('/emr/templates');
    assert.notEqual(await page.getByLabel('Text part').inputValue(), text, 'nothing was saved');
    await page.context().close();
});

test('a preview shows the mail of a patient, and nothing in it leads anywhere', async () => {
    const page = await practice.new_page();
    await page.goto('/emr/templates');
    await page.getByLabel('Preview as').fill('P002');
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    const preview = page.locator('.preview');
    assert.match(await preview.locator('.mail-text').innerText(), /Hello Omar/);
    assert.equal(await preview.getByRole('link').count(), 0, 'the text part has no live link');
    const frame = preview.locator('iframe');
    assert.equal(await frame.getAttribute('sandbox'), '');
    const link = frame.contentFrame().getByRole('link').first();
    const leads_to = await link.getAttribute('href');
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await link.click();
    const block = (complaint) => /Blocked opening .* sandboxed frame/.test(complaint);
    await eventually('the browser says that it blocks the click', () => practice.complaints.some(block));
    practice.complaints = practice.complaints.filter((complaint) => !block(complaint));
    assert.deepEqual(asked, [], 'a click asks for nothing');
    await page.goto(leads_to);
    await page.getByRole('heading', { name: /does not work/ }).waitFor();
    await page.goto('/emr/templates');
    await page.getByLabel('Preview as').fill('P999');
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.locator('.problems a[href="#patient"]').waitFor();
    await page.context().close();
});

test('a saved text is in the next mail, until the plugin\'s comes back', async () => {
    const page = await practice.new_page();
    await page.goto('/emr/templates');
    const field = page.getByLabel('Text part');
    const before = await field.inputValue();
    await field.fill(`Elm Street greets you.\n${before}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. Mails from now on have this text.').waitFor();
    await page.getByRole('heading', { name: 'The practice\'s text' }).waitFor();
    await invite(page, 'P003');
    assert.match(await mail_text(page, 'siobhan@example.org'), /^Elm Street greets you\./);
    await page.goto('/emr/templates');
    await page.getByText('Back to the plugin\'s text').click();
    await page.getByRole('button', { name: 'Throw it away' }).click();
    await page.getByText('Mails have the plugin\'s text again.').waitFor();
    assert.equal(await field.inputValue(), before);
    await page.context().close();
});

test('a test mail goes to staff and tells its steps; an impossible address is named', async () => {
    const page = await practice.new_page();
    await page.goto('/emr/templates?kind=3&language=es');
    await page.getByLabel('Send a test mail to').fill('nobody');
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await page.locator('.problems a[href="#recipient"]').waitFor();
    await page.getByLabel('Send a test mail to').fill('office@practice.example');
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await page.getByRole('heading', { name: 'Test mail: every step passed' }).waitFor();
    assert.equal(practice.mails_to('office@practice.example').length, 1);
    await page.context().close();
});

test('a mail that is bounced marks its patient', async () => {
    const page = await practice.new_page();
    await invite(page, 'P007');
    await newest_link(page, 'lena@example.org');
    await page.getByRole('button', { name: 'Bounce this mail' }).click();
    await page.getByText('The report is on its way back.').waitFor();
    await eventually('the mark bounced', async () => {
        const panel = await open_tab(page, 'P007');
        return /bounced/i.test(await panel.innerText());
    });
    await page.context().close();
});

test('a form of another site neither saves nor bounces', async () => {
    for (const path of ['/emr/settings', '/emr/templates', '/mail']) {
        const page = await practice.new_page();
        await page.goto(path);
        const target = path === '/mail'
            ? `${await page.getByRole('row').nth(1).getByRole('link').getAttribute('href')}/bounce` : path;
        const status = await page.evaluate(async ([url]) => (await fetch(url, { method: 'POST',
            body: new URLSearchParams({ do: 'save', csrf: 'guessed' }) })).status, [target]);
        assert.equal(status, 403, path);
        await page.context().close();
    }
});

test('a text that was typed longer than a session lasts is not lost', async () => {
    const page = await practice.new_page();
    for (const [path, label, button] of [['/emr/templates', 'Subject', 'Save'],
        ['/emr/settings', 'Practice name', 'Save settings']]) {
        await page.goto(path);
        await page.getByLabel(label).fill('Typed for a long time');
        await page.context().clearCookies();
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.getByText('This page was open for too long, so nothing was done.').waitFor();
        assert.equal(await page.getByLabel(label).inputValue(), 'Typed for a long time');
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.getByText('Saved.').waitFor();
    }
    await page.context().close();
});

test('a folder of returned mails that cannot be is named at its field', async () => {
    const page = await practice.new_page();
    await page.goto('/emr/settings');
    await page.getByLabel('Folder of returned mails').fill('/dev/null/bounces');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.locator('.problems').getByRole('link', { name: /^Folder of returned mails cannot be used/ }).waitFor();
    await page.context().close();
});

for (const [look, options] of [['light', {}], ['dark', { colorScheme: 'dark' }],
    ['320 px', { viewport: { width: 320, height: 700 } }]]) {
    test_look(`settings and texts are fit for everybody, ${look}`, async () => {
        const page = await practice.new_page(options);
        await page.goto('/emr/settings');
        await check_access(page, `settings, ${look}`);
        await page.getByLabel('Phone').fill('');
        await page.getByRole('button', { name: 'Save settings' }).click();
        await page.locator('.problems').waitFor();
        await check_access(page, `settings refused, ${look}`);
        await page.goto('/emr/settings');
        await page.getByRole('button', { name: 'Test connection' }).click();
        await page.locator('.steps').waitFor();
        await check_access(page, `settings tested, ${look}`);
        await page.goto('/emr/templates');
        await check_access(page, `texts, ${look}`);
        await page.getByRole('button', { name: 'Preview', exact: true }).click();
        await page.locator('.preview').waitFor();
        await check_access(page, `a preview, ${look}`);
        await page.getByLabel('Text part').fill('no link');
        await page.getByRole('button', { name: 'Check' }).click();
        await page.locator('.problems').waitFor();
        await check_access(page, `findings, ${look}`);
        await page.goto('/mail');
        await check_access(page, `mailbox, ${look}`);
        await page.getByRole('row').nth(1).getByRole('link').click();
        await page.getByRole('button', { name: 'Bounce this mail' }).waitFor();
        await check_access(page, `a mail, ${look}`);
        await page.context().close();
    });
}
