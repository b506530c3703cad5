#!/usr/bin/env bash
# aws-cdk-lib 2.276.0: `tagsRaw` of an L1 can be assigned, but the assignment does not reach the template.
# Expected: `resource.tagsRaw = [{ key, value }]` after construction sets the tags, as assigning any other property of an L1 does.
# Actual: the getter returns the new tags, but the template has those of the constructor; `tags.setTag` works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts aws-cdk-lib@2.276.0 constructs@10.5.1 >/dev/null 2>&1
cat >run.cjs <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const { CfnRestApi } = require('aws-cdk-lib/aws-apigateway');

const stack = new Stack(new App(), 'S');
const api = new CfnRestApi(stack, 'Api', { name: 'one', tags: [{ key: 'team', value: 'old' }] });
api.name = 'two';
api.tagsRaw = [{ key: 'team', value: 'new' }];
const { Properties } = stack.node.root.synth().getStackByName('S').template.Resources.Api;
console.log(`getter: ${JSON.stringify(api.tagsRaw)}`);
console.log(`template: ${JSON.stringify(Properties)}`);
JS
CDK_VALIDATION=false node run.cjs 2>/dev/null | tee seen.txt
diff seen.txt - <<'EXPECTED'
getter: [{"key":"team","value":"new"}]
template: {"Name":"two","Tags":[{"Key":"team","Value":"old"}]}
EXPECTED
echo 'as described'
