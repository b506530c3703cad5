import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { EndpointAccessMode } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type Construct, type IConstruct } from 'constructs';
import { EXAMPLES } from '../../examples/examples';
import * as library from '../../lib';
import { functionIdOf } from '../../lib/integrations/lambda-permission';
import { asWritten, EVERYTHING } from '../limits/everything';
import { fn, type Json } from '../support/stacks';
import { read } from './documents';

const {
  ApiDomain,
  ApiDomainEndpointType,
  GatewayClientCertificate,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  LambdaCanary,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} = library;

/** A row of the tables of the document. */
interface Row {
  readonly section: string;
  readonly id: string;
  readonly type: string;
  readonly plain: boolean;
  readonly accessor?: string;
  readonly effect: string;
}

const ROWS: readonly Row[] = [
  ...read('docs/escape-hatches.md').matchAll(
    /^\| `([^`]+)` +\| `([\w:]+)`( \(`CfnResource`\))? +\| ([^|]+?) +\| ([^|]+?) +\|$/gm,
  ),
].map(({ 1: id, 2: type, 3: plain, 4: accessor, 5: effect, index }) => ({
  section:
    [
      ...read('docs/escape-hatches.md')
        .slice(0, index)
        .matchAll(/^## (.*)$/gm),
    ].at(-1)?.[1] ?? '',
  id,
  type,
  plain: plain !== undefined,
  accessor: accessor === 'by path' ? undefined : accessor.replaceAll('`', ''),
  effect,
}));

/** What a name of the tables may be. */
const NAMES: Readonly<Record<string, string>> = {
  stage: '[\\w$]+',
  Alarm: '[A-Z][A-Za-z]+',
  // A slash in an id.
  'METHOD path': '[A-Z]+ --.*',
  Part: '[A-Z][A-Za-z]+',
  number: '\\d*',
};

function patternOf(id: string): RegExp {
  const parts = id.split(/<([\w ]+)>/).map((part, i) => {
    if (i % 2 === 0) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return `(?<${part.replaceAll(' ', '')}>${NAMES[part] ?? '[^/]+?'})`;
  });
  return new RegExp(`^${parts.join('')}$`);
}

const GATEWAYS = ['RestGateway', 'HttpGateway', 'WebSocketGateway'];
const CONSTRUCTS = [...new Set(ROWS.map(({ section }) => section))].filter((section) => section in library);
const classOf = (construct: IConstruct) =>
  CONSTRUCTS.find((name) => construct instanceof (library as unknown as Record<string, new () => object>)[name]);

/** A resource, what has made it, and its place below that. */
interface Made {
  readonly resource: CfnResource;
  readonly sections: readonly string[];
  readonly owner: IConstruct;
  readonly path: string;
}

/** Whose it is, if it is of the library at all. */
function madeOf(resource: CfnResource): Made | undefined {
  const scopes = [...resource.node.scopes].reverse();
  const below = (owner: IConstruct) => resource.node.path.slice(owner.node.path.length + 1);
  for (const [i, scope] of scopes.entries()) {
    const name = classOf(scope);
    const own = { resource, owner: scope, path: below(scope) };
    if (name !== undefined) return { ...own, sections: GATEWAYS.includes(name) ? [name, 'Every gateway'] : [name] };
    const { id } = scopes[i - 1]?.node ?? {};
    if (id === 'LambdaCanary') return { ...own, sections: ['A function with a LambdaCanary'] };
    if (id === 'ApiGatewayVpcLinks') return { ...own, sections: ['A stack with VPC links'] };
    if (id?.startsWith('ApiDomain-')) {
      const domain = scope.node.root.node
        .findAll()
        .find((each) => `ApiDomain-${each.node.path.replaceAll('/', '-')}` === id);
      return { resource, owner: domain!, path: resource.node.id, sections: ['ApiDomain'] };
    }
  }
  return undefined;
}

const rowsOf = ({ sections, path, resource }: Made): Row[] =>
  ROWS.filter(
    (row) => sections.includes(row.section) && row.type === resource.cfnResourceType && patternOf(row.id).test(path),
  );

