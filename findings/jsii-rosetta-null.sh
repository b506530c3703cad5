#!/usr/bin/env bash
# jsii-rosetta 6.0.17: `null` in an object is translated into a name that Python does not have.
# Expected: `None` in Python, and a map that may hold it in Java, since a JSON document (`body` of an API, an example) may have nulls.
# Actual: Python gets `null`, a NameError when the line runs, and Java gets `null` in `Map.of`, which throws a NullPointerException; there
# is no diagnostic.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts jsii-rosetta@6.0.17 aws-cdk-lib@2.276.0 constructs@10.5.1 >/dev/null 2>&1
cat >snippet.ts <<'TS'
import { App, Stack } from 'aws-cdk-lib';
import { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';

new CfnRestApi(new Stack(new App(), 'S'), 'Api', { body: { example: null } });
TS
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="$(node -p 'process.versions.node.split(".")[0]')"
for language in python java; do
  npx jsii-rosetta snippet --language "$language" snippet.ts 2>&1 | grep -e 'body' -e 'example' -e 'name' -e '^!!' | sed "s/^/$language: /"
done | tee seen.txt
diff seen.txt - <<'EXPECTED'
python: CfnRestApi(Stack(App(), "S"), "Api", body={"example": null})
java: CfnRestApi.Builder.create(new Stack(new App(), "S"), "Api").body(Map.of("example", null)).build();
EXPECTED
echo 'as described'
