import { App, Stack } from 'aws-cdk-lib';
import { EXAMPLES } from '../../../examples/examples';
import { type StageName } from '../../../lib/serve/trace';
import { serve } from '../../../runtime/serve/library';
import { type LocalServer, type Reply, type RequestOptions, type ServeOptions } from '../../../runtime/serve/types';
import { type Json } from '../../support/stacks';
import { answersItsDocument, type Generated } from './generated';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const ANY = 'x-amazon-apigateway-any-method';

/** One request, and what it gets. */
export interface Call extends RequestOptions {
  /** `GET /orders/1`, if it is not the route itself. */
  readonly at?: string;
  readonly status: number;
  /** The body: a text, a pattern, or what its JSON has. */
  readonly gets?: unknown;
  /** Headers of the answer. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** The step that refuses. */
  readonly by?: StageName;
  /** So often it is answered at once, before a step refuses it with 429; one more each `every` milliseconds. */
  readonly limit?: { readonly burst: number; readonly every: number; readonly by: StageName };
}

/** What goes on around an API: its clock, and what was called behind it. */
export interface Around {
  readonly server: LocalServer;
  readonly clock: { at: number; now(): number };
}

export interface Example {
  /** The logical id, if the example has several APIs. */
  readonly api?: string;
  readonly serve?: Omit<ServeOptions, 'from' | 'clock'>;
  /** When it is, if functions of the example look at the clock, which for them is that of the machine. */
  readonly now?: number;
  /** Route → its calls; of a preflight only who asks. */
  readonly routes: Readonly<Record<string, readonly Call[]>>;
  /** What requests need that are made of the OpenAPI document. */
  readonly generated: Generated;
  readonly more?: (around: Around) => void;
}

/** Signed as clients sign, but for the signature. */
export const SIGNED = {
  Authorization:
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261130/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0',
};

const apps = new Map<string, App>();

/** An example, synthesized once in each file of tests. */
export function appOf(name: string): App {
  let app = apps.get(name);
  if (!app) {
    apps.set(name, (app = new App()));
    EXAMPLES[name](app);
  }
  return app;
}

/** The template of an example, as it is deployed. */
export const templateOf = (name: string): Json => appOf(name).synth().stacks[0].template;

/** Serves an example with a clock of its own. */
export function serving(
  name: string,
  options: Omit<ServeOptions, 'from'> = {},
  at = Date.UTC(2026, 10, 30, 12),
): Around {
  const clock = { at, now: () => clock.at };
  const from = appOf(name).node.findAll().find(Stack.isStack) as Stack;
  return { clock, server: serve({ from, clock, ...options }) };
}

/** The document of an API in a template. */
export function documentOf(name: string, api?: string): Json {
  const apis = Object.entries<Json>(templateOf(name).Resources).filter(([id, { Properties }]) =>
    api === undefined ? Properties?.Body : id === api,
  );
  expect(apis).toHaveLength(1);
  return apis[0][1].Properties.Body;
}

/** All routes of a document: `GET /orders`. */
export const routesOf = ({ paths }: Json): string[] =>
  Object.entries<Json>(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => METHODS.includes(method) || method === ANY)
      .map((method) => `${method === ANY ? 'ANY' : method.toUpperCase()} ${path}`),
  );

const operationOf = ({ paths }: Json, route: string): Json => {
  const [method, path] = route.split(' ');
  return paths[path][method === 'ANY' ? ANY : method.toLowerCase()];
};

/** The steps that can refuse a request to a route, from its document alone. */
export function refusing(document: Json, route: string): StageName[] {
  const operation = operationOf(document, route);
  const schemes = Object.keys(operation.security?.[0] ?? {});
  const validator = document['x-amazon-apigateway-request-validators']?.[
    operation['x-amazon-apigateway-request-validator'] ?? document['x-amazon-apigateway-request-validator']
  ] as Json | undefined;
  const isRequired = (operation.parameters ?? []).some((each: Json) => each.in !== 'path' && each.required);
  const isValidated =
    (validator?.validateRequestBody && operation.requestBody) || (validator?.validateRequestParameters && isRequired);
  return [
    ...(schemes.some((scheme) => scheme !== 'api_key') ? (['authorizer'] as const) : []),
    ...(schemes.includes('api_key') ? (['apiKey'] as const) : []),
    ...(isValidated ? (['validate'] as const) : []),
  ];
}

