import * as fs from 'node:fs';
import * as path from 'node:path';
import { RULES, RULES_BY_AREA } from '../../lib/checks/registry';
import { type Rule } from '../../lib/checks/rule';
import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/read';
import { Draft, findings, goodBody, goodResources, ids, type Json, source } from './support';

const folder = path.join(__dirname, '../../lib/checks/rules');
const files = fs
  .readdirSync(folder)
  .flatMap((area) => fs.readdirSync(path.join(folder, area)).map((file) => ({ area, file })))
  .filter(({ file }) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

describe('the registry', () => {
  test('lists every rule file under its area, by its file name', () => {
    const registered = Object.entries(RULES_BY_AREA).flatMap(([area, rules]) => rules.map(({ id }) => `${area}/${id}`));
    expect(registered.sort()).toEqual(files.map(({ area, file }) => `${area}/${path.basename(file, '.ts')}`).sort());
  });

  test('knows each id once', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s says what, why, how and where it is from', (_, rule) => {
    expect(rule.title).toMatch(/^\S.{8,90}[^.]$/);
    expect(rule.why.length).toBeGreaterThan(40);
    expect(rule.fix).toMatch(/In CloudFormation|L2/);
    expect(rule.link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[^ ]+\.html(#\S+)?$/);
  });
});

describe('a faultless API', () => {
  test.each([
    ['resources', goodResources],
    ['Body', goodBody],
  ])('has no finding (%s)', (_, good) => {
    expect(findings(good().template)).toEqual([]);
  });

  test('is read as what it is', () => {
    const routes = (draft: Draft): string[] =>
      readModel([source(draft.template)])
        .restApis.flatMap(({ methods }) => methods.map(({ httpMethod, path: at }) => `${String(httpMethod)} ${at}`))
        .sort();
    expect(routes(goodBody())).toEqual(routes(goodResources()));
    expect(routes(goodBody())).toEqual(['GET /orders', 'GET /orders/{id}', 'OPTIONS /orders', 'POST /orders']);
  });
});

describe('findings', () => {
  const rule = (id: string, severity: Rule['severity'], ...logicalIds: string[]): Rule => ({
    id,
    severity,
    appliesTo: ['rest'],
    title: 't',
    why: 'w',
    fix: 'f',
    link: 'l',
    *check() {
      for (const logicalId of logicalIds) {
        yield { location: { template: 'a', logicalId, path: ['Properties', 'X'] }, message: `m ${logicalId}` };
      }
    },
  });

  test('come by severity, then by place', () => {
    const found = runRules(readModel([]), [
      rule('C', 'info', 'A'),
      rule('B', 'warning', 'Z', 'A'),
      rule('A', 'error', 'B'),
    ]);
    expect(found.map(({ severity, logicalId }) => `${severity} ${logicalId}`)).toEqual([
      'error B',
      'warning A',
      'warning Z',
      'info A',
    ]);
    expect(found[0]).toMatchObject({ id: 'A', path: 'Properties.X', why: 'w', title: 't', message: 'm B' });
  });

  test('of nothing but unknown values are none', () => {
    const draft = goodResources();
    const imported = { 'Fn::ImportValue': 'elsewhere' };
    for (const [id, resource] of Object.entries(draft.resources)) {
      if (resource.Type === ('AWS::ApiGateway::Method' as unknown)) {
        draft.set(id, { AuthorizationType: imported, ApiKeyRequired: imported, Integration: imported });
      }
    }
    draft.set('Stage', {
      MethodSettings: imported,
      TracingEnabled: imported,
      CacheClusterSize: imported,
      Variables: imported,
    });
    draft.set('Api', { SecurityPolicy: imported, EndpointConfiguration: imported, MinimumCompressionSize: imported });
    expect(ids(findings(draft.template))).toEqual([]);
  });

  test('of odd templates do not throw', () => {
    for (const odd of [{}, { Resources: {} }, { Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } } }]) {
      expect(() => findings(odd)).not.toThrow();
    }
  });
});

describe('a thousand routes', () => {
  function large(count: number): Json {
    const draft = goodBody();
    const [template, preflight] = [draft.operation('post', '/orders'), draft.operation('options', '/orders')];
    for (let i = 0; i < count; i++) {
      Object.assign(draft.body.paths, { [`/orders/x/r${i}`]: { post: template, options: preflight } });
    }
    return draft.template;
  }

  test('are judged in well under 40 ms', () => {
    const model = readModel([source(large(1000))]);
    let best = Infinity;
    for (let i = 0; i < 7; i++) {
      const start = performance.now();
      runRules(model);
      best = Math.min(best, performance.now() - start);
    }
    console.log(`all rules over 2000 methods: ${best.toFixed(1)} ms`);
    expect(best).toBeLessThan(40);
  });
});
