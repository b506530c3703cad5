import * as fc from 'fast-check';
import { DynamoDbAttributeType, RequestValue } from '../../lib';
import { attributesOf, pageTemplate } from '../../lib/integrations/services/dynamodb-answers';
import { VelocityTemplate } from '../../lib/integrations/velocity/template';
import { HOSTILE, hostile } from '../rest/integrations/support';
import {
  type ApacheRendered,
  jsonText,
  renderAll,
  type VelocityJob,
  whatIsMissing,
} from '../support/apache-velocity/render';
import { renderTemplate, type VelocityInput } from '../support/velocity';
import { methodsOf, ofKind } from '../authoring/shapes/kinds';
import { type Declared } from '../authoring/shapes/support';
import { ATTRIBUTES, everyTemplate, PROXIES, REST, WEBSOCKET } from './emitted';

// API Gateway renders with Apache Velocity; the other tests use the engine of lib/serve, which is compared here too.
const missing = whatIsMissing();
// The packages are Debian's: no other system can be asked to have them.
const inCi = process.env.CI === 'true' && process.platform === 'linux';
const SEED = 20_271;

/** What a reference to nothing is, on the service: its pages and what was seen of it can be read both ways. */
const NOTHING = [null, ''] as const;

const jobs: VelocityJob[] = [];
let results: ApacheRendered[] = [];

/** Plans the rendering; the function gives what came of it, once all was rendered. */
function plan(template: string, input: VelocityInput, nothing: null | '' = null): () => ApacheRendered {
  const index = jobs.push({ template, input, nothing }) - 1;
  return () => {
    const { error, ...result } = results[index];
    if (error !== undefined) throw new Error(`${error}\n${template}\n${JSON.stringify(input)}`);
    return result;
  };
}

const isWhole = (text: string) => !/\p{Surrogate}/u.test(text);
const texts = [
  ...HOSTILE.filter((text) => text.length < 1000),
  ...fc.sample(hostile.filter(isWhole), { numRuns: 40, seed: SEED }),
];

