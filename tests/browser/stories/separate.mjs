// SPDX-License-Identifier: Apache-2.0
// For stories whose EMR, portal and workers are processes of their own, perhaps on another store than the folder's.
import { Agent, createServer, request } from 'node:http';

/** Where PPO_TEST_STORE_URL says that the store is; each practice of the tests is one of its own in there. */
export function of_store(data) {
    const store = process.env.PPO_TEST_STORE_URL;
    return store ? ['--store', store, '--practice', data.split('-').at(-1)] : [];
}

/** One address before EMR and portal, as a practice's web server has it. */
export async function open_front() {
    const agent = new Agent({ keepAlive: false });
    const front = {};
    const server = createServer((from, to) => {
        const port = /^\/(portal|r)\b/.test(from.url) ? front.portal : front.emr;
        const onward = request({ agent, host: '127.0.0.1', port, path: from.url, method: from.method,
            headers: from.headers }, (answer) => {
            to.writeHead(answer.statusCode, answer.rawHeaders);
            answer.pipe(to);
        });
        onward.on('error', () => to.destroy());
        from.pipe(onward);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    front.address = `http://127.0.0.1:${server.address().port}`;
    front.close = () => {
        server.closeAllConnections();
        server.close();
    };
    return front;
}
