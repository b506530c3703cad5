#!/usr/bin/env bash
# aws-cdk-lib 2.276.0: `addPropertyOverride` keeps a reference to the object that it receives, and later overrides change that object.
# Expected: an override is a copy, so one settings object can be used for two resources.
# Actual: a second override on the first resource also appears on the second one, and in the caller's object.
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
const shared = { Types: ['REGIONAL'] };
const [a, b] = ['A', 'B'].map((id) => new CfnRestApi(stack, id, { name: id }));
a.addPropertyOverride('EndpointConfiguration', shared);
b.addPropertyOverride('EndpointConfiguration', shared);
a.addPropertyOverride('EndpointConfiguration.IpAddressType', 'dualstack');
const { Resources } = stack.node.root.synth().getStackByName('S').template;
for (const id of ['A', 'B']) console.log(`${id}: ${JSON.stringify(Resources[id].Properties.EndpointConfiguration)}`);
console.log(`caller: ${JSON.stringify(shared)}`);
JS
CDK_VALIDATION=false node run.cjs 2>/dev/null | tee seen.txt
diff seen.txt - <<'EXPECTED'
A: {"Types":["REGIONAL"],"IpAddressType":"dualstack"}
B: {"Types":["REGIONAL"],"IpAddressType":"dualstack"}
caller: {"Types":["REGIONAL"],"IpAddressType":"dualstack"}
EXPECTED
echo 'as described'
