import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AccessLogFormat } from '../../lib';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';
import { type Kind, type StageProps } from './kind';
import { anyRoute, type Cases, make, newStack, permissionsOf, stagesIn } from './support';

const LOG_GROUP = 'AWS::Logs::LogGroup';

/** The log group of the access log of `prod`, and the stage. */
function logged(kind: Kind, stage: StageProps = {}, stack = newStack()) {
  make(kind, { stages: { prod: stage } }, stack);
  const template = templateOf(stack);
  return {
    group: () => resource(template, LOG_GROUP, /^ApiAccessLog/),
    stage: stagesIn(kind, template).prod,
    template,
  };
}

export const stageCases: Cases = {
  'stages: where none is named there is one': (kind) => {
    const { stack, gateway } = make(kind, { stages: undefined });
    expect(Object.keys(stagesIn(kind, templateOf(stack)))).toEqual([kind.defaultStage]);
    const apiId = deployed(stack.resolve(make(kind).apiId)) as string;
    const stage = gateway.cfnStage(kind.defaultStage);
    const name = kind.defaultStage === '$default' ? '$default' : stack.getLogicalId(stage);
    expect(deployed(stack.resolve(gateway.url))).toBe(kind.url(apiId, name));
  },

  'stages: the key is the name, where there is no other, and ids are made of it': (kind) => {
    const token = Lazy.string({ produce: () => 'v2' });
    const stages = { dev: {}, prod: { stageName: 'live' }, next: { stageName: token } };
    const { stack, gateway } = make(kind, { stages });
    expect(Object.keys(stagesIn(kind, templateOf(stack))).sort()).toEqual(['dev', 'live', 'v2']);
    expect(stack.getLogicalId(gateway.cfnStage('prod'))).toMatch(/^ApiStageprod/);
    expect(stack.getLogicalId(gateway.cfnStage('next'))).toMatch(/^ApiStagenext/);
  },

  'stages: names that cannot be are refused': (kind) => {
    const refused = (stages: { [name: string]: StageProps }, message: string) =>
      expect(() => make(kind, { stages })).toThrow(`${kind.name} 'Api': ${message}`);
    refused({}, 'stages is empty, so nothing would serve the API; remove it for one stage "');
    refused({ 'a b': {} }, 'stage "a b": the name "a b" must be 1 to 128 of A-Z a-z 0-9 _ -');
    refused({ a: { stageName: 'b' }, b: {} }, 'two stages are both named "b"');
    expect(() => make(kind, { stages: { [Lazy.string({ produce: () => 'a' })]: {} } })).toThrow(
      /the key of a stage must be written out, since IDs are derived from it; give the token as stageName instead/,
    );
  },

  'stages: a name that is not there is an error, with the one that is meant': (kind) => {
    const { gateway } = make(kind, { stages: { dev: {}, prod: {} } });
    const message = `${kind.name} 'Api': has no stage "prd". Did you mean "prod"?`;
    expect(() => gateway.stage('prd')).toThrow(message);
    expect(() => gateway.cfnStage('prd')).toThrow(message);
    expect(() => gateway.accessLogGroup('prd')).toThrow(message);
    expect(() => gateway.urlForStage('prd')).toThrow(message);
  },

  'stages: url is that of the only one': (kind) => {
    const { stack, gateway, apiId } = make(kind, { stages: { live: {} } });
    const stage = stack.getLogicalId(gateway.cfnStage('live'));
    expect(deployed(stack.resolve(gateway.url))).toBe(kind.url(deployed(stack.resolve(apiId)) as string, stage));
    expect(gateway.urlForStage('live')).toBe(gateway.url);
    const outputs = Object.entries<Json>(templateOf(stack).Outputs).filter(([id]) => id.startsWith('ApiUrl'));
    expect(outputs.map(([, { Value }]) => deployed(Value) as Json)).toEqual([deployed(stack.resolve(gateway.url))]);
    const { gateway: several } = make(kind, { stages: { dev: {}, prod: {} } });
    expect(() => several.url).toThrow(
      `${kind.name} 'Api': url is of the only stage, and there are 2; use urlForStage('dev')`,
    );
  },

  'stages: settings of a route that is not there are an error, with the one that is meant': (kind) => {
    const { stack, addRoute } = make(kind, { stages: { prod: { routes: { [kind.misspelt]: {} } } } });
    addRoute(kind.keys[1], anyRoute(kind));
    expect(() => templateOf(stack)).toThrow(
      `stage "prod": routes has "${kind.misspelt}", which is not a route of the gateway. Did you mean "${kind.keys[1]}"?`,
    );
  },

  'variables: are those of the stage': (kind) => {
    const stages = { dev: { variables: { table: 'a' } }, prod: { variables: { table: 'b', url: 'https://x/?a=b' } } };
    const made = stagesIn(kind, templateOf(make(kind, { stages }).stack));
    expect(made.dev.variables).toEqual({ table: 'a' });
    expect(made.prod.variables).toEqual({ table: 'b', url: 'https://x/?a=b' });
  },

  'variables: names and values that cannot be are refused': (kind) => {
    const refused = (variables: Record<string, string>, message: string) =>
      expect(() => make(kind, { stages: { prod: { variables } } })).toThrow(
        `${kind.name} 'Api': stage "prod": ${message}`,
      );
    refused({ 'a-b': 'x' }, 'variable "a-b": a name must be up to 64 characters of A-Z a-z 0-9 and _');
    refused({ a: 'b c' }, 'variable "a": the value "b c" must be 1 to 512 of the characters');
    refused(
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, 'x'])),
      'has 101 variables; the maximum of a stage is 100',
    );
  },

  'variables: one that a route reads must be there': (kind) => {
    const reads = { integration: kind.integrations.http('https://${stageVariables.host}/') };
    const message = (variables: Record<string, string>) => {
      const { stack } = make(kind, { routes: { [kind.keys[0]]: reads }, stages: { prod: { variables } } });
      return () => templateOf(stack);
    };
    const missing = `stage "prod": has no variable "host", which route "${kind.keys[0]}" reads.`;
    expect(message({})).toThrow(`${missing} Set it: variables: { host: "…" }`);
    expect(message({ hots: 'x' })).toThrow(`${missing} Did you mean "hots"?`);
    expect(message({ host: 'x' })).not.toThrow();
  },

  'variables: lambdaByStage sets one on each stage, and permits each function for its own stage only': (kind) => {
    const stack = newStack();
    const [dev, prod] = [fn(stack, 'Dev'), fn(stack, 'Prod')];
    const stages = { dev: { variables: { table: 'x' } }, prod: { stageName: 'live' } };
    const { addRoute } = make(kind, { stages }, stack);
    addRoute(kind.keys[1], { integration: kind.integrations.lambdaByStage({ dev, prod }) });
    const made = stagesIn(kind, templateOf(stack));
    const name = `lambda_${kind.keys[1].replace(/[^A-Za-z0-9]+/g, '_')}`;
    expect(made.dev.variables).toEqual({ [name]: expect.stringMatching(/^Dev/), table: 'x' });
    expect(made.live.variables).toEqual({ [name]: expect.stringMatching(/^Prod/) });
    expect(permissionsOf(stack)).toEqual([
      { fn: expect.stringMatching(/^Dev/), source: `dev/${kind.sources[1]}` },
      { fn: expect.stringMatching(/^Prod/), source: `live/${kind.sources[1]}` },
    ]);
  },

  'variables: lambdaByStage has a function for every stage, and no other': (kind) => {
    const add = (...stages: string[]) => {
      const { addRoute, stack } = make(kind, { stages: { dev: {}, prod: {} } });
      const functions = Object.fromEntries(stages.map((stage) => [stage, fn(stack, stage)]));
      return () => addRoute(kind.keys[1], { integration: kind.integrations.lambdaByStage(functions) });
    };
    const where = `${kind.name} 'Api': route "${kind.keys[1]}": lambdaByStage`;
    expect(add('dev')).toThrow(`${where} has no function for the stage "prod"; every stage needs one`);
    expect(add('dev', 'prd')).toThrow(
      `${where} names the stage "prd", which the gateway does not have. Did you mean "prod"?`,
    );
  },

  'variables: lambdaByStage refuses a canary, which it would ignore': (kind) => {
    const { stack } = make(kind, { stages: { prod: {} } });
    expect(() => kind.integrations.lambdaByStage({ prod: fn(stack, 'Prod') }, { canary: {} })).toThrow(
      'Integration.lambdaByStage: canary: lambdaByStage selects the function of each stage with a variable',
    );
  },

  'throttle: 1000 a second and 500 at once, where nothing else is said': (kind) => {
    const limits = { rateLimit: 10, burstLimit: 20 };
    const made = stagesIn(kind, templateOf(make(kind, { stages: { dev: {}, prod: { throttle: limits } } }).stack));
    expect(made.dev.limits).toEqual({ rateLimit: 1000, burstLimit: 500 });
    expect(made.prod.limits).toEqual(limits);
    expect(made.prod.routeLimits).toEqual({});
  },

  'throttle: a route has its own on every stage, or on one': (kind) => {
    const [everywhere, here] = [
      { rateLimit: 5, burstLimit: 6 },
      { rateLimit: 7, burstLimit: 8 },
    ];
    const [a, b] = kind.keys;
    const stages = { dev: {}, prod: { routes: { [a]: { throttle: here }, [b]: { throttle: here } } } };
    const { stack, addRoute } = make(kind, { routes: { [a]: anyRoute(kind, { throttle: everywhere }) }, stages });
    addRoute(b, anyRoute(kind));
    const made = stagesIn(kind, templateOf(stack));
    expect(made.dev.routeLimits).toEqual({ [a]: everywhere });
    expect(made.prod.routeLimits).toEqual({ [a]: here, [b]: here });
  },

  'throttle: what would refuse every request is refused': (kind) => {
    const [a] = kind.keys;
    const none = { throttle: { rateLimit: 0, burstLimit: 1 } };
    const message =
      'throttle.rateLimit must be more than 0 requests per second, got: 0; at 0, API Gateway responds with 429 to every request';
    expect(() => make(kind, { stages: { prod: none } })).toThrow(`stage "prod": ${message}`);
    expect(() => make(kind, { stages: { prod: { routes: { [a]: none } } } })).toThrow(`routes["${a}"]: ${message}`);
    expect(() => make(kind, { routes: { [a]: anyRoute(kind, none) } })).toThrow(`route "${a}": ${message}`);
    expect(() => make(kind, { stages: { prod: { throttle: { rateLimit: 1, burstLimit: 0.5 } } } })).toThrow(
      'throttle.burstLimit must be a whole number of at least 1, got: 0.5',
    );
  },

  'throttle: limits of a route come after the route': (kind) => {
    const { stack, gateway } = make(kind, {
      stages: { prod: kind.deployed },
      routes: { [kind.keys[0]]: anyRoute(kind, { throttle: { rateLimit: 1, burstLimit: 1 } }) },
    });
    const { Resources } = templateOf(stack);
    const reached = new Set<string>();
    const visit = (id: string): void => {
      if (reached.has(id) || !Resources[id]) return;
      reached.add(id);
      const { Properties, DependsOn } = Resources[id];
      for (const [, name] of JSON.stringify([Properties, { Ref: DependsOn }]).matchAll(/"([A-Za-z0-9]+)"/g))
        visit(name);
    };
    visit(stack.getLogicalId(gateway.cfnStage('prod')));
    const types = [...reached].map((id) => Resources[id].Type as string);
    // What has the routes: the document, or resources of their own.
    const routes = Object.values<Json>(Resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route').length;
    expect(types.filter((type) => type === 'AWS::ApiGatewayV2::Route')).toHaveLength(routes);
    expect(types).toEqual(expect.arrayContaining([kind.types.api, kind.types.deployment]));
  },

  'logs: JSON with all that helps, kept for a year': (kind) => {
    const { group, stage } = logged(kind);
    const { DeletionPolicy, UpdateReplacePolicy, Properties } = group();
    expect([DeletionPolicy, UpdateReplacePolicy, Properties.RetentionInDays]).toEqual([
      'RetainExceptOnCreate',
      'Retain',
      365,
    ]);
    expect(deployed(Properties.LogGroupName)).toMatch(/^\/aws\/vendedlogs\/apis\/AWS::StackName\/Api\/prod-/);
    expect(stage.accessLog).toEqual({
      destination: expect.stringMatching(/^ApiAccessLogprod\w{8}\.Arn$/),
      format: kind.accessLogFormat,
    });
    expect(
      Object.values(JSON.parse(stage.accessLog.format) as object).every((value) => typeof value === 'string'),
    ).toBe(true);
  },

  'logs: retention, key and what becomes of them are those that are said': (kind) => {
    const stack = newStack();
    const encryptionKey = new Key(stack, 'Key');
    const retention = RetentionDays.ONE_WEEK;
    const accessLog = { retention, encryptionKey, removalPolicy: RemovalPolicy.DESTROY, logGroupName: '/mine' };
    const { DeletionPolicy, Properties } = logged(kind, { accessLog }, stack).group();
    expect(DeletionPolicy).toBe('Delete');
    expect(Properties).toMatchObject({ RetentionInDays: 7, LogGroupName: '/mine' });
    expect(Properties.KmsKeyId).toEqual(stack.resolve(encryptionKey.keyArn));
  },

  'logs: a group of your own, also of another stack, takes no settings': (kind) => {
    const app = testApp();
    const logGroup = new LogGroup(newStack(app, 'Logs'), 'Own');
    const stack = newStack(app);
    const { gateway } = make(kind, { stages: { prod: { accessLog: { logGroup } } } }, stack);
    expect(gateway.accessLogGroup('prod')).toBe(logGroup);
    expect(ids(templateOf(stack), LOG_GROUP).filter((id) => id.includes('AccessLog'))).toEqual([]);
    const accessLog = { logGroup, retention: RetentionDays.ONE_WEEK };
    expect(() => make(kind, { stages: { prod: { accessLog } } })).toThrow(
      `${kind.name} 'Api': stage "prod": accessLog: retention would have no effect with logGroup, which has its own; leave it out`,
    );
  },

  'logs: a format of your own': (kind) => {
    const format = AccessLogFormat.custom('{"id":"$context.requestId"}');
    expect(logged(kind, { accessLog: { format } }).stage.accessLog.format).toBe('{"id":"$context.requestId"}');
  },
};
