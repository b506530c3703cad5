import { readFileSync } from 'node:fs';
import { CfnOutput, NestedStack, Stack } from 'aws-cdk-lib';
import { type CfnFunction, type Function } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { circleIn } from '../support/cycles';
import { fn, type Json, testApp } from '../support/stacks';

type Gateway = RestGateway | HttpGateway | WebSocketGateway;

const rest = (scope: Construct, routes: Record<string, { integration: RestIntegration }>) =>
  new RestGateway(scope, 'Api', { defaultAuthorizer: RestAuthorizer.iam(), webAcl: WebAcl.none('test'), routes });
const http = (scope: Construct, routes: Record<string, { integration: HttpIntegration }>) =>
  new HttpGateway(scope, 'Api', { defaultAuthorizer: HttpAuthorizer.iam(), routes });

/** A gateway that calls the function. */
const CALLING: Readonly<Record<string, (scope: Construct, f: Function) => Gateway>> = {
  RestGateway: (scope, f) => rest(scope, { 'GET /': { integration: RestIntegration.lambda(f) } }),
  'RestGateway by stage': (scope, f) =>
    rest(scope, { 'GET /': { integration: RestIntegration.lambdaByStage({ prod: f }) } }),
  HttpGateway: (scope, f) => http(scope, { 'GET /': { integration: HttpIntegration.lambda(f) } }),
  WebSocketGateway: (scope, f) =>
    new WebSocketGateway(scope, 'Api', {
      defaultAuthorizer: WebSocketAuthorizer.iam(),
      routes: { $connect: { integration: WebSocketIntegration.lambda(f) } },
    }),
};

const newStack = () => new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });

/** The templates of the app, nested ones too. */
function templates(stack: Stack): Json[] {
  const assembly = (stack.node.root as ReturnType<typeof testApp>).synth();
  const nested = stack.node.findAll().filter((one): one is NestedStack => one instanceof NestedStack);
  const read = (file: string): Json => JSON.parse(readFileSync(`${assembly.directory}/${file}`, 'utf8'));
  return [stack, ...nested].map(({ templateFile }) => read(templateFile));
}

describe.each(Object.entries(CALLING))('a function that is told of its %s, in nested stacks', (_, make) => {
  test('is bound late in the stack of the API, and in one that is nested in it', () => {
    for (const scopeOf of [
      (stack: Stack) => [new NestedStack(stack, 'A'), undefined] as const,
      (stack: Stack) => [stack, new NestedStack(stack, 'B')] as const,
    ]) {
      const stack = newStack();
      const [scope, inner = scope] = scopeOf(stack);
      const f = fn(inner, 'Orders');
      f.addEnvironment('API', make(scope, f).url);
      expect(templates(stack).map(circleIn)).toEqual(templates(stack).map(() => undefined));
    }
  });

  test.each<[string, (stack: Stack) => Construct, string]>([
    ['the parent', (stack) => stack, 'Stack'],
    ['a sibling', (stack) => new NestedStack(stack, 'B'), 'Stack/B'],
  ])('is an error in %s of the nested stack of the API', (__, placeOf, named) => {
    const stack = newStack();
    const f = fn(placeOf(stack), 'Orders');
    f.addEnvironment('API', make(new NestedStack(stack, 'A'), f).url);
    expect(() => templates(stack)).toThrow(
      `the function "Orders" of the stack "${named}" depends on the API that calls it (Orders → Api`,
    );
  });

  test('is an error in the parent as well if it refers to anything else in the nested stack of the API', () => {
    const stack = newStack();
    const f = fn(stack, 'Orders');
    const outer = new NestedStack(stack, 'Outer');
    const queue = new CfnQueue(outer, 'Jobs');
    make(new NestedStack(outer, 'Inner'), f);
    f.addEnvironment('JOBS', queue.ref);
    expect(() => templates(stack)).toThrow(
      'the function "Orders" of the stack "Stack" depends on the nested stack "Stack/Outer" of the API that calls it ' +
        '(Orders → Jobs), so each of the two stacks would have to exist before the other',
    );
  });

  test('may be in the parent as long as it is told nothing', () => {
    const stack = newStack();
    const f = fn(stack, 'Orders');
    const api = make(new NestedStack(stack, 'A'), f);
    new CfnOutput(stack, 'Url', { value: api.url });
    expect(templates(stack).map(circleIn)).toEqual([undefined, undefined]);
  });
});

test('so is a queue of the parent that refers to something in the nested stack of the API that calls it', () => {
  const stack = newStack();
  const queue = new Queue(stack, 'Jobs');
  const nested = new NestedStack(stack, 'A');
  const api = rest(nested, { 'POST /': { integration: RestIntegration.sqs(queue) } });
  const tags = [{ Key: 'log', Value: api.accessLogGroup('prod').logGroupName }];
  (queue.node.defaultChild as CfnQueue).addPropertyOverride('Tags', tags);
  expect(() => templates(stack)).toThrow(
    `RestGateway 'Api': the API refers to "Jobs" (AWS::SQS::Queue), which depends on the nested stack "Stack/A" of the API ` +
      '(Jobs → Api/AccessLog-prod), so CloudFormation can create neither before the other',
  );
});

test('what a nested stack holds may depend on the rest of it, and on its parent', () => {
  const stack = newStack();
  const queue = new CfnQueue(stack, 'Jobs');
  const nested = new NestedStack(stack, 'A');
  const f = fn(nested, 'Orders');
  const api = rest(nested, { 'GET /': { integration: RestIntegration.lambda(f) } });
  f.addEnvironment('JOBS', queue.ref);
  f.addEnvironment('LOG', api.accessLogGroup('prod').logGroupName);
  expect(templates(stack).map(circleIn)).toEqual([undefined, undefined]);
});

test.each(Object.entries(CALLING).slice(0, 3))('`DependsOn` by hand counts in a %s', (_, make) => {
  const stack = newStack();
  const f = fn(stack, 'Orders');
  const api = make(stack, f);
  const id = stack.getLogicalId(api instanceof RestGateway ? api.cfnApi : api.cfnApi);
  (f.node.defaultChild as CfnFunction).addOverride('DependsOn', [id]);
  expect(templates(stack).map(circleIn)).toEqual([undefined]);
});

test.each<[string, (stack: Stack) => Gateway]>([
  [
    'RestGateway',
    (stack) => {
      const api = rest(stack, {});
      api.addRoute('GET /', { integration: RestIntegration.http(`https://${api.apiId}.example.com/`) });
      return api;
    },
  ],
  [
    'HttpGateway',
    (stack) => {
      const api = http(stack, {});
      api.addRoute('GET /', { integration: HttpIntegration.http(`${api.url}b`) });
      return api;
    },
  ],
])('a document that refers to its own API is an error of the %s', (name, make) => {
  const stack = newStack();
  make(stack);
  expect(() => templates(stack)).toThrow(
    `${name} 'Api': a route or an authorizer of the API refers to the API itself, which does not exist before its document does; ` +
      'give it a domain and write that, or have the back end called by what the route calls',
  );
});
