// SPDX-License-Identifier: Apache-2.0
// Everything works without this script; it saves reloading and waiting.
import { prepare, start_fields } from './fields.js';
import { start_dialogs } from './dialogs.js';
import { start_views } from './views.js';

document.body.classList.add('floating');
start_fields();
start_dialogs();
start_views();
prepare(document);