/** What the examples do not have. */
function more(app: App): void {
  const env = { region: 'us-east-1', account: '111122223333' };
  const stack = new Stack(app, 'More', { env });
  const hook = fn(stack, 'Hook');
  const canary = LambdaCanary.canary(7, Duration.minutes(3), { preHook: hook });
  const domain = new ApiDomain(stack, 'Domain', {
    domainName: 'edge.example.com',
    endpointType: ApiDomainEndpointType.EDGE,
    certificate: Certificate.fromCertificateArn(stack, 'Theirs', 'arn:aws:acm:us-east-1:111122223333:certificate/a'),
    hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
  });
  const balancer = (scope: Construct) =>
    NetworkLoadBalancer.fromNetworkLoadBalancerAttributes(scope, 'Balancer', {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/a/b',
    });
  const rest = (scope: Construct) =>
    new RestGateway(scope, 'Rest', {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.none('test'),
      endpointAccessMode: EndpointAccessMode.BASIC,
      definitionAsAsset: true,
      routes: {
        'GET /a/{b}': { integration: RestIntegration.lambda(fn(scope, 'One'), { canary }) },
        'GET /b': {
          integration: RestIntegration.nlbLink(balancer(scope), { host: 'internal.example.com', port: 8443 }),
        },
      },
    });
  domain.map(rest(stack));
  domain.map(rest(new Stack(app, 'Elsewhere', { env })), { path: 'there' });
  const chat = new WebSocketGateway(stack, 'Chat', {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: { $connect: { integration: WebSocketIntegration.mock(), apiKeyRequired: true } },
    stages: { prod: { clientCertificate: GatewayClientCertificate.generated() } },
    usagePlans: { paid: { apiKeys: ['acme'] } },
  });
  void chat;
  new HttpGateway(stack, 'Http', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /a': { integration: HttpIntegration.lambda(fn(stack, 'Two')) } },
    stages: { prod: { autoDeploy: false } },
    definitionAsAsset: true,
    alarms: { topic: new Topic(stack, 'Topic'), routes: { 'GET /a': { latency: {} } } },
  });
}

function appsOf(): Readonly<Record<string, App>> {
  const apps: Record<string, App> = {};
  const add = (name: string, build: (app: App) => void) => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    build(app);
    apps[name] = app;
  };
  const env = { region: 'eu-west-1', account: '111122223333' };
  for (const [name, build] of Object.entries(EXAMPLES)) add(name, build);
  for (const [name, build] of Object.entries(EVERYTHING))
    add(`all of ${name}`, (app) => build(new Stack(app, 'Stack', { env }), asWritten));
  add('more', more);
  return apps;
}

const APPS = appsOf();
const madeIn = (app: App): Made[] =>
  app.node.findAll().flatMap((each) => (CfnResource.isCfnResource(each) ? (madeOf(each) ?? []) : []));
for (const app of Object.values(APPS)) app.synth();
const ALL = Object.values(APPS).flatMap(madeIn);

/** What the accessor of a row gives for the names in an id. */
function reached({ accessor = '' }: Row, { owner, resource, path }: Made, row: Row): unknown {
  const [, members, list] = /^([\w.]+)(?:\((.*)\))?$/.exec(accessor) ?? [];
  const names = patternOf(row.id).exec(path)?.groups ?? {};
  const argument = (name: string): unknown => {
    if (name === 'fn') return functionOf(owner, names.function);
    if (name === 'alarm') return names.Alarm.charAt(0).toLowerCase() + names.Alarm.slice(1);
    if (name === 'path') return names.path === 'root' ? undefined : names.path.replaceAll('|', '/');
    if (name === 'route' && names.METHODpath) return names.METHODpath.replaceAll('--', '/');
    if (name === 'route' && names.route === undefined) return routeTo(owner, resource);
    return names[name];
  };
  const steps = members.split('.');
  const last = steps.pop()!;
  const holder = steps.reduce<Json>((value, step) => value[step], owner);
  return list === undefined ? holder[last] : holder[last](...list.split(', ').map(argument));
}

