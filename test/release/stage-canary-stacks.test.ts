import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { RestAuthorizer, RestGateway, RestIntegration, StageCanary, WebAcl } from '../../lib';
import { newStack } from '../contract/support';
import { ids, type Json, templateOf, testApp } from '../support/stacks';
import { cycleOf, versioned } from './support';

const MAKES: Record<string, (options: { alarms: Alarm[] }) => StageCanary> = {
  of: (options) => StageCanary.of({ percent: 10, stageVariables: { color: 'blue' }, ...options }),
  progressive: (options) =>
    StageCanary.progressive({
      steps: [10, 50],
      interval: Duration.minutes(10),
      stageVariables: { color: 'blue' },
      ...options,
    }),
};

interface Built {
  readonly stack: Stack;
  readonly functions: Stack;
}

/** An API with all that a canary meets: alarms, cache, logs, two pinned functions, and one that is called elsewhere as well. */
function build(make: (typeof MAKES)[string], inTwo: boolean): Built {
  const app = testApp();
  const functions = newStack(app, inTwo ? 'Functions' : 'Stack');
  const stack = inTwo ? newStack(app) : functions;
  const handler = versioned(functions);
  const alarm = new Alarm(functions, 'Errors', {
    metric: new Metric({ namespace: 'n', metricName: 'm' }),
    threshold: 1,
    evaluationPeriods: 1,
  });
  const api = new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('a test'),
    stages: { prod: { canary: make({ alarms: [alarm] }), cache: {} } },
    alarms: { topic: Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111111111111:t') },
    routes: {
      'GET /a': { integration: RestIntegration.lambda(handler.currentVersion) },
      'GET /b': { integration: RestIntegration.lambda(handler.currentVersion), cache: { perCaller: false } },
      'GET /c': { integration: RestIntegration.mock() },
    },
  });
  api.addRoute('GET /d', { integration: RestIntegration.lambda(handler.currentVersion) });
  return { stack, functions };
}

/** Statements of all policies that the gateway makes. */
function statementsOf(template: Json): Json[] {
  const policies = [...ids(template, 'AWS::IAM::ManagedPolicy'), ...ids(template, 'AWS::IAM::Policy')];
  return policies
    .filter((id) => id.startsWith('Api') && !id.startsWith('ApiGatewayAccountLogging'))
    .flatMap((id) => template.Resources[id].Properties.PolicyDocument.Statement as Json[]);
}

describe.each(Object.keys(MAKES))('StageCanary.%s', (name) => {
  describe.each([
    ['one stack', false],
    ['two stacks', true],
  ])('in %s', (_, inTwo) => {
    const { stack, functions } = build(MAKES[name], inTwo);
    const templates = [...new Set([stack, functions])].map(templateOf);
    const [template] = templates;

    test('no resource waits for itself, and no stack for one that waits for it', () => {
      expect(templates.map(cycleOf)).toEqual(templates.map(() => undefined));
      expect(stack.dependencies).toEqual(inTwo ? [functions] : []);
      expect(functions.dependencies).toEqual([]);
    });

    test('no canary is written into a template, and no deployment names a stage', () => {
      expect(JSON.stringify(templates)).not.toMatch(/Canary(Setting|Settings)\b/);
      const deployments = ids(template, 'AWS::ApiGateway::Deployment');
      expect(deployments).not.toEqual([]);
      for (const id of deployments) {
        expect(Object.keys(template.Resources[id].Properties)).toEqual(['RestApiId']);
      }
    });

    test('policies have exact actions and exact ARNs; versions of one function are the only wildcard', () => {
      const statements = statementsOf(template);
      expect(statements.length).toBeGreaterThan(5);
      for (const { Effect, Action, Resource, NotAction, NotResource } of statements) {
        expect([Effect, NotAction, NotResource]).toEqual(['Allow', undefined, undefined]);
        for (const action of [Action].flat()) expect(action).toMatch(/^[a-z]+:[A-Za-z]+$/);
        for (const resource of [Resource].flat()) {
          const text = JSON.stringify(resource);
          expect([text, text.includes('*')]).toEqual([
            text,
            [Action].flat().includes('lambda:InvokeFunction') && text.endsWith(':*"]]}'),
          ]);
          expect(text).toMatch(/"(Ref|Fn::GetAtt|Fn::ImportValue)"/);
        }
      }
    });

    test('the version is retained, and the API calls it with a role', () => {
      const home = templates.at(-1)!;
      const [version, ...others] = ids(home, 'AWS::Lambda::Version');
      expect(others).toEqual([]);
      expect(home.Resources[version]).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
      const { paths } = template.Resources[ids(template, 'AWS::ApiGateway::RestApi')[0]].Properties.Body;
      for (const path of ['/a', '/b', '/d']) {
        expect(paths[path].get['x-amazon-apigateway-integration'].credentials).toBeDefined();
      }
    });
  });
});
