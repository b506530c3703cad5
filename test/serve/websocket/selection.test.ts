import fc from 'fast-check';
import { SelectionExpression } from '../../../lib/serve/websocket/expression';
import { selectRoute } from '../../../lib/serve/websocket/routes';
import { Message, type VariableSources } from '../../../lib/serve/websocket/variables';

const sourcesOf = (text: string): VariableSources => ({
  ...{ message: new Message(text), headers: { 'X-Room': ['blue'] }, query: { room: ['red', 'green'] } },
  ...{ context: { identity: {}, connectionId: 'c=' }, stageVariables: { team: 'a' } },
});

function selected(expression: string, message: unknown, keys: readonly string[]): string | undefined {
  const routes = new Map(keys.map((key) => [key, key]));
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return selectRoute(routes, new SelectionExpression(expression), sourcesOf(text)).route;
}

describe('the route of a message', () => {
  const order = { service: 'shop', action: 'buy', item: { kind: 'book', tags: ['a', 'b'], count: 3, gift: true } };

  test.each([
    ['$request.body.action', 'buy'],
    ['${request.body.action}', 'buy'],
    ['${request.body.service}/${request.body.action}', 'shop/buy'],
    ['$request.body.service/$request.body.action', 'shop/buy'],
    ['$request.body.item.kind', 'book'],
    ['$request.body.item.tags[1]', 'b'],
    ['$request.body.item.tags', '[a, b]'],
    ['$request.body.item.count', '3'],
    ['$request.body.item.gift', 'true'],
    ['${request.body.action}-${request.body.none}', 'buy-'],
    ['${request.body.action}-v1', 'buy-v1'],
    ['always', 'always'],
    ['$context.connectionId', 'c='],
    ['$stageVariables.team', 'a'],
  ])('%s is %s', (expression, key) => {
    expect(selected(expression, order, [key, '$default'])).toBe(key);
  });

  test('is $default for any other key, and nothing without that', () => {
    expect(selected('$request.body.action', { action: 'sell' }, ['buy', '$default'])).toBe('$default');
    expect(selected('$request.body.action', { no: 1 }, ['buy', '$default'])).toBe('$default');
    expect(selected('$request.body.action', { action: 'sell' }, ['buy'])).toBeUndefined();
  });

  test('is $default for what is not JSON, whatever the keys are', () => {
    expect(selected('${request.body.a}/${request.body.b}', 'words', ['/', '$default'])).toBe('$default');
    expect(selected('$request.body.a', 'words', ['words'])).toBeUndefined();
    expect(selected('always', 'words', ['always', '$default'])).toBe('always');
  });

  test('is never one that the gateway calls by itself', () => {
    const keys = ['$connect', '$disconnect', '$default'];
    expect(selected('$request.body.action', { action: '$connect' }, keys)).toBe('$default');
    expect(selected('$request.body.action', { action: '$disconnect' }, ['$disconnect'])).toBeUndefined();
  });

  test('an escaped dollar is one', () => {
    const expression = new SelectionExpression('\\$default');
    expect(expression.variables).toEqual([]);
    expect(expression.evaluate(() => 'x')).toBe('$default');
  });

  test('a path that cannot be read finds nothing', () => {
    expect(selected('${request.body.a[}', { a: 1 }, ['', '$default'])).toBe('');
  });

  test('the key of any text is that text', () => {
    const name = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/);
    fc.assert(
      fc.property(name, fc.string(), (property, key) => {
        const expected = key === '$connect' || key === '$disconnect' ? '$default' : key;
        expect(selected(`$request.body.${property}`, { [property]: key }, [key, '$default'])).toBe(expected);
      }),
    );
  });

  test('what a variable gives is not evaluated again', () => {
    fc.assert(
      fc.property(fc.constantFrom('$request.body.b', '${request.body.b}', '\\$x'), fc.string(), (a, b) => {
        const expression = new SelectionExpression('<${request.body.a}>');
        expect(selected(expression.source, { a, b }, [`<${a}>`, '$default'])).toBe(`<${a}>`);
      }),
    );
  });

  test('text without dollars and backslashes stays as it is', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.replace(/[$\\]/g, '')),
        (text) => expect(new SelectionExpression(text).evaluate(() => undefined)).toBe(text),
      ),
    );
  });

  test('no expression and no message make it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.oneof(fc.json(), fc.string()), (expression, message) => {
        for (const written of [expression, `$request.body${expression}`, `\${request.body.${expression}}`]) {
          expect(['a', '$default']).toContain(selected(written, message, ['a', '$default']));
        }
      }),
    );
  });
});
