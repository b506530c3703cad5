import { type App, NestedStack, Stack } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { type IConstruct } from 'constructs';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  HttpRouteGroup,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  RestRouteGroup,
  WebAcl,
} from '../../lib';
import { circleIn } from '../support/cycles';
import { fn, ids, type Json, templateOf, testApp } from '../support/stacks';

const env = { account: '111111111111', region: 'eu-west-1' };

/** Each kind, as docs/teams.md composes it. */
const KINDS = {
  RestGateway: {
    gateway: (stack: Stack, props: object) =>
      new RestGateway(stack, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        webAcl: WebAcl.none('a test'),
        ...props,
      }) as Json,
    group: (handler: Function | ReturnType<typeof Function.fromFunctionAttributes>) =>
      new RestRouteGroup({ prefix: '/orders', routes: { 'GET /': { integration: RestIntegration.lambda(handler) } } }),
  },
  HttpGateway: {
    gateway: (stack: Stack, props: object) =>
      new HttpGateway(stack, 'Api', { defaultAuthorizer: HttpAuthorizer.iam(), ...props }) as Json,
    group: (handler: Function | ReturnType<typeof Function.fromFunctionAttributes>) =>
      new HttpRouteGroup({ prefix: '/orders', routes: { 'GET /': { integration: HttpIntegration.lambda(handler) } } }),
  },
};

const permission = (template: Json): Json => {
  const found = ids(template, 'AWS::Lambda::Permission');
  expect(found).toHaveLength(1);
  return template.Resources[found[0]].Properties;
};
const names = (stack: Stack) => stack.dependencies.map(({ stackName }) => stackName);

describe.each(Object.entries(KINDS))('%s', (_, { gateway, group }) => {
  const stacks = (app: App = testApp()) => ({
    api: new Stack(app, 'Api', { env }),
    team: new Stack(app, 'Team', { env }),
  });

  test('takes routes of another stack: the API depends on the team, and its permission is beside the API', () => {
    const { api, team } = stacks();
    gateway(api, { routeGroups: [group(fn(team, 'List'))] });
    const template = templateOf(api);
    expect(permission(template).FunctionName).toEqual({ 'Fn::ImportValue': expect.stringMatching(/^Team:/) });
    expect(ids(templateOf(team), 'AWS::Lambda::Permission')).toEqual([]);
    expect([names(api), names(team)]).toEqual([['Team'], []]);
  });

  test('a function of another stack that knows the URL is an error that says what to write', () => {
    const { api, team } = stacks();
    const list = fn(team, 'List');
    list.addEnvironment('URL', gateway(api, { routeGroups: [group(list)] }).url);
    expect(() => templateOf(api)).toThrow(
      /the function "List" of the stack "Team" depends on the API that calls it .* have it read id, domain and stage of the API from the event/,
    );
  });

  test('takes functions of nested stacks, which may know the URL, and may be in one itself', () => {
    const { api } = stacks();
    const nested = new NestedStack(api, 'Nested');
    const list = fn(nested, 'List');
    list.addEnvironment('URL', gateway(api, { routeGroups: [group(list)] }).url);
    expect(circleIn(templateOf(api))).toBeUndefined();

    const { api: outer } = stacks();
    const inner = new NestedStack(outer, 'Nested');
    gateway(inner, { routeGroups: [group(fn(outer, 'List'))] });
    templateOf(outer);
    expect(permission(templateOf(inner)).FunctionName).toEqual({ Ref: expect.stringMatching(/List/) });
  });

  test('takes a route table of another app, whose function is found at deployment', () => {
    const { team } = stacks();
    const list = fn(team, 'List');
    new StringParameter(team, 'ListArn', { parameterName: '/orders/list', stringValue: list.functionArn });
    const { api } = stacks();
    const table = (scope: IConstruct) => {
      const functionArn = StringParameter.valueForStringParameter(scope as Stack, '/orders/list');
      return group(Function.fromFunctionAttributes(scope as Stack, 'List', { functionArn, sameEnvironment: true }));
    };
    gateway(api, { routeGroups: [table(api)] });
    const template = templateOf(api);
    const { Ref: parameter } = permission(template).FunctionName;
    const { Type, Default } = template.Parameters[parameter];
    const [published] = Object.values<Json>(templateOf(team).Resources).filter(
      ({ Type: type }) => type === 'AWS::SSM::Parameter',
    );
    expect([Type, Default]).toEqual(['AWS::SSM::Parameter::Value<String>', published.Properties.Name]);
    expect(names(api)).toEqual([]);
  });
});
