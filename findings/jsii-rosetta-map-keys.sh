#!/usr/bin/env bash
# jsii-rosetta 6.0.17: in Python, a key of a map that is written without quotation marks is renamed to snake case.
# Expected: arguments and members of structs are renamed; keys of `{ [key: string]: string }` are data and keep their names.
# Actual: the environment variable `tableName: …` becomes "table_name" without a diagnostic, and only `'queueName': …` keeps its name.
# Prettier removes those quotation marks, so a formatted example names another variable in Python.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts jsii-rosetta@6.0.17 aws-cdk-lib@2.276.0 constructs@10.5.1 >/dev/null 2>&1
cat >snippet.ts <<'TS'
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

new Function(new Stack(new App(), 'S'), 'F', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline('0'),
  environment: { tableName: 'plain', 'queueName': 'quoted' },
});
TS
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="$(node -p 'process.versions.node.split(".")[0]')"
npx jsii-rosetta snippet --language python snippet.ts 2>&1 | grep -v '^!!' | tee seen.txt
diff seen.txt - <<'EXPECTED'
from aws_cdk import App, Stack
from aws_cdk.aws_lambda import Code, Function, Runtime

Function(Stack(App(), "S"), "F",
    runtime=Runtime.NODEJS_24_X,
    handler="index.handler",
    code=Code.from_inline("0"),
    environment={"table_name": "plain", "queueName": "quoted"}
)
EXPECTED
echo 'as described'
