import { serve } from '../../../runtime/serve/library';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ref, resource } from '../../template/source-of';

const folder = mkdtempSync(join(tmpdir(), 'usage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const stage = (StageName: string): object => resource('AWS::ApiGateway::Stage', { RestApiId: ref('Api'), StageName });
const plan = (Stage: unknown, Limit: number): object =>
  resource('AWS::ApiGateway::UsagePlan', {
    ...{ ApiStages: [{ ApiId: ref('Api'), Stage }], Quota: { Limit, Period: 'DAY' } },
  });
const member = (UsagePlanId: string): object =>
  resource('AWS::ApiGateway::UsagePlanKey', { KeyId: ref('Key'), KeyType: 'API_KEY', UsagePlanId: ref(UsagePlanId) });

/** How many requests a key has left after one, by stage; undefined if it opens nothing. */
async function left(dev: unknown, prod: unknown): Promise<(string | undefined)[]> {
  const file = join(folder, 'template.json');
  const Resources = {
    Api: resource('AWS::ApiGateway::RestApi', { Name: 'api' }),
    Get: resource('AWS::ApiGateway::Method', {
      ...{ RestApiId: ref('Api'), ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'GET' },
      ...{ AuthorizationType: 'NONE', ApiKeyRequired: true },
      Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '{"statusCode": 200}' } },
    }),
    ...{ Dev: stage('dev'), Prod: stage('prod') },
    Key: resource('AWS::ApiGateway::ApiKey', { Enabled: true, Value: 'k'.repeat(20) }),
    ...(dev === undefined ? {} : { OfDev: plan(dev, 10), InDev: member('OfDev') }),
    ...(prod === undefined ? {} : { OfProd: plan(prod, 100), InProd: member('OfProd') }),
  };
  writeFileSync(file, JSON.stringify({ Resources }));
  const server = serve({ from: file, stage: 'dev' });
  const notes = [];
  for (const name of ['dev', 'prod']) {
    const { trace } = await server.request('GET /', { stage: name, apiKey: 'k'.repeat(20) });
    notes.push(/(\d+) requests are left/.exec(trace.step('apiKey')?.note ?? '')?.[1]);
  }
  await server.close();
  return notes;
}

test.each<[string, unknown, unknown]>([
  ['by name', 'dev', 'prod'],
  ['by reference', ref('Dev'), ref('Prod')],
])('a key counts in the plan of the stage that a plan has %s', async (_, dev, prod) => {
  expect(await left(dev, prod)).toEqual(['9', '99']);
  expect(await left(dev, undefined)).toEqual(['9', undefined]);
  expect(await left(undefined, prod)).toEqual([undefined, '99']);
});
