import { Stack } from 'aws-cdk-lib';
import { ConnectionStore, WebSocketAuthorizer, WebSocketGateway, WebSocketIntegration } from '../../../lib';
import { type HttpCall, type HttpReply } from '../../../lib/serve/backends';
import { templateOf, testApp } from '../../support/stacks';
import { TestApi } from './support';

/** The gateway of a `ConnectionStore` as its stack has it, with a table that the test plays. */
function chat(table: (call: HttpCall) => Partial<HttpReply>): TestApi {
  const stack = new Stack(testApp(), 'Shop');
  const store = new ConnectionStore(stack, 'Connections');
  const ping = WebSocketIntegration.mock({ body: '{"pong": "$context.connectionId"}' });
  new WebSocketGateway(stack, 'Chat', {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: {
      $connect: { integration: store.connectIntegration() },
      $disconnect: { integration: store.disconnectIntegration() },
      ping: { integration: ping, returnResponse: true },
    },
  });
  return new TestApi({ routes: {}, resources: templateOf(stack).Resources, server: table });
}

const bodyOf = ({ body }: HttpCall): unknown => JSON.parse(Buffer.from(body).toString('utf8'));
const signed = { Authorization: 'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/x, SignedHeaders=host, Signature=ab' };

describe('the templates of a ConnectionStore', () => {
  test('put a connection into the table, and take it out again', async () => {
    const api = chat(() => ({ status: 200, body: Buffer.from('{}') }));
    const client = await api.client(signed);
    const { id } = client.connection;
    await client.say({ action: 'ping' });
    await client.connection.closed();
    expect(client.messages).toEqual([`{"pong": "${id}"}`]);
    const [put, remove] = api.calls;
    expect([put, remove].map(({ service }) => service?.action)).toEqual(['PutItem', 'DeleteItem']);
    expect(bodyOf(put)).toMatchObject({
      Item: {
        connectionId: { S: id },
        connectedAt: { N: String(api.now) },
        expiresAt: { N: String(Math.floor(api.now / 1000) + 3 * 60 * 60) },
      },
    });
    expect(bodyOf(remove)).toMatchObject({ Key: { connectionId: { S: id } } });
  });

  test('keep a client out that cannot be stored', async () => {
    const api = chat(() => ({ status: 400, body: Buffer.from('{"__type":"ResourceNotFoundException"}') }));
    expect((await api.client(signed)).refusal.status).toBe(500);
    expect(api.gateway.open.size).toBe(0);
  });
});
