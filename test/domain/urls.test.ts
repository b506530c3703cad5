import { Aspects, CfnOutput, type CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import {
  ApiDomainEndpointType,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestEndpointType,
  TrustStore,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { type GatewayDomainOptions } from '../../lib/domain/domain-props';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type Json, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';
import { certificate, domain, ENV, rest, stackOf, zone } from './support';

interface Props {
  readonly stages?: Record<string, object>;
  readonly domain?: GatewayDomainOptions;
  readonly disableExecuteApiEndpoint?: boolean;
}

const http = (scope: Construct, props: Props) =>
  new HttpGateway(scope, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /': { integration: HttpIntegration.http('https://example.com/') } },
    stages: { prod: {} },
    ...props,
  });

const socket = (scope: Construct, props: Props) =>
  new WebSocketGateway(scope, 'Api', {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: { $connect: { integration: WebSocketIntegration.mock() } },
    stages: { prod: {} },
    ...props,
  });

type Gateway = ReturnType<typeof rest | typeof http | typeof socket>;

const KINDS: Readonly<Record<string, (scope: Construct, props: Props) => Gateway>> = {
  RestGateway: (scope, props) => rest(scope, 'Api', { stages: { prod: {} }, ...props }),
  HttpGateway: http,
  WebSocketGateway: socket,
};

/** What the template says of a text that somebody was given. */
function written(stack: Stack, ...texts: string[]): string[] {
  texts.forEach((value, n) => new CfnOutput(stack, `Told${n}`, { value }));
  const { Outputs } = templateOf(stack);
  return texts.map((_, n) => deployed(Outputs[`Told${n}`].Value) as string);
}

const outputOf = (stack: Stack, stage = 'prod'): string => {
  const { Outputs } = templateOf(stack);
  const [own] = Object.values<Json>(Outputs).filter(({ Description }) => Description === `URL of stage ${stage}`);
  return deployed(own.Value) as string;
};

describe.each(Object.entries(KINDS))('the URL of a stage of a %s', (name, make) => {
  const isSocket = name === 'WebSocketGateway';
  const url = (rest: string) => (isSocket ? `wss://${rest}` : `https://${rest}/`);
  const named = (stack: Stack, more: Partial<GatewayDomainOptions> = {}) => ({
    domainName: 'api.example.com',
    hostedZone: zone(stack),
    ...more,
  });

  test('is on the domain of the gateway, path included', () => {
    for (const [path, expected] of [
      [undefined, 'api.example.com'],
      ['orders', 'api.example.com/orders'],
      ['orders/v1', 'api.example.com/orders/v1'],
    ] as const) {
      const stack = stackOf();
      const api = make(stack, { domain: named(stack, { path }) });
      expect(api.url).toBe(url(expected));
      expect(api.urlForStage('prod')).toBe(url(expected));
      expect(outputOf(stack)).toBe(url(expected));
    }
  });

  test('is that of the stage that is mapped, and of no other', () => {
    const stack = stackOf();
    const api = make(stack, { stages: { dev: {}, prod: {} }, domain: named(stack, { stage: 'prod', path: 'orders' }) });
    api.domain?.map(api, { stage: 'dev', path: 'orders-dev' });
    expect(written(stack, api.urlForStage('prod'), api.urlForStage('dev'))).toEqual([
      url('api.example.com/orders'),
      url('api.example.com/orders-dev'),
    ]);
    expect(outputOf(stack, 'dev')).toBe(url('api.example.com/orders-dev'));
  });

  test('is on a domain that is mapped by hand, also when it was asked for before', () => {
    const stack = stackOf();
    const api = make(stack, {});
    const before = api.url;
    domain(stack).map(api, { path: 'orders' });
    expect(written(stack, before, api.url, `${api.url}x`)).toEqual([
      url('api.example.com/orders'),
      url('api.example.com/orders'),
      `${url('api.example.com/orders')}x`,
    ]);
    expect(outputOf(stack)).toBe(url('api.example.com/orders'));
  });

  test('is the one of the shortest path, in whatever order there are several', () => {
    const paths = ['v1', '', 'orders'];
    for (const order of [paths, [...paths].reverse()]) {
      const stack = stackOf();
      const api = make(stack, {});
      const names = domain(stack);
      order.forEach((path) => names.map(api, { path }));
      expect(written(stack, api.url)).toEqual([url('api.example.com')]);
    }
  });

  test('stays on the default endpoint where that is on', () => {
    const stack = stackOf();
    const api = make(stack, { disableExecuteApiEndpoint: false });
    domain(stack).map(api);
    expect(written(stack, api.url)[0]).toMatch(/^(https|wss):\/\/.*execute-api\.eu-west-1\..*\/ApiStageprod\w+\/?$/);
    const other = stackOf('Other');
    const plain = make(other, {});
    expect(written(other, plain.url)[0]).toBe(outputOf(other));
    expect(outputOf(other)).toMatch(/execute-api/);
  });

  test('has its scheme as plain text, so that it can be taken apart', () => {
    const stack = stackOf();
    const api = make(stack, {});
    domain(stack).map(api, { path: 'orders' });
    expect(api.url.startsWith(isSocket ? 'wss://' : 'https://')).toBe(true);
    const [host, rest] = written(stack, Fn.select(2, Fn.split('/', api.url)), api.url.replace(/^\w+:\/\//, ''));
    expect(host).toEqual({ 'Fn::Select': [2, { 'Fn::Split': ['/', url('api.example.com/orders')] }] });
    expect(rest).toBe(`api.example.com/orders${isSocket ? '' : '/'}`);
  });

  test('takes a name that only the deployment knows', () => {
    const stack = stackOf();
    const domainName = Lazy.string({ produce: () => 'late.example.com' });
    const api = make(stack, {});
    domain(stack, { domainName, hostedZone: undefined, certificate: certificate(stack) }).map(api);
    expect(written(stack, api.url)).toEqual([url('late.example.com')]);
  });

  test('is an error where nothing answers: no domain, or a wildcard', () => {
    const message = (stage: string) =>
      `${name} 'Api': the URL of the stage "${stage}" is used, but there is none: the default endpoint is off, and no domain has ` +
      `a path that leads there without headers or a wildcard; map the stage (domain.map(api, { stage: '${stage}', path: … })), write the URL ` +
      'that clients use, or set disableExecuteApiEndpoint: false';
    const off = stackOf();
    expect(() => written(off, make(off, { disableExecuteApiEndpoint: true }).url)).toThrow(message('prod'));
    const wild = stackOf();
    const api = make(wild, { domain: named(wild, { domainName: '*.example.com' }) });
    expect(() => written(wild, api.url)).toThrow(message('prod'));
  });

  test('is no error where nobody asks', () => {
    const stack = stackOf();
    make(stack, { domain: named(stack, { domainName: '*.example.com' }) });
    expect(() => templateOf(stack)).not.toThrow();
  });

  test('goes to other stacks', () => {
    const app = testApp();
    const [own, other] = [stackOf('Own', app), stackOf('Other', app)];
    const api = make(own, {});
    domain(own).map(api, { path: 'orders' });
    expect(written(other, api.url)).toEqual([url('api.example.com/orders')]);
  });
});

describe('the URL of a REST API', () => {
  test('is that of a rule that asks for a path and for no header', () => {
    const stack = stackOf();
    const api = rest(stack, 'Api');
    const names = domain(stack);
    names.addRoutingRule('preview', api, { priority: 1, headers: [{ header: 'x-preview', value: 'on' }] });
    names.addRoutingRule('orders', api, { priority: 2, basePaths: ['orders'], stripBasePath: true });
    expect(written(stack, api.url)).toEqual(['https://api.example.com/orders/']);
    const shy = stackOf();
    const hidden = rest(shy, 'Api');
    domain(shy).addRoutingRule('preview', hidden, { priority: 1, headers: [{ header: 'x-preview', value: 'on' }] });
    expect(() => written(shy, hidden.url)).toThrow(/the URL of the stage "prod" is used, but there is none/);
  });

  test('has no base path that a rule passes on, since the paths of the API begin with it', () => {
    const rule = (priority: number, basePaths?: string[], stripBasePath?: boolean) => ({
      priority,
      basePaths,
      stripBasePath,
    });
    const urlWith = (...rules: ReturnType<typeof rule>[]) => {
      const stack = stackOf();
      const api = rest(stack, 'Api');
      const names = domain(stack);
      rules.forEach((each) => names.addRoutingRule(`rule${each.priority}`, api, each));
      return written(stack, api.url);
    };
    const [kept, stripped] = [rule(1, ['orders']), rule(2, ['v1/orders'], true)];
    expect(urlWith(kept)).toEqual(['https://api.example.com/']);
    // All routes are there, and not only those below /orders.
    expect(urlWith(kept, stripped)).toEqual(['https://api.example.com/v1/orders/']);
    expect(urlWith(stripped, kept)).toEqual(['https://api.example.com/v1/orders/']);
    expect(urlWith(stripped, kept, rule(3))).toEqual(['https://api.example.com/']);
  });

  test('with mutual TLS is that of the domain, since nothing else answers', () => {
    const stack = stackOf();
    const trustStore = TrustStore.fromBucket(Bucket.fromBucketName(stack, 'Trust', 'trust'), 'store.pem', '1');
    const api = rest(stack, 'Api', {
      domain: { domainName: 'api.example.com', hostedZone: zone(stack), mutualTls: { trustStore } },
    });
    expect(written(stack, api.url)).toEqual(['https://api.example.com/']);
  });

  test('of an EDGE domain is its name', () => {
    const stack = stackOf('Edge', testApp(), { env: { ...ENV, region: 'us-east-1' } });
    const api = rest(stack, 'Api', { endpointType: RestEndpointType.EDGE });
    domain(stack, { endpointType: ApiDomainEndpointType.EDGE }).map(api, { path: 'orders' });
    expect(written(stack, api.url)).toEqual(['https://api.example.com/orders/']);
  });
});

test('imports of the CDK get the endpoint that answers', () => {
  const stack = stackOf();
  const [one, two] = [http(stack, {}), socket(new Stack(stack, 'Nested'), {})];
  domain(stack).map(one, { path: 'orders' });
  expect(written(stack, one.api.apiEndpoint)).toEqual(['https://api.example.com/orders']);
  const attribute = Stack.of(two).resolve(two.api.apiEndpoint);
  expect(attribute).toEqual({ 'Fn::GetAtt': [expect.any(String), 'ApiEndpoint'] });
});

describe.each(Object.entries(KINDS))('the resources of a %s', (name, make) => {
  const cfnApi = (api: Gateway): CfnResource => api.cfnApi;
  const off = [
    ['assigned by an Aspect', (api: Gateway) => ((cfnApi(api) as CfnApi).disableExecuteApiEndpoint = true)],
    ['overridden', (api: Gateway) => cfnApi(api).addPropertyOverride('DisableExecuteApiEndpoint', true)],
  ] as const;

  test.each(off)('leave no URL where the default endpoint is off in the end (%s)', (_, change) => {
    const stack = stackOf();
    const api = make(stack, {});
    new CfnOutput(stack, 'Told', { value: api.url });
    if (api instanceof WebSocketGateway) new CfnOutput(stack, 'Back', { value: api.callbackUrl() });
    Aspects.of(stack).add({ visit: (node) => void (node === api && change(api)) });
    const dead = `${name} 'Api': the URL of the stage "prod" is used, but there is none`;
    expect(() => templateOf(stack)).toThrow(dead);
    if (api instanceof WebSocketGateway)
      expect(() => templateOf(stack)).toThrow('callbackUrl of stage "prod" belongs to the');
  });

  test.each(off)('give the URL of a domain then (%s)', (_, change) => {
    const stack = stackOf();
    const api = make(stack, { disableExecuteApiEndpoint: false });
    change(api);
    domain(stack).map(api, { path: 'v1' });
    const [told] = written(stack, api.url);
    expect(told).toMatch(/^(https|wss):\/\/[^/]*example\.com\/v1\/?$/);
    expect(outputOf(stack)).toBe(told);
  });

  test.each<[string, (stage: CfnResource & { stageName?: string }) => void]>([
    ['assigned', (stage) => (stage.stageName = 'live')],
    ['overridden', (stage) => stage.addPropertyOverride('StageName', 'live')],
  ])('keep the names of their stages (%s)', (_, change) => {
    const stack = stackOf();
    const api = make(stack, {});
    Aspects.of(stack).add({ visit: (node) => void (node === api.cfnStage('prod') && change(api.cfnStage('prod'))) });
    expect(() => templateOf(stack)).toThrow(
      `${name} 'Api': the resource of the stage "prod" has the name "live", but permissions, policies, log groups and URLs have "prod"; ` +
        "name it in the gateway: stages: { 'prod': { stageName: … } }, and leave the resource as it is",
    );
  });

  test('may say the name of a stage once more', () => {
    const stack = stackOf();
    const api = make(stack, {});
    api.cfnStage('prod').addPropertyOverride('StageName', 'prod');
    expect(() => templateOf(stack)).not.toThrow();
  });
});
