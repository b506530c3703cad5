import { type ApiDomain, ApiDomainRoutingMode, ApiKind, type ApiRoutingRuleOptions, RestEndpointType } from '../../lib';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { ids, resource, templateOf } from '../support/stacks';
import { domain, FakeGateway, rest, stackOf, zone } from './support';

const RULE = 'AWS::ApiGatewayV2::RoutingRule';
const mode = (names: ApiDomain) =>
  resource(templateOf(names.cfnDomainName!.stack), 'AWS::ApiGateway::DomainName').Properties.RoutingMode;

test('a rule has its conditions, target and place', () => {
  const stack = stackOf();
  const names = domain(stack);
  names.map(rest(stack, 'Orders'), { path: 'orders' });
  names.addRoutingRule('preview', rest(stack, 'Next', { stages: { a: {}, b: {} }, disableExecuteApiEndpoint: true }), {
    priority: 100,
    headers: [
      { header: 'X-Preview', value: 'orders*' },
      { header: 'x-tenant', value: 'acme' },
    ],
    basePaths: ['orders/v2'],
    stripBasePath: true,
    stage: 'b',
  });
  const template = templateOf(stack);
  expect(ids(template, RULE)).toEqual(['NamesRulepreview7A63DDE2']);
  expect(resource(template, RULE).Properties).toEqual({
    DomainNameArn: { 'Fn::GetAtt': [expect.stringMatching(/^Names/), 'DomainNameArn'] },
    Priority: 100,
    Conditions: [
      { MatchHeaders: { AnyOf: [{ Header: 'X-Preview', ValueGlob: 'orders*' }] } },
      { MatchHeaders: { AnyOf: [{ Header: 'x-tenant', ValueGlob: 'acme' }] } },
      { MatchBasePaths: { AnyOf: ['orders/v2'] } },
    ],
    Actions: [
      {
        InvokeApi: {
          ApiId: { Ref: expect.stringMatching(/^Next/) },
          Stage: { Ref: expect.stringMatching(/^NextStageb/) },
          StripBasePath: true,
        },
      },
    ],
  });
});

test('the mode is that of what there is', () => {
  const mapped = domain(stackOf());
  mapped.map(new FakeGateway({ kind: ApiKind.REST }));
  expect(mode(mapped)).toBeUndefined();

  const both = domain(stackOf());
  both.map(new FakeGateway({ kind: ApiKind.REST }));
  both.addRoutingRule('all', new FakeGateway({ kind: ApiKind.REST }), { priority: 1_000_000 });
  expect(mode(both)).toBe('ROUTING_RULE_THEN_BASE_PATH_MAPPING');

  const only = domain(stackOf(), { routingMode: ApiDomainRoutingMode.RULES_ONLY });
  only.addRoutingRule('all', new FakeGateway({ kind: ApiKind.REST }), { priority: 1 });
  expect(mode(only)).toBe('ROUTING_RULE_ONLY');
});

