import { Aspects, CfnOutput, type IAspect, type Stack } from 'aws-cdk-lib';
import { type Function, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type CfnResource, NestedStack } from 'aws-cdk-lib';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { type IConstruct } from 'constructs';
import { circleIn } from '../support/cycles';
import { fn, type Json, ids, templateOf, testApp } from '../support/stacks';
import { type Kind, type Made } from './kind';
import { type Cases, gatewayOf, make, newStack } from './support';

type Use = (made: Made, f: Function, stack: Stack, kind: Kind) => void;

/** What a function can be told of the API that calls it. */
const USES: Readonly<Record<string, Use>> = {
  id: ({ apiId }, f) => f.addEnvironment('API', apiId),
  url: ({ gateway }, f) => f.addEnvironment('API', gateway.url),
  stageUrl: ({ gateway }, f) => f.addEnvironment('API', `${gateway.urlForStage('prod')}orders`),
  stage: ({ gateway }, f) => f.addEnvironment('STAGE', gateway.stage('prod').stageName),
  grant: ({ gateway }, f) => gateway.grantExecute(f),
  grantOfStage: ({ gateway }, f) => gateway.grantExecute(f, { stages: ['prod'] }),
  imported: ({ gateway }, f, _stack, { idOf }) => f.addEnvironment('API', idOf(gateway.api)),
  override: ({ apiId }, f) =>
    (f.node.defaultChild as CfnResource).addPropertyOverride('Environment.Variables.API', apiId),
  arn: ({ gateway }, f) =>
    f.addEnvironment('API', JSON.stringify({ log: gateway.accessLogGroup('prod').logGroupName })),
  aspect: ({ apiId }, f, stack) => {
    const aspect: IAspect = { visit: (node: IConstruct) => void (node === f && f.addEnvironment('API', apiId)) };
    Aspects.of(stack).add(aspect);
  },
  indirect: ({ apiId }, f, stack) => {
    const queue = new CfnQueue(stack, 'Between', { tags: [{ key: 'api', value: apiId }] });
    f.addEnvironment('QUEUE', queue.ref);
  },
};

const ROUTE = 1;

/** A gateway with a function behind its second route, that is told of the API. */
function told(kind: Kind, use: Use | undefined, of: (f: Function) => IFunction = (f) => f, stack = newStack()) {
  const f = fn(stack, 'Orders');
  const made = make(kind, {}, stack);
  made.addRoute(kind.keys[ROUTE], { integration: kind.integrations.lambda(of(f)) });
  use?.(made, f, stack, kind);
  return { ...made, f, stack };
}

const stagesOf = (kind: Kind, template: Json): Json[] =>
  ids(template, kind.types.stage).map((id) => template.Resources[id]);

