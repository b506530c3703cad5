#!/usr/bin/env bash
# yaml 2.9.1: after `Resource: *`, a policy without quotation marks, `toJS` throws, although `parseDocument` never does and has the error.
# Expected: `errors` has the problem with its place, and `toJS` gives what could be read, as after other errors.
# Actual: `toJS` throws a ReferenceError without a place and with an empty name, so that a tool which reads first and reports later crashes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts yaml@2.9.1 >/dev/null 2>&1
cat >run.mjs <<'JS'
import { parseDocument } from 'yaml';

for (const text of ['Effect: Allow\nResource: *\n', 'Effect: Allow\nResource: [\n', 'Effect: Allow\nResource: "*"\n']) {
  const document = parseDocument(text);
  console.log(JSON.stringify(text), `errors: ${document.errors.map(({ code }) => code).join() || 'none'}, warnings: ${document.warnings.length}`);
  try {
    console.log(JSON.stringify(document.toJS()));
  } catch (error) {
    console.log(`${error.name}: ${error.message.trim()}, linePos: ${error.linePos}`);
  }
}
JS
node run.mjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
"Effect: Allow\nResource: *\n" errors: BAD_ALIAS, warnings: 0
ReferenceError: Unresolved alias (the anchor must be set before the alias):, linePos: undefined
"Effect: Allow\nResource: [\n" errors: BAD_INDENT, warnings: 0
{"Effect":"Allow","Resource":[]}
"Effect: Allow\nResource: \"*\"\n" errors: none, warnings: 0
{"Effect":"Allow","Resource":"*"}
EXPECTED
echo 'as described'
