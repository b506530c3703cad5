import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  type AccessLogOptions,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  type LogGroupOptions,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  StageCanary,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { oneAfterTheOther, updateFailRetry } from '../support/deployments/journeys';
import { type Template } from '../support/deployments/template';
import { fn } from '../support/stacks';

/** A log that may be there already. */
interface Log extends LogGroupOptions {
  readonly declared?: boolean;
}

interface StageShape {
  readonly log?: Log;
  readonly accessLog?: AccessLogOptions;
  readonly canary?: boolean;
}

/** What the templates of this file differ in. */
interface Shape {
  /** Id of each gateway, and its stages. */
  readonly gateways: Readonly<Record<string, Readonly<Record<string, StageShape>>>>;
  /** The log of the web ACL; REST APIs only. */
  readonly aclLog?: Log;
}

type Make = (stack: Stack, id: string, stages: Readonly<Record<string, StageShape>>, aclLog?: Log) => void;

const KINDS: Readonly<Record<string, Make>> = {
  REST: (stack, id, stages, aclLog) =>
    void new RestGateway(stack, id, {
      webAcl: aclLog ? WebAcl.managed({ rateLimit: 100, log: aclLog }) : WebAcl.none('test'),
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /a': { integration: RestIntegration.lambda(fn(stack, `${id}Fn`).currentVersion) } },
      stages: mapped(stages, ({ log, accessLog, canary }) => ({
        accessLog: accessLog ?? log,
        executionLog: log,
        canary: canary ? StageCanary.of({ percent: 10 }) : undefined,
      })),
    }),
  HTTP: (stack, id, stages) =>
    void new HttpGateway(stack, id, {
      defaultAuthorizer: HttpAuthorizer.iam(),
      routes: { 'GET /a': { integration: HttpIntegration.lambda(fn(stack, `${id}Fn`)) } },
      stages: mapped(stages, ({ log, accessLog }) => ({ accessLog: accessLog ?? log })),
    }),
  WebSocket: (stack, id, stages) =>
    void new WebSocketGateway(stack, id, {
      defaultAuthorizer: WebSocketAuthorizer.iam(),
      routes: { $connect: { integration: WebSocketIntegration.lambda(fn(stack, `${id}Fn`)) } },
      stages: mapped(stages, ({ log, accessLog }) => ({ accessLog: accessLog ?? log, executionLog: log })),
    }),
};

const mapped = <T, R>(map: Readonly<Record<string, T>>, to: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, to(value)]));

function made(make: Make, { gateways, aclLog }: Shape): Template {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new Stack(app, 'Stack');
  for (const [id, stages] of Object.entries(gateways)) make(stack, id, stages, aclLog);
  return app.synth().getStackByName('Stack').template as Template;
}

const ONE: Shape = { gateways: { Api: { prod: {} } } };
/** More of something. */
const MORE: Readonly<Record<string, Shape>> = {
  'a stage': { gateways: { Api: { prod: {}, dev: {} } } },
  'a gateway': { gateways: { Api: { prod: {} }, Other: { prod: {} } } },
};
const MORE_OF_REST: Readonly<Record<string, Shape>> = {
  'the log of a web ACL': { ...ONE, aclLog: {} },
  'a canary': { gateways: { Api: { prod: { canary: true } } } },
};

const changes = Object.entries(KINDS).flatMap(([kind, make]) =>
  Object.entries({ ...MORE, ...(kind === 'REST' && MORE_OF_REST) }).map(
    ([what, shape]) => [kind, what, made(make, ONE), made(make, shape)] as const,
  ),
);
const LOGS = 'AWS::Logs::LogGroup';

describe.each(changes)('%s: %s', (_, __, less, more) => {
  test.each(['DeletionPolicy', 'UpdateReplacePolicy'] as const)(
    'added and rolled back, it can be added again (new copies stay by %s)',
    (newCopies) => {
      expect(Object.keys(more.Resources).length).toBeGreaterThan(Object.keys(less.Resources).length);
      expect(updateFailRetry([], 'Stack', less, more, { newCopies })).toEqual([]);
    },
  );

  test('taken out, it leaves its logs; nothing else is in the way when it comes back', () => {
    const obstacles = oneAfterTheOther([], 'Stack', more, less, more);
    const types = obstacles.map(({ type }) => type);
    expect(types.filter((type) => type !== LOGS && type !== 'AWS::Lambda::Version')).toEqual([]);
  });
});

