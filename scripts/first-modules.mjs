import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './linker.mjs';

/** A small gateway of each kind, with its checks: what every user of the kind needs. */
const GATEWAYS = `
const authorized = (of) => ({ routes: { 'GET /a/{id}': { integration: of.integration, authorizer: of.authorizer } }, stages: { prod: {} } });
module.exports = {
  rest: (stack, fn, { RestGateway, RestIntegration, RestAuthorizer, WebAcl }) =>
    new RestGateway(stack, 'Api', { webAcl: WebAcl.none('no'),
      ...authorized({ integration: RestIntegration.lambda(fn), authorizer: RestAuthorizer.iam() }) }),
  http: (stack, fn, { HttpGateway, HttpIntegration, HttpAuthorizer }) =>
    new HttpGateway(stack, 'Api', authorized({ integration: HttpIntegration.lambda(fn), authorizer: HttpAuthorizer.iam() })),
  websocket: (stack, fn, { WebSocketGateway, WebSocketIntegration, WebSocketAuthorizer }) =>
    new WebSocketGateway(stack, 'Api', { stages: { prod: {} }, routes: {
      $connect: { integration: WebSocketIntegration.lambda(fn), authorizer: WebSocketAuthorizer.iam() },
      $default: { integration: WebSocketIntegration.lambda(fn) } } }),
};
`;

const PROGRAM = `
const { App, Stack } = require('aws-cdk-lib');
const { Code, Function, Runtime } = require('aws-cdk-lib/aws-lambda');
const ran = (globalThis.ranModules = []);
const app = new App({ outdir: process.argv[3], builtinCloudFormationValidation: false, analyticsReporting: false });
const stack = new Stack(app, 'Stack');
const fn = new Function(stack, 'Fn', { runtime: Runtime.NODEJS_24_X, handler: 'a.b', code: Code.fromInline('//') });
require('./gateways.js')[process.argv[2]](stack, fn, require('./bundle/index.js'));
app.synth();
require('fs').writeFileSync('ran.json', JSON.stringify(ran));
`;

/**
 * Kind of API → the modules that run when a small gateway of it is synthesized.
 *
 * @param link links the library, as `Linker.files` does
 */
export function firstModules(root, link) {
  const home = join(root, '.cache', 'first-modules');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, 'bundle'), { recursive: true });
  const files = link(
    folderOf,
    () => false,
    (module) => `globalThis.ranModules?.push(${JSON.stringify(module)});\n`,
  );
  for (const [file, text] of Object.entries(files)) writeFileSync(join(home, 'bundle', file), text);
  symlinkSync(join(root, 'assets'), join(home, 'assets'), 'junction');
  writeFileSync(join(home, 'gateways.js'), GATEWAYS);
  writeFileSync(join(home, 'program.js'), PROGRAM);
  const ran = (kind) => {
    const { status, stderr } = spawnSync(process.execPath, ['program.js', kind, join(home, 'cdk.out')], { cwd: home });
    if (status !== 0) throw new Error(`no ${kind} gateway can be synthesized: ${String(stderr)}`);
    return JSON.parse(readFileSync(join(home, 'ran.json'), 'utf8'));
  };
  return Object.fromEntries(['rest', 'http', 'websocket'].map((kind) => [kind, new Set(ran(kind))]));
}

/** The half of the library that reads templates. */
const READING = ['template', 'checks', 'policies'];

/**
 * The file of a module: what every small gateway needs is in one, what one of a kind needs in that of the kind, each half of
 * the library by itself; all else is by folder.
 */
export function filesOf(first) {
  const kinds = Object.keys(first);
  const fileOf = (module) => {
    const by = kinds.filter((kind) => first[kind].has(module));
    const isReading = READING.includes(folderOf(module));
    if (by.length === 0)
      return [...kinds, ...READING].includes(folderOf(module)) ? `${folderOf(module)}-more` : folderOf(module);
    if (by.length > 1) return isReading ? 'checks' : 'core';
    return isReading ? `checks-${by[0]}` : by[0];
  };
  return { fileOf, isFirst: (module) => kinds.some((kind) => first[kind].has(module)) };
}
