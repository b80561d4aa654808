// SPDX-License-Identifier: Apache-2.0
// What leaves the report: lists to save in each format, a page to print, and the analytics with their drawings.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { check_access, eventually, open_practice, test_look } from './practice.mjs';
import { open_report, row_of, set_up, sign_in } from './staff.mjs';

let practice;
before(async () => {
    practice = await open_practice({ charts: [{ id: 'P008', first: 'Eve', last: '=cmd()', born: '1980-01-01',
        zip: '66101', email: 'eve@example.org', tags: 'new', provider: 'Dr. Lee' }] });
    const page = await practice.new_page();
    await open_report(page);
    const anna = row_of(page, 'Weber');
    await anna.getByRole('button', { name: /Not enabled/ }).click();
    await anna.getByRole('button', { name: /Not invited/ }).waitFor();
    await anna.getByRole('button', { name: /anna@example\.org/ }).click();
    await set_up(page, { email: 'anna@example.org', birth_date: '1980-04-02', username: 'anna.weber',
        password: 'maple kettle orbit 7' });
    await sign_in(page, 'anna.weber', 'maple kettle orbit 7');
    await page.getByText('Hello').or(page.getByText('Anna')).first().waitFor();
});
after(async () => { await practice?.close(); });

async function saved(page, button) {
    const [download] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('button', { name: button, exact: true }).click()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('the list is saved in each format, of the patients that the filters show', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.getByLabel('Tag').selectOption('new');
    await eventually('two rows', async () => await page.locator('tbody tr').count() === 2);
    const csv = await saved(page, 'Save as CSV');
    assert.equal(csv.name, 'onboarding.csv');
    assert.ok(csv.text.startsWith('\ufeffPatient,Portal status,Name'));
    assert.equal(csv.text.split('\r\n').length, 4);
    assert.match(csv.text, /"'=cmd\(\), Eve"/);
    const tsv = await saved(page, 'Save as TSV');
    assert.equal(tsv.name, 'onboarding.tsv');
    assert.match(tsv.text, /\tWeber, Anna\tanna@example\.org\tanna\.weber\t/);
    const lines = await saved(page, 'Save as JSON lines');
    assert.equal(lines.name, 'onboarding.jsonl');
    const rows = lines.text.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(rows.map((row) => row.name), ['=cmd(), Eve', 'Weber, Anna']);
    assert.equal(rows[0].last_signed_in, null);
    assert.deepEqual(await page.locator('tbody tr').count(), 2, 'the page stays as it was');
});

test('the page to print has totals, every row, and runs nothing', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.getByRole('button', { name: 'Print', exact: true }).click();
    await page.waitForURL('**/emr/document');
    await page.getByRole('heading', { name: 'Patient Portal Onboarding' }).waitFor();
    assert.equal(await page.locator('table.rows tbody tr').count(), 8);
    assert.match(await page.locator('.totals').innerText(), /Signed in\s+1/);
    for (const format of ['A4', 'Letter']) {
        const pdf = await page.pdf({ format, preferCSSPageSize: false });
        assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
    }
});

test('the analytics are reached from the report, drawn, told in tables, and lead back', async () => {
    const page = await practice.new_page();
    await open_report(page);
    await page.getByRole('button', { name: 'Analytics' }).click();
    await page.getByRole('heading', { level: 1, name: 'Portal Onboarding Analytics' }).waitFor();
    const funnel = page.getByRole('img', { name: 'How many patients came how far' });
    await funnel.waitFor();
    assert.match(await funnel.locator('desc').textContent(), /8 patients: 1 enabled, 1 invited, 1 set up, 1 signed in/);
    const numbers = page.getByRole('table', { name: 'How many patients came how far, as numbers' });
    assert.match(await numbers.innerText(), /Patients\s+8\s+100 %\s+Enabled\s+1\s+13 %/);
    const weeks = page.getByRole('table', { name: 'How many took each step for the first time, as numbers' });
    assert.equal(await weeks.getByRole('row').count(), 13);
    await page.getByLabel('Side by side').selectOption('provider');
    await page.getByRole('rowheader', { name: 'Dr. Cole' }).waitFor();
    await eventually('the choice in the address', () => /group_by=provider/.test(page.url()));
    await page.reload();
    await page.getByRole('rowheader', { name: 'Dr. Cole' }).waitFor();
    await page.getByRole('button', { name: 'Back to the report' }).click();
    await page.getByRole('heading', { level: 1, name: 'Patient Portal Onboarding Tool' }).waitFor();
});

test_look('everybody can read the analytics: narrow, dark, large and without script', async () => {
    const address = '/emr/view/onboarding.analytics?f.group_by=tag&f.weeks=52';
    const looks = [{}, { viewport: { width: 320, height: 800 } }, { colorScheme: 'dark' }, { forcedColors: 'active' }];
    for (const look of looks) {
        const page = await practice.new_page(look);
        await page.goto(address);
        await page.getByRole('img').first().waitFor();
        await check_access(page, `the analytics, ${JSON.stringify(look)}`);
        // A bar of the funnel is within its drawing, and the words do not stand on each other.
        const overlaps = await page.locator('.chart > svg').first().evaluate((svg) => {
            const boxes = [...svg.querySelectorAll('text, .rail')].map((part) => part.getBoundingClientRect());
            const cut = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
            return boxes.some((a, i) => boxes.some((b, j) => i < j && cut(a, b)));
        });
        assert.ok(!overlaps, 'nothing stands on anything');
        await page.context().close();
    }
    const plain = await practice.new_page({ javaScriptEnabled: false });
    await plain.goto('/emr/view/onboarding.analytics');
    await plain.getByLabel('Side by side').selectOption('week');
    await plain.getByRole('button', { name: 'Show' }).click();
    await plain.getByRole('rowheader', { name: 'Never enabled' }).waitFor();
});
