import { type App, Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import fc from 'fast-check';
import {
  ApiDomain,
  ApiDomainRecords,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebAclRateLimit,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';

/** What a user calls the things of a gateway. */
export interface Names {
  readonly stack: string;
  /** Ids of constructs, the outermost first; the last one is the gateway's. */
  readonly path: readonly string[];
  readonly stage: string;
  readonly plan: string;
  readonly key: string;
  /** Segments of the path of a route. */
  readonly segments: readonly string[];
  readonly message: string;
  readonly variable: string;
}

const of = (characters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength });
const ALPHANUMERIC = 'abcXYZ019';
/** With what is special to some service, template or path; no slash, which no id may have. */
const ODD = `${ALPHANUMERIC} .,:;*$%#@!?&=+~^'"\\<>()[]{}|\`_-äß€Ω日`;

const id = fc.oneof(of(ODD, 24), of(ALPHANUMERIC, 60)).filter((text) => text.trim() !== '' && !text.includes('${'));
const word = of(`${ALPHANUMERIC}_`, 20);

/** Names that are odd, and that the library takes. */
export const NAMES: fc.Arbitrary<Names> = fc.record({
  stack: of(ALPHANUMERIC, 60).map((text) => `S${text}`),
  path: fc.array(id, { minLength: 1, maxLength: 3 }),
  stage: of(`${ALPHANUMERIC}_-`, 128),
  plan: id,
  key: id,
  segments: fc.array(
    fc.oneof(
      // No segment of a path is `.` or `..`, or a variable as Express has it.
      of(`${ALPHANUMERIC}._:$-`, 30).filter((text) => !/^(\.\.?$|:)/.test(text)),
      word.map((name) => `{${name}}`),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  message: of(`${ALPHANUMERIC}_-.`, 40).map((text) => `m${text}`),
  variable: word,
});

/** One gateway of each kind in a stack of its own, with all that watches and guards it, and a domain. */
export const GATEWAYS: Readonly<Record<'rest' | 'http' | 'websocket' | 'domain', (app: App, names: Names) => Stack>> = {
  rest: (app, names) => {
    const { stack, scope, gateway } = place(app, names);
    const topic = new Topic(stack, 'Topic');
    new RestGateway(scope, gateway, {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.managed({
        log: {},
        denyCountries: ['GB', 'XK'],
        denyIps: ['10.0.0.0/8', '2001:db8::1'],
        rateLimit: 10,
        rateLimits: [WebAclRateLimit.byHeader('X!#$%&.^_`|~-Tenant', 2_000_000_000), WebAclRateLimit.byApiKey(10)],
      }),
      routes: { [`GET ${pathOf(names)}`]: { integration: RestIntegration.mock(), apiKeyRequired: true } },
      stages: { [names.stage]: { variables: { [names.variable]: 'a' }, executionLog: {} } },
      usagePlans: {
        [names.plan]: {
          throttle: { rateLimit: 0.5, burstLimit: 1 },
          routes: { [`GET ${pathOf(names)}`]: { throttle: { rateLimit: 0.1, burstLimit: 1 } } },
          quota: { limit: 1, period: Period.WEEK, offset: 6 },
          apiKeys: [names.key],
        },
      },
      alarms: { topic, quotaUsage: { [names.plan]: 80 }, composite: true },
      dashboard: {},
      savedQueries: true,
      budget: { monthly: 1, topic },
    });
    return stack;
  },
  http: (app, names) => {
    const { stack, scope, gateway } = place(app, names);
    const topic = new Topic(stack, 'Topic');
    new HttpGateway(scope, gateway, {
      defaultAuthorizer: HttpAuthorizer.iam(),
      routes: { [`GET ${pathOf(names)}`]: { integration: HttpIntegration.http('https://example.com/') } },
      stages: { $default: {}, [names.stage]: { variables: { [names.variable]: 'a' } } },
      alarms: { topic, composite: true },
      dashboard: {},
      savedQueries: true,
      budget: { monthly: 1, topic },
    });
    return stack;
  },
  websocket: (app, names) => {
    const { stack, scope, gateway } = place(app, names);
    const topic = new Topic(stack, 'Topic');
    const route = { integration: WebSocketIntegration.mock() };
    new WebSocketGateway(scope, gateway, {
      defaultAuthorizer: WebSocketAuthorizer.iam(),
      routes: { $connect: { ...route, apiKeyRequired: true }, [names.message]: route },
      stages: { [names.stage]: { variables: { [names.variable]: 'a' }, executionLog: {} } },
      usagePlans: {
        [names.plan]: { quota: { limit: 1, period: Period.DAY, offset: 0 }, apiKeys: [names.key] },
      },
      alarms: { topic, quotaUsage: { [names.plan]: 80 }, composite: true },
      dashboard: {},
      savedQueries: true,
      budget: { monthly: 1, topic },
    });
    return stack;
  },
  domain: (app, names) => {
    const { stack, scope, gateway } = place(app, names);
    const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'example.com',
    });
    const domain = new ApiDomain(scope, `${gateway}1`, {
      domainName: '*.example.com',
      hostedZone,
      records: ApiDomainRecords.weighted(255),
    });
    const rest = new RestGateway(scope, gateway, {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.none('none here'),
      stages: { [names.stage]: {} },
      routes: { [`GET ${pathOf(names)}`]: { integration: RestIntegration.mock() } },
    });
    domain.map(rest, { path: names.variable });
    domain.addRoutingRule(names.plan, rest, { priority: 1_000_000, headers: [{ header: 'x-v', value: '*a*' }] });
    return stack;
  },
};

/** Names of variables are there once in a path. */
function pathOf({ segments }: Names): string {
  const unique = segments.map((segment, index) => segment.replace(/\}$/, `${index}}`));
  return `/${unique.join('/')}`;
}

function place(app: App, { stack: name, path }: Names) {
  const stack = new Stack(app, name, { env: { region: 'eu-west-1', account: '111122223333' } });
  const scope = path.slice(0, -1).reduce<Construct>((within, part) => new Construct(within, part), stack);
  return { stack, scope, gateway: path[path.length - 1] };
}
