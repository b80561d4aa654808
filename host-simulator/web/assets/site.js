// SPDX-License-Identifier: Apache-2.0
// Everything works without this script; it saves reloading and waiting.
import { prepare, start_fields } from './fields.js';
import { start_closing } from './closing.js';
import { start_dialogs } from './dialogs.js';
import { start_views } from './views.js';

document.body.classList.add('floating');
start_fields();
start_dialogs();
start_views();
start_closing();
// A page of the portal that the browser kept is of a session that may be over.
addEventListener('pageshow', (event) => {
    if (event.persisted && document.body.matches('.portal')) location.reload();
});
prepare(document);
