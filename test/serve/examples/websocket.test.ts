import { type HttpCall, type HttpReply } from '../../../lib/serve/backends';
import { type Connection } from '../../../runtime/serve/types';
import { type Json } from '../../support/stacks';
import { type Around, serving, templateOf } from './support';

const TOKEN = { aud: 'https://chat.example.com' };
const SEND = 'Send46722DF3';
/** Half an hour ago, so that time can pass: the function that verifies tokens has the clock of the machine. */
const NOW = Date.now() - 30 * 60_000;

/** A table of connections, as Amazon DynamoDB keeps it. */
class Connections {
  public readonly items = new Map<string, Json>();
  public fails = false;

  public readonly answer = ({ service, body }: HttpCall): HttpReply => {
    const { Item, Key } = JSON.parse(Buffer.from(body).toString('utf8'));
    if (service?.action === 'PutItem' && !this.fails) this.items.set(Item.connectionId.S, Item);
    else if (service?.action === 'DeleteItem') this.items.delete(Key.connectionId.S);
    const status = this.fails ? 500 : 200;
    return { status, headers: [['Content-Type', 'application/x-amz-json-1.0']], body: Buffer.from('{}') };
  };
}

type Send = (event: Json) => unknown;

interface Chat extends Around {
  readonly table: Connections;
  send: Send;
}

const sent: Send = () => ({ statusCode: 200 });

function chat(name: string): Chat {
  const table = new Connections();
  const functions = { [SEND]: (event: Json) => made.send(event) } as never;
  const around = serving(name, { backends: { 'aws:dynamodb': table.answer }, functions }, NOW);
  const made: Chat = { ...around, table, send: sent };
  return made;
}

/** Who is called on the way: routes by their keys. */
const called = new Map<string, Set<string>>();
function note(name: string, route: string | undefined): void {
  called.set(name, (called.get(name) ?? new Set()).add(String(route)));
}

describe.each(['websocket-quickstart', 'websocket-chat'])('%s', (name) => {
  const userOf = name === 'websocket-chat' ? 'userId' : 'user';

  let api!: Chat;
  beforeAll(() => void (api = chat(name)));
  afterAll(() => api.server.close());
  beforeEach(() => {
    api.clock.at += 60_000;
    api.send = sent;
    api.table.fails = false;
    api.table.items.clear();
  });

  async function connected(sub = 'anna'): Promise<Connection> {
    const client = await api.server.connect('/', { as: { ...TOKEN, sub } });
    expect([client.refused, client.trace.status]).toEqual([undefined, 101]);
    note(name, client.trace.route);
    return client;
  }

  async function says(client: Connection, message: unknown): Promise<number | undefined> {
    const trace = await client.send(message);
    note(name, trace?.route);
    return trace?.status;
  }

  test('who connects is in the table until it leaves', async () => {
    const client = await connected();
    expect(api.table.items.get(client.id)).toMatchObject({ [userOf]: { S: 'anna' }, connectionId: { S: client.id } });
    const expiry = Number(api.table.items.get(client.id).expiresAt.N);
    expect(expiry).toBe(Math.floor(api.clock.at / 1000) + 3 * 3600);
    const { trace } = await client.close(1000);
    note(name, trace?.route);
    expect([trace?.status, api.table.items.size]).toEqual([200, 0]);
  });

  test('browsers show their token in the query', async () => {
    const client = await api.server.connect('/', { query: { token: api.server.token(TOKEN) } });
    expect(client.refused).toBeUndefined();
  });

  test.each<[string, object, number]>([
    ['without a token', {}, 401],
    ['with a token that is none', { headers: { Authorization: 'Bearer none' } }, 401],
    ['with a token for something else', { as: { aud: 'https://other.example.com' } }, 401],
    ['with a token that has expired', { as: { ...TOKEN, exp: 1 } }, 401],
    ['with a token of somebody else', { as: { ...TOKEN, iss: 'https://other.example.com/' } }, 401],
  ])('%s nobody connects', async (_, options, status) => {
    const { refused, trace } = await api.server.connect('/', options);
    expect([refused?.status, refused?.json]).toEqual([status, expect.objectContaining({ message: 'Unauthorized' })]);
    expect(trace.step('authorizer')?.refused).toBe('UNAUTHORIZED');
    expect(api.table.items.size).toBe(0);
  });

  test('nobody connects below the stage, or if the table fails', async () => {
    expect((await api.server.connect('/room', { as: TOKEN })).refused?.status).toBe(403);
    api.table.fails = true;
    const { refused } = await api.server.connect('/', { as: TOKEN });
    expect(refused?.status).toBeGreaterThanOrEqual(500);
  });

  test('an unknown action is answered', async () => {
    const client = await connected();
    expect(await says(client, { action: 'fly' })).toBe(200);
    expect((await client.next()).json).toEqual({ message: 'no such action' });
    expect(await says(client, 'no JSON')).toBe(200);
    expect((await client.next()).json).toEqual({ message: 'no such action' });
  });

  test('a message gets to the function, and from there to the others', async () => {
    api.send = async ({ body, requestContext }: Json): Promise<object> => {
      const { connectionId, authorizer } = requestContext;
      for (const id of api.table.items.keys()) {
        if (id === connectionId) continue;
        const message = { from: authorizer.sub, text: JSON.parse(body).text };
        const { status } = await api.server.request(`POST /@connections/${encodeURIComponent(id)}`, { body: message });
        expect(status).toBe(200);
      }
      return { statusCode: 200 };
    };
    const [anna, bert] = [await connected(), await connected('bert')];
    expect(await says(anna, { action: 'sendMessage', text: 'hello' })).toBe(200);
    expect((await bert.next()).json).toEqual({ from: 'anna', text: 'hello' });
    await bert.close();
    const gone = await api.server.request(`POST /@connections/${encodeURIComponent(bert.id)}`, { body: 'late' });
    expect(gone.status).toBe(410);
  });

  test.each<[string, object]>([
    ['without a text', { action: 'sendMessage' }],
    ['with a text that is too long', { action: 'sendMessage', text: 'a'.repeat(1001) }],
  ])('a message %s is refused', async (_, message) => {
    const client = await connected();
    const trace = await client.send(message);
    expect(trace?.step('validate')?.refused).toBe('BAD_REQUEST_BODY');
    expect((await client.next()).json).toMatchObject({ message: 'Bad request body', connectionId: client.id });
  });

  test('more than 100 messages at once are too many', async () => {
    const client = await connected();
    const message = { action: 'sendMessage', text: 'x' };
    for (let n = 0; n < 100; n += 1) expect(await says(client, message)).toBe(200);
    const trace = await client.send(message);
    expect(trace?.step('throttle')?.refused).toBe('THROTTLED');
    expect((await client.next()).json).toMatchObject({ message: 'Too Many Requests' });
    api.clock.at += 20;
    expect(await says(client, message)).toBe(200);
  });

  test('every route is called', () => {
    const routes = Object.values<Json>(templateOf(name).Resources)
      .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
      .map(({ Properties }) => Properties.RouteKey);
    expect([...(called.get(name) ?? [])].sort()).toEqual(routes.sort());
  });
});

test('the function of the quick start runs', async () => {
  const { server } = serving('websocket-quickstart', { backends: { 'aws:dynamodb': new Connections().answer } }, NOW);
  const client = await server.connect('/', { as: TOKEN });
  const trace = await client.send({ action: 'sendMessage', text: 'hello' });
  expect(trace?.step('integration')).toMatchObject({ note: 'Status 200', output: { statusCode: 200, body: '{}' } });
  await server.close();
});
