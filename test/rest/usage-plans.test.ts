import { App, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import fc from 'fast-check';
import {
  GatewayApiKey,
  GatewayApiKeySource,
  RestAuthorizer,
  type RestGatewayProps,
  RestIntegration,
  type UsagePlanOptions,
} from '../../lib';
import { bodyOf, gateway, ids, type Json, resource, templateOf } from '../support/stacks';

const mock = RestIntegration.mock();
const keyed = { integration: mock, apiKeyRequired: true };
const ROUTES = { 'POST /events': keyed, 'GET /events/{id}': keyed, 'GET /open': { integration: mock } };
const STAGES = { dev: {}, prod: {} };

function build(usagePlans: { [name: string]: UsagePlanOptions }, more: Partial<RestGatewayProps> = {}): Json {
  return templateOf(gateway({ routes: ROUTES, stages: STAGES, usagePlans, ...more }).stack);
}

const plan = (template: Json, id?: RegExp) => resource(template, 'AWS::ApiGateway::UsagePlan', id).Properties;
const idLike = (template: Json, type: string, id: RegExp): string =>
  ids(template, type).find((found) => id.test(found)) ?? '';

describe('a usage plan', () => {
  const template = build({
    partner: {
      usagePlanName: 'partner plan',
      description: 'For partners',
      throttle: { rateLimit: 10, burstLimit: 20 },
      quota: { limit: 10_000, period: Period.MONTH, offset: 9 },
      routes: {
        'POST /events': { throttle: { rateLimit: 1, burstLimit: 2 } },
        'GET /events/{id}': { throttle: { rateLimit: 5, burstLimit: 5 } },
      },
      stages: ['prod'],
      apiKeys: ['acme', 'globex', 'acme'],
      tags: { tier: 'gold' },
    },
    internal: { apiKeys: ['batch'] },
  });
  const stage = (key: string) => ({ Ref: idLike(template, 'AWS::ApiGateway::Stage', new RegExp(`Stage${key}`)) });
  const api = { Ref: idLike(template, 'AWS::ApiGateway::RestApi', /./) };

  test('says everything that was written', () => {
    expect(plan(template, /partner/)).toEqual({
      UsagePlanName: 'partner plan',
      Description: 'For partners',
      Throttle: { RateLimit: 10, BurstLimit: 20 },
      Quota: { Limit: 10_000, Period: 'MONTH', Offset: 9 },
      ApiStages: [
        {
          ApiId: api,
          Stage: stage('prod'),
          Throttle: {
            '/events/POST': { RateLimit: 1, BurstLimit: 2 },
            '/events/{id}/GET': { RateLimit: 5, BurstLimit: 5 },
          },
        },
      ],
      Tags: [{ Key: 'tier', Value: 'gold' }],
    });
  });

  test('has all stages unless told otherwise, and no name', () => {
    expect(plan(template, /internal/)).toEqual({
      ApiStages: [
        { ApiId: api, Stage: stage('dev') },
        { ApiId: api, Stage: stage('prod') },
      ],
    });
  });

  test('has generated keys, without value or name, each once', () => {
    const keys = ids(template, 'AWS::ApiGateway::ApiKey').map((id) => template.Resources[id].Properties);
    expect(keys).toEqual([{ Enabled: true }, { Enabled: true }, { Enabled: true }]);
    expect(ids(template, 'AWS::ApiGateway::UsagePlanKey')).toHaveLength(3);
    const joined = resource(template, 'AWS::ApiGateway::UsagePlanKey', /partneracme/).Properties;
    expect(joined).toEqual({
      KeyId: { Ref: idLike(template, 'AWS::ApiGateway::ApiKey', /acme/) },
      KeyType: 'API_KEY',
      UsagePlanId: { Ref: idLike(template, 'AWS::ApiGateway::UsagePlan', /partner/) },
    });
  });
});

/** The plan keys in the order in which CloudFormation makes them. */
function chain(template: Json): string[] {
  const all = ids(template, 'AWS::ApiGateway::UsagePlanKey');
  const before = new Map(
    all.map((id) => [id, all.filter((other) => [template.Resources[id].DependsOn ?? []].flat().includes(other))]),
  );
  const order: string[] = [];
  while (order.length < all.length) {
    const next = all.filter((id) => !order.includes(id) && before.get(id)?.every((other) => order.includes(other)));
    expect(next).toHaveLength(1);
    order.push(next[0]);
  }
  return order;
}

test('keys are put into plans one after the other, and neither ids nor their chain depend on the order of writing', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      names,
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 3 }),
      (keys, plans) => {
        const write = (order: readonly string[]) =>
          build(
            Object.fromEntries(
              order.map((name) => [
                name,
                { apiKeys: (order === plans ? keys : [...keys].reverse()).map((key) => `${name}-${key}`) },
              ]),
            ),
          );
        const template = write(plans);
        expect(chain(template)).toHaveLength(plans.length * keys.length);
        expect(write([...plans].reverse()).Resources).toEqual(template.Resources);
      },
    ),
    { numRuns: 15 },
  );
});

