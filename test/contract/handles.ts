import { CfnOutput, CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ApiDomain, GatewayApiKey, LambdaCanary } from '../../lib';
import { versioned } from '../release/support';
import { circleIn } from '../support/cycles';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';
import { type Kind, type Made, type Props, type StageProps } from './kind';
import { ACCOUNT, anyRoute, type Cases, make, newStack } from './support';

const caller = (stack: Stack) => new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

const DEV: StageProps = {
  stageName: 'develop',
  variables: { a: 'b' },
  throttle: { rateLimit: 5, burstLimit: 5 },
  detailedMetrics: false,
};

interface Written {
  readonly props?: Omit<Props, 'alarms'>;
  readonly quotaUsage?: { [plan: string]: number };
  /** Whether a route asks for an API key. */
  readonly withKeys?: boolean;
  /** The stage whose URL a function is told, by default `dev`. */
  readonly last?: string;
  readonly beforeRoutes?: (made: Made) => void;
  readonly afterRoutes?: (made: Made) => void;
}

/** The template of a gateway with all that is made of stages: logs, alarms, dashboard, queries, outputs, permissions, grants. */
function written(kind: Kind, { props, quotaUsage, withKeys, beforeRoutes, afterRoutes, last = 'dev' }: Written): Json {
  const stack = newStack();
  const topic = new Topic(stack, 'Topic');
  const handler = fn(stack, 'Plain');
  const alarms = { topic, composite: true, ...(quotaUsage ? { quotaUsage } : {}) };
  const routes = { [kind.keys[0]]: anyRoute(kind, withKeys ? { apiKeyRequired: true } : {}) };
  const made = make(kind, { routes, dashboard: {}, savedQueries: true, ...props, alarms }, stack);
  beforeRoutes?.(made);
  const [, b, c] = kind.keys;
  made.addRoute(b, { integration: kind.integrations.lambda(handler) });
  const canary = LambdaCanary.canary(10, Duration.minutes(5));
  made.addRoute(c, { integration: kind.integrations.lambda(versioned(stack, '1'), { canary }) });
  afterRoutes?.(made);
  const { gateway } = made;
  handler.addEnvironment('URL', gateway.urlForStage(last));
  new CfnOutput(stack, 'Out', { value: gateway.urlForStage('prod') });
  gateway.grantExecute(caller(stack));
  return templateOf(stack);
}

const QUOTA = { limit: 1000, period: Period.DAY };
const FIRST = { apiKeys: ['other', 'mine'], stages: ['prod'], quota: QUOTA };
const MIDDLE = { apiKeys: ['made'], quota: QUOTA, throttle: { rateLimit: 2, burstLimit: 2 } };
const LAST = { apiKeys: ['third'] };
const MINE = GatewayApiKey.generated({ apiKeyName: 'mine' });

function domainOf(stack: Stack): ApiDomain {
  const arn = `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/c`;
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', arn);
  return new ApiDomain(stack, 'Domain', { domainName: 'api.example.com', certificate });
}

const statementsOf = (stack: Stack): Json =>
  (deployed(resource(templateOf(stack), 'AWS::IAM::Policy', /^Caller/).Properties) as Json).PolicyDocument.Statement;

const API = 'a1b2c3d4e5';
const ARN = `arn:aws:execute-api:eu-west-1:${ACCOUNT}:${API}`;

