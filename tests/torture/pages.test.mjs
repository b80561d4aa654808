// SPDX-License-Identifier: Apache-2.0
// The pages over the torture plugin in a real browser: nothing of a text runs, nothing breaks the page, and whoever
// types is not disturbed. PPO_SCREENSHOTS names a folder for pictures of them.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { eventually, open_practice } from '../browser/stories/practice.mjs';

const plugin = process.env.PPO_TORTURE_PLUGIN;
const views = ['/emr/view/torture.zoo', '/emr/view/onboarding.report', '/emr/patient/P001/edit?tab=patient.portal'];

/** Opens a practice in these modes, and closes it whatever the story does. */
async function in_modes(modes, story) {
    assert.ok(plugin, 'PPO_TORTURE_PLUGIN names the plugin');
    process.env.PPO_TORTURE = modes;
    const practice = await open_practice({ options: ['--plugin', plugin] });
    try {
        const page = await practice.new_page();
        page.on('dialog', (dialog) => {
            practice.complaints.push(`the browser asked: ${dialog.message()}`);
            dialog.dismiss();
        });
        await story(page);
        await picture(page, modes);
    } finally {
        await practice.close();
    }
}

async function picture(page, name) {
    const folder = process.env.PPO_SCREENSHOTS;
    if (folder) await page.screenshot({ path: join(folder, `torture-${name}.png`) });
}

async function fits(page, where) {
    const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth,
        room: document.documentElement.clientWidth }));
    assert.ok(wide <= room, `${where} is ${wide} wide in ${room}`);
}

test('nothing that stands in a text runs, also where a button asks first', () => in_modes('markup', async (page) => {
    for (const view of views) {
        await page.goto(view);
        await page.locator('main').getByText('torture-canary').first().waitFor();
        const holes = '[data-torture-canary], main script, main img, [onerror], [onmouseover]';
        assert.equal(await page.locator(holes).count(), 0);
        await fits(page, view);
    }
    await page.getByRole('button', { name: 'save' }).first().click();
    const question = page.locator('dialog').getByText('Really?');
    await question.waitFor();
    await picture(page, 'markup-question');
    await page.locator('dialog button').filter({ hasText: 'save' }).click();
    await page.locator('.toast').getByText('Done').waitFor();
}));

test('a word of 64 KiB stays on the page, also on the smallest screen', () => in_modes('long', async (page) => {
    for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 });
        for (const view of ['/emr', views[2], '/r/link-P001']) {
            await page.goto(view);
            await fits(page, `${view} at ${width}`);
        }
    }
}));

test('a view that changes with each reading takes nothing away from whoever types', () =>
    in_modes('restless', async (page) => {
        let read = 0;
        page.on('response', (response) => { read += response.url().includes('patient.portal') ? 1 : 0; });
        await page.goto(views[2]);
        await eventually('the view is read again', () => read > 2);
        const field = page.locator('input[name="f.username"]');
        await field.fill('somebody else');
        const before = read;
        await field.press('Home');
        await eventually('what was typed is judged', () => read > before);
        assert.equal(await field.inputValue(), 'somebody else');
    }));

test('characters of every plane and from right to left stay in their places', () =>
    in_modes('unicode', async (page) => {
        for (const view of views) {
            await page.goto(view);
            await fits(page, view);
        }
    }));

test('what a later minor shows is label and text', () => in_modes('unknown', async (page) => {
    await page.goto(views[0]);
    await page.getByText('LATER-KIND-LABEL').waitFor();
    await page.getByText('LATER-KIND-TEXT').waitFor();
    await fits(page, views[0]);
}));

test('a view that asks to be closed is closed', () => in_modes('closing', async (page) => {
    await page.goto(views[0]);
    await page.getByRole('button', { name: 'save' }).first().click();
    await page.waitForURL((url) => url.pathname === '/emr');
}));