test('logical ids are a contract: a change here gives customers new keys', () => {
  const template = build({ partner: { apiKeys: ['acme'] } });
  const made = Object.keys(template.Resources).filter((id) => /UsagePlan|ApiKey/.test(id));
  expect(made.sort()).toEqual([
    'ApiApiKeyacmeC47E2BB3',
    'ApiUsagePlanKeypartneracmeFFD73A60',
    'ApiUsagePlanpartner35BD8F3A',
  ]);
});

describe('keys', () => {
  test('of a secret are a reference to it', () => {
    const secret = Secret.fromSecretNameV2(new Stack(new App(), 'Secrets'), 'Secret', 'acme');
    const template = build(
      { partner: { apiKeys: ['whole', 'field'] } },
      {
        apiKeys: {
          whole: GatewayApiKey.fromSecret(secret, { description: 'Acme', enabled: false }),
          field: GatewayApiKey.fromSecret(secret, {
            field: 'key',
            apiKeyName: 'acme',
            customerId: 'c1',
            tags: { a: 'b' },
          }),
        },
      },
    );
    const value = (id: RegExp) => resource(template, 'AWS::ApiGateway::ApiKey', id).Properties;
    expect(JSON.stringify(value(/whole/).Value)).toMatch(
      /\{\{resolve:secretsmanager:.*secret:acme:SecretString:::\}\}/,
    );
    expect(value(/whole/)).toMatchObject({ Description: 'Acme', Enabled: false });
    expect(JSON.stringify(value(/field/).Value)).toContain(':acme:SecretString:key::}}');
    expect(value(/field/)).toMatchObject({
      Enabled: true,
      Name: 'acme',
      CustomerId: 'c1',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
  });

  test('that are there already are joined by id', () => {
    const template = build(
      { partner: { apiKeys: ['legacy'] } },
      { apiKeys: { legacy: GatewayApiKey.fromApiKeyId('a1b2c3d4e5') } },
    );
    expect(ids(template, 'AWS::ApiGateway::ApiKey')).toEqual([]);
    expect(resource(template, 'AWS::ApiGateway::UsagePlanKey').Properties.KeyId).toBe('a1b2c3d4e5');
  });

  test('may be in two plans of different stages', () => {
    const template = build({ a: { stages: ['dev'], apiKeys: ['acme'] }, b: { stages: ['prod'], apiKeys: ['acme'] } });
    expect(ids(template, 'AWS::ApiGateway::ApiKey')).toHaveLength(1);
    expect(ids(template, 'AWS::ApiGateway::UsagePlanKey')).toHaveLength(2);
  });

  test('are required of all routes but preflights and those that say no', () => {
    const { stack } = gateway({
      apiKeyRequired: true,
      cors: { allowOrigins: ['https://a.example.com'] },
      routes: { 'GET /a': { integration: mock }, 'GET /b': { integration: mock, apiKeyRequired: false } },
      usagePlans: { all: {} },
    });
    const { paths } = bodyOf(stack);
    expect(paths['/a'].get.security).toEqual([{ sigv4: [], api_key: [] }]);
    expect(paths['/b'].get.security).toEqual([{ sigv4: [] }]);
    expect(paths['/a'].options.security).toBeUndefined();
  });
});

test('other constructs of the CDK take plans and keys', () => {
  const { stack, api } = gateway({
    routes: ROUTES,
    usagePlans: { partner: { apiKeys: ['acme'] } },
    apiKeys: { old: GatewayApiKey.fromApiKeyId('a1b2c3') },
  });
  expect(stack.resolve(api.usagePlan('partner').usagePlanId)).toEqual(stack.resolve(api.cfnUsagePlan('partner').ref));
  expect(api.usagePlan('partner')).toBe(api.usagePlan('partner'));
  expect(stack.resolve(api.apiKey('acme').keyId)).toEqual({ Ref: expect.stringContaining('ApiKeyacme') });
  expect(api.apiKey('acme')).toBe(api.apiKey('acme'));
  expect(api.apiKey('old').keyId).toBe('a1b2c3');
});

test('tokens are not judged', () => {
  const token = (value: number) => Lazy.number({ produce: () => value });
  const template = build(
    {
      partner: {
        throttle: { rateLimit: token(5), burstLimit: token(6) },
        quota: { limit: token(7), offset: token(8), period: Period.DAY },
        apiKeys: ['a'],
      },
    },
    { apiKeys: { a: GatewayApiKey.fromApiKeyId(Lazy.string({ produce: () => 'Imported' })) } },
  );
  expect(plan(template)).toMatchObject({ Throttle: { RateLimit: 5, BurstLimit: 6 }, Quota: { Limit: 7, Offset: 8 } });
});

test.each([
  [Period.DAY, 0],
  [Period.WEEK, 6],
  [Period.MONTH, 27],
])('a %s may start on day %d, whatever its limit', (period, offset) => {
  const template = build({ partner: { quota: { limit: 1, period, offset }, apiKeys: ['a'] } });
  expect(plan(template).Quota).toEqual({ Limit: 1, Period: period, Offset: offset });
});

test('plans that are made elsewhere are said to be, with a reason that is on record', () => {
  const { stack, api } = gateway({ routes: ROUTES, usagePlansElsewhere: 'the developer portal makes them' });
  expect(ids(templateOf(stack), 'AWS::ApiGateway::UsagePlan')).toEqual([]);
  expect(JSON.stringify(api.cfnStage('prod').node.metadata)).toContain(
    '"ApiGateway::REST-KEY1":"the developer portal makes them"',
  );
});

const throttle = { rateLimit: 1, burstLimit: 1 };
const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`GET /${index}`, { throttle }]));
const ofPlan = (options: UsagePlanOptions): Partial<RestGatewayProps> => ({ usagePlans: { partner: options } });

