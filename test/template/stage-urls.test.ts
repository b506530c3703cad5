import { type App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import { readAssembly } from '../../lib/template/reader/assembly';
import { describeStages } from '../../lib/template/describe/rest';
import { describeV2Stages } from '../../lib/template/describe/v2';
import { type ApiModel } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { withLiveUrls } from '../../lib/template/describe/stage-urls';
import { WebSocketAuthorizer, WebSocketGateway, WebSocketIntegration } from '../../lib';
import { domain, rest, stackOf } from '../domain/support';
import { testApp } from '../support/stacks';

const modelOf = (make: (app: App) => void): ApiModel => {
  const app = testApp();
  make(app);
  return readModel(readAssembly(app.synth().directory));
};

const urlsOf = (model: ApiModel): string[] => [
  ...model.restApis.flatMap((api) => withLiveUrls(api, describeStages(api), model)).map(({ url }) => url),
  ...model.webSocketApis.flatMap((api) => withLiveUrls(api, describeV2Stages(api), model)).map(({ url }) => url),
];

test('a stage is shown with the URL of its domain where the default endpoint is off', () => {
  const model = modelOf((app) => {
    const stack = stackOf('Stack', app);
    const api = rest(stack, 'Orders', { stages: { dev: {}, prod: {} } });
    const names = domain(stack);
    names.map(api, { stage: 'prod', path: 'orders' });
    names.map(api, { stage: 'prod', path: 'orders-new' });
    names.map(api, { stage: 'dev', path: 'dev' });
    const chat = new WebSocketGateway(stack, 'Chat', {
      defaultAuthorizer: WebSocketAuthorizer.iam(),
      routes: { $connect: { integration: WebSocketIntegration.mock() } },
    });
    domain(stack, { domainName: 'ws.example.com' }, 'Sockets').map(chat);
  });
  expect(urlsOf(model).sort()).toEqual([
    'https://api.example.com/dev',
    'https://api.example.com/orders',
    'wss://ws.example.com/',
  ]);
});

test('with none where no domain is known, and with the default one where that is on', () => {
  expect(urlsOf(modelOf((app) => rest(stackOf('Stack', app), 'Orders', { disableExecuteApiEndpoint: true })))).toEqual([
    '–',
  ]);
  expect(urlsOf(modelOf((app) => rest(stackOf('Stack', app))))).toEqual([
    expect.stringContaining('<api-id>.execute-api'),
  ]);
});

test('no example shows an endpoint that is off', () => {
  for (const make of Object.values(EXAMPLES)) {
    const model = modelOf(make);
    for (const api of model.restApis.filter(({ disableExecuteApiEndpoint }) => disableExecuteApiEndpoint === true)) {
      expect(withLiveUrls(api, describeStages(api), model).filter(({ url }) => url.includes('execute-api'))).toEqual(
        [],
      );
    }
  }
});
