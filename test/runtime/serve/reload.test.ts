import { LocalGateway } from '../../../runtime/serve/local-gateway';
import { TestClient } from '../../serve/websocket/support';
import { resource, source } from '../../template/source-of';

const ApiId = { Ref: 'Chat' };

/** A chat whose only route is of this key, and answers with it. */
const chat = (RouteKey: string) => ({
  Resources: {
    Chat: resource('AWS::ApiGatewayV2::Api', {
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: 'all',
    }),
    Mock: resource('AWS::ApiGatewayV2::Integration', {
      ...{ ApiId, IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode": 200}' } },
    }),
    Response: resource('AWS::ApiGatewayV2::IntegrationResponse', {
      ...{ ApiId, IntegrationId: { Ref: 'Mock' }, IntegrationResponseKey: '$default' },
      ResponseTemplates: { $default: '$context.routeKey' },
    }),
    Route: resource('AWS::ApiGatewayV2::Route', { ApiId, RouteKey, Target: { 'Fn::Sub': 'integrations/${Mock}' } }),
    Reply: resource('AWS::ApiGatewayV2::RouteResponse', {
      ...{ ApiId, RouteId: { Ref: 'Route' }, RouteResponseKey: '$default' },
    }),
    Stage: resource('AWS::ApiGatewayV2::Stage', { ApiId, StageName: 'prod', AutoDeploy: true }),
  },
});

test('a reload keeps the clients of WebSocket APIs', async () => {
  let template = chat('all');
  const gateway = new LocalGateway({ read: () => [source(template)] });
  const request = { method: 'GET', target: '/prod', headers: [], body: new Uint8Array(), sourceIp: '127.0.0.1' };
  const client = new TestClient();
  const found = gateway.api().sockets?.('/prod');
  if (!found) throw new Error('There is no stage prod');
  client.handshake = await found.gateway.connect(request, found.prefix, client);
  await client.say('one');
  template = chat('$default');
  await gateway.reload();
  await client.say('two');
  const target = `/prod/@connections/${encodeURIComponent(client.connection.id)}`;
  const post = { ...request, method: 'POST', target, body: Buffer.from('three') };
  expect((await gateway.handle(gateway.api(), post)).answer.status).toBe(200);
  expect(client.messages).toEqual(['all', '$default', 'three']);
  await gateway.close();
});