const SAMPLE = '1';

/** The request of a call: that of the route, unless it says another. */
function requestOf(route: string, { at }: Call): string {
  return at ?? route.replace(/^ANY /, 'GET ').replace(/\{[\w-]+\+?\}/g, SAMPLE);
}

export const calling = ({ server }: Around, route: string, call: Call): Promise<Reply> =>
  server.request(requestOf(route, call), call);

/** Sends a request, and compares what it gets. */
export async function check(around: Around, route: string, call: Call): Promise<Reply> {
  const reply = await calling(around, route, call);
  const refusedBy = reply.trace.steps.find(({ refused }) => refused !== undefined);
  const why = [requestOf(route, call), reply.text, refusedBy?.note];
  expect([reply.status, call.status >= 400 ? refusedBy?.stage : undefined, ...why]).toEqual([
    call.status,
    call.by,
    ...why,
  ]);
  if (typeof call.gets === 'string') expect(reply.text).toBe(call.gets);
  else if (call.gets instanceof RegExp) expect(reply.text).toMatch(call.gets);
  else if (call.gets !== undefined) expect(reply.json).toMatchObject(call.gets as object);
  for (const [name, value] of Object.entries(call.with ?? {}))
    expect([name, reply.header(name)]).toEqual([name, value]);
  // A path is that of its route, so a call cannot stand for another one.
  if (reply.trace.steps.some(({ stage }) => stage === 'route') && call.by !== 'route')
    expect(reply.trace.route).toBe(route);
  return reply;
}

/** Sends a request as often as a limit allows, once more, and again a little later. */
async function checkLimit(around: Around, route: string, { limit, as, ...call }: Call): Promise<void> {
  if (!limit) return;
  // Whatever came before is refilled, and one token does for all.
  around.clock.at += 60_000;
  const token = as && { Authorization: `Bearer ${around.server.token(as)}` };
  const again: Call = { ...call, headers: { ...call.headers, ...token } };
  const statuses: number[] = [];
  for (let n = 0; n < limit.burst; n += 1) statuses.push((await calling(around, route, again)).status);
  expect(statuses).toEqual(Array.from({ length: limit.burst }, () => call.status));
  await check(around, route, { ...again, gets: undefined, with: {}, status: 429, by: limit.by });
  around.clock.at += limit.every;
  expect((await calling(around, route, again)).status).toBe(call.status);
  around.clock.at += 60_000;
}

/** The tests of an example with routes: each is called, refuses all that it can, and is as its document says. */
export function describeExample(name: string, { api, routes, generated, more, now, ...example }: Example): void {
  describe(`${name}${api === undefined ? '' : ` (${api})`}`, () => {
    const options = { ...example.serve, ...(api === undefined ? {} : { api }) };
    let around!: Around;
    const current: Around = {
      get server() {
        return around.server;
      },
      get clock() {
        return around.clock;
      },
    };
    beforeAll(() => void (around = serving(name, options, now)));
    afterAll(() => around.server.close());

    test('every route is called', () => {
      expect(Object.keys(routes).sort()).toEqual(routesOf(documentOf(name, api)).sort());
    });

    test.each(Object.keys(routes))('%s', async (route) => {
      const calls = routes[route];
      expect(calls.some(({ status }) => status < 400)).toBe(true);
      const refusals = calls.flatMap(({ by }) => by ?? []);
      expect(refusals).toEqual(expect.arrayContaining(refusing(documentOf(name, api), route)));
      for (const call of calls) await check(around, route, call);
      for (const call of calls) await checkLimit(around, route, call);
    });

    test('answers what its OpenAPI document describes', async () => {
      const called = await answersItsDocument(name, current, { ...generated, ...(api === undefined ? {} : { api }) });
      expect(called.sort()).toEqual(Object.keys(routes).sort());
    });

    more?.(current);
  });
}

/** The calls of routes for preflights. */
export const preflights = (origin: string, paths: readonly string[], status = 204): Record<string, Call[]> =>
  Object.fromEntries(
    paths.map((path) => [
      `OPTIONS ${path}`,
      [
        {
          ...{ status, headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' } },
          with: { 'access-control-allow-origin': origin },
        },
      ],
    ]),
  );
