import { breaks, type Draft, findings, goodResources, keeps, type Json } from '../support';

const set = (changes: object) => (draft: Draft) => draft.set('Stage', changes);
const without = (draft: Draft, ...names: string[]): void =>
  names.forEach((name) => delete (draft.resources as Partial<Json>)[name]);
const clone = (draft: Draft, name: string, count: number): void => {
  for (let i = 0; i < count; i++) {
    draft.add(`${name}${i}`, draft.resources[name].Type as unknown as string, draft.props(name));
  }
};

describe('deployments', () => {
  breaks('REST-DEP1', 'a method that it does not wait for', {
    resources: (draft) => {
      draft.resources.Deployment.DependsOn = ['ListOrders', 'CreateOrder', 'Preflight'] as unknown as Json;
    },
  });
  keeps('REST-DEP1', 'a dependency through something else', {
    resources: (draft) => {
      draft.resources.Deployment.DependsOn = ['ListOrders', 'CreateOrder', 'Marker'] as unknown as Json;
      draft.add('Marker', 'AWS::CloudFormation::WaitConditionHandle', {}, { DependsOn: ['GetOrder', 'Preflight'] });
    },
  });

  test('REST-DEP1 is found once a deployment', () => {
    const draft = goodResources();
    delete (draft.resources.Deployment as Partial<Json>).DependsOn;
    expect(findings(draft.template)).toMatchObject([
      {
        id: 'REST-DEP1',
        logicalId: 'Deployment',
        path: 'DependsOn',
        message: expect.stringContaining('and 1 more') as string,
      },
    ]);
  });

  breaks('REST-DEP3', 'an API without methods', {
    also: ['ALL-AUTH22', 'REST-THR6'],
    resources: (draft) => {
      without(draft, 'ListOrders', 'CreateOrder', 'GetOrder', 'Preflight');
      delete (draft.resources.Deployment as Partial<Json>).DependsOn;
    },
    body: (draft) => Object.assign(draft.body, { paths: {} }),
  });
  keeps('REST-DEP3', 'a Body that is elsewhere', {
    body: (draft) => draft.set('Api', { Body: undefined, BodyS3Location: { Bucket: 'b', Key: 'k' } }),
  });

  breaks('REST-DEP5', 'a stage without deployment', { both: (draft) => draft.unset('Stage', 'DeploymentId') });
  keeps('REST-DEP5', 'a deployment from elsewhere', { both: set({ DeploymentId: { 'Fn::ImportValue': 'id' } }) });

  breaks('REST-DEP6', 'a stage made twice', { both: (draft) => draft.set('Deployment', { StageName: 'prod' }) });
  // What the deployment makes is a stage as any other, with none of its settings.
  keeps('REST-DEP6', 'another stage', {
    also: ['ALL-LOG1', 'ALL-LOG9', 'ALL-THR1', 'REST-OBS1', 'REST-WAF1'],
    both: (draft) => draft.set('Deployment', { StageName: 'test' }),
  });

  breaks('ALL-DEP9', 'a gateway response beside the Body', {
    body: (draft) =>
      draft.add('Denied', 'AWS::ApiGateway::GatewayResponse', { RestApiId: { Ref: 'Api' }, ResponseType: 'THROTTLED' }),
  });

  const also = ['REST-DEP13', 'REST-DEP18', 'REST-DEP19'];
  breaks('REST-DEP12', 'a canary of more than all', { also, both: set({ CanarySetting: { PercentTraffic: 101 } }) });
  keeps('REST-DEP12', 'a canary of half', { also, both: set({ CanarySetting: { PercentTraffic: 50 } }) });
});

describe('stages', () => {
  breaks('ALL-DEP14', 'a name with a dot', { both: set({ StageName: 'v1.0' }) });
  breaks('ALL-DEP14', '$default', { both: set({ StageName: '$default' }) });
  keeps('ALL-DEP14', 'dashes', { both: set({ StageName: 'blue-green_1' }) });
  keeps('ALL-DEP14', 'a parameter', { both: set({ StageName: { Ref: 'Env' } }) });

  breaks('ALL-DEP15', 'a name with a dash', { both: set({ Variables: { 'the-table': 'x' } }) });
  breaks('ALL-DEP15', 'a value with a space', { both: set({ Variables: { table: 'my orders' } }) });
  breaks('ALL-DEP15', 'an empty value', { both: set({ Variables: { table: '' } }) });
  breaks('ALL-DEP15', 'too many', {
    both: set({ Variables: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, 'x'])) }),
  });
  keeps('ALL-DEP15', 'a URL', { both: set({ Variables: { url: 'https://a.example/b?c=d&e=f,g#h' } }) });

  const useVariable = (text: string): { resources: (draft: Draft) => void; body: (draft: Draft) => void } => ({
    resources: (draft) => Object.assign(draft.integration, { RequestTemplates: { 'application/json': text } }),
    body: (draft) =>
      Object.assign(draft.call('get', '/orders/{id}'), { requestTemplates: { 'application/json': text } }),
  });
  breaks('ALL-DEP16', 'an undefined variable', useVariable('{"t": "$stageVariables.tabel"}'));
  breaks('ALL-DEP16', 'an undefined variable in brackets', useVariable(`{"t": "\${stageVariables['tabel']}"}`));
  keeps(
    'ALL-DEP16',
    'a defined variable',
    useVariable(`{"t": "$stageVariables.table", "u": "$stageVariables['table']"}`),
  );
  keeps('ALL-DEP16', 'variables that cannot be told', {
    resources: (draft) => {
      useVariable('$stageVariables.tabel').resources(draft);
      draft.set('Stage', { Variables: { 'Fn::If': ['C', {}, { Ref: 'V' }] } });
    },
  });

  breaks('ALL-DEP17', 'eleven authorizers', {
    also: ['ALL-AUTH22'],
    resources: (draft) => clone(draft, 'Authorizer', 10),
  });
  breaks('ALL-DEP17', 'eleven stages', {
    also: ['ALL-LOG12', 'REST-WAF1'],
    both: (draft) => clone(draft, 'Stage', 10),
  });
  keeps('ALL-DEP17', 'ten stages', { also: ['ALL-LOG12', 'REST-WAF1'], both: (draft) => clone(draft, 'Stage', 9) });
});
