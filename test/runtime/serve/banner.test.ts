import { apiLines } from '../../../runtime/serve/banner';
import { LocalGateway } from '../../../runtime/serve/local-gateway';
import { ref, resource, source } from '../../template/source-of';

test('API keys that the templates do not tell are shown, with the stages that they open', () => {
  const stage = (StageName: string): object => resource('AWS::ApiGateway::Stage', { RestApiId: ref('Api'), StageName });
  const inPlan = (KeyId: unknown): object =>
    resource('AWS::ApiGateway::UsagePlanKey', { KeyId, KeyType: 'API_KEY', UsagePlanId: ref('Plan') });
  const Resources = {
    ...{ Api: resource('AWS::ApiGateway::RestApi', { Name: 'api' }), Dev: stage('dev'), Prod: stage('prod') },
    Plan: resource('AWS::ApiGateway::UsagePlan', {
      ApiStages: [
        { ApiId: ref('Api'), Stage: ref('Dev') },
        { ApiId: ref('Api'), Stage: 'prod' },
      ],
    }),
    Made: resource('AWS::ApiGateway::ApiKey', { Enabled: true }),
    Chosen: resource('AWS::ApiGateway::ApiKey', { Enabled: true, Value: 'v'.repeat(20) }),
    Secret: resource('AWS::ApiGateway::ApiKey', { Enabled: true, Value: '{{resolve:secretsmanager:key}}' }),
    Idle: resource('AWS::ApiGateway::ApiKey', { Enabled: true }),
    ...{ InMade: inPlan(ref('Made')), InChosen: inPlan(ref('Chosen')), InOther: inPlan('a1b2c3d4e5') },
    InSecret: inPlan(ref('Secret')),
  };
  const gateway = new LocalGateway({ read: () => [source({ Resources })] });
  expect(apiLines(gateway.api(), 'http://localhost:3000', gateway.model)).toEqual([
    'api (REST)',
    '  http://localhost:3000/dev',
    '  http://localhost:3000/prod',
    '  x-api-key: local-key-of-Made (dev, prod)',
    '  x-api-key: local-key-of-Secret (dev, prod)',
    '  x-api-key: local-key-of-a1b2c3d4e5 (dev, prod)',
    '',
  ]);
});