const AT_ONCE: [string, Partial<RestGatewayProps>, string][] = [
  [
    'a stage',
    ofPlan({ stages: ['prd'] }),
    `RestGateway 'Api': usage plan "partner": stages has "prd", which is not a stage of the gateway. Did you mean "prod"?`,
  ],
  [
    'no stages',
    ofPlan({ stages: [] }),
    'usage plan "partner": stages is empty, so no key would give access; leave it out for all stages',
  ],
  [
    'a rate',
    ofPlan({ throttle: { rateLimit: 0, burstLimit: 1 } }),
    'usage plan "partner": throttle.rateLimit must be more than 0 requests per second, got: 0',
  ],
  [
    'a burst',
    ofPlan({ throttle: { rateLimit: 1, burstLimit: 0.5 } }),
    'usage plan "partner": throttle.burstLimit must be a whole number of at least 1, got: 0.5',
  ],
  [
    'a limit of a route',
    ofPlan({ throttle, routes: { 'POST /events': { throttle: { rateLimit: -1, burstLimit: 1 } } } }),
    'usage plan "partner": routes["POST /events"]: throttle.rateLimit must be more than 0',
  ],
  [
    'too many routes',
    ofPlan({ throttle, routes: many }),
    'usage plan "partner": routes has 21 routes, and a plan takes 20 for each stage; use the throttle of the plan for most of them',
  ],
  [
    'a quota',
    ofPlan({ quota: { limit: 0, period: Period.DAY } }),
    'usage plan "partner": quota.limit must be a whole number of at least 1, got: 0; to block a plan, remove its keys or disable them',
  ],
  [
    'limits of routes in a plan without its own',
    ofPlan({ routes: { 'POST /events': { throttle } } }),
    'usage plan "partner": routes has limits for single routes, which API Gateway accepts only in a plan with its own throttle; set one for all routes together, e.g. throttle: { rateLimit: 100, burstLimit: 50 }',
  ],
  [
    'an offset of a day',
    ofPlan({ quota: { limit: 1000, period: Period.DAY, offset: 1 } }),
    'usage plan "partner": quota.offset is the day on which a period starts, and must be 0 for a DAY (a day starts at midnight UTC), got: 1; leave it out for the first day',
  ],
  [
    'an offset of a week',
    ofPlan({ quota: { limit: 1000, period: Period.WEEK, offset: 7 } }),
    'quota.offset is the day on which a period starts, and must be a whole number from 0 to 6 for a WEEK (0 is Sunday), got: 7',
  ],
  [
    'an offset of a month',
    ofPlan({ quota: { limit: 1000, period: Period.MONTH, offset: 28 } }),
    'quota.offset is the day on which a period starts, and must be a whole number from 0 to 27 for a MONTH (0 is the first of the month), got: 28',
  ],
  [
    'a negative offset',
    ofPlan({ quota: { limit: 1000, period: Period.WEEK, offset: -1 } }),
    'must be a whole number from 0 to 6 for a WEEK (0 is Sunday), got: -1',
  ],
  [
    'a fractional offset',
    ofPlan({ quota: { limit: 1000, period: Period.WEEK, offset: 0.5 } }),
    'must be a whole number from 0 to 6 for a WEEK (0 is Sunday), got: 0.5',
  ],
  [
    'a key in two plans of a stage',
    { usagePlans: { a: { apiKeys: ['acme'], stages: ['dev', 'prod'] }, b: { apiKeys: ['acme'], stages: ['prod'] } } },
    `RestGateway 'Api': the API key "acme" is in the usage plans "a" and "b", which both have the stage "prod"; API Gateway accepts a key in only one plan for each stage. Use different stages for the plans, or a second key for the caller`,
  ],
  [
    'a token as the name of a plan',
    { usagePlans: { [Lazy.string({ produce: () => 'x' })]: {} } },
    'the name of a usage plan must be a literal, because ids are derived from it',
  ],
  [
    'a token as the name of a key',
    ofPlan({ apiKeys: [Lazy.string({ produce: () => 'x' })] }),
    'the name of an API key must be a literal, because ids are derived from it',
  ],
  [
    'a token for all names of keys',
    ofPlan({ apiKeys: Token.asList({ Ref: 'Keys' }) }),
    'the name of an API key must be a literal, because ids are derived from it',
  ],
  [
    'a name with a slash',
    ofPlan({ apiKeys: ['a/b'] }),
    'the name "a/b" of an API key must not be empty or contain "/", because ids are derived from it',
  ],
  ['an empty name', { usagePlans: { ' ': {} } }, 'the name " " of a usage plan must not be empty or contain "/"'],
  [
    'no reason',
    { usagePlansElsewhere: ' ' },
    'usagePlansElsewhere is empty; name what creates the usage plans, e.g. "the developer portal"',
  ],
];

