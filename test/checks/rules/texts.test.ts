import { RULES } from '../../../lib/checks/registry';
import { runRules } from '../../../lib/checks/run';
import { inPlaceOf } from '../../../lib/template/reader/previous';
import { readModel } from '../../../lib/template/reader/read';
import { type Change, type Draft, goodBody, goodHttpResources, goodResources, type Json, source } from '../support';

/** Messages of one rule. */
function told(id: string, draft: Draft): string[] {
  const rules = RULES.filter((rule) => rule.id === id);
  return runRules(readModel([source(draft.template)]), rules).map(({ message }) => message);
}

function changed(good: () => Draft, change: Change): Draft {
  const draft = good();
  change(draft);
  return draft;
}

const imported = { 'Fn::ImportValue': 'x' } as unknown as Json;
const placeholder: Json = '<Pool>' as unknown as Json;

describe('characters that look like a reference are judged as characters', () => {
  test.each<[string, () => Draft, Change, RegExp]>([
    [
      'V2-ROUTE6',
      goodHttpResources,
      (draft) => draft.set('GetOrder', { RouteKey: 'FETCH /<Orders>' }),
      /FETCH \/<Orders> is not a route key/,
    ],
    [
      'V2-ROUTE7',
      goodHttpResources,
      (draft) => {
        draft.set('GetOrder', { RouteKey: 'GET /<Orders>' });
        draft.set('ListOrders', { RouteKey: 'GET /<Orders>' });
      },
      /GET \/<Orders> is defined by/,
    ],
    [
      'HTTP-AUTH18',
      goodHttpResources,
      (draft) =>
        (draft.props('Authorizer').JwtConfiguration.Issuer = `login.example.com/${placeholder}` as unknown as Json),
      /"login\.example\.com\/<Pool>" of authorizer "Authorizer" does not start with https/,
    ],
    [
      'ALL-CORS8',
      goodHttpResources,
      (draft) => draft.set('Api', { CorsConfiguration: { AllowOrigins: ['http://<Host>'] } }),
      /origin 'http:\/\/<Host>' is without TLS/,
    ],
    [
      'REST-ROUTE5',
      goodResources,
      (draft) => draft.set('Order', { PathPart: '<Order>' }),
      /"<Order>" contains a character that is not allowed/,
    ],
    [
      'REST-ROUTE1',
      goodResources,
      (draft) => {
        draft.set('Order', { PathPart: '<Order>' });
        draft.add('Again', 'AWS::ApiGateway::Method', draft.props('GetOrder'));
      },
      /GET \/orders\/<Order> is defined by Again and by GetOrder/,
    ],
    [
      'REST-VAL9',
      goodResources,
      (draft) => draft.set('GetOrder', { RequestParameters: { 'method.request.querystring.<Name>': true } }),
      /names the parameter "<Name>"/,
    ],
  ])('%s', (id, good, change, message) => {
    expect(told(id, changed(good, change))).toEqual([expect.stringMatching(message)]);
  });

  test('REST-DEP2 finds a change of a template that says "<unknown>" itself', () => {
    const before = changed(goodBody, (draft) => (draft.call('get', '/orders').requestTemplates = template('a')));
    const after = changed(goodBody, (draft) => (draft.call('get', '/orders').requestTemplates = template('b')));
    const rules = RULES.filter(({ id }) => id === 'REST-DEP2');
    const now = [source(after.template)];
    expect(runRules(readModel(now, inPlaceOf(now, [source(before.template)], [])), rules)).toHaveLength(1);
  });
});

const template = (key: string): Json => ({ 'application/json': `{"${key}":"<unknown>"}` }) as unknown as Json;