function functionOf(owner: IConstruct, id: string): IConstruct | undefined {
  const wanted = [id, id.replace(/@[^@.]+$/, '')].map((each) => each.replace(/\.LambdaCanary\.Alias$/, ''));
  return owner.node.root.node
    .findAll()
    .find((each) => 'functionArn' in each && wanted.includes(functionIdOf(owner as Construct, each as Json)));
}

function routeTo(owner: IConstruct, integration: CfnResource): string | undefined {
  return owner.node.children
    .filter((child) => CfnResource.isCfnResource(child) && child.cfnResourceType === 'AWS::ApiGatewayV2::Route')
    .map((child) => child as Json)
    .find(({ target }) => target === `integrations/${integration.ref}`)?.routeKey;
}

test('the tables are read', () => {
  expect(ROWS.length).toBeGreaterThan(85);
  expect(CONSTRUCTS).toEqual(expect.arrayContaining([...GATEWAYS, 'ApiDomain', 'ConnectionStore']));
  // Whatever is a line of a table, but for heads, is a row.
  const lines = read('docs/escape-hatches.md').match(/^\| `.*$/gm) ?? [];
  expect(lines).toHaveLength(ROWS.length);
});

test('every construct of the library has its tables', () => {
  const constructs = Object.entries(library).filter(
    ([, value]) => typeof value === 'function' && Object.hasOwn(value, 'PROPERTY_INJECTION_ID'),
  );
  expect(CONSTRUCTS.slice().sort()).toEqual(constructs.map(([name]) => name).sort());
});

test('every resource that a construct makes has one row, with its type', () => {
  expect(ALL.length).toBeGreaterThan(500);
  const wrong = ALL.map((made) => [
    made.sections[0],
    made.path,
    made.resource.cfnResourceType,
    rowsOf(made).length,
  ]).filter(([, , , rows]) => rows !== 1);
  expect(wrong).toEqual([]);
});

test('every row is of a resource that is made, and says if it has no L1 of its own', () => {
  for (const row of ROWS) {
    const made = ALL.filter((one) => rowsOf(one).includes(row));
    expect([row.section, row.id, row.type, made.length > 0]).toEqual([row.section, row.id, row.type, true]);
    for (const { resource } of made)
      expect([row.id, resource.constructor === CfnResource]).toEqual([row.id, row.plain]);
  }
});

test('every accessor gives the resource of its row', () => {
  const wrong = ALL.flatMap((made) => {
    const [row] = rowsOf(made);
    if (!row?.accessor) return [];
    const found = reached(row, made, row) as Json;
    const isIt = [found, ...(Array.isArray(found) ? found : []), found?.node?.defaultChild].includes(made.resource);
    return isIt ? [] : [`${made.path}: ${row.accessor}`];
  });
  expect(wrong).toEqual([]);
});

describe('an override', () => {
  const deploymentOf = ({ owner }: Made): string | undefined => {
    const deployment = owner.node.tryFindChild('Deployment') as CfnResource | undefined;
    return deployment && (Stack.of(deployment).resolve(deployment.logicalId) as string);
  };
  const apps = appsOf();
  const all = Object.values(apps).flatMap(madeIn);
  // One for each row, of a gateway that has a deployment.
  const cases = ROWS.flatMap((row) => {
    const made = all.find((one) => rowsOf(one).includes(row) && deploymentOf(one) !== undefined);
    return made && /^(deployed|in place)/.test(row.effect) ? [[row.section, row.id, row, made] as const] : [];
  });

  test.each(cases)('of %s, %s is deployed if the table says so', (_, id, { effect }, made) => {
    const before = deploymentOf(made);
    made.resource.addPropertyOverride('Other', 'value');
    expect([id, deploymentOf(made) !== before]).toEqual([id, effect.startsWith('deployed')]);
  });

  test('is tried of all kinds', () => {
    expect(cases.length).toBeGreaterThan(40);
    for (const gateway of GATEWAYS) expect(cases.map(([section]) => section)).toContain(gateway);
  });
});
