import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../../runtime/serve/library';
import { type LocalServer, type ServeOptions } from '../../../runtime/serve/types';
import { resource } from '../../template/source-of';
import { folderWith } from './served';
import { fn, mock, proxied, restApi, template } from './shop';

jest.setTimeout(30_000);

const open: LocalServer[] = [];
const served = (options: ServeOptions): LocalServer => {
  const server = serve(options);
  open.push(server);
  return server;
};
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const components = { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } };

/** A template of a stage; all have the same logical ids. */
const stageOf = (name: string, key: object = {}) =>
  template(
    { List: fn(`exports.handler = async () => ({ statusCode: 200, body: '${name}' })`) },
    restApi(
      { 'GET /list': proxied('List'), 'GET /keyed': { ...mock(), security: [{ key: [] }] } },
      ...(['Orders', `orders-${name}`, { components }] as const),
    ),
    {
      Key: resource('AWS::ApiGateway::ApiKey', { Enabled: true, ...key }),
      Plan: resource('AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: { Ref: 'Orders' }, Stage: 'prod' }] }),
      PlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
        ...{ KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
      }),
    },
  );

/** The templates of two stages of an app. */
function stages(key: object = {}): string[] {
  const home = folderWith(stageOf('dev', key), 'Dev.template.json');
  writeFileSync(join(home, 'Prod.template.json'), JSON.stringify(stageOf('prod', key)));
  return ['Dev', 'Prod'].map((name) => join(home, `${name}.template.json`));
}

test.each(['dev', 'prod'])('the API of %s calls its own function', async (name) => {
  const reply = await served({ from: stages(), api: `orders-${name}` }).request('GET /list');
  expect([reply.status, reply.text]).toEqual([200, name]);
});

test.each([
  ['Dev', 'Prod'],
  ['Prod', 'Dev'],
])('the API of %s takes its own key, and none of %s', async (own, other) => {
  const server = served({ from: stages(), api: `${own}-Orders` });
  const status = async (apiKey: string) => (await server.request('GET /keyed', { apiKey })).status;
  expect(await status(`local-key-of-${own}-Key`)).toBe(200);
  expect(await status(`local-key-of-${other}-Key`)).toBe(403);
  expect(await status('local-key-of-Key')).toBe(403);
});

test.each(['dev', 'prod'])('the API of %s takes a key whose value the other stage has too', async (name) => {
  const server = served({ from: stages({ Value: 'partner-0123456789012345' }), api: `orders-${name}` });
  expect((await server.request('GET /keyed', { apiKey: 'partner-0123456789012345' })).status).toBe(200);
});

test('a logical id names all stubs of that name, and the name in front one of them', async () => {
  const reply = async (name: string, stub: string): Promise<string> => {
    const functions = { [stub]: () => ({ statusCode: 200, body: 'stub' }) };
    return (await served({ from: stages(), api: `orders-${name}`, functions }).request('GET /list')).text;
  };
  expect([await reply('dev', 'List'), await reply('prod', 'List')]).toEqual(['stub', 'stub']);
  expect([await reply('dev', 'Dev-List'), await reply('prod', 'Dev-List')]).toEqual(['stub', 'prod']);
});

test('a logical id that several APIs have is no choice', () => {
  expect(() => served({ from: stages(), api: 'Orders' })).toThrow(
    'The templates have 2 APIs "Orders": Dev-Orders (rest, "orders-dev"), Prod-Orders (rest, "orders-prod"). Say which one',
  );
});