export const circleCases: Cases = {
  'circles: a function may be told of its API, in any way': (kind) => {
    for (const [name, use] of Object.entries(USES)) {
      const { stack } = told(kind, use);
      expect([name, circleIn(templateOf(stack))]).toEqual([name, undefined]);
    }
  },

  'circles: so may a function of another API, of two APIs, and one behind an alias or a version': (kind) => {
    for (const of of [(f: Function) => f.currentVersion, (f: Function) => f.addAlias('live')]) {
      const { stack } = told(kind, USES.url, of);
      expect(circleIn(templateOf(stack))).toBeUndefined();
    }
    const stack = newStack();
    const [one, two] = [fn(stack, 'One'), fn(stack, 'Two')];
    const [first, second] = ['First', 'Second'].map((id) =>
      gatewayOf(kind, stack, id, { defaultAuthorizer: kind.authorizers.iam(), stages: { prod: {} } }),
    );
    first.addRoute(kind.keys[0], { integration: kind.integrations.lambda(one) });
    second.addRoute(kind.keys[0], { integration: kind.integrations.lambda(two) });
    one.addEnvironment('OTHER', second.gateway.url);
    two.addEnvironment('OTHER', first.gateway.url);
    expect(circleIn(templateOf(stack))).toBeUndefined();
  },

  'circles: the functions of lambdaByStage may be told of their stage': (kind) => {
    const stack = newStack();
    const f = fn(stack, 'Orders');
    const made = make(kind, {}, stack);
    made.addRoute(kind.keys[ROUTE], { integration: kind.integrations.lambdaByStage({ prod: f }) });
    f.addEnvironment('API', made.gateway.url);
    expect(circleIn(templateOf(stack))).toBeUndefined();
  },

  'circles: it does not matter what came first, nor how often the template is made': (kind) => {
    const [before, after] = [newStack(), newStack()];
    const early = fn(before, 'Orders');
    const made = make(kind, {}, before);
    early.addEnvironment('API', made.gateway.url);
    made.addRoute(kind.keys[ROUTE], { integration: kind.integrations.lambda(early) });
    const late = told(kind, USES.url, (f) => f, after);
    const template = templateOf(late.stack);
    expect(templateOf(before)).toEqual(template);
    const again = (late.stack.node.root as ReturnType<typeof testApp>).synth({ force: true });
    expect(again.getStackByName('Stack').template).toEqual(template);
  },

  'circles: the decision is of the finished tree, not of a first look at it': (kind) => {
    const { stack, f, gateway, apiId } = told(kind, undefined);
    const [stage] = [gateway.cfnStage('prod')];
    stack.resolve((stage as unknown as { _toCloudFormation(): object })._toCloudFormation());
    f.addEnvironment('API', apiId);
    const template = templateOf(stack);
    expect(circleIn(template)).toBeUndefined();
    f.addEnvironment('MORE', 'x');
    expect(
      circleIn((stack.node.root as ReturnType<typeof testApp>).synth({ force: true }).getStackByName('Stack').template),
    ).toBeUndefined();
  },

  'circles: without one, stages have no variables of ours, and URLs refer to the stage': (kind) => {
    const { stack, gateway } = told(kind, undefined);
    new CfnOutput(stack, 'Out', { value: gateway.url });
    const template = templateOf(stack);
    for (const { Properties } of stagesOf(kind, template)) {
      expect(Properties.Variables ?? Properties.StageVariables ?? {}).toEqual({});
    }
    expect(JSON.stringify(template.Outputs.Out.Value)).toContain(stack.getLogicalId(gateway.cfnStage('prod')));
    expect(JSON.stringify(template.Resources)).not.toContain('stageVariables.function_');
  },

  'circles: a function of another stack is an error that names both': (kind) => {
    const app = testApp();
    const [own, other] = [newStack(app, 'Apis'), newStack(app, 'Functions')];
    const f = fn(other, 'Orders');
    const made = make(kind, {}, own);
    made.addRoute(kind.keys[ROUTE], { integration: kind.integrations.lambda(f) });
    f.addEnvironment('API', made.apiId);
    expect(() => app.synth()).toThrow(
      `${kind.name} 'Api': the function "Orders" of the stack "Functions" depends on the API that calls it (Orders → Api), so ` +
        'each of the two stacks would have to exist before the other; put it into the stack of the API, or have it read id, domain ' +
        'and stage of the API from the event (requestContext), or from an SSM parameter with a fixed name',
    );
  },

  'circles: what is behind a stage and refers to its resource is an error that says what to write': (kind) => {
    const { stack } = told(kind, ({ gateway, apiId }, f) => {
      f.addEnvironment('STAGE', gateway.cfnStage('prod').ref);
      f.addEnvironment('API', apiId);
    });
    expect(() => templateOf(stack)).toThrow(
      `${kind.name} 'Api': the function "Orders" waits for the stage or the deployment that waits for it (Orders → Api/Stage-prod); ` +
        "name the stage instead of referring to its resource: urlForStage('prod'), or the text of its name",
    );
  },

  'circles: a function of a nested stack may be told of the API': (kind) => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    const f = fn(nested, 'Orders');
    const made = make(kind, {}, stack);
    made.addRoute(kind.keys[ROUTE], { integration: kind.integrations.lambda(f) });
    f.addEnvironment('API', made.gateway.url);
    expect(circleIn(templateOf(stack))).toBeUndefined();
  },

  'circles: in a document, a variable of each stage stands for the function, which may be called as before': (kind) => {
    const stack = newStack();
    const f = fn(stack, 'Orders');
    const made = make(kind, { stages: { dev: {}, prod: {} } }, stack);
    made.addRoute(kind.keys[ROUTE], { integration: kind.integrations.lambda(f) });
    const before = fn(stack, 'Other');
    made.addRoute(kind.keys[2], { integration: kind.integrations.lambda(before) });
    f.addEnvironment('API', made.apiId);
    const template = templateOf(stack);
    const document = JSON.stringify(template.Resources[stack.getLogicalId(made.api)].Properties.Body);
    const [, variable] = /stageVariables\.(function_Orders_[0-9a-f]{8})\}/.exec(document) ?? [];
    expect(variable).toBeDefined();
    const arn = { 'Fn::GetAtt': [stack.getLogicalId(f.node.defaultChild as CfnResource), 'Arn'] };
    expect(document).not.toContain(JSON.stringify(arn).slice(1, -1));
    for (const { Properties } of stagesOf(kind, template)) {
      expect(Properties.Variables ?? Properties.StageVariables).toEqual({
        [variable]: { 'Fn::Select': [1, { 'Fn::Split': [':function:', arn] }] },
      });
    }
    const permissions = ids(template, 'AWS::Lambda::Permission').map((id) => template.Resources[id].Properties);
    expect(permissions.filter(({ FunctionName }) => JSON.stringify(FunctionName) === JSON.stringify(arn))).toHaveLength(
      1,
    );
  },

  'circles: what else a document refers to is an error that shows the way': (kind) => {
    const stack = newStack();
    const made = make(kind, {}, stack);
    const queue = new Queue(stack, 'Jobs');
    made.addRoute(kind.keys[ROUTE], { integration: kind.integrations.sqs(queue) });
    (queue.node.defaultChild as CfnQueue).addPropertyOverride('Tags', [{ Key: 'api', Value: made.apiId }]);
    expect(() => templateOf(stack)).toThrow(
      `${kind.name} 'Api': the API refers to "Jobs" (AWS::SQS::Queue), which depends on the API (Jobs → Api), so ` +
        'CloudFormation can create neither before the other; remove one of the references',
    );
  },
};
