import { join } from 'node:path';
import { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import {
  type ApiDomain,
  ApiKind,
  ApiDomainEndpointType,
  type ApiDomainProps,
  ApiDomainRecords,
  TrustStore,
} from '../../lib';
import { replacingProperties } from '../support/service-spec';
import { type Json, templateOf } from '../support/stacks';
import { type Stack, Tags } from 'aws-cdk-lib';
import { certificate, domain, FakeGateway, raw, rest, stackOf } from './support';
import { runRules } from '../../lib/checks/run';
import { inPlaceOf } from '../../lib/template/reader/previous';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';

interface Before {
  readonly stack: Stack;
  readonly names: ApiDomain;
}

/** A domain with two APIs; `change` is the next version of the code. */
function build(props: (stack: Stack) => Partial<ApiDomainProps> = () => ({}), map?: (before: Before) => void): Json {
  const stack = stackOf();
  const names = domain(stack, props(stack));
  const orders = rest(stack, 'Orders');
  const search = rest(stack, 'Search');
  if (map) map({ stack, names });
  else {
    names.map(orders, { path: 'orders' });
    names.map(search, { path: 'search' });
  }
  return templateOf(stack).Resources;
}

/** What CloudFormation does, but for the deployments, which are always new. */
function diff(before: Json, after: Json) {
  const isKept = (id: string) => !/Deployment/.test(id);
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(isKept);
  const made = all.filter((id) => !(id in before));
  const removed = all.filter((id) => !(id in after));
  const changed = all.filter(
    (id) => id in before && id in after && JSON.stringify(before[id]) !== JSON.stringify(after[id]),
  );
  const replaced = changed.filter(
    (id) =>
      before[id].Type !== after[id].Type ||
      replacingProperties(before[id].Type as string).some(
        (property) =>
          JSON.stringify(before[id].Properties[property]) !== JSON.stringify(after[id].Properties[property]),
      ),
  );
  return { made, removed, changed, replaced };
}

const find = (resources: Json, type: string, id = /./) =>
  Object.keys(resources).filter((key) => resources[key].Type === type && id.test(key));
const before = build();
const domainId = find(before, 'AWS::ApiGateway::DomainName')[0];

test('what replaces a resource is known', () => {
  expect(replacingProperties('AWS::ApiGateway::DomainName')).toEqual(['DomainName']);
  expect(replacingProperties('AWS::ApiGatewayV2::ApiMapping')).toEqual(['DomainName']);
  expect(replacingProperties('AWS::ApiGatewayV2::RoutingRule')).toEqual(['DomainNameArn']);
  // Of a private name, as docs/domains.md says.
  expect([...replacingProperties('AWS::ApiGateway::DomainNameV2')].sort()).toEqual([
    'DomainName',
    'EndpointConfiguration',
    'SecurityPolicy',
  ]);
  const { replaced } = diff(
    before,
    build(() => ({ domainName: 'other.example.com' })),
  );
  expect(replaced).toContain(domainId);
});

test('a new certificate is a change of the domain, and the old one goes last', () => {
  const { made, removed, changed, replaced } = diff(
    before,
    build((stack) => ({ certificate: certificate(stack) })),
  );
  expect({ made, changed, replaced }).toEqual({ made: [], changed: [domainId], replaced: [] });
  expect(removed).toEqual(find(before, 'AWS::CertificateManager::Certificate'));
});

test('a path that another API of the stack takes over changes hands in one update', () => {
  const moved = build(undefined, ({ stack, names }) => {
    const [orders, search] = ['Orders', 'Search'].map((id) => stack.node.findChild(id) as never);
    names.map(search, { path: 'orders' });
    names.map(orders, { path: 'search' });
  });
  const { made, removed, changed, replaced } = diff(before, moved);
  expect({ made, removed, replaced }).toEqual({ made: [], removed: [], replaced: [] });
  expect(changed).toEqual(find(before, 'AWS::ApiGatewayV2::ApiMapping'));
});

test('an API that gets another path has it before the old one goes', () => {
  const moved = build(undefined, ({ stack, names }) => {
    const [orders, search] = ['Orders', 'Search'].map((id) => stack.node.findChild(id) as never);
    names.map(orders, { path: 'orders/v1' });
    names.map(search, { path: 'search' });
  });
  const { made, removed, changed, replaced } = diff(before, moved);
  expect(made).toEqual(find(moved, 'AWS::ApiGatewayV2::ApiMapping', /ordersv1/));
  expect(removed).toEqual(find(before, 'AWS::ApiGatewayV2::ApiMapping', /Mappingorders/));
  expect({ changed, replaced }).toEqual({ changed: [], replaced: [] });
});

test('one more API adds its mapping, and of an HTTP API changes the TLS policy of the domain', () => {
  const more = build(undefined, ({ stack, names }) => {
    const [orders, search] = ['Orders', 'Search'].map((id) => stack.node.findChild(id) as never);
    names.map(new FakeGateway(), { path: 'http' });
    names.map(search, { path: 'search' });
    names.map(orders, { path: 'orders' });
  });
  const { made, removed, changed, replaced } = diff(before, more);
  expect(made).toEqual(find(more, 'AWS::ApiGatewayV2::ApiMapping', /http/));
  expect({ removed, changed, replaced }).toEqual({ removed: [], changed: [domainId], replaced: [] });
});

test('mutual TLS is a change of the domain', () => {
  const trustStore = TrustStore.fromPemFiles(join(__dirname, 'certificates/ec.pem'));
  const { made, removed, changed, replaced } = diff(
    before,
    build(() => ({ mutualTls: { trustStore } })),
  );
  expect({ made, removed, changed, replaced }).toEqual({ made: [], removed: [], changed: [domainId], replaced: [] });
});

test('TLS policy, other records: nothing is replaced', () => {
  const changes: ((stack: Stack) => Partial<ApiDomainProps>)[] = [
    () => ({ securityPolicy: SecurityPolicy.TLS_1_2 }),
    () => ({ records: ApiDomainRecords.weighted(10) }),
  ];
  for (const change of changes) {
    const { made, removed, replaced } = diff(before, build(change));
    expect({ made, removed, replaced }).toEqual({ made: [], removed: [], replaced: [] });
  }
});

test('mutual TLS after the policy, in two steps: each changes what it is about', () => {
  const securityPolicy = SecurityPolicy.TLS_1_2;
  const trustStore = TrustStore.fromPemFiles(join(__dirname, 'certificates/ec.pem'));
  const first = build(() => ({ securityPolicy }));
  const second = build(() => ({ securityPolicy, mutualTls: { trustStore } }));
  const changed = (one: Json, other: Json) =>
    [...new Set([one, other].flatMap((it) => Object.keys(it[domainId].Properties as object)))].filter(
      (name) => JSON.stringify(one[domainId].Properties[name]) !== JSON.stringify(other[domainId].Properties[name]),
    );
  expect(changed(before, first).sort()).toEqual(['EndpointAccessMode', 'SecurityPolicy']);
  expect(changed(first, second)).toEqual(['MutualTlsAuthentication']);
});

test('mutual TLS with an HTTP API beside: the default endpoints are off before', () => {
  const http = ({ stack, names }: Before) => {
    const orders = stack.node.findChild('Orders') as never;
    names.map(orders, { path: 'orders' });
    names.map(new FakeGateway(), { path: 'http' });
  };
  const trustStore = TrustStore.fromPemFiles(join(__dirname, 'certificates/ec.pem'));
  const { made, removed, changed, replaced } = diff(
    build(undefined, http),
    build(() => ({ mutualTls: { trustStore } }), http),
  );
  expect({ made, removed, changed, replaced }).toEqual({ made: [], removed: [], changed: [domainId], replaced: [] });
});

test('one more VPC endpoint of a private name is a change of its policy, and an association', () => {
  const names = (count: number) => {
    const stack = stackOf();
    const vpcEndpoints = Array.from({ length: count }, (_, i) =>
      InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, `E${i}`, {
        vpcEndpointId: `vpce-${i}`,
        port: 443,
      }),
    );
    const records = ApiDomainRecords.none();
    domain(stack, { endpointType: ApiDomainEndpointType.PRIVATE, vpcEndpoints, records });
    return templateOf(stack).Resources as Json;
  };
  const { made, removed, changed, replaced } = diff(names(1), names(2));
  expect({ made: made.length, removed, replaced }).toEqual({ made: 1, removed: [], replaced: [] });
  expect(changed).toEqual(find(names(1), 'AWS::ApiGateway::DomainNameV2'));
});

