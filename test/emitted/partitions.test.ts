import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { EXAMPLES } from '../../examples/examples';
import { HttpAuthorizer, HttpGateway, HttpIntegration, LambdaCanary, RestAuthorizer, RestGateway } from '../../lib';
import { RestIntegration, WebAcl } from '../../lib';
import { fn, type Json } from '../support/stacks';

interface Partition {
  readonly region: string;
  readonly name: string;
  readonly suffix: string;
}

const PARTITIONS: readonly Partition[] = [
  { region: 'cn-north-1', name: 'aws-cn', suffix: 'amazonaws.com.cn' },
  { region: 'us-gov-west-1', name: 'aws-us-gov', suffix: 'amazonaws.com' },
];
const ACCOUNT = '111122223333';

/** What no example has: HTTP services, a canary of a function, functions of other places, logs of a firewall. */
function others(app: App): void {
  const stack = new Stack(app, 'Others');
  const encryptionMasterKey = new Key(stack, 'Key');
  const queue = new Queue(stack, 'Queue', { encryptionMasterKey });
  const machine = StateMachine.fromStateMachineName(stack, 'Machine', 'orders');
  const canary = LambdaCanary.canary(10, Duration.minutes(5));
  new HttpGateway(stack, 'Http', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: {
      'POST /queue': { integration: HttpIntegration.sqs(queue) },
      'POST /machine': { integration: HttpIntegration.stepFunctionsStart(machine) },
      'GET /canary': { integration: HttpIntegration.lambda(fn(stack, 'Canary'), { canary }) },
    },
    alarms: { topic: new Topic(stack, 'Topic') },
    dashboard: {},
  });
  new RestGateway(stack, 'Rest', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.managed({ log: {} }),
    routes: {
      'POST /aws': {
        integration: RestIntegration.aws({
          service: 'sqs',
          action: 'ListQueues',
          iamActions: ['sqs:ListQueues'],
          resources: [queue.queueArn],
        }),
      },
      'GET /stage': {
        integration: RestIntegration.lambdaByStage({ prod: Function.fromFunctionName(stack, 'F', 'f') }),
      },
    },
  });
}

const APPS: Readonly<Record<string, (app: App) => void>> = { ...EXAMPLES, others };

/** The templates of an app of a Region, or of one that does not say where it goes. */
function templatesOf(name: string, region?: string): Json[] {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const scope = region === undefined ? app : new Stage(app, 'Place', { env: { account: ACCOUNT, region } });
  APPS[name](scope as App);
  return scope.synth().stacks.map(({ template }) => template as Json);
}

/** Every text of a template with its place, as CloudFormation makes it there; what a resource is called is `x`. */
function* texts(value: Json, partition: Partition, path: readonly string[] = []): Iterable<[string, string]> {
  const text = textOf(value, partition);
  if (text !== undefined) yield [path.join('.'), text];
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries<Json>(value)) {
      yield [path.join('.'), key];
      yield* texts(item, partition, [...path, key]);
    }
}

function textOf(value: Json, { region, name, suffix }: Partition): string | undefined {
  const pseudo: Record<string, string> = {
    'AWS::Partition': name,
    'AWS::URLSuffix': suffix,
    'AWS::Region': region,
    'AWS::AccountId': ACCOUNT,
  };
  const known = (id: string) => pseudo[id] ?? 'x';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [[key, argument], ...more] = [...Object.entries<Json>(value), ['', undefined] as [string, Json]];
  if (more.length > 1) return undefined;
  if (key === 'Ref') return known(argument);
  if (key === 'Fn::GetAtt') return 'x';
  if (key === 'Fn::Join' && Array.isArray(argument[1]))
    return argument[1].map((item: Json) => textOf(item, { region, name, suffix }) ?? 'x').join(argument[0]);
  if (key === 'Fn::Sub') {
    const [text, names] = Array.isArray(argument) ? argument : [argument, {}];
    return String(text).replace(/\$\{([^}!]*)\}/g, (_, id: string) =>
      id in names ? (textOf(names[id], { region, name, suffix }) ?? 'x') : known(id),
    );
  }
  return undefined;
}

/** Principals of services are the same everywhere, but for CloudWatch Logs, which has one in each Region. */
const PRINCIPAL = /^[a-z-]+\.amazonaws\.com$/;

/** What the text names that is not of the partition. */
function strangers([place, text]: [string, string], { name, region, suffix }: Partition): string[] {
  // A state machine puts it in by itself, from what stands in DefinitionSubstitutions.
  const right = place.endsWith('.DefinitionString') ? [name, '${Partition}'] : [name];
  const arns = [...text.matchAll(/\barn:([^:\s"'\\]*):/g)].filter(([, partition]) => !right.includes(partition));
  const hosts = [...text.matchAll(/[a-z0-9.*-]*\.amazonaws\.(?:com(?:\.cn)?|eu)\b(?!\.cn)/g)]
    .map(([host]) => host)
    .filter((host) => host !== `logs.${region}.${suffix}` && !isPrincipal(place, host))
    .filter((host) => !host.endsWith(`.${region}.${suffix}`));
  return [...arns.map(([arn]) => arn), ...hosts].map((what) => `${place}: ${what}`);
}

const isPrincipal = (place: string, host: string): boolean =>
  PRINCIPAL.test(host) && /(\.Principal(\.Service(\.\d+)?)?|\.iam:PassedToService|\.kms:ViaService)$/.test(place);

const PLACES = PARTITIONS.flatMap((partition) => [
  [`an app of ${partition.region}`, partition, partition.region] as const,
  [`an app of no Region, in ${partition.region}`, partition, undefined] as const,
]);

describe.each(PLACES)('%s', (_, partition, region) => {
  test.each(Object.keys(APPS))('names nothing of another partition: %s', (name) => {
    const all = templatesOf(name, region).flatMap((template) => [...texts(template, partition)]);
    expect(all.some(([, text]) => text.includes(partition.region))).toBe(true);
    expect(all.flatMap((one) => strangers(one, partition))).toEqual([]);
  });
});

test.each([
  ['an ARN', 'arn:aws:s3:::x', ['Resource: arn:aws:']],
  ['an ARN in a text', '{"a":"arn:aws:sqs:cn-north-1:1:q"}', ['Resource: arn:aws:']],
  [
    'an endpoint',
    'https://x.execute-api.cn-north-1.amazonaws.com/',
    ['Resource: x.execute-api.cn-north-1.amazonaws.com'],
  ],
  ['a principal in its place alone', 'lambda.amazonaws.com', ['Resource: lambda.amazonaws.com']],
  ['a principal of the wrong form', 'lambda.amazonaws.com.cn', ['Resource: lambda.amazonaws.com.cn']],
  ['nothing', 'arn:aws-cn:s3:::x https://sqs.cn-north-1.amazonaws.com.cn', []],
])('the judge sees %s', (_, text, expected) => {
  expect(strangers(['Resource', text], PARTITIONS[0])).toEqual(expected);
});
