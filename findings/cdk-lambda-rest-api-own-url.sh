#!/usr/bin/env bash
# aws-cdk-lib 2.276.0: if a function behind `LambdaRestApi` gets `api.url`, the template cannot be deployed.
# Expected: `fn.addEnvironment('API', api.url)` works as `api.restApiId` and the `url` of an `HttpApi` do.
# Actual: with `RestApi.url`, function -> stage -> deployment -> method -> function is a circular dependency; with the others there is none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts aws-cdk-lib@2.276.0 constructs@10.5.1 >/dev/null 2>&1
cat >run.cjs <<'JS'
const { App, Stack } = require('aws-cdk-lib');
const rest = require('aws-cdk-lib/aws-apigateway');
const http = require('aws-cdk-lib/aws-apigatewayv2');
const { HttpLambdaIntegration } = require('aws-cdk-lib/aws-apigatewayv2-integrations');
const { Code, Function, Runtime } = require('aws-cdk-lib/aws-lambda');

const functionIn = (stack) =>
  new Function(stack, 'Fn', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => 1') });
const restApi = (stack, fn) => new rest.LambdaRestApi(stack, 'Api', { handler: fn });
const httpApi = (stack, fn) =>
  new http.HttpApi(stack, 'Api', { defaultIntegration: new HttpLambdaIntegration('I', fn) });
const cases = {
  'RestApi.restApiId': (stack, fn) => restApi(stack, fn).restApiId,
  'RestApi.url': (stack, fn) => restApi(stack, fn).url,
  'HttpApi.url': (stack, fn) => httpApi(stack, fn).url,
};

function referencesOf(value, names, found = new Set()) {
  if (Array.isArray(value)) value.forEach((one) => referencesOf(one, names, found));
  else if (typeof value === 'object' && value !== null)
    for (const [key, held] of Object.entries(value)) {
      if (key === 'Ref' || key === 'DependsOn') [held].flat().forEach((name) => names.has(name) && found.add(name));
      else if (key === 'Fn::GetAtt') found.add([held].flat()[0].split('.')[0]);
      else referencesOf(held, names, found);
    }
  return found;
}

function hasCircle(resources) {
  const names = new Set(Object.keys(resources));
  const state = {};
  const visit = (name) => {
    if (state[name] !== undefined) return state[name] === 'open';
    state[name] = 'open';
    const found = [...referencesOf(resources[name], names)].some(visit);
    state[name] = 'done';
    return found;
  };
  return [...names].some(visit);
}

for (const [name, urlOf] of Object.entries(cases)) {
  const stack = new Stack(new App(), 'S');
  const fn = functionIn(stack);
  fn.addEnvironment('API', urlOf(stack, fn));
  const { template } = stack.node.root.synth().getStackByName('S');
  console.log(`${name}: ${hasCircle(template.Resources) ? 'circular' : 'deployable'}`);
}
JS
CDK_VALIDATION=false node run.cjs 2>/dev/null | tee seen.txt
diff seen.txt - <<'EXPECTED'
RestApi.restApiId: deployable
RestApi.url: circular
HttpApi.url: deployable
EXPECTED
echo 'as described'
