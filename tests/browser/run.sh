#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the browser tests against a built ppo-sim: tests/browser/run.sh [PATH OF ppo-sim [STORIES]], such as "report rows";
# without, all. Installs two packages first if they are missing or not those of the lock file.
set -eu
program=${1:-${PPO_SIM:-build/dev/ppo-sim}}
PPO_SIM=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
export PPO_SIM
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
    npm ci --no-audit --no-fund --silent
    cp package-lock.json node_modules/.installed-lock.json
fi
[ $# -eq 0 ] || shift
for story in "$@"; do
    set -- "$@" "stories/$story.test.mjs"
    shift
done
exec node --test --test-concurrency=1 --test-reporter=spec "${@:-stories/}"
