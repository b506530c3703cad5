import * as fs from 'node:fs';
import * as path from 'node:path';
import * as sdk from '@aws-sdk/client-api-gateway';
import { v2RoutesOf } from '../../lib/checks/queries/v2';
import { RULES, RULES_BY_AREA } from '../../lib/checks/registry';
import { type Rule } from '../../lib/checks/rule';
import { runRules } from '../../lib/checks/run';
import * as facts from '../../lib/facts/enumerations';
import { GATEWAY_RESPONSE_TYPES } from '../../lib/facts/gateway-responses';
import { HTTP_LOG_VARIABLES, REST_LOG_VARIABLES, WEBSOCKET_LOG_VARIABLES } from '../../lib/facts/log-variables';
import { type Method } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { isKnown } from '../../lib/template/model/value';
import {
  type Draft,
  findings,
  goodBody,
  goodResources,
  ids,
  type Json,
  source,
  goodHttpBody,
  goodHttpResources,
  goodWebSocket,
} from './support';

const folder = path.join(__dirname, '../../lib/checks/rules');
const files = fs
  .readdirSync(folder)
  .flatMap((area) => fs.readdirSync(path.join(folder, area)).map((file) => ({ area, file })))
  .filter(({ file }) => file.endsWith('.ts') && !file.endsWith('.d.ts'));

const NAME = /^([A-Z0-9]+(?:-[A-Z]+[0-9]+)?)-([a-z0-9]+(?:-[a-z0-9]+)*)\.ts$/;
const idOf = (file: string): string | undefined => NAME.exec(file)?.[1];

describe('the registry', () => {
  test('lists every rule file under its area, by the id at the start of its file name', () => {
    const registered = Object.entries(RULES_BY_AREA).flatMap(([area, rules]) => rules.map(({ id }) => `${area}/${id}`));
    expect(registered.sort()).toEqual(files.map(({ area, file }) => `${area}/${idOf(file)}`).sort());
  });

  test('knows each id once', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s says what, why, how and where it is from', (_, rule) => {
    expect(rule.title).toMatch(/^\S.{8,90}[^.]$/);
    expect(rule.why.length).toBeGreaterThan(40);
    for (const text of Object.values(rule.fix)) {
      expect(text).toMatch(/^[A-Z](?!.*In CloudFormation:).{10,}\S$/);
    }
    expect(rule.link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[^ ]+\.html(#\S+)?$/);
  });
});

test.each([
  ['CACHE_CLUSTER_SIZES', facts.CACHE_CLUSTER_SIZES, sdk.CacheClusterSize],
  ['ENDPOINT_TYPES', facts.ENDPOINT_TYPES, sdk.EndpointType],
  ['IP_ADDRESS_TYPES', facts.IP_ADDRESS_TYPES, sdk.IpAddressType],
  ['API_KEY_SOURCES', facts.API_KEY_SOURCES, sdk.ApiKeySourceType],
  ['ENDPOINT_ACCESS_MODES', facts.ENDPOINT_ACCESS_MODES, sdk.EndpointAccessMode],
  ['AUTHORIZER_TYPES', facts.AUTHORIZER_TYPES, sdk.AuthorizerType],
  ['INTEGRATION_TYPES', facts.INTEGRATION_TYPES, sdk.IntegrationType],
  ['CONNECTION_TYPES', facts.CONNECTION_TYPES, sdk.ConnectionType],
  ['CONTENT_HANDLING', facts.CONTENT_HANDLING, sdk.ContentHandlingStrategy],
  ['RESPONSE_TRANSFER_MODES', facts.RESPONSE_TRANSFER_MODES, sdk.ResponseTransferMode],
  ['GATEWAY_RESPONSE_TYPES', GATEWAY_RESPONSE_TYPES, sdk.GatewayResponseType],
  ['QUOTA_PERIODS', facts.QUOTA_PERIODS, sdk.QuotaPeriodType],
])('%s is what the service has', (_, ours, theirs) => {
  expect([...ours].sort()).toEqual(Object.values(theirs).sort());
});

test('every security policy of the service is one', () => {
  expect(Object.values(sdk.SecurityPolicy).filter((policy) => !facts.SECURITY_POLICY.test(policy))).toEqual([]);
});

test.each([
  ['REST', REST_LOG_VARIABLES],
  ['HTTP', HTTP_LOG_VARIABLES],
  ['WebSocket', WEBSOCKET_LOG_VARIABLES],
])('log variables of %s APIs are named once, without the prefix', (_, names) => {
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/.test(name))).toEqual([]);
});