describe('wrong input', () => {
  const api = new FakeGateway({ kind: ApiKind.REST, label: "RestGateway 'Orders'" });
  const rule = (options: Partial<ApiRoutingRuleOptions>) => (names: ApiDomain) =>
    names.addRoutingRule('r', api, { priority: 1, ...options });

  test.each<[string, (names: ApiDomain) => void]>([
    ...[0, 1_000_001, 1.5].map((priority): [string, (names: ApiDomain) => void] => [
      `priority must be a whole number from 1 to 1,000,000, got: ${priority}`,
      rule({ priority }),
    ]),
    [
      'priority 1 is taken by the rule "first"; choose a unique priority',
      (names) => {
        names.addRoutingRule('first', api, { priority: 1 });
        rule({})(names);
      },
    ],
    [
      'a rule with this name exists already; choose another name',
      (names) => [1, 2].forEach((priority) => names.addRoutingRule('r', api, { priority })),
    ],
    [
      'has 3 headers; the maximum of a rule is 2, and a request must have all of them',
      rule({ headers: [1, 2, 3].map((i) => ({ header: `h${i}`, value: 'x' })) }),
    ],
    [
      'header "x y" must be 1 to 39 letters, digits and ?-!#$%&\'.^_`|~',
      rule({ headers: [{ header: 'x y', value: 'x' }] }),
    ],
    [
      'header "x-*" must be 1 to 39 letters, digits and ?-!#$%&\'.^_`|~',
      rule({ headers: [{ header: 'x-*', value: 'x' }] }),
    ],
    ...['Authorization', 'x-amzn-trace-id', 'X-Forwarded-For', 'x-restapi'].map(
      (header): [string, (names: ApiDomain) => void] => [
        `header "${header}" is reserved by API Gateway, so no rule can match it; use a custom header, e.g. "x-preview"`,
        rule({ headers: [{ header, value: 'x' }] }),
      ],
    ),
    [
      `the value "*${'a'.repeat(38)}*" of "x" has 40 characters; with "*" at both ends the maximum is 39`,
      rule({ headers: [{ header: 'x', value: `*${'a'.repeat(38)}*` }] }),
    ],
    ['has 2 basePaths; API Gateway accepts 1 per rule; add a rule for each', rule({ basePaths: ['a', 'b'] })],
    ['basePaths: has 128 characters; the maximum is 127', rule({ basePaths: ['a'.repeat(128)] })],
    [
      'the value "a b" of "x" must be 1 to 127 letters, digits and *?-!#$%&\'.^_`|~',
      rule({ headers: [{ header: 'x', value: 'a b' }] }),
    ],
    [
      'the value "a*b" of "x" may contain "*" only at its start and end',
      rule({ headers: [{ header: 'x', value: 'a*b' }] }),
    ],
    [
      'basePaths: "/orders" must not begin or end with "/" or contain "//"; write "orders"',
      rule({ basePaths: ['/orders'] }),
    ],
    ['stripBasePath removes the base path that matched, but the rule has no basePaths', rule({ stripBasePath: true })],
    [
      "HttpGateway 'Http' is not a REST API, and rules support only REST APIs; map it to a path instead",
      (names) => names.addRoutingRule('r', new FakeGateway(), { priority: 1 }),
    ],
    [
      "HttpGateway 'Http' is on the domain, and rules support only REST APIs; give it a separate domain",
      (names) => {
        names.map(new FakeGateway());
        rule({})(names);
      },
    ],
    [
      'the REST API is a private API, which only a PRIVATE domain can reach; set endpointType: ApiDomainEndpointType.PRIVATE on the domain',
      (names) =>
        names.addRoutingRule(
          'r',
          new FakeGateway({ kind: ApiKind.REST, label: 'the REST API', endpointType: RestEndpointType.PRIVATE }),
          { priority: 1 },
        ),
    ],
  ])('%s', (message, act) => {
    expect(() => act(domain(stackOf()))).toThrow(new Error(`ApiDomain 'Names': rule "r": ${message}`));
  });

  test('headers that are near a reserved one, and values that match all, are taken', () => {
    const names = domain(stackOf());
    for (const [index, header] of ['x-forwarded-prefix', 'x-amazing', 'te-st', 'Host'].entries()) {
      names.addRoutingRule(header, api, { priority: index + 1, headers: [{ header, value: '*' }] });
    }
    const infix = `*${'a'.repeat(37)}*`;
    expect(() =>
      names.addRoutingRule('infix', api, { priority: 9, headers: [{ header: 'x', value: infix }] }),
    ).not.toThrow();
  });

  test('mappings only', () => {
    const names = domain(stackOf(), { routingMode: ApiDomainRoutingMode.MAPPINGS_ONLY });
    expect(() => rule({})(names)).toThrow(
      new Error(
        `ApiDomain 'Names': rule "r": routingMode MAPPINGS_ONLY allows no rules; leave it out, or set RULES_THEN_MAPPINGS`,
      ),
    );
  });

  test('a name that is a token', () => {
    const names = domain(stackOf());
    expect(() => names.addRoutingRule(names.domainNameArn, api, { priority: 1 })).toThrow(
      new Error("ApiDomain 'Names': the name of a rule must be a literal, because ids are derived from it"),
    );
  });
});

test('a private name has rules to private APIs', () => {
  const stack = stackOf();
  const endpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'E', {
    vpcEndpointId: 'vpce-1',
    port: 443,
  });
  const api = rest(stack, 'Stock', {
    endpointType: RestEndpointType.PRIVATE,
    vpcEndpoints: [endpoint],
    domain: { domainName: 'stock.example.com', validationZone: zone(stack) },
  });
  api.domain?.addRoutingRule('v2', api, { priority: 1, basePaths: ['stock/v2'], stripBasePath: true });
  expect(resource(templateOf(stack), 'AWS::ApiGateway::DomainNameV2').Properties.RoutingMode).toBe(
    'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
  );
});
