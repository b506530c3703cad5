#!/usr/bin/env bash
# aws-cdk-lib 2.276.0: null in a property of an L1 is written to the template, and null as the value of a tag is the text "null".
# Expected: null is left out as `undefined` is, since no template may have null and settings often come from JSON; or it is an error.
# Actual: CloudFormation rejects the template at deployment ("'null' values are not allowed in templates"), and a resource gets the tag "null".
# `addPropertyOverride` with null writes null, too; only `undefined` removes a value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts aws-cdk-lib@2.276.0 constructs@10.5.1 >/dev/null 2>&1
cat >run.cjs <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { CfnRestApi } = require('aws-cdk-lib/aws-apigateway');

const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'S');
for (const none of [undefined, null]) {
  const api = new CfnRestApi(stack, String(none), { name: 'api', description: none, parameters: { a: none, b: 'c' } });
  api.addPropertyOverride('Name', none);
}
new CfnRestApi(stack, 'tagged', { tags: [{ key: 'owner', value: null }] });
const { Resources } = stack.node.root.synth().getStackByName('S').template;
for (const [id, { Properties }] of Object.entries(Resources)) console.log(`${id}: ${JSON.stringify(Properties)}`);
JS
CDK_VALIDATION=false node run.cjs 2>/dev/null | tee seen.txt
diff seen.txt - <<'EXPECTED'
undefined: {"Parameters":{"b":"c"}}
null: {"Description":null,"Name":null,"Parameters":{"a":null,"b":"c"}}
tagged: {"Tags":[{"Key":"owner","Value":"null"}]}
EXPECTED
echo 'as described'
