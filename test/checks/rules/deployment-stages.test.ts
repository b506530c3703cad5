import { App, Stack } from 'aws-cdk-lib';
import { CfnGatewayResponse, CfnMethod, GatewayResponse, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { breaks, type Draft, findings, FORMAT, goodResources, ids, keeps, type Json } from '../support';

const set = (changes: object) => (draft: Draft) => draft.set('Stage', changes);

describe('REST-DEP2', () => {
  /** An API of the L2, and what is made beside it. */
  const uncovered = (more: (api: RestApi) => void): unknown[] => {
    // As `cdk synth` does.
    const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
    const api = new RestApi(new Stack(app, 'Stack'), 'Api');
    api.root.addMethod('GET');
    more(api);
    const { template } = app.synth().getStackByName('Stack') as { template: unknown };
    return findings(template).filter(({ id }) => id === 'REST-DEP2');
  };
  const raw = (api: RestApi): CfnMethod =>
    new CfnMethod(api, 'Raw', {
      restApiId: api.restApiId,
      resourceId: api.restApiRootResourceId,
      httpMethod: 'POST',
      authorizationType: 'AWS_IAM',
    });

  test('a method beside the constructs is found, also where the deployment waits for it', () => {
    expect(uncovered((api) => api.latestDeployment?.node.addDependency(raw(api)))).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/a change of ApiRaw\w* makes no new deployment/) },
    ]);
  });

  test('a gateway response beside the constructs is found', () => {
    const response = { responseType: 'THROTTLED' };
    expect(
      uncovered((api) => void new CfnGatewayResponse(api, 'Raw', { restApiId: api.restApiId, ...response })),
    ).toHaveLength(1);
  });

  test('constructs are not', () => {
    expect(
      uncovered((api) => {
        api.root.addResource('orders').addMethod('GET');
        new GatewayResponse(api, 'Throttled', { restApi: api, type: ResponseType.THROTTLED });
        api.addRequestValidator('Validator', { validateRequestBody: true });
        api.addModel('Model', { schema: {} });
      }),
    ).toEqual([]);
  });

  test('a deployment of another make is not', () => {
    const draft = goodResources();
    Object.assign(draft.resources.GetOrder, { Metadata: { 'aws:cdk:path': 'Stack/GetOrder' } });
    expect(findings(draft.template)).toEqual([]);
  });
});

describe('what belongs together', () => {
  const other = (draft: Draft, owner: unknown): void => {
    draft.add('Other', 'AWS::ApiGateway::RestApi', { ...draft.props('Api'), Name: 'other' });
    draft.add('OtherGet', 'AWS::ApiGateway::Method', {
      ...draft.props('Preflight'),
      RestApiId: { Ref: 'Other' },
      ResourceId: { 'Fn::GetAtt': ['Other', 'RootResourceId'] },
    });
    draft.add('OtherDeployment', 'AWS::ApiGateway::Deployment', { RestApiId: owner }, { DependsOn: ['OtherGet'] });
  };
  breaks('REST-DEP4', 'a deployment of another API', {
    also: ['REST-CORS4'],
    resources: (draft) => {
      other(draft, { Ref: 'Other' });
      set({ DeploymentId: { Ref: 'OtherDeployment' } })(draft);
    },
  });
  keeps('REST-DEP4', 'a deployment whose API cannot be told', {
    also: ['REST-CORS4'],
    resources: (draft) => {
      other(draft, { 'Fn::ImportValue': 'api' });
      set({ DeploymentId: { Ref: 'OtherDeployment' } })(draft);
    },
  });

  breaks('ALL-DEP10', 'an API without a name', { resources: (draft) => draft.unset('Api', 'Name') });
  keeps('ALL-DEP10', 'the title of a Body', { body: (draft) => draft.unset('Api', 'Name') });
  keeps('ALL-DEP10', 'a name from elsewhere', {
    resources: (draft) => draft.set('Api', { Name: { 'Fn::ImportValue': 'name' } }),
  });

  breaks('ALL-DEP11', 'warnings that nobody sees', { body: (draft) => draft.unset('Api', 'FailOnWarnings') });
  keeps('ALL-DEP11', 'a choice from elsewhere', {
    body: (draft) => draft.set('Api', { FailOnWarnings: { 'Fn::ImportValue': 'strict' } }),
  });
});

describe('canaries', () => {
  const canary = (changes: object) => ({
    also: ['REST-DEP18', 'REST-DEP19'],
    both: set({ CanarySetting: { PercentTraffic: 10, ...changes } }),
  });
  const same = { DeploymentId: { Ref: 'Deployment' } };
  breaks('REST-DEP13', 'the deployment of the stage', canary(same));
  breaks('REST-DEP13', 'the cache of the stage', canary({ UseStageCache: true }));
  keeps('REST-DEP13', 'variables of its own', canary({ ...same, StageVariableOverrides: { table: 'new' } }));
  keeps('REST-DEP13', 'a deployment from elsewhere', canary({ DeploymentId: { 'Fn::ImportValue': 'deployment' } }));
});

describe('a stage that the deployment makes', () => {
  /** As the Serverless Framework writes it. */
  const implicit = (description: object | undefined, more: (draft: Draft) => void = () => undefined): string[] => {
    const draft = goodResources();
    const { Stage, ...rest } = draft.resources;
    draft.template.Resources = rest as Json;
    draft.set('Deployment', { StageName: 'prod', StageDescription: description });
    (draft.resources.Deployment.DependsOn as unknown as string[]).push('Account');
    draft.set('Waf', { ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod' } });
    draft.set('Plan', { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: 'prod' }] });
    more(draft);
    expect(Stage).toBeDefined();
    return ids(findings(draft.template));
  };
  const good = {
    AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, Format: FORMAT },
    TracingEnabled: true,
    LoggingLevel: 'ERROR',
    MetricsEnabled: true,
    ThrottlingRateLimit: 1000,
    ThrottlingBurstLimit: 500,
    Variables: { table: 'orders' },
  };

  test('has no finding where all is well', () => {
    expect(implicit(good)).toEqual([]);
  });

  test('has all that a stage has', () => {
    expect(implicit(undefined)).toEqual(['ALL-LOG1', 'ALL-LOG9', 'ALL-OBS2', 'ALL-THR1', 'REST-OBS1']);
    expect(implicit({ ...good, TracingEnabled: false })).toEqual(['REST-OBS1']);
    expect(implicit({ ...good, MethodSettings: [{ HttpMethod: 'GET', ResourcePath: '/~1nowhere' }] })).toEqual([
      'REST-THR6',
      'REST-THR7',
    ]);
    expect(implicit(good, (draft) => delete (draft.resources as Partial<Json>).Waf)).toEqual(['REST-WAF1']);
  });

  test('cannot be judged where it cannot be told', () => {
    expect(implicit({ 'Fn::ImportValue': 'description' })).toEqual([]);
  });
});
