// SPDX-License-Identifier: Apache-2.0
// A practice for one test file: its own data folder, patients, server and browser, all gone afterwards.
import { spawn, execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { of_store, open_front } from './separate.mjs';

const program = process.env.PPO_SIM ?? 'build/dev/ppo-sim';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const axe_rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];

/** A test of what pages look like, which does not hang on how many processes made them. */
export const test_look = process.env.PPO_STORIES === 'separate' ? test.skip : test;

const patients = `id,first,last,dob,zip,email,status,tags,provider
P001,Anna,Weber,1980-04-02,80331,anna@example.org,Active,new,Dr. Lee
P002,Omar,Haddad,1991-07-15,67202,omar@example.org,Active,,Dr. Lee
P003,Siobhan,O'Brien,1955-12-01,67203,siobhan@example.org,Active,,Dr. Cole
P004,Maria,Nunez,1962-02-28,00000,maria@example.org,Prospective,,
P005,Walter,Stone,1930-01-01,67204,walter@example.org,Deceased,,
P006,Kim,Noble,1999-09-09,67205,,Active,,
P007,Lena,Frost,1970-11-30,67206,lena@example.org,Active,,Dr. Cole
`;

function start(role, data, ...options) {
    const server = spawn(program, [role, '--data', data, ...of_store(data), ...options]);
    return new Promise((resolve, reject) => {
        server.said = '';
        server.stdout.on('data', (piece) => {
            server.said += piece;
            if (!/Stop with Ctrl-C/.test(server.said)) return;
            resolve({ server, address: /http:\/\/127\.0\.0\.1:\d+/.exec(server.said)?.[0] });
        });
        server.stderr.on('data', (piece) => { server.said += piece; });
        server.on('exit', (code, signal) => {
            server.ended = `ppo-sim ended with ${code ?? signal}: ${server.said}`;
            reject(new Error(server.ended));
        });
    });
}

/** One process for everything, or, with PPO_STORIES=separate, one for each part behind one address. */
async function start_servers(data, options) {
    if (process.env.PPO_STORIES !== 'separate') {
        const { server, address } = await start('serve', data, '--port', '0', ...options);
        return { servers: [server], address, close() {} };
    }
    const front = await open_front();
    const to_portal = ['--portal-url', `${front.address}/r`];
    const started = await Promise.all([start('emr', data, '--port', '0', ...to_portal),
        start('portal', data, '--port', '0'), start('worker', data, ...to_portal),
        start('worker', data, ...to_portal)]);
    front.emr = new URL(started[0].address).port;
    front.portal = new URL(started[1].address).port;
    return { servers: started.map((each) => each.server), address: front.address, close: () => front.close() };
}

/** `charts`: patients beyond the seven of `usual`, as the EMR keeps them; `settings`: what the practice chose;
 *  `options`: more of ppo-sim's, where one process does everything. */
export async function open_practice({ usual = true, charts = [], settings, options = [] } = {}) {
    const data = mkdtempSync(join(tmpdir(), 'ppo-browser-'));
    const csv = join(data, 'patients.csv');
    writeFileSync(csv, patients);
    if (usual) execFileSync(program, ['import', csv, '--data', data]);
    appendFileSync(join(data, 'patients.jsonl'), charts.map((chart) => JSON.stringify(chart) + '\n').join(''));
    if (settings) writeFileSync(join(data, 'settings.json'), JSON.stringify(settings));
    const running = await start_servers(data, options);
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
    return new Practice(data, running, browser);
}

export class Practice {
    constructor(data, running, browser) {
        Object.assign(this, { data, running, address: running.address, browser, complaints: [] });
    }

    /** A page of a new person: no cookies of anybody else. */
    async new_page(options = {}) {
        const context = await this.browser.newContext({ baseURL: this.address, viewport: { width: 1280, height: 900 },
            reducedMotion: 'reduce', ...options });
        const page = await context.newPage();
        page.setDefaultTimeout(10_000);
        page.on('console', (message) => {
            // A dead link and a refused form answer with a status of their own, which the browser notes.
            const expected = /status of (403|404|410|422)/.test(message.text());
            if (message.type() === 'error' && !expected) this.complaints.push(message.text());
        });
        page.on('pageerror', (error) => this.complaints.push(error.message));
        page.on('request', (request) => {
            if (!request.url().startsWith(this.address)) this.complaints.push(`asked ${new URL(request.url()).host}`);
        });
        return page;
    }

