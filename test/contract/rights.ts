import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';
import { ACCOUNT, anyRoute, type Cases, deploymentId, make, newStack, permissionsOf } from './support';
import { type Kind, type Props } from './kind';

/** The sources that a function behind some routes is permitted for. */
function sourcesOf(kind: Kind, keys: readonly string[], stages: Props['stages']): string[] {
  const stack = newStack();
  const integration = kind.integrations.lambda(fn(stack, 'Handler'));
  const { addRoute } = make(kind, { stages, routes: {} }, stack);
  if (!keys.includes(kind.keys[0])) addRoute(kind.keys[0], anyRoute(kind));
  for (const key of keys) addRoute(key, { integration });
  return permissionsOf(stack).map(({ source }) => source);
}

export const rightsCases: Cases = {
  'permissions: one for each function, of the narrowest pattern that covers its routes and stages': (kind) => {
    const [, b, c] = kind.keys;
    const prod = { stageName: 'live' };
    kind.keys.forEach((key, index) =>
      expect(sourcesOf(kind, [key], { prod })).toEqual([`live/${kind.sources[index]}`]),
    );
    expect(sourcesOf(kind, [b, c], { prod })).toEqual([`live/${kind.covering}`]);
    expect(sourcesOf(kind, [b], { dev: {}, prod })).toEqual([`*/${kind.sources[1]}`]);
  },

  'permissions: are in the stack of the API, for functions and aliases of another, without a cycle': (kind) => {
    const app = testApp();
    const functions = newStack(app, 'Functions');
    const handler = fn(functions, 'Handler');
    const alias = new Alias(functions, 'Live', { aliasName: 'live', version: handler.currentVersion });
    const stack = newStack(app);
    const routes = [handler, alias, handler.currentVersion].map((target) => kind.integrations.lambda(target));
    make(kind, { routes: Object.fromEntries(kind.keys.map((key, i) => [key, { integration: routes[i] }])) }, stack);
    expect(ids(templateOf(stack), 'AWS::Lambda::Permission')).toHaveLength(3);
    expect(ids(templateOf(functions), 'AWS::Lambda::Permission')).toEqual([]);
    expect(stack.dependencies).toEqual([functions]);
    expect(functions.dependencies).toEqual([]);
  },

  'permissions: are for imported functions of the account too': (kind) => {
    const stack = newStack();
    const arn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:known`;
    const integration = kind.integrations.lambda(Function.fromFunctionArn(stack, 'Known', arn));
    make(kind, { routes: { [kind.keys[0]]: { integration } } }, stack);
    expect(permissionsOf(stack)).toEqual([{ fn: arn, source: `prod/${kind.sources[0]}` }]);
  },

  'permissions: of a function of another account are a warning with the command to run': (kind) => {
    const stack = newStack();
    const arn = 'arn:aws:lambda:eu-west-1:222222222222:function:theirs';
    const integration = kind.integrations.lambda(Function.fromFunctionArn(stack, 'Theirs', arn));
    const { addRoute } = make(kind, { routes: { [kind.keys[0]]: { integration } } }, stack);
    addRoute(kind.keys[1], { integration });
    expect(permissionsOf(stack)).toEqual([]);
    const text = Match.stringLikeRegexp(`aws lambda add-permission --function-name ${arn} --statement-id apigateway-`);
    expect(Annotations.fromStack(stack).findWarning('*', text)).toHaveLength(1);
  },

  'services: API Gateway may do with a queue what the route does, and nothing else': (kind) => {
    const stack = newStack();
    const queue = new Queue(stack, 'Queue');
    const { addRoute } = make(kind, {}, stack);
    addRoute(kind.keys[1], { integration: kind.integrations.sqs(queue) });
    const template = templateOf(stack);
    const [role, ...others] = Object.entries<Json>(template.Resources).filter(
      ([id, { Type }]) => Type === 'AWS::IAM::Role' && id.startsWith('ApiServices'),
    );
    expect(others).toEqual([]);
    expect(role[1].Properties.AssumeRolePolicyDocument.Statement).toMatchObject([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' } },
    ]);
    const { PolicyDocument, Roles } = resource(template, 'AWS::IAM::ManagedPolicy', /^ApiServices/).Properties;
    expect(PolicyDocument.Statement).toEqual([
      { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: stack.resolve(queue.queueArn) as Json },
    ]);
    expect(Roles).toEqual([{ Ref: role[0] }]);
  },

  'grants: callers may call all stages, or one': (kind) => {
    const granted = (options?: { stages: string[] }) => {
      const { stack, gateway } = make(kind, { stages: { dev: {}, prod: {} } });
      gateway.grantExecute(
        new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
        options,
      );
      const { Statement } = resource(templateOf(stack), 'AWS::IAM::Policy').Properties.PolicyDocument;
      expect(Statement).toHaveLength(1);
      expect(Statement[0]).toMatchObject({ Action: 'execute-api:Invoke', Effect: 'Allow' });
      return ([deployed(Statement[0].Resource)].flat() as string[]).map((arn) => arn.replace(/^[^/]*\//, ''));
    };
    const one = /^(ApiStage)?prod\w*\/\*$/;
    expect(granted({ stages: ['prod'] })).toEqual([expect.stringMatching(one)]);
    expect(granted().every((arn) => /^(\*|dev|prod)\/\*(\/\*)?$/.test(arn))).toBe(true);
  },

  'grants: what they cannot be for is refused': (kind) => {
    const role = (stack = newStack()) =>
      new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const { gateway } = make(kind);
    const where = `${kind.name} 'Api': grantExecute:`;
    expect(() => gateway.grantExecute(role(), { stages: [] })).toThrow(
      `${where} stages is empty, so nothing would be granted; remove it for all stages`,
    );
    expect(() => gateway.grantExecute(role(), { stages: ['prd'] })).toThrow(
      `${where} there is no stage "prd". Did you mean "prod"?`,
    );
  },

  'metrics: have the dimensions that CloudWatch has': (kind) => {
    const { stack, gateway, apiId, addRoute } = make(kind);
    addRoute(kind.keys[1], anyRoute(kind));
    const id = stack.resolve(apiId) as Json;
    const Stage = stack.resolve(gateway.cfnStage('prod').ref) as Json;
    const dimensions = (metric: { dimensions?: object; namespace: string }) => {
      expect(metric.namespace).toBe('AWS/ApiGateway');
      return stack.resolve(metric.dimensions) as Json;
    };
    const own = kind.dimensions(id, 'Api');
    expect(dimensions(gateway.metric('Count'))).toEqual(own);
    expect(dimensions(gateway.stage('prod').metric('Count'))).toEqual({ ...own, Stage });
    const route = gateway.stage('prod').route(kind.keys[1]);
    expect(dimensions(route.metric('Count'))).toEqual({ ...own, ...kind.routeDimensions, Stage });
    expect(dimensions(gateway.route(kind.keys[1]).metric('Count'))).toEqual(dimensions(route.metric('Count')));
    expect(() => gateway.stage('prd')).toThrow(/has no stage "prd"\. Did you mean "prod"\?/);
    expect(() => gateway.stage('prod').route(kind.misspelt)).toThrow(
      `there is no route "${kind.misspelt}" (yet). Did you mean "${kind.keys[1]}"?`,
    );
  },

  'deployment: is made anew with all that must be deployed, and with nothing else': (kind) => {
    const [a, b] = kind.keys;
    const base = deploymentId(kind);
    const changed: Record<string, string> = {
      route: deploymentId(kind, { routes: { [a]: anyRoute(kind), [b]: anyRoute(kind) } }),
      'route that comes later': deploymentId(kind, {}, ({ addRoute }) => addRoute(b, anyRoute(kind))),
      authorizer: deploymentId(kind, { defaultAuthorizer: kind.authorizers.none('test') }),
      integration: deploymentId(kind, {
        routes: { [a]: { integration: kind.integrations.http('https://b.example.com/') } },
      }),
      redeployOn: deploymentId(kind, { redeployOn: ['2'] }),
      endpoint: deploymentId(kind, { disableExecuteApiEndpoint: true }),
    };
    expect(Object.entries(changed).filter(([, id]) => id === base)).toEqual([]);
    const limits = { throttle: { rateLimit: 1, burstLimit: 1 } };
    const same = {
      nothing: deploymentId(kind),
      throttle: deploymentId(kind, { stages: { prod: { ...kind.deployed, ...limits } } }),
      variables: deploymentId(kind, { stages: { prod: { ...kind.deployed, variables: { a: 'b' } } } }),
    };
    expect(Object.entries(same).filter(([, id]) => id !== base)).toEqual([]);
  },

  'cors: the origins are told, also where routes ask for authorization': (kind) => {
    const { stack } = make(kind, { cors: { allowOrigins: ['https://app.example.com'] } });
    const template = templateOf(stack);
    expect(kind.cors?.(template, kind.keys[0])).toEqual({
      origins: expect.stringContaining('https://app.example.com'),
      open: true,
    });
    expect(kind.guard(template, kind.keys[0])).toBe('iam');
  },

  'cors: credentials for every origin are refused': (kind) => {
    const cors = { allowOrigins: ['*'], allowCredentials: true };
    expect(() => make(kind, { cors })).toThrow(
      `${kind.name} 'Api': cors: allowCredentials cannot go with the origin "*": browsers reject the response`,
    );
    expect(() => make(kind, { cors: { allowOrigins: [] } })).toThrow(`${kind.name} 'Api': cors: `);
  },

  'interop: the API and its stages are imports, made once': (kind) => {
    const { stack, gateway, apiId } = make(kind);
    const { api } = gateway;
    expect(stack.resolve(kind.idOf(api))).toEqual(stack.resolve(apiId));
    expect(gateway.api).toBe(api);
    const { stage } = gateway.stage('prod');
    expect(gateway.stage('prod')).toBe(gateway.stage('prod'));
    expect(gateway.stage('prod').stage).toBe(stage);
    expect(stack.resolve(stage.stageName)).toEqual({ Ref: stack.getLogicalId(gateway.cfnStage('prod')) });
    expect(ids(templateOf(stack), kind.types.api)).toHaveLength(1);
  },

  'words: those of other kinds are refused, with what to do instead': (kind) => {
    const refusals = (where: object, make: (more: object) => unknown) =>
      Object.entries(where).map(([word, instead]) => {
        const said = messageOf(() => make({ [word]: {} }));
        return { word, said, ok: said.includes(`: ${word}: `) && (instead as RegExp).test(said) };
      });
    const { gateway, stage, route } = kind.refused;
    const all = [
      ...refusals(gateway, (more) => make(kind, more)),
      ...refusals(stage, (more) => make(kind, { stages: { prod: more } })),
      ...refusals(route, (more) => make(kind, { routes: { [kind.keys[0]]: anyRoute(kind, more) } })),
    ];
    expect(all.length).toBeGreaterThan(4);
    expect(all.filter(({ ok }) => !ok)).toEqual([]);
  },
};

function messageOf(run: () => unknown): string {
  try {
    run();
    return 'nothing was thrown';
  } catch (error) {
    return String(error);
  }
}
