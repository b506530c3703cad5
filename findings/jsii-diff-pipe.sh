#!/usr/bin/env bash
# jsii-diff 1.134.0: a report of more than 64 KB is cut off when it goes into a pipe, and complete when it goes into a file.
# Expected: the same lines in both; a CI log collector is a pipe.
# Actual: it calls process.exit() before a pipe has taken the rest, so the last incompatibilities are missing, with the usual exit code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts jsii-diff@1.134.0 constructs@10.5.1 old@npm:aws-cdk-lib@2.100.0 new@npm:aws-cdk-lib@2.276.0 >/dev/null 2>&1
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="$(node -p 'process.versions.node.split(".")[0]')"
npx jsii-diff --keys --error-on all node_modules/old node_modules/new >file.txt 2>&1 || true
{ npx jsii-diff --keys --error-on all node_modules/old node_modules/new 2>&1 || true; } | cat >pipe.txt
echo "file: $(wc -c <file.txt) bytes, $(wc -l <file.txt) lines"
echo "pipe: $(wc -c <pipe.txt) bytes, $(wc -l <pipe.txt) lines"
test "$(wc -c <file.txt)" -gt 65536
test "$(wc -c <pipe.txt)" -lt "$(wc -c <file.txt)"
echo 'as described'