const elsewhere = new Stack(new App(), 'Elsewhere');
const handler = Function.fromFunctionArn(elsewhere, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:h');
const AT_SYNTH: [string, Partial<RestGatewayProps>, string][] = [
  [
    'a route that is not there',
    ofPlan({ throttle, routes: { 'POST /event': { throttle } } }),
    `RestGateway 'Api': usage plan "partner": routes has "POST /event", which is not a route of the gateway. Did you mean "POST /events"?`,
  ],
  [
    'a route without key',
    ofPlan({ throttle, routes: { 'GET /open': { throttle } } }),
    'usage plan "partner": routes["GET /open"] has no effect, because the route requires no key; set apiKeyRequired: true on it',
  ],
  [
    'no plan',
    {},
    `RestGateway 'Api': route "POST /events": requires an API key, but the gateway has no usage plan, so every call would get a 403 response; add one, e.g. usagePlans: { partner: { apiKeys: ['acme'] } }, or set usagePlansElsewhere to a reason if plans are created elsewhere`,
  ],
  [
    'a stage without plan',
    ofPlan({ stages: ['prod'] }),
    'route "POST /events": requires an API key, but no usage plan has stage "dev", where every call would get a 403 response; add a plan, or leave out stages of one of them',
  ],
  [
    'two stages without plan',
    { ...ofPlan({ stages: ['prod'] }), stages: { a: {}, b: {}, prod: {} } },
    'no usage plan has the stages "a", "b", where',
  ],
  [
    'a key from an authorizer that gives none',
    { ...ofPlan({}), apiKeySource: GatewayApiKeySource.AUTHORIZER },
    'route "POST /events": takes its API key from the authorizer (apiKeySource), but its authorizer is not a Lambda function that could return usageIdentifierKey; set a Lambda authorizer, or set apiKeySource: GatewayApiKeySource.HEADER',
  ],
];

describe('what is wrong is said', () => {
  test.each(AT_ONCE)('%s', (_, props, message) => {
    expect(() => gateway({ routes: ROUTES, stages: STAGES, ...props })).toThrow(message);
  });

  test.each(AT_SYNTH)('%s, at synth', (_, props, message) => {
    const { app } = gateway({ routes: ROUTES, stages: STAGES, ...props });
    expect(() => app.synth()).toThrow(message);
  });

  test('a key from a Lambda authorizer is fine', () => {
    const authorizer = RestAuthorizer.lambdaToken(handler);
    const { app } = gateway({
      routes: { 'GET /a': { ...keyed, authorizer } },
      apiKeySource: GatewayApiKeySource.AUTHORIZER,
      usagePlans: { all: {} },
    });
    expect(() => app.synth()).not.toThrow();
  });

  test('names that are not there', () => {
    const { api } = gateway({ routes: ROUTES, usagePlans: { partner: { apiKeys: ['acme'] } } });
    expect(() => api.usagePlan('partners')).toThrow(
      `RestGateway 'Api': has no usage plan "partners". Did you mean "partner"?`,
    );
    expect(() => api.cfnUsagePlan('x')).toThrow('has no usage plan "x". Allowed: partner.');
    expect(() => api.apiKey('acne')).toThrow('has no API key "acne". Did you mean "acme"?');
  });

  test('a value where an id belongs', () => {
    expect(() => GatewayApiKey.fromApiKeyId('Zm9vYmFyYmF6cXV4Zm9vYmFy')).toThrow(
      'GatewayApiKey.fromApiKeyId: must be the id of a key, about ten of a-z 0-9 such as "a1b2c3d4e5", got: 24 characters; never write the value of a key in code',
    );
    expect(() => GatewayApiKey.fromApiKeyId('A b')).toThrow('got: "A b"');
  });

  test('an empty field', () => {
    const secret = Secret.fromSecretNameV2(new Stack(new App(), 'S'), 'Secret', 'acme');
    expect(() => GatewayApiKey.fromSecret(secret, { field: '' })).toThrow(
      'GatewayApiKey.fromSecret: field is empty; set a field of the JSON',
    );
  });
});

test('a plan that no route asks a key for', () => {
  const synth = (props: Partial<RestGatewayProps>) => () =>
    gateway({ usagePlans: { trial: {} }, ...props }).app.synth();
  expect(synth({})).toThrow(
    `RestGateway 'Api': usage plan "trial": has no effect, because no route requires a key; set apiKeyRequired: true on routes, or leave the plan out`,
  );
  expect(synth({ apiKeyRequired: true })).not.toThrow();
});