describe('mappings that only the deployment knows are not taken for none', () => {
  const http = (more: object): object => ({
    Type: 'HTTP',
    IntegrationHttpMethod: 'GET',
    Uri: 'https://example.com/{id}',
    ...more,
  });

  test.each<[string, () => Draft, (mappings: unknown) => Change]>([
    [
      'REST-INT8',
      goodResources,
      (RequestParameters) => (draft) => draft.set('GetOrder', { Integration: http({ RequestParameters }) }),
    ],
    ['REST-CORS4', goodResources, (ResponseParameters) => (draft) => draft.set('Clients', { ResponseParameters })],
    [
      'REST-CORS6',
      goodResources,
      (ResponseTemplates) => (draft) =>
        draft.set('ListOrders', {
          Integration: http({
            Uri: 'https://example.com',
            IntegrationResponses: [{ StatusCode: '200', ResponseTemplates }],
          }),
        }),
    ],
    [
      'REST-CACHE5',
      goodResources,
      (RequestParameters) => (draft) =>
        draft.set('GetOrder', {
          Integration: http({ RequestParameters, CacheKeyParameters: ['integration.request.path.id'] }),
        }),
    ],
  ])('%s', (id, good, change) => {
    expect(told(id, changed(good, change({})))).toHaveLength(1);
    expect(told(id, changed(good, change(imported)))).toEqual([]);
  });

  test.each<[string, () => Draft, Change, Change]>([
    ['REST-INT8', goodResources, (draft) => passes(draft, {}), (draft) => passes(draft, imported)],
    ['REST-INT7', goodResources, (draft) => declares(draft, {}), (draft) => declares(draft, imported)],
    [
      'ALL-ENUM2',
      goodHttpResources,
      (draft) => draft.set('Integration', { ResponseParameters: { '99': { ResponseParameters: [] } } }),
      (draft) => draft.set('Integration', { ResponseParameters: imported }),
    ],
    [
      'REST-INT28',
      goodResources,
      (draft) => responds(draft, { 'application/json': '{}' }),
      (draft) => responds(draft, imported),
    ],
  ])('%s', (id, good, bad, unknown) => {
    expect(told(id, changed(good, bad))).toHaveLength(1);
    expect(told(id, changed(good, unknown))).toEqual([]);
  });

  function passes(draft: Draft, RequestParameters: object): void {
    const mapped = { 'integration.request.path.id': 'method.request.querystring.fields' };
    draft.set('GetOrder', { RequestParameters, Integration: http({ RequestParameters: mapped }) });
  }

  function declares(draft: Draft, ResponseParameters: object): void {
    draft.props('Preflight').MethodResponses = [{ StatusCode: '204', ResponseParameters }] as unknown as Json;
  }

  function responds(draft: Draft, ResponseTemplates: object): void {
    draft.set('Api', { BinaryMediaTypes: ['image/png'] });
    draft.set('GetOrder', {
      Integration: http({ IntegrationResponses: [{ StatusCode: '200', ResponseTemplates }] }),
    });
  }
});

describe('paths', () => {
  function twoVariables(draft: Draft, first: unknown, second: unknown): void {
    const resource = (ParentId: unknown, PathPart: string) => ({ RestApiId: { Ref: 'Api' }, ParentId, PathPart });
    draft.add('First', 'AWS::ApiGateway::Resource', resource(first, '{a}'));
    draft.add('Second', 'AWS::ApiGateway::Resource', resource(second, '{b}'));
    for (const id of ['First', 'Second']) {
      draft.add(`Get${id}`, 'AWS::ApiGateway::Method', { ...draft.props('GetOrder'), ResourceId: { Ref: id } });
    }
  }

  test('whose beginning cannot be told are not under one parent', () => {
    const one = changed(goodResources, (draft) => twoVariables(draft, { Ref: 'Orders' }, { Ref: 'Orders' }));
    const two = changed(goodResources, (draft) =>
      twoVariables(draft, imported, { 'Fn::ImportValue': 'y' } as unknown as Json),
    );
    expect(told('REST-ROUTE3', one).length).toBeGreaterThan(0);
    expect(told('REST-ROUTE3', two)).toEqual([]);
  });
});