describe('a faultless API', () => {
  test.each([
    ['resources', goodResources],
    ['Body', goodBody],
    ['HTTP resources', goodHttpResources],
    ['HTTP Body', goodHttpBody],
    ['WebSocket', goodWebSocket],
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

  test('is read as what it is, of HTTP and WebSocket kind too', () => {
    const routes = (draft: Draft): unknown[] =>
      v2RoutesOf(readModel([source(draft.template)])).map(({ api, route }) => [
        api.kind,
        route.routeKey,
        route.authorizationType,
        isKnown(route.integration) && route.integration.lambda?.function?.logicalId,
      ]);
    expect(routes(goodHttpBody())).toEqual(routes(goodHttpResources()));
    expect(routes(goodHttpBody())).toEqual([
      ['http', 'GET /orders', 'JWT', 'Fn'],
      ['http', 'POST /orders', 'JWT', 'Fn'],
      ['http', 'GET /orders/{id}', 'JWT', 'Fn'],
    ]);
    expect(routes(goodWebSocket())).toEqual([
      ['websocket', '$connect', 'CUSTOM', 'Fn'],
      ['websocket', '$disconnect', undefined, 'Fn'],
      ['websocket', '$default', undefined, 'Fn'],
      ['websocket', 'sendMessage', undefined, 'Fn'],
    ]);
  });
});

describe('findings', () => {
  const rule = (id: string, severity: Rule['severity'], ...logicalIds: string[]): Rule => ({
    id,
    severity,
    appliesTo: ['rest'],
    title: 't',
    why: 'w',
    fix: { library: 'f', cloudFormation: 'c' },
    link: 'l',
    *check() {
      for (const logicalId of logicalIds) {
        yield { location: { template: 'a', logicalId, path: ['Properties', 'X'] }, message: `m ${logicalId}` };
      }
    },
  });

  test('come by severity, then by place', () => {
    const found = runRules(readModel([source(goodResources().template)]), [
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

  test('of one fault are one: that of the rule that says more, if it is no milder', () => {
    const found = (...rules: Rule[]) =>
      runRules(readModel([source(goodResources().template)]), rules).map(({ id, logicalId }) => `${id} ${logicalId}`);
    const general = { ...rule('G', 'error', 'A', 'B'), general: true };
    expect(found(general, rule('S', 'error', 'A'))).toEqual(['S A', 'G B']);
    expect(found(general, rule('S', 'warning', 'A'))).toEqual(['G A', 'G B', 'S A']);
    expect(found(general, { ...rule('H', 'error', 'A'), general: true })).toEqual(['G A', 'H A', 'G B']);
    expect(found(general)).toEqual(['G A', 'G B']);
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

  test('of nothing but unknown values are none, of HTTP and WebSocket APIs too', () => {
    const imported = { 'Fn::ImportValue': 'elsewhere' };
    const kept = ['ApiId', 'ProtocolType', 'RouteKey', 'Body', 'FunctionName', 'UserPoolId'];
    for (const draft of [goodHttpResources(), goodHttpBody(), goodWebSocket()]) {
      for (const [id, { Type, Properties }] of Object.entries(draft.resources)) {
        for (const name of String(Type).startsWith('AWS::ApiGatewayV2::') ? Object.keys(Properties) : []) {
          if (!kept.includes(name)) {
            draft.set(id, { [name]: imported });
          }
        }
      }
      expect(ids(findings(draft.template))).toEqual([]);
    }
  });

  test('of odd templates do not throw', () => {
    for (const odd of [{}, { Resources: {} }, { Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } } }]) {
      expect(() => findings(odd)).not.toThrow();
    }
  });
});

describe('many routes', () => {
  function large(count: number): Json {
    const draft = goodBody();
    const operation = draft.operation('post', '/orders');
    for (let i = 0; i < count; i++) {
      Object.assign(draft.body.paths, { [`/orders/x/r${i}`]: { post: operation } });
    }
    return draft.template;
  }

  /** How often the rules look at a property of a method or an integration. */
  function looks(count: number): number {
    let reads = 0;
    const counted = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(of, key, receiver) {
          reads++;
          return Reflect.get(of, key, receiver);
        },
      });
    const model = readModel([source(large(count))]);
    const restApis = model.restApis.map((api) => ({
      ...api,
      methods: api.methods.map((method): Method =>
        counted<Method>({
          ...method,
          integration: isKnown(method.integration) ? counted(method.integration) : method.integration,
        }),
      ),
    }));
    runRules({ ...model, restApis });
    return reads;
  }

  test('cost each rule one look after the other: the work grows with the routes, and no faster', () => {
    const [few, many] = [looks(200), looks(800)];
    expect(few).toBeGreaterThan(100 * RULES.filter(({ appliesTo }) => appliesTo.includes('rest')).length);
    expect(many).toBeLessThan(few * 4.2);
  });
});
