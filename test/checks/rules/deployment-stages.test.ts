import { App, Stack } from 'aws-cdk-lib';
import { CfnGatewayResponse, CfnMethod, GatewayResponse, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Draft, findings, FORMAT, goodResources, ids, type Json } from '../support';

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
      { severity: 'warning', message: expect.stringMatching(/a change to ApiRaw\w* creates no new deployment/) },
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
    // Both name the stage, which the deployment makes.
    for (const id of ['Waf', 'Plan']) Object.assign(draft.resources[id], { DependsOn: 'Deployment' });
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