test.each([ApiDomainEndpointType.REGIONAL, ApiDomainEndpointType.PRIVATE])(
  'a tag of the app replaces nothing of a %s name',
  (endpointType) => {
    const tagged = (value?: string) => {
      const stack = stackOf();
      const endpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'E', {
        vpcEndpointId: 'vpce-1',
        port: 443,
      });
      const isPrivate = endpointType === ApiDomainEndpointType.PRIVATE;
      const names = domain(stack, {
        endpointType,
        vpcEndpoints: isPrivate ? [endpoint] : undefined,
        records: ApiDomainRecords.none(),
      });
      if (!isPrivate) names.map(rest(stack));
      if (value !== undefined) Tags.of(stack).add('team', value);
      return templateOf(stack).Resources as Json;
    };
    const first = diff(tagged(), tagged('a'));
    expect(first.changed.length).toBeGreaterThan(0);
    expect({ ...first, changed: [] }).toEqual({ made: [], removed: [], changed: [], replaced: [] });
    expect(diff(tagged('a'), tagged('b')).replaced).toEqual([]);
  },
);

test('the first HTTP API of a name without a policy leaves STRICT, which is told from the previous assembly', () => {
  const templates = (withHttp: boolean): TemplateSource[] => {
    const stack = stackOf();
    const names = domain(stack);
    names.map(rest(stack, 'Orders'), { path: 'orders' });
    if (withHttp) names.map(raw(stack, ApiKind.HTTP, true), { path: 'search' });
    return [{ file: 'a.template.json', template: templateOf(stack) as never, bytes: 1 }];
  };
  const said = (old: boolean, now: boolean) => {
    const [before, after] = [templates(old), templates(now)];
    return runRules(readModel(after, inPlaceOf(after, before, []))).filter(({ id }) => id === 'DOM3');
  };
  expect(said(false, true).map(({ severity, path }) => `${severity} ${path}`)).toEqual([
    'warning Properties.SecurityPolicy',
  ]);
  expect([said(false, false), said(true, true), said(true, false)]).toEqual([[], [], []]);
});

test('a rule of another priority or target is changed', () => {
  const rule = (priority: number, to: string) =>
    build(undefined, ({ stack, names }) => {
      names.addRoutingRule('preview', stack.node.findChild(to) as never, { priority });
    });
  const { made, removed, changed, replaced } = diff(rule(10, 'Orders'), rule(20, 'Search'));
  expect({ made, removed, replaced }).toEqual({ made: [], removed: [], replaced: [] });
  expect(changed.filter((id) => /Rule/.test(id))).toHaveLength(1);
});
