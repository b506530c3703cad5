import { adviseHttp } from '../../lib/checks/advice';
import { judge } from '../../lib/checks/acknowledged';
import { runRules } from '../../lib/checks/run';
import { describeRoutes, describeStages } from '../../lib/template/describe/rest';
import { describeV2Routes, describeV2Stages } from '../../lib/template/describe/v2';
import { openApiOf } from '../../lib/template/openapi/document-of';
import { readModel } from '../../lib/template/reader/read';
import { type CfnTemplate, type TemplateSource } from '../../lib/template/reader/source';

const SEVERITIES = ['error', 'warning', 'info'];

export const sourceOf = (template: unknown, more: Partial<TemplateSource> = {}): TemplateSource => ({
  file: 'api.template.json',
  template: template as CfnTemplate,
  bytes: 1,
  ...more,
});

/** Nested too deep for a function that calls itself. */
export function deep(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'x';
  for (let i = 0; i < levels; i++) value = wrap(value);
  return value;
}

/** What a template may hold in place of what belongs there. */
export const oddities = (logicalId: string): unknown[] => [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  '',
  'x',
  'a/b:c',
  '${',
  '*',
  '{{resolve:ssm:x}}',
  [],
  [null],
  [[]],
  ['x'],
  [{}],
  {},
  { a: null },
  { '': '' },
  { x: { y: ['z'] } },
  { Ref: 'Nope' },
  { Ref: logicalId },
  { Ref: 5 },
  { Ref: 'AWS::NoValue' },
  { 'Fn::GetAtt': ['A'] },
  { 'Fn::GetAtt': [logicalId, 'Arn'] },
  { 'Fn::GetAtt': { a: 1 } },
  { 'Fn::Sub': 5 },
  { 'Fn::Sub': '${' + logicalId + '.Arn}-${Nope}-${}-${!x}' },
  { 'Fn::Sub': ['${a}', { a: { Ref: logicalId } }] },
  { 'Fn::If': ['C'] },
  { 'Fn::If': ['C', { Ref: logicalId }, { Ref: logicalId }] },
  { 'Fn::If': [null, [], {}] },
  { 'Fn::Join': 'x' },
  { 'Fn::Join': ['', [{ Ref: logicalId }, null, {}]] },
  { 'Fn::Select': [0, { 'Fn::Split': ['', 'x'] }] },
  { 'Fn::Split': [',', { Ref: logicalId }] },
  { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, {}] },
  { 'Fn::ImportValue': {} },
  { 'Fn::Transform': 5 },
  { 'Fn::Transform': { Name: 'AWS::Include' } },
  { 'Fn::ForEach::X': ['I', ['a'], { '${I}': {} }] },
];

/** All that is done with a template: read, checked, listed, exported. Throws where a finding is not of the right shape. */
export function check(
  sources: readonly TemplateSource[],
  { exports = true, previous = [] as readonly TemplateSource[] } = {},
): number {
  const model = readModel(sources, previous);
  const findings = runRules(model);
  for (const finding of findings) {
    const { severity, title, message, key = '', template, logicalId, path } = finding;
    const isWrong =
      [title, message, key, template, logicalId, path].some((text) => typeof text !== 'string') ||
      /\[object |\bundefined\b|Symbol\(|\bNaN\b/.test(message + key + path);
    if (isWrong || !SEVERITIES.includes(severity)) throw new Error(`odd finding: ${JSON.stringify(finding)}`);
  }
  judge(findings, sources);
  adviseHttp(model);
  for (const api of model.restApis) {
    describeRoutes(api);
    describeStages(api);
  }
  for (const api of [...model.httpApis, ...model.webSocketApis]) {
    describeV2Routes(api);
    describeV2Stages(api);
  }
  for (const api of exports ? [...model.restApis, ...model.httpApis] : [])
    if (api.form !== 'opaque') openApiOf(sources, api);
  return findings.length;
}