describe.each(Object.entries(KINDS))('%s: a stage that comes back', (_, make) => {
  const two = (dev: StageShape) => made(make, { gateways: { Api: { prod: {}, dev } } });
  const less = made(make, ONE);

  test('finds its log groups, by the names that the error says', () => {
    const [obstacle] = oneAfterTheOther([], 'Stack', two({}), less, two({}));
    expect(obstacle).toMatchObject({
      type: LOGS,
      reason: expect.stringMatching(/"\/aws\/vendedlogs\/apis\/Stack\/Api\/dev-/),
    });
  });

  test('goes on in them where it says that they are there', () => {
    expect(oneAfterTheOther([], 'Stack', two({}), less, two({ log: { declared: false } }))).toEqual([]);
  });

  test('writes to the same group as before', () => {
    const destinationOf = ({ Resources }: Template) => {
      const [, { Properties }] = Object.entries(Resources).find(([id]) => /Stagedev/.test(id))!;
      return JSON.stringify(Object.entries(Properties!).find(([key]) => /^AccessLogSettings?$/.test(key))![1]);
    };
    const [id] = Object.keys(two({}).Resources).filter((it) => /AccessLogdev/.test(it));
    const name = JSON.stringify(two({}).Resources[id].Properties!.LogGroupName);
    expect(destinationOf(two({}))).toContain(`{"Fn::GetAtt":["${id}","Arn"]}`);
    const parts = JSON.parse(name)['Fn::Join'][1] as unknown[];
    const written = destinationOf(two({ log: { declared: false } }));
    expect(written).toContain(':log-group:/aws/vendedlogs/apis/');
    for (const part of parts.slice(1)) expect(written).toContain(JSON.stringify(part).replace(/^"|"$/g, ''));
  });

  test('or logs under another name', () => {
    const after = two({ log: { declared: false }, accessLog: { logGroupName: '/aws/vendedlogs/apis/dev-2' } });
    expect(oneAfterTheOther([], 'Stack', two({}), less, after)).toEqual([]);
  });
});

describe('the log of a web ACL that comes back', () => {
  const { REST } = KINDS;
  const of = (aclLog?: Log) => made(REST, { ...ONE, aclLog });

  test('finds its group, and goes on in it where it says that it is there', () => {
    const less = made(REST, ONE);
    expect(oneAfterTheOther([], 'Stack', of({}), less, of({}))).toMatchObject([
      { type: LOGS, reason: expect.stringContaining('aws-waf-logs-Stack/Api-') },
    ]);
    expect(oneAfterTheOther([], 'Stack', of({}), less, of({ declared: false }))).toEqual([]);
  });
});

describe.each(Object.entries(KINDS))('%s: renamed', (_, make) => {
  test('a gateway is another one, with logs of its own', () => {
    const other = made(make, { gateways: { Other: { prod: {} } } });
    expect(oneAfterTheOther([], 'Stack', made(make, ONE), other)).toEqual([]);
    expect(updateFailRetry([], 'Stack', made(make, ONE), other)).toEqual([]);
  });

  test('a stage is another one, with logs of its own', () => {
    const other = made(make, { gateways: { Api: { live: {} } } });
    expect(oneAfterTheOther([], 'Stack', made(make, ONE), other)).toEqual([]);
    expect(updateFailRetry([], 'Stack', made(make, ONE), other)).toEqual([]);
  });

  test('a log group that gets another name is made anew, and the old one stays', () => {
    const named = (logGroupName: string) =>
      made(make, { gateways: { Api: { prod: { accessLog: { logGroupName } } } } });
    expect(oneAfterTheOther([], 'Stack', named('/aws/vendedlogs/a'), named('/aws/vendedlogs/b'))).toEqual([]);
    expect(updateFailRetry([], 'Stack', named('/aws/vendedlogs/a'), named('/aws/vendedlogs/b'))).toEqual([]);
  });
});

test('a group that the user retains whatever happens is retained, and stands in the way of the next attempt', () => {
  const log = { removalPolicy: RemovalPolicy.RETAIN };
  const more = made(KINDS.HTTP, { gateways: { Api: { prod: {}, dev: { log } } } });
  const obstacles = updateFailRetry([], 'Stack', made(KINDS.HTTP, ONE), more);
  expect(new Set(obstacles.map(({ type }) => type))).toEqual(new Set([LOGS]));
});
