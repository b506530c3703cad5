import { type Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { DnsRecordType, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConnectionStore,
  HttpIntegration,
  RestAccess,
  RestIntegration,
  StageCanary,
  type ThrottleOptions,
  TrustStore,
  WebSocketIntegration,
} from '../../lib';
import { type OperationsOptions } from '../../lib/operate/operations';
import { operations, type Watched } from '../operate/support';
import { alb, HOST, nlb, vpcOf } from '../rest/private-support';
import { hold, type Range, range, s } from './ranges';
import { http, map, names, rest, said, webSocket } from './support';

const folder = mkdtempSync(join(tmpdir(), 'sizes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CERTIFICATE = readFileSync(join(__dirname, '../domain/certificates/ec.pem'), 'utf8');
const trustStore = (text: string) => {
  writeFileSync(join(folder, 'ca.pem'), text);
  return TrustStore.fromPemFiles(join(folder, 'ca.pem'));
};

const broadcaster = (stack: Stack, options: object) =>
  new ConnectionStore(stack, 'Store').broadcaster({ gateway: webSocket(stack), ...options });
const behind = (stack: Stack, integration: HttpIntegration) => http(stack, { routes: { 'GET /': { integration } } });
const service = (stack: Stack) =>
  new PrivateDnsNamespace(stack, 'Namespace', { name: 'internal', vpc: vpcOf(stack) }).createService('Service', {
    dnsRecordType: DnsRecordType.SRV,
  });

const statement = (characters: number) =>
  new PolicyStatement({
    sid: 'x'.repeat(characters),
    principals: [new StarPrincipal()],
    actions: ['execute-api:Invoke'],
    resources: ['execute-api:/*'],
  });
const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [statement(1).toStatementJson()] }).length - 1;

const LEDGER = JSON.stringify({ percent: 1, overrides: map(20, 'x'), alarms: [] }).length;
/** Texts of at most 512 characters each, and so many together. */
const spread = (characters: number) =>
  Object.fromEntries(
    names(20).map((name, at) => [name, 'x'.repeat(1 + Math.min(511, Math.max(0, characters - at * 511)))]),
  );

const watched = (kind: 'rest' | 'http', options: object, api: Watched = {}) => {
  const { errors } = operations(
    kind,
    ({ topic }) => ('dashboard' in options ? options : { alarms: { topic, ...options } }) as OperationsOptions,
    api,
  );
  if (errors().length > 0) throw new Error(errors().join());
};
const routes = (count: number, groups: number) => names(count).map((name, at) => `GET /g${at % groups}/${name}`);
const composite = (stages: readonly string[]) =>
  watched('rest', { composite: true, throttles: { enabled: false } }, { stages });
/** Eighty stages whose names have so many characters more than the shortest. */
const eighty = (characters: number) =>
  names(80, 's').map((name, at) => `${name}-${'x'.repeat(Math.floor((characters + at) / 80))}`);
const RULE = Number(/rule of (\d+) characters/.exec(said(() => composite(eighty(9000))))?.[1]) - 9000;

const throttles = (make: (stack: Stack, throttle: ThrottleOptions) => unknown, where: string) => ({
  [`rateLimit of ${where}`]: range(
    (stack, v: number) => make(stack, { rateLimit: v, burstLimit: 1 }),
    [0.1, 1],
    [0, 'throttle.rateLimit must be more than 0 requests per second, got: 0'],
  ),
  [`burstLimit of ${where}`]: range(
    (stack, v: number) => make(stack, { rateLimit: 1, burstLimit: v }),
    [1, 2],
    [0, 'throttle.burstLimit must be a whole number of at least 1, got: 0'],
    [1.5, 'got: 1.5'],
  ),
});
const plan = (stack: Stack, options: object) =>
  rest(stack, {
    routes: { 'GET /': { integration: RestIntegration.mock(), apiKeyRequired: true } },
    usagePlans: { free: { apiKeys: ['a'], throttle: { rateLimit: 1, burstLimit: 1 }, ...options } },
  });
const ports = (make: (stack: Stack, port: number) => unknown) =>
  range(
    make,
    [1, 65_535],
    [0, 'port must be a whole number from 1 to 65535, got: 0'],
    [65_536, 'got: 65536'],
    [1.5, 'got: 1.5'],
  );

const RANGES: Readonly<Record<string, Range>> = {
  // Functions
  'timeout of a broadcaster': range(
    (stack, v) => broadcaster(stack, { timeout: v }),
    [s(10), s(900)],
    [s(9), 'the timeout must be 10 to 900 seconds, got: 9'],
    [s(901), 'got: 901'],
  ),
  'memorySize of a broadcaster': range(
    (stack, v) => broadcaster(stack, { memorySize: v }),
    [128, 10_240],
    [127, 'memorySize must be a whole number from 128 to 10240 MB, got: 127'],
    [10_241, 'got: 10241'],
    [128.5, 'got: 128.5'],
  ),

  // Networks
  'port of a Cloud Map service': ports((stack, port) =>
    behind(stack, HttpIntegration.cloudMap(service(stack), { host: HOST, vpc: vpcOf(stack), port })),
  ),
  'port of a link to a load balancer': ports((stack, port) =>
    webSocket(stack, {
      routes: {
        $connect: { integration: WebSocketIntegration.mock() },
        send: { integration: WebSocketIntegration.nlbLink(nlb(stack).loadBalancer, { host: HOST, port }) },
      },
    }),
  ),
  'port of a URL': range(
    (stack, v) =>
      rest(stack, { routes: { 'GET /': { integration: RestIntegration.http(`https://example.com:${v}/`) } } }),
    [80, 443, 1024, 65_535],
    [79, 'has the port 79; API Gateway calls 80, 443 and 1024 to 65535'],
    [444, 'has the port 444'],
    [1023, 'has the port 1023'],
    [65_536, 'has the port 65536'],
  ),
  'subnets of a VPC link': range(
    (stack, v) => {
      const vpc = Vpc.fromVpcAttributes(stack, 'Imported', {
        vpcId: 'vpc-1',
        availabilityZones: names(v, 'zone-'),
        privateSubnetIds: names(v, 'subnet-'),
      });
      behind(stack, HttpIntegration.alb(alb(stack), { host: HOST, subnets: { subnets: vpc.privateSubnets } }));
    },
    [1, 10],
    [11, 'a VPC link supports 10 subnets, but 11 of'],
  ),

  // Trust stores
  'certificates of a trust store': range(
    (_, v) => trustStore(CERTIFICATE.repeat(v)),
    [1, 1000],
    [1001, 'the files contain 1001 certificates; the maximum of a trust store is 1000'],
  ),
  'bytes of a trust store': range(
    (_, v) => trustStore(CERTIFICATE.padEnd(v)),
    [1_048_576],
    [1_048_577, 'the files have 1048577 bytes together; the maximum of a trust store is 1048576 (1 MB)'],
  ),

  // Documents
  'integrations of an HTTP API': range(
    (stack, v) =>
      http(stack, {
        routes: Object.fromEntries(
          names(v).map((name) => [
            `GET /${name}`,
            { integration: HttpIntegration.http(`https://example.com/${name}`) },
          ]),
        ),
      }),
    [300],
    [301, 'has 301 different integrations, but an HTTP API can have 300'],
  ),
  'characters of a resource policy': range(
    (stack, v) => rest(stack, { access: [RestAccess.fromStatements([statement(v - POLICY)])] }),
    [8192],
    [8193, 'the resource policy from access is 8193 characters long, but API Gateway allows 8192'],
  ),
  'bytes of a ledger': range(
    (stack, v) =>
      rest(stack, {
        stages: { prod: { canary: StageCanary.of({ percent: 1, stageVariables: spread(v - LEDGER) }) } },
      }),
    [6144],
    [6145, 'have 6145 bytes as JSON, but the ledger of the canary has room for 6144'],
  ),

  // Dashboards and alarms
  'metrics of a widget': range(
    (_, v) => watched('rest', { dashboard: {} }, { routes: routes(v, 1) }),
    [500],
    [501, 'has 501 routes, but a widget shows 500 metrics'],
  ),
  'routes of a dashboard': range(
    (_, v) => watched('http', { dashboard: {} }, { routes: routes(v, 100) }),
    [830],
    [831, 'has 2502 metrics, but CloudWatch shows 2500'],
  ),
  'stages of a dashboard': range(
    (_, v) => watched('http', { dashboard: {} }, { stages: names(v), detailedMetrics: false }),
    [100],
    [101, 'has 505 widgets, but CloudWatch shows 500'],
  ),
  'children of a composite alarm': range(
    (_, v) => composite(names(v, 's')),
    [1, 90],
    [101, 'composite combines 101 critical alarms; the maximum of CloudWatch is 100'],
  ),
  'rule of a composite alarm': range(
    (_, v) => composite(eighty(v - RULE)),
    [10_240],
    [10_241, 'with a rule of 10241 characters; the maximum of CloudWatch is 10240'],
  ),
  'stages of a quota': range(
    (_, v) => {
      const stages = names(v, 's');
      const quota = { plan: 'wide', limit: 9, period: 'DAY', stages, apiKeys: { acme: 'k1' }, callers: {} } as const;
      watched('rest', { quotaUsage: { wide: 80 } }, { stages, quotas: [quota] });
    },
    [1, 10],
    [11, 'which is for 11 stages, but an alarm adds up 10 metrics'],
  ),

  // Throttles, wherever one may be set
  ...throttles((stack, throttle) => plan(stack, { throttle }), 'a plan'),
  ...throttles((stack, throttle) => plan(stack, { routes: { 'GET /': { throttle } } }), 'a route of a plan'),
  ...throttles(
    (stack, throttle) => rest(stack, { routes: { 'GET /': { integration: RestIntegration.mock(), throttle } } }),
    'a REST route',
  ),
  ...throttles(
    (stack, throttle) => rest(stack, { stages: { prod: { routes: { 'GET /': { throttle } } } } }),
    'a REST route on a stage',
  ),
  ...throttles(
    (stack, throttle) =>
      http(stack, { routes: { 'GET /': { integration: HttpIntegration.http('https://example.com/'), throttle } } }),
    'an HTTP route',
  ),
  ...throttles((stack, throttle) => http(stack, { stages: { prod: { throttle } } }), 'an HTTP stage'),
  ...throttles(
    (stack, throttle) => http(stack, { stages: { prod: { routes: { 'GET /': { throttle } } } } }),
    'an HTTP route on a stage',
  ),
  ...throttles(
    (stack, throttle) =>
      webSocket(stack, { routes: { $connect: { integration: WebSocketIntegration.mock(), throttle } } }),
    'a WebSocket route',
  ),
  ...throttles((stack, throttle) => webSocket(stack, { stages: { prod: { throttle } } }), 'a WebSocket stage'),
  ...throttles(
    (stack, throttle) => webSocket(stack, { stages: { prod: { routes: { $connect: { throttle } } } } }),
    'a WebSocket route on a stage',
  ),
};

hold(RANGES);