export const handleCases: Cases = {
  'added: a stage makes the template that it makes in the props': (kind) => {
    const cors = kind.cors && { allowOrigins: ['https://app.example.com'] };
    const prod = kind.deployed;
    const inProps = written(kind, { props: { cors, stages: { prod, dev: DEV } } });
    const props = { cors, stages: { prod } };
    const before = written(kind, { props, beforeRoutes: ({ gateway }) => gateway.addStage('dev', DEV) });
    const after = written(kind, { props, afterRoutes: ({ gateway }) => gateway.addStage('dev', DEV) });
    expect(ids(inProps, kind.types.stage)).toHaveLength(2);
    expect(before).toEqual(inProps);
    expect(after).toEqual(inProps);
  },

  'added: a stage brings the deployment that it serves': (kind) => {
    const props = { stages: { prod: { autoDeploy: true } } };
    const dev = { ...DEV, ...kind.deployed };
    const inProps = written(kind, { props: { stages: { ...props.stages, dev } } });
    const after = written(kind, { props, afterRoutes: ({ gateway }) => gateway.addStage('dev', dev) });
    expect(ids(inProps, kind.types.deployment)).toHaveLength(1);
    expect(after).toEqual(inProps);
  },

  'added: a stage that deploys by itself comes after all routes': (kind) => {
    const dev = { ...DEV, autoDeploy: true };
    const props = { stages: { prod: kind.deployed } };
    const inProps = written(kind, { props: { stages: { ...props.stages, dev } } });
    const after = written(kind, { props, afterRoutes: ({ gateway }) => gateway.addStage('dev', dev) });
    expect(after).toEqual(inProps);
  },

  'added: a stage is in what names all stages, and in nothing that names some': (kind) => {
    const topic = (stack: Stack) => new Topic(stack, 'Topic');
    const count = (stages?: string[]) => {
      const stack = newStack();
      const { gateway } = make(kind, { alarms: { topic: topic(stack), stages } }, stack);
      gateway.addStage('dev');
      return ids(templateOf(stack), 'AWS::CloudWatch::Alarm').filter((id) => /^ApiAlarmsdev/.test(id)).length;
    };
    expect(count()).toBeGreaterThan(1);
    expect(count(['prod'])).toBe(0);
  },

  'added: a stage that all grants are for is granted later too': (kind) => {
    const stack = newStack();
    const { gateway } = make(kind, {}, stack);
    gateway.grantExecute(caller(stack));
    gateway.addStage('dev');
    const resources = [statementsOf(stack)].flat(2).flatMap((statement: Json) => statement.Resource as string[]);
    const reaches = (stage: string) =>
      resources.some((arn) => new RegExp(`/(\\*|${stage}|ApiStage${stage}\\w*)/`).test(arn));
    expect([reaches('prod'), reaches('dev')]).toEqual([true, true]);
  },

  'added: what cannot be a second stage is refused': (kind) => {
    const { gateway } = make(kind, { stages: { prod: { stageName: 'live' } } });
    const where = `${kind.name} 'Api'`;
    expect(() => gateway.addStage('prod')).toThrow(
      `${where}: already has the stage "prod"; give this one another name, or add its options to that one`,
    );
    expect(() => gateway.addStage('live')).toThrow(`${where}: two stages are both named "live"`);
    expect(() => gateway.addStage('a b')).toThrow(`${where}: stage "a b": the name "a b" must be 1 to 128`);
  },

  'added: options of other kinds are refused as in the props': (kind) => {
    const { gateway } = make(kind);
    for (const [word, instead] of Object.entries(kind.refused.stage)) {
      const add = () => gateway.addStage('dev', { [word]: true });
      expect(add).toThrow(`${kind.name} 'Api': stage "dev": ${word}: `);
      expect(add).toThrow(instead);
    }
    expect(() => gateway.addStage('dev', { throttle: { rateLimit: 0, burstLimit: 1 } })).toThrow(
      `${kind.name} 'Api': stage "dev": throttle.rateLimit must be more than 0 requests per second, got: 0`,
    );
  },

  'added: a stage lacks the variables that routes read': (kind) => {
    const stack = newStack();
    const { gateway, addRoute } = make(kind, {}, stack);
    addRoute(kind.keys[1], { integration: kind.integrations.lambdaByStage({ prod: fn(stack, 'Prod') }) });
    gateway.addStage('dev');
    expect(() => templateOf(stack)).toThrow(/stage "dev": has no variable "\w+", which route ".+" reads/);
  },

  'added: plans and keys make the template that they make in the props': (kind) => {
    const quotaUsage = { first: 80 };
    const stages = { prod: kind.deployed };
    const all = { first: FIRST, middle: MIDDLE, third: LAST };
    const inProps = written(kind, {
      quotaUsage,
      withKeys: true,
      props: { stages: { ...stages, dev: DEV }, usagePlans: all, apiKeys: { mine: MINE } },
    });
    const added = written(kind, {
      quotaUsage,
      withKeys: true,
      props: { stages, usagePlans: { third: LAST, first: FIRST }, apiKeys: { mine: MINE } },
      afterRoutes: ({ gateway }) => {
        gateway.addUsagePlan?.('middle', MIDDLE);
        gateway.addStage('dev', DEV);
      },
    });
    expect(ids(inProps, 'AWS::ApiGateway::UsagePlanKey')).toHaveLength(4);
    expect(added).toEqual(inProps);
    // Without a plan before: the alarms of quotas come with the first one.
    const first = written(kind, {
      last: 'prod',
      withKeys: true,
      props: { stages, usagePlans: { first: FIRST }, apiKeys: { mine: MINE } },
    });
    const later = written(kind, {
      last: 'prod',
      withKeys: true,
      props: { stages },
      beforeRoutes: ({ gateway }) => gateway.addApiKey?.('mine', MINE),
      afterRoutes: ({ gateway }) => gateway.addUsagePlan?.('first', FIRST),
    });
    expect(later).toEqual(first);
  },

  'added: plans and keys are returned, and what is there already is refused': (kind) => {
    const { stack, gateway } = make(kind, { usagePlans: { basic: { apiKeys: ['one'] } } });
    const add = (name: string, apiKeys: string[]) => gateway.addUsagePlan?.(name, { apiKeys });
    expect(stack.resolve(gateway.addApiKey?.('two').keyId)).toEqual({ Ref: expect.stringMatching(/^ApiApiKeytwo/) });
    expect(stack.resolve(add('more', ['two'])?.usagePlanId)).toEqual({
      Ref: expect.stringMatching(/^ApiUsagePlanmore/),
    });
    expect(() => add('basic', [])).toThrow('has the usage plan "basic" already; give this one another name');
    expect(() => gateway.addApiKey?.('one')).toThrow(
      'has the API key "one" already, declared or named by a plan, which generates it; add it before the plan, or give it another name',
    );
    expect(() => add('third', ['one'])).toThrow(/the API key "one" is in the usage plans "basic" and "third"/);
  },

  'handles: of a stage have what the stage is known by': (kind) => {
    const { stack, gateway } = make(kind, { stages: { dev: {}, prod: { stageName: 'live' } } });
    const stage = gateway.stage('prod');
    expect(stage.key).toBe('prod');
    expect(stage.cfnStage).toBe(gateway.cfnStage('prod'));
    expect(stage.accessLogGroup).toBe(gateway.accessLogGroup('prod'));
    expect(stage.url).toBe(gateway.urlForStage('prod'));
    expect(stack.resolve(stage.stageName)).toEqual({ Ref: stack.getLogicalId(stage.cfnStage) });
    expect(gateway.addStage('next')).toBe(gateway.stage('next'));
  },

  'handles: of a route know its ARN, on all stages or on one': (kind) => {
    const { stack, apiId, gateway, addRoute } = make(kind, { stages: { prod: { stageName: 'live' } } });
    const route = addRoute(kind.keys[2], anyRoute(kind));
    const id = deployed(stack.resolve(apiId)) as string;
    const prefix = `arn:aws:execute-api:eu-west-1:${ACCOUNT}:${id}`;
    const stageId = stack.getLogicalId(gateway.cfnStage('prod'));
    expect(route.key).toBe(kind.keys[2]);
    expect(gateway.route(kind.keys[2])).toBe(route);
    expect(deployed(stack.resolve(route.arn))).toBe(`${prefix}/*/${kind.sources[2]}`);
    expect(deployed(stack.resolve(route.onStage('prod').arn))).toBe(`${prefix}/${stageId}/${kind.sources[2]}`);
    expect(route.onStage('prod')).toBe(gateway.stage('prod').route(kind.keys[2]));
    // It is no part of the tree: what is put below it would be lost.
    expect(gateway.node.findAll()).not.toContain(route);
    expect(() => new CfnOutput(route as never, 'Lost', { value: '' })).toThrow(/Cannot add children/);
    expect(() => gateway.route(kind.misspelt)).toThrow(`there is no route "${kind.misspelt}" (yet).`);
  },

  'handles: add no resource and move no id': (kind) => {
    const build = (use: (made: Made) => void) => {
      const made = make(kind, { stages: { dev: {}, prod: {} } });
      use(made);
      return templateOf(made.stack);
    };
    const used = build(({ gateway }) => {
      const stage = gateway.stage('prod');
      void [stage.stage, stage.route(kind.keys[0]).metric('Count'), gateway.route(kind.keys[0]).arn];
    });
    expect(used).toEqual(build(() => undefined));
  },

  'imports: have URLs, ARNs and metrics of the API': (kind) => {
    const stack = newStack();
    const accessLogGroup = LogGroup.fromLogGroupName(stack, 'Log', 'log');
    const stages = { prod: { stageName: 'live', accessLogGroup }, dev: { url: 'https://dev.example.com/' } };
    const api = kind.importOf(stack, 'Theirs', API, { stages });
    const text = (value: unknown) => deployed(stack.resolve(value)) as Json;
    expect(text(api.urlForStage('prod'))).toBe(kind.url(API, 'live'));
    expect(api.stage('dev').url).toBe('https://dev.example.com/');
    expect(api.stage('prod').accessLogGroup).toBe(accessLogGroup);
    expect([api.stage('prod').key, api.stage('prod').stageName]).toEqual(['prod', 'live']);
    expect(api.stage('prod').stage.stageName).toBe('live');
    const route = api.route(kind.keys[1]);
    expect(text(route.arn)).toBe(`${ARN}/*/${kind.sources[1]}`);
    expect(text(route.onStage('prod').arn)).toBe(`${ARN}/live/${kind.sources[1]}`);
    const dimensions = ({ dimensions: all }: Metric) => text(all);
    const own = kind.dimensions(API, 'Api');
    expect(dimensions(api.metric('Count'))).toEqual(own);
    expect(dimensions(api.stage('prod').metric('Count'))).toEqual({ ...own, Stage: 'live' });
    expect(dimensions(route.onStage('prod').metric('Count'))).toEqual({
      ...own,
      ...kind.routeDimensions,
      Stage: 'live',
    });
    expect(templateOf(stack).Resources).toBeUndefined();
  },

  'imports: are granted as their own are': (kind) => {
    const grant = (options?: { stages: string[] }) => {
      const stack = newStack();
      const api = kind.importOf(stack, 'Theirs', API, { stages: { prod: { stageName: 'live' } } });
      api.grantExecute(caller(stack), options);
      return statementsOf(stack);
    };
    expect(grant({ stages: ['prod'] })).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${ARN}/live/*` },
    ]);
    expect(grant()[0].Resource).toMatch(new RegExp(`${API}/(\\*|live)/\\*$`));
  },

  'imports: of another stack are mapped, granted and watched without a circle': (kind) => {
    const app = testApp();
    const apis = newStack(app, 'Apis');
    const users = newStack(app, 'Users');
    const made = make(kind, { stages: { prod: { stageName: 'live' } } }, apis);
    const stageName = made.gateway.stage('prod').stageName;
    const api = kind.importOf(users, 'Theirs', made.apiId, { stages: { prod: { stageName } } });
    domainOf(users).map(api);
    api.grantExecute(caller(users), { stages: ['prod'] });
    api.stage('prod').metric('Latency').createAlarm(users, 'Slow', { threshold: 1, evaluationPeriods: 1 });
    new CfnOutput(users, 'Url', { value: api.url });
    const template = templateOf(users);
    expect(resource(template, 'AWS::ApiGatewayV2::ApiMapping').Properties).toMatchObject({
      ApiId: { 'Fn::ImportValue': expect.any(String) },
      Stage: { 'Fn::ImportValue': expect.any(String) },
    });
    expect(circleIn(template)).toBeUndefined();
    expect(users.dependencies).toEqual([apis]);
    expect(apis.dependencies).toEqual([]);
  },

  'imports: by tokens are taken as they are': (kind) => {
    const stack = newStack();
    const id = new CfnParameter(stack, 'Id').valueAsString;
    const stageName = new CfnParameter(stack, 'StageName').valueAsString;
    const api = kind.importOf(stack, 'Theirs', id, { stages: { prod: { stageName } } });
    domainOf(stack).map(api, { path: 'orders' });
    const mapping = resource(templateOf(stack), 'AWS::ApiGatewayV2::ApiMapping').Properties;
    expect(mapping).toMatchObject({ ApiId: { Ref: 'Id' }, Stage: { Ref: 'StageName' }, ApiMappingKey: 'orders' });
  },

  'imports: say what is not known of them': (kind) => {
    const stack = newStack();
    const where = `${kind.name} 'Theirs' (imported)`;
    const api = kind.importOf(stack, 'Theirs', API, { stages: { prod: {}, dev: {} }, disableExecuteApiEndpoint: true });
    expect(() => api.stage('prd')).toThrow(`${where}: has no stage "prd". Did you mean "prod"?`);
    expect(() => api.url).toThrow(`${where}: has 2 stages; name one, e.g. urlForStage('prod')`);
    expect(() => api.urlForStage('prod')).toThrow(
      `${where}: the default endpoint is disabled, so the URL of stage "prod" is not known here; give it: stages: { "prod": { url: … } }`,
    );
    expect(() => api.stage('prod').cfnStage).toThrow(
      `${where}: stage "prod": was created elsewhere, and has no resource here; override its properties in the code that creates it`,
    );
    expect(() => api.stage('prod').accessLogGroup).toThrow(
      `${where}: stage "prod": its log group is not known here; give it as accessLogGroup of the stage`,
    );
    expect(() => domainOf(stack).map(api)).toThrow(`${where}: has 2 stages; name one, e.g. stage: 'prod'`);
    expect(() => api.route(kind.keys[1]).metric('Count')).toThrow(
      /metrics of a route are recorded per stage, and there are 2; write route\.onStage\('prod'\)/,
    );
    const bare = kind.importOf(stack, 'Bare', API, {});
    expect(() => bare.url).toThrow('was imported without stages; name them: stages: { "prod": {} }');
    expect(() => kind.importOf(stack, 'Arn', ARN, {})).toThrow(/must be the ID of the API, e\.g\. "a1b2c3d4e5", got: /);
    expect(() => kind.importOf(stack, 'Name', API, { stages: { 'a b': {} } })).toThrow(
      /stage "a b": the name "a b" must be 1 to 128 of A-Z a-z 0-9 _ -/,
    );
  },
};