    /** The mails to an address, oldest first, as they lie in the folder. */
    mails_to(address) {
        const folder = join(this.data, 'mail');
        let files = [];
        try { files = readdirSync(folder).filter((name) => name.endsWith('.eml')).sort(); } catch { return []; }
        return files.map((name) => readFileSync(join(folder, name), 'utf8')).filter((mail) => mail.includes(address));
    }

    /** The EMR's settings page was saved: where other processes are part of the practice, they know. */
    async settings_are_in_use() {
        const [, ...others] = this.running.servers;
        await eventually('every process has the settings', () =>
            others.every((server) => /settings that were saved are in use/.test(server.said)));
    }

    async close() {
        await this.browser.close();
        this.running.close();
        const codes = await Promise.all(this.running.servers.map((server) => {
            assert.equal(server.ended, undefined, 'the server runs until it is told to end');
            const ended = new Promise((resolve) => server.once('exit', resolve));
            server.kill('SIGTERM');
            return ended;
        }));
        rmSync(this.data, { recursive: true, force: true });
        assert.deepEqual(codes, codes.map(() => 0), 'every server ends cleanly');
        assert.deepEqual(this.complaints, [], 'no console error, no request to anybody else');
    }
}

/** Waits until `look` answers something true; the mail leaves a moment after it was asked for. */
export async function eventually(what, look) {
    const end = Date.now() + 30_000;
    for (;;) {
        const seen = await look();
        if (seen) return seen;
        assert.ok(Date.now() < end, `waited in vain for: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

/** The colour of a rectangle, from its hue: computed as the browser paints it. */
export async function colour_of(rectangle) {
    const [red, green, blue] = await rectangle.evaluate((element) =>
        getComputedStyle(element).backgroundColor.match(/[\d.]+/g).slice(0, 3).map(Number));
    if (Math.max(red, green, blue) - Math.min(red, green, blue) < 12) return 'gray';
    if (green >= red) return 'green';
    return green - blue > 20 ? 'orange' : 'red';
}

export async function expect_rectangle(rectangle, colour, word) {
    await eventually(`${colour} ${word}`, async () => (await rectangle.innerText()).trim() === word);
    assert.equal(await colour_of(rectangle), colour);
}

/** axe on the page as it is, and no scrolling sideways. */
export async function check_access(page, name) {
    // The page's own policy lets no script in but ours; the debugger's door is not bound by it.
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axe });
    const answer = await session.send('Runtime.evaluate', { awaitPromise: true, returnByValue: true,
        expression: `axe.run(document, { runOnly: ${JSON.stringify(axe_rules)} })
            .then((found) => found.violations.map((each) => each.id + ': ' + each.nodes[0].target.join(' ')))` });
    assert.deepEqual(answer.result.value, [], `axe on ${name}`);
    const wide = await page.evaluate(() => {
        const root = document.documentElement;
        return root.scrollWidth - root.clientWidth;
    });
    assert.ok(wide <= 0, `${name} scrolls sideways by ${wide} px`);
}

/** The link in the newest mail to an address that has one; other mails only tell what happened. */
export async function newest_link(page, address) {
    return eventually(`a mail with a link to ${address}`, async () => {
        await page.goto('/mail');
        const row = page.getByRole('row').filter({ hasText: address }).first();
        if (await row.count() === 0) return null;
        await row.getByRole('link').click();
        // A click does not wait for the page that it leads to; going on at once would look at the list, and the next
        // turn would cut this navigation off.
        await page.getByRole('heading', { name: 'Text part' }).waitFor();
        const link = page.locator('.mail-text a[href*="/r/"]').first();
        return await link.count() > 0 ? link : null;
    });
}
