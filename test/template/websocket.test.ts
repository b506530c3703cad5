import { type V2Route, type WebSocketApi } from '../../lib/template/model/model';
import { modelOf } from './source-of';
import { v2Resources } from './v2-resources';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const { webSocketApis } = modelOf(v2Resources);
const api: WebSocketApi = webSocketApis[0];
const route = (key: string): V2Route => api.routes.find(({ routeKey }) => routeKey === key) as V2Route;

describe('a WebSocket API', () => {
  test('has the settings of the API', () => {
    expect(webSocketApis).toHaveLength(1);
    expect(api).toMatchObject({
      kind: 'websocket',
      form: 'resources',
      name: 'chat',
      routeSelectionExpression: '$request.body.action',
      apiKeySelectionExpression: '$request.header.x-api-key',
      disableSchemaValidation: false,
      models: [{ name: 'Text', contentType: 'application/json', schema: { type: 'object' } }],
      stages: [{ stageName: 'live', autoDeploy: true, clientCertificateId: 'cert', routeSettings: [] }],
    });
    expect(api.corsConfiguration).toBeUndefined();
    expect(api.stages[0].defaultRouteSettings).toBeUndefined();
  });

  test('has its routes, with models, responses and parameters', () => {
    expect(route('$connect')).toMatchObject({
      authorizationType: 'CUSTOM',
      authorizer: { key: 'Token', identitySource: [], lambda: { function: { logicalId: 'Fn' } } },
      apiKeyRequired: true,
      requestParameters: { 'route.request.querystring.room': true, 'route.request.header.x': false },
      integration: { lambda: { function: { logicalId: 'Fn' } } },
    });
    expect(route('sendMessage')).toMatchObject({
      authorizationType: undefined,
      modelSelectionExpression: '$request.body.kind',
      requestModels: { text: 'Text', $default: '<Text>' },
      routeResponseSelectionExpression: '$default',
      responses: [
        { routeResponseKey: '$default', modelSelectionExpression: '$default', responseModels: { $default: 'Text' } },
      ],
    });
    expect(route('sendMessage')).not.toHaveProperty('httpMethod');
  });

  test('has its integrations, with their responses', () => {
    expect(route('sendMessage').integration).toMatchObject({
      type: 'AWS',
      uri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem',
      lambda: undefined,
      requestTemplates: { $default: '{}' },
      templateSelectionExpression: '$default',
      passthroughBehavior: 'NEVER',
      contentHandling: 'CONVERT_TO_TEXT',
      responses: [
        {
          integrationResponseKey: '/200/',
          templates: { $default: '{}' },
          parameters: { 'route.response.header.x': "'1'" },
          templateSelectionExpression: '$default',
          contentHandling: 'CONVERT_TO_TEXT',
        },
      ],
    });
  });
});
