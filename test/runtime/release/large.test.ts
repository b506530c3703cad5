import { type RestApi, type Stage } from '../../../lib/template/model/model';
import { readModel } from '../../../lib/template/reader/read';
import { type AwsClients } from '../../../runtime/cli/aws';
import { authorizerGaps, routeGaps, stageGaps } from '../../../runtime/cli/deployed-compare';
import { liveMain } from '../../../runtime/cli/live-main';
import { ledgerName } from '../../../runtime/live/ledger-store';
import { FakeAws } from '../../support/fake-aws';
import { workOf } from '../../support/work';

const STAGES = ['blue', 'green', 'test', 'prod'];
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

/** An API of so many routes, each of which differs from the template, with a canary on each stage. */
function live(routes: number) {
  const aws = new FakeAws();
  const api = aws.gateway.createRestApi('orders');
  const one = { GET: { authorizationType: 'AWS_IAM', apiKeyRequired: true } };
  aws.gateway.routes = Object.fromEntries(numbers(routes).map((at) => [`/live${at}`, one]));
  const [stable, candidate] = numbers(2).map(() => aws.gateway.createDeployment(api));
  const replace = (path: string, value: string) => ({ op: 'replace', path: `/canarySettings/${path}`, value });
  for (const stage of STAGES) {
    aws.gateway.createStage(api, stage, stable);
    aws.gateway.updateStage(api, stage, [replace('deploymentId', candidate), replace('percentTraffic', '10')]);
    aws.parameters.put(ledgerName({ restApiId: api, stageName: stage }), JSON.stringify({ stable, candidate }));
  }
  return { aws, api, stable, candidate };
}

async function run(aws: FakeAws, argv: string) {
  let said = '';
  const io = {
    stdout: (text: string) => (said += text),
    stderr: (text: string) => (said += text),
    color: false,
    now: aws.now,
    sleep: async () => undefined,
  };
  const before = aws.calls.length;
  const code = await liveMain(argv.split(' '), io, () => aws.clients() as AwsClients);
  return { code, said, calls: aws.calls.length - before };
}

test.each([
  ['status', '', [10, 's']],
  ['promote', ' --deployment CANDIDATE --yes', [undefined, 'c']],
  ['rollback', ' --yes', [undefined, 's']],
  ['retry', ' --percent 20 --yes', [20, 's']],
])(
  '%s of one of several stages leaves the others alone, with as many calls for 300 routes',
  async (name, more, end) => {
    const needed: number[] = [];
    for (const routes of [1, 300]) {
      const { aws, api, stable, candidate } = live(routes);
      const argv = `canary ${name} orders --stage green${more.replace('CANDIDATE', candidate)}`;
      const { code, said, calls } = await run(aws, argv);
      expect({ code, said }).toMatchObject({ code: 0 });
      needed.push(calls);
      for (const stage of STAGES) {
        const { canarySettings, deploymentId } = aws.gateway.stage(api, stage);
        const shown = [canarySettings?.percentTraffic, deploymentId === stable ? 's' : 'c'];
        expect([stage, ...shown]).toEqual([stage, ...(stage === 'green' ? end : [10, 's'])]);
      }
    }
    expect(needed[1]).toBe(needed[0]);
  },
);

test('which of several canaries is meant has to be said', async () => {
  expect(await run(live(1).aws, 'canary rollback orders --yes')).toMatchObject({
    code: 2,
    said: expect.stringContaining('choose one with --stage: blue, green, test, prod.'),
  });
});

test('prune keeps what the canary of any stage needs, and what was rolled back there', async () => {
  const { aws, api, stable, candidate } = live(1);
  // Nobody but prune keeps it.
  aws.gateway.canaryKeepsDeployment = false;
  const other = aws.gateway.createDeployment(api);
  const value = { op: 'replace', path: '/canarySettings/deploymentId', value: other };
  aws.gateway.updateStage(api, 'prod', [value]);
  await run(aws, 'canary rollback orders --stage blue --yes');
  const old = numbers(3).map(() => aws.gateway.createDeployment(api));
  expect(await run(aws, 'canary prune orders --stage blue --keep 1 --yes')).toMatchObject({ code: 0 });
  const left = [...aws.gateway.api(api).deployments.keys()];
  expect(left).toEqual([stable, candidate, other, ...old.slice(-1)]);
});

/** A template and a live API that agree in nothing: all that can be said of them is said. */
function compared(count: number): { work: number; gaps: number } {
  const path = (at: number) => `/mine${at}`;
  const methods = numbers(count).map((at) => ({ HttpMethod: 'GET', ResourcePath: path(at), ThrottlingRateLimit: 1 }));
  const get = { 'x-amazon-apigateway-integration': { type: 'mock' } };
  const scheme = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom' };
  const authorizer = { 'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: 'arn:aws:lambda:x' } };
  const Body = {
    openapi: '3.0.1',
    info: { title: 'orders', version: '1' },
    paths: Object.fromEntries(numbers(count).map((at) => [path(at), { get }])),
    components: {
      securitySchemes: Object.fromEntries(numbers(count).map((at) => [`mine${at}`, { ...scheme, ...authorizer }])),
    },
  };
  const Resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders', Body } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', DeploymentId: 'd', MethodSettings: methods },
    },
  };
  const api: RestApi = readModel([{ file: 'orders', bytes: 0, template: { Resources } }]).restApis[0];
  const stage: Stage = api.stages[0];
  const route = { authorizationType: 'AWS_IAM', apiKeyRequired: true };
  const snapshot = new Map(numbers(count).map((at) => [`GET /live${at}`, route]));
  const authorizers = numbers(count).map((at) => `live${at}`);
  let gaps = 0;
  const work = workOf(() => {
    const all = [routeGaps(api, snapshot), authorizerGaps(api, authorizers)];
    all.push(stageGaps(stage, { methodSettings: {} }).gaps);
    gaps = all.reduce((sum, { length }) => sum + length, 0);
  });
  return { work, gaps };
}

test('a template is compared with a live API in time that is linear in the routes', () => {
  const [few, many] = [compared(75), compared(300)];
  expect([few.gaps, many.gaps]).toEqual([75 * 5, 300 * 5]);
  expect(many.work / few.work).toBeLessThan(4.1);
});