/** The path variables that a template reads, which are there whatever the request. */
function pathOf(template: string, text: string): Record<string, string> {
  const names = [...template.matchAll(/params\(\)\.path\.get\('([^']+)'\)/g)].map(([, name]) => name);
  return Object.fromEntries(names.map((name) => [name, text]));
}

/** A request, and an answer of every service, with the text wherever there is one. */
function everywhere(template: string, text: string): VelocityInput {
  const item = Object.fromEntries(
    Object.entries(ATTRIBUTES).map(([name, type]) => [
      name,
      { [type]: { S: text, N: '1.5', BOOL: false, L: [{ S: text }, { N: '1' }], SS: [text] }[type] },
    ]),
  );
  const body = {
    ...{ id: text, maybe: text, count: 5, open: true, Item: item, Items: [item, {}], Count: 2, MessageId: text },
    SendMessageResponse: { SendMessageResult: { MessageId: text } },
    PublishResponse: { PublishResult: { MessageId: text } },
    ...{ FailedEntryCount: 0, Entries: [{ EventId: text }], SequenceNumber: text, executionArn: text },
    ...{ status: 'SUCCEEDED', output: JSON.stringify({ text }), __type: 'com.amazonaws#ValidationException' },
  };
  return {
    body: jsonText(body),
    path: pathOf(template, text),
    query: { subject: text },
    header: { 'idempotency-key': text, Origin: 'https://b.example.com' },
    context: {
      requestTimeEpoch: 1_700_000_000_000,
      connectionId: text,
      authorizer: { class: text, claims: { 'custom:size': text } },
    },
  };
}

/** What a receiver reads: fields of a form, or JSON; of JSON text in it, what that says. */
function read(text: string): unknown {
  if (text.trim() === '') return undefined;
  const inside = (_: string, value: unknown) => {
    if (typeof value !== 'string' || !/^[{[]/.test(value)) return value;
    try {
      return JSON.stringify(JSON.parse(value, inside));
    } catch {
      return value;
    }
  };
  if (!text.startsWith('Action=')) return JSON.parse(text, inside);
  const fields = [...new URLSearchParams(text)];
  expect(new Set(fields.map(([name]) => name)).size).toBe(fields.length);
  return Object.fromEntries(fields);
}

test('every integration is rendered here, or passes on what comes', () => {
  const factories = (kind: string) =>
    methodsOf(ofKind(kind, 'Integration') as Declared)
      .filter((method) => method.static)
      .map(({ name }) => name);
  expect(factories('Rest').sort()).toEqual([...Object.keys(REST), ...PROXIES].sort());
  const sockets = factories('WebSocket').filter((name) => !PROXIES.includes(name));
  expect(sockets.sort()).toEqual(Object.keys(WEBSOCKET).sort());
});

(missing !== undefined && !inCi ? test.skip : test)('Java and Apache Velocity are here', () => {
  expect(missing).toBeUndefined();
});

const suite = missing === undefined ? describe : describe.skip;

suite(`Apache Velocity${missing === undefined ? '' : `: ${missing}`}`, () => {
  beforeAll(() => {
    results = renderAll(jobs);
  }, 300_000);

  describe('every template of the library', () => {
    const templates = missing === undefined ? [...new Set(Object.values(everyTemplate()))] : [];
    const rendered = templates.flatMap((template) =>
      texts.map((text) => ({
        template,
        text,
        results: NOTHING.map((nothing) => plan(template, everywhere(template, text), nothing)),
      })),
    );
    const bare = templates.flatMap((template) =>
      NOTHING.map((nothing) => ({
        template,
        result: plan(template, { path: pathOf(template, '1'), context: { requestTimeEpoch: 1 } }, nothing),
      })),
    );

    test('is legal, and says what a receiver can read, whatever is in the request and the answer', () => {
      expect(templates.length).toBeGreaterThan(50);
      for (const { template, text, results: both } of rendered) {
        const js = renderTemplate(template, everywhere(template, text));
        const expected = { read: read(js.text), status: js.status, headers: js.headers };
        for (const { text: said = '', status, headers } of both.map((result) => result())) {
          try {
            expect({ read: read(said), status, headers }).toEqual(expected);
          } catch (error) {
            throw new Error(`${template}\n${JSON.stringify(text)}\n${said}`, { cause: error });
          }
        }
      }
    });

    test('is as readable where nothing was sent', () => {
      for (const { template, result } of bare) {
        const { text = '' } = result();
        // The answer of a service is never empty; what only its templates read may be missing here.
        if (/\$input\.path\('\$\.(Count|output|status|FailedEntryCount)'\)/.test(template)) continue;
        expect(text).not.toMatch(/\$!?\{?(input|util|context|stageVariables|[a-z]\d)\b/);
        expect(() => read(text)).not.toThrow();
      }
    });
  });

  describe('attributes of an item', () => {
    const { STRING, NUMBER, BOOLEAN } = DynamoDbAttributeType;
    const METHODS = [
      'class',
      'size',
      'keySet',
      'empty',
      'isEmpty',
      'entrySet',
      'get',
      'put',
      'values',
      'hashCode',
      'S',
    ];
    const name = fc.oneof(fc.constantFrom(...METHODS), fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/));
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }));
    const one = fc.oneof(
      fc.record({ type: fc.constant(STRING), value: fc.oneof(fc.constant(''), hostile.filter(isWhole)) }),
      fc.record({ type: fc.constant(NUMBER), value: number.map((value) => (value === 0 ? 0 : value)) }),
      fc.record({ type: fc.constant(BOOLEAN), value: fc.boolean() }),
    );
    const kept = fc.constantFrom('as declared', 'of another type', 'missing');
    const items = fc.sample(
      fc.dictionary(name, fc.tuple(one, kept), { minKeys: 1, maxKeys: 6, noNullPrototype: true }),
      {
        numRuns: 300,
        seed: SEED,
      },
    );
    const stored = ({ type, value }: { type: string; value: unknown }) => ({
      [type]: type === NUMBER ? String(value) : value,
    });
    const cases = items.flatMap((attributes) => {
      const entries = Object.entries(attributes);
      const types = Object.fromEntries(entries.map(([key, [{ type }]]) => [key, type]));
      const item = Object.fromEntries(
        entries
          .filter(([, [, state]]) => state !== 'missing')
          .map(([key, [each, state]]) => [key, state === 'as declared' ? stored(each) : { L: [{ S: 'x' }] }]),
      );
      const expected = Object.fromEntries(
        entries.map(([key, [{ value }, state]]) => [key, state === 'as declared' ? value : null]),
      );
      const get = `#set($item = $input.path('$.Item'))${attributesOf('$item', types)}`;
      return NOTHING.map((nothing) => ({
        expected,
        one: plan(get, { body: jsonText({ Item: item }) }, nothing),
        many: plan(pageTemplate(types), { body: jsonText({ Items: [item, {}, item], Count: 3 }) }, nothing),
      }));
    });

    test('are plain JSON by any name; what is missing or of another type is null', () => {
      for (const { expected, one: single, many } of cases) {
        expect(JSON.parse(single().text ?? '')).toEqual(expected);
        const none = Object.fromEntries(Object.keys(expected).map((key) => [key, null]));
        expect(JSON.parse(many().text ?? '')).toEqual({
          items: [expected, none, expected],
          count: 3,
          truncated: false,
        });
      }
    });
  });

  describe('values of a request', () => {
    const template = (value: RequestValue) => {
      const values = new VelocityTemplate(() => undefined);
      return values.render(`{"value":${values.json(value)},"again":${values.json(value)}}`);
    };
    const valueOf = (result: () => ApacheRendered) => JSON.parse(result().text ?? '').value;

    const numbers = fc.sample(
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, min: -1e18, max: 1e18 }),
        fc.double({ noNaN: true, min: -0.01, max: 0.01 }),
        fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 100),
        fc.maxSafeInteger(),
      ),
      { numRuns: 600, seed: SEED },
    );
    const edges = [
      123456789.5, 1e7, -1e7, 9999999.5, 12345678, 1e17, 0.001, 0.0005, -0.00012, 0.000001234, 0, 1e18, 1e21,
    ];
    const plain = [...edges, ...numbers].flatMap((number) =>
      NOTHING.map((nothing) => ({
        number,
        result: plan(template(RequestValue.bodyField('$.a')), { body: jsonText({ a: number }) }, nothing),
      })),
    );
    const long = ['12345678901234567.5', '100000000000000000000', '123456789012345678901.25'].map((digits) => ({
      digits,
      result: plan(template(RequestValue.bodyField('$.a')), { body: `{"a":${digits}}` }),
    }));

    test('are numbers in plain digits, without the exponents of Java', () => {
      for (const { number, result } of plain) {
        const text = valueOf(result);
        expect([text, Number(text)]).toEqual([text, number === 0 ? Number(text) : number]);
        expect(Math.abs(Number(text) - number)).toBe(0);
        if (number === 0 || (Math.abs(number) >= 1e-6 && Math.abs(number) < 1e18))
          expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      }
      for (const { digits, result } of long) expect(valueOf(result)).toBe(digits);
    });

    const json = fc.sample(
      fc
        .oneof(fc.jsonValue({ maxDepth: 3 }), hostile, fc.constantFrom('1.0E7', '{', '[', '{a=b}', '"'))
        .filter((value) => isWhole(JSON.stringify(value))),
      { numRuns: 600, seed: SEED },
    );
    const values = json.flatMap((value) =>
      NOTHING.map((nothing) => {
        const body = jsonText({ a: value });
        return {
          value,
          field: plan(template(RequestValue.bodyField('$.a')), { body }, nothing),
          text: plan(template(RequestValue.bodyJson('$.a')), { body }, nothing),
        };
      }),
    );

    test('are texts as they are, JSON for objects and lists, and nothing for null', () => {
      const read = (text: string) => JSON.parse(text, (_, each) => (each === 0 ? 0 : each));
      for (const { value, field, text } of values) {
        const said = valueOf(field);
        if (typeof value === 'string') expect(said).toBe(value);
        else if (value === null) expect(said).toBe('');
        else expect(read(said)).toEqual(read(JSON.stringify(value)));
        expect(read(valueOf(text))).toEqual(read(JSON.stringify(value ?? '')));
      }
    });

    const names = ['class', 'size', 'keySet', 'empty', 'entrySet', 'get', 'custom:class', 'a-b', 'Tenant_1'];
    const claims = names.flatMap((name) =>
      NOTHING.flatMap((nothing) =>
        ['', 'claims.'].map((prefix) => {
          const authorizer = prefix === '' ? { [name]: "it's" } : { claims: { [name]: "it's" } };
          const source = template(RequestValue.authorizerContext(`${prefix}${name}`));
          return {
            there: plan(source, { context: { authorizer } }, nothing),
            gone: plan(source, { context: { authorizer: {} } }, nothing),
            open: plan(source, {}, nothing),
          };
        }),
      ),
    );

    test('are what the authorizer has said, by any name', () => {
      for (const { there, gone, open } of claims) expect([there, gone, open].map(valueOf)).toEqual(["it's", '', '']);
    });

    const headers = NOTHING.flatMap((nothing) =>
      ['X-Id', 'x-id'].map((name) =>
        plan(template(RequestValue.header('X-Id')), { header: { [name]: 'yes' } }, nothing),
      ),
    );

    test('are headers in upper and lower case', () => {
      expect(headers.map(valueOf)).toEqual(['yes', 'yes', 'yes', 'yes']);
    });
  });
});
