import { type Finding } from '../../../lib/checks/rule';
import { runRules } from '../../../lib/checks/run';
import { samCase, samCases } from './cases';
import { modelOfTemplate } from './comparable';

type Loose = Record<string, unknown>;

const findingsIn = (template: unknown): Finding[] => runRules(modelOfTemplate(template));
const placesOf = (findings: readonly Finding[], id: string): string[] =>
  findings.filter((one) => one.id === id).map(({ logicalId, path }) => `${logicalId}.${path}`);

/** Keys may hold dots, so that the path is taken apart from its begin. */
function isWritten(value: unknown, path: string): boolean {
  if (path === '') return true;
  return Object.entries((value ?? {}) as Loose).some(
    ([key, inner]) => (path === key || path.startsWith(`${key}.`)) && isWritten(inner, path.slice(key.length + 1)),
  );
}

test.each(samCases.map(({ name, template }) => [name, template] as const))(
  'findings are where somebody wrote something: %s',
  (_name, template) => {
    const found = findingsIn(template);
    expect(found.length).toBeGreaterThan(0);
    for (const { logicalId, path } of found) {
      const resource = (template.Resources as Loose)[logicalId] as Loose;
      expect(resource).toBeDefined();
      if (path !== 'Properties') expect(isWritten(resource, path)).toBe(true);
    }
  },
);

describe('a finding', () => {
  const explicit = findingsIn(samCase('rest-explicit').template);

  test('on a route is at its event', () => {
    expect(placesOf(explicit, 'ALL-AUTH1')).toEqual([
      'Fn.Properties.Events.Create',
      'Fn.Properties.Events.List',
      'Fn.Properties.Events.Stream',
    ]);
  });

  test('on a stage is at the property of the API', () => {
    expect(placesOf(explicit, 'REST-DEP13')).toEqual(['Orders.Properties.CanarySetting']);
    expect(placesOf(explicit, 'ALL-LOG4')).toEqual(['Orders.Properties.AccessLogSetting']);
    expect(placesOf(explicit, 'REST-CACHE1')).toEqual(['Orders.Properties.MethodSettings.1']);
  });

  test('on the document of an API is at the property that it comes from', () => {
    expect(placesOf(explicit, 'REST-GW2')).toEqual(['Orders.Properties.GatewayResponses.DEFAULT_4XX']);
    const http = findingsIn(samCase('http-definition').template);
    expect(placesOf(http, 'ALL-CORS7')).toEqual(['Spec.Properties.CorsConfiguration']);
    const preflights = findingsIn(samCase('rest-iam-and-keys').template);
    expect(new Set(placesOf(preflights, 'ALL-CORS3'))).toEqual(new Set(['First.Properties.Cors']));
  });

  test('on what is generated for a part of a resource is at that part', () => {
    const sockets = findingsIn(samCase('websocket').template);
    expect(placesOf(sockets, 'WS-IAM3')).toEqual(['Fn.Properties.Policies.2.Statement.0']);
    expect(placesOf(sockets, 'REST-KEY1')).toEqual(['Chat.Properties']);
  });

  test('on an API that nobody wrote is at the first event of it', () => {
    const implicit = findingsIn(samCase('rest-implicit').template);
    expect(placesOf(implicit, 'REST-TLS1')).toEqual(['ListOrders.Properties.Events.List']);
  });

  test('is not at an element of a list that globals move', () => {
    const setting = (path: string) => ({ HttpMethod: '*', ResourcePath: path, DataTraceEnabled: true });
    const template = {
      Transform: 'AWS::Serverless-2016-10-31',
      Globals: { Api: { MethodSettings: [setting('/*')] } },
      Resources: {
        Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', MethodSettings: [setting('/~1a')] } },
      },
    };
    const places = findingsIn(template).map(({ logicalId, path }) => `${logicalId}.${path}`);
    expect(places).toContain('Api.Properties.MethodSettings');
    expect(places.join(' ')).not.toMatch(/MethodSettings\.\d/);
  });
});

test('SAM permits /health/ as /health, and that is enough', () => {
  expect(placesOf(findingsIn(samCase('rest-implicit').template), 'ALL-AUTH33')).toEqual([]);
});
