import * as fc from 'fast-check';
import { evaluatePolicy, type PolicyRequest } from '../../lib/serve/policy';
import { type Json, type JsonObject } from '../../lib/serve/json';

const API = 'arn:aws:execute-api:eu-west-1:111122223333:abc';
const GET: PolicyRequest = { action: 'execute-api:Invoke', resource: `${API}/prod/GET/orders`, conditions: {} };

const statement = (more: JsonObject = {}): JsonObject => ({
  ...{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' },
  ...more,
});
const decide = (statements: Json, request: Partial<PolicyRequest> = {}) =>
  evaluatePolicy({ Statement: statements }, { ...GET, ...request }, true).decision;
/** Whether a condition holds for a request with these keys. */
const holds = (Condition: JsonObject, conditions: PolicyRequest['conditions'] = {}): boolean =>
  decide(statement({ Condition }), { conditions }) === 'allow';

describe('conditions', () => {
  const HOLD: ReadonlyArray<readonly [operator: string, given: string, yes: string, no: string]> = [
    ['StringEquals', 'a', 'a', 'A'],
    ['StringEqualsIgnoreCase', 'a', 'A', 'b'],
    ['StringLike', 'abc', 'a*', 'b*'],
    ['ArnEquals', 'arn:aws:iam::1:role/x', 'arn:aws:iam::*:role/?', 'arn:aws:iam::*'],
    ['ArnLike', 'arn:aws:iam::1:role/a:b', 'arn:*:iam::1:role/*', 'arn:aws:*:role/*'],
    ['Bool', 'true', 'TRUE', 'false'],
    ['BinaryEquals', 'QUJD', 'QUJD', 'qujd'],
    ['IpAddress', '10.1.2.3', '10.1.0.0/16', '10.2.0.0/16'],
    ['NumericEquals', '2', '2.0', '3'],
    ['DateEquals', '1764547200', '2025-12-01T00:00:00Z', '2025-12-01T00:00:01Z'],
  ];
  const NEGATED: Readonly<Record<string, string>> = {
    ...{ StringEquals: 'StringNotEquals', StringEqualsIgnoreCase: 'StringNotEqualsIgnoreCase' },
    ...{ StringLike: 'StringNotLike', ArnEquals: 'ArnNotEquals', ArnLike: 'ArnNotLike' },
    ...{ IpAddress: 'NotIpAddress', NumericEquals: 'NumericNotEquals', DateEquals: 'DateNotEquals' },
  };

  test.each(HOLD)('%s of %s', (operator, given, yes, no) => {
    const keys = { key: given };
    const found = [[yes], [no], [no, yes]].map((expected) => holds({ [operator]: { Key: expected } }, keys));
    expect(found).toEqual([true, false, true]);
    expect(holds({ [operator]: { Key: yes } })).toBe(false);
    expect(holds({ [`${operator}IfExists`]: { Key: yes } })).toBe(true);
    expect(holds({ [`${operator}IfExists`]: { Key: no } }, keys)).toBe(false);
  });

  test.each(HOLD.filter(([operator]) => operator in NEGATED))('not %s of %s', (operator, given, yes, no) => {
    const negated = NEGATED[operator];
    const found = [[yes], [no], [no, yes]].map((expected) => holds({ [negated]: { Key: expected } }, { key: given }));
    expect(found).toEqual([false, true, false]);
    expect(holds({ [negated]: { Key: yes } })).toBe(true);
  });

  test.each([
    ['NumericLessThan', [true, false, false]],
    ['NumericLessThanEquals', [true, true, false]],
    ['NumericGreaterThan', [false, false, true]],
    ['NumericGreaterThanEquals', [false, true, true]],
  ])('%s', (operator, expected) => {
    expect(['1', '2', '3'].map((given) => holds({ [operator]: { key: '2' } }, { key: given }))).toEqual(expected);
    const dates = ['2025-01-01T00:00:00Z', '2025-01-01T01:00:00+01:00', '2025-01-01T00:00:01Z'];
    const shifted = dates.map((date, index) => (index === 0 ? '2024-12-31T23:59:59Z' : date));
    const dated = operator.replace('Numeric', 'Date');
    expect(shifted.map((given) => holds({ [dated]: { key: dates[0] } }, { key: given }))).toEqual(expected);
  });

  test('what is no number is in no order', () => {
    const operators = ['NumericEquals', 'NumericLessThan', 'NumericGreaterThanEquals'];
    expect(operators.map((operator) => holds({ [operator]: { key: '0' } }, { key: '' }))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('Null tells whether a key is there', () => {
    const cases: Array<[Json, boolean]> = [
      ['true', true],
      ['true', false],
      [false, true],
      ['false', false],
    ];
    const found = cases.map(([expected, isThere]) => holds({ Null: { key: expected } }, isThere ? { key: 'x' } : {}));
    expect(found).toEqual([false, true, true, false]);
  });

  test('of several values, one is enough for ForAnyValue and ForAllValues wants all', () => {
    const given = { tag: ['a', 'b'] };
    const found = (operator: string, expected: string[]): boolean => holds({ [operator]: { tag: expected } }, given);
    expect(found('ForAnyValue:StringEquals', ['b', 'c'])).toBe(true);
    expect(found('ForAnyValue:StringEquals', ['c'])).toBe(false);
    expect(found('ForAllValues:StringEquals', ['a', 'b', 'c'])).toBe(true);
    expect(found('ForAllValues:StringEquals', ['a'])).toBe(false);
    expect(found('ForAnyValue:StringNotEquals', ['a'])).toBe(true);
    expect(found('ForAllValues:StringNotEquals', ['a'])).toBe(false);
  });

  test('without the key ForAllValues holds, and ForAnyValue does not', () => {
    const operators = ['ForAllValues:StringEquals', 'ForAllValues:StringNotEquals', 'ForAnyValue:StringEquals'];
    expect(operators.map((each) => holds({ [each]: { tag: 'a' } }))).toEqual([true, true, false]);
    expect(holds({ 'ForAnyValue:StringNotEquals': { tag: 'a' } })).toBe(false);
    expect(holds({ 'ForAnyValue:StringEqualsIfExists': { tag: 'a' } })).toBe(true);
  });

  test('all operators and all keys must hold; names of keys are in any case', () => {
    const Condition = { StringEquals: { A: '1', b: '2' }, StringLike: { 'AWS:C': '3' } };
    expect(holds(Condition, { a: '1', b: '2', 'aws:c': '3' })).toBe(true);
    expect(holds(Condition, { a: '1', b: '2', 'aws:c': '4' })).toBe(false);
    expect(holds(Condition, { a: '1', b: '3', 'aws:c': '3' })).toBe(false);
  });

  test('an operator that nobody knows lets nothing in and denies', () => {
    const Condition = { StringResembles: { key: 'x' } };
    expect(decide(statement({ Condition }))).toBe('implicitDeny');
    expect(decide([statement(), statement({ Effect: 'Deny', Condition })])).toBe('explicitDeny');
    const failing = { ...Condition, StringEquals: { other: 'y' } };
    expect(decide([statement(), statement({ Effect: 'Deny', Condition: failing })])).toBe('allow');
  });
});

describe('addresses', () => {
  const isIn = (address: string, range: string): boolean =>
    holds({ IpAddress: { 'aws:SourceIp': range } }, { 'aws:sourceip': address });

  test.each([
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.0/31', true],
    ['10.0.0.2', '10.0.0.0/31', false],
    ['9.9.9.9', '0.0.0.0/0', true],
    ['::ffff:10.0.0.1', '10.0.0.0/8', true],
    ['2001:db8::1', '2001:DB8:0:0::/64', true],
    ['2001:db8:0:1::1', '2001:db8::/64', false],
    ['::1', '::1', true],
    ['::1', '0.0.0.0/0', false],
    ['10.0.0.1', '::/0', false],
    ['10.0.0.1', '10.0.0.0/', false],
    ['10.0.0.1', '10.0.0.0/x', false],
    ['10.0.0.0', '10.0.0.0/33', false],
    ['999.0.0.1', '0.0.0.0/0', false],
    ['1:2:3', '::/0', false],
    ['1::2::3', '::/0', false],
    ['localhost', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, range, expected) => {
    expect(isIn(address, range)).toBe(expected);
  });

  test('a range of n bits holds the addresses that share n bits with it', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const address = fc.tuple(byte, byte, byte, byte);
    const numberOf = (bytes: readonly number[]): number => bytes.reduce((sum, each) => sum * 256 + each, 0);
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (a, b, length) => {
        const size = 2 ** (32 - length);
        const isSame = Math.floor(numberOf(a) / size) === Math.floor(numberOf(b) / size);
        expect(isIn(a.join('.'), `${b.join('.')}/${length}`)).toBe(isSame);
      }),
    );
  });
});

describe('statements', () => {
  test('actions in any case, resources to the letter, both with wildcards', () => {
    expect(decide(statement({ Action: ['EXECUTE-API:*'] }))).toBe('allow');
    expect(decide(statement({ Action: 'execute-api:ManageConnections' }))).toBe('implicitDeny');
    expect(decide(statement({ Resource: `${API}/*/GET/*` }))).toBe('allow');
    expect(decide(statement({ Resource: `${API}/*/get/*` }))).toBe('implicitDeny');
  });

  test('NotAction and NotResource are for everything else', () => {
    const more = { Action: undefined, NotAction: 'execute-api:Invoke' } as never;
    expect(decide(statement(more))).toBe('implicitDeny');
    expect(decide(statement({ ...(more as object), NotAction: 's3:*' }))).toBe('allow');
    const not = (NotResource: Json) => decide(statement({ Resource: undefined, NotResource } as never));
    expect(not([`${API}/prod/GET/orders`])).toBe('implicitDeny');
    expect(not(`${API}/prod/POST/*`)).toBe('allow');
    expect(not('execute-api:/prod/GET/*')).toBe('implicitDeny');
  });

  test('execute-api: is short for the ARN of the API', () => {
    expect(decide(statement({ Resource: 'execute-api:/prod/GET/*' }))).toBe('allow');
    expect(decide(statement({ Resource: 'execute-api:/*' }))).toBe('allow');
    expect(decide(statement({ Resource: 'execute-api:/test/GET/*' }))).toBe('implicitDeny');
  });

  const USER = 'arn:aws:iam::444455556666:user/ann';
  const SESSION = 'arn:aws:sts::444455556666:assumed-role/Reader/i-1';
  test.each([
    ['*', undefined, true],
    [{ AWS: '*' }, undefined, true],
    [{ AWS: USER }, undefined, false],
    [{ AWS: [USER, 'x'] }, USER, true],
    [{ AWS: '444455556666' }, USER, true],
    [{ AWS: 'arn:aws:iam::444455556666:root' }, USER, true],
    [{ AWS: 'arn:aws:iam::111122223333:root' }, USER, false],
    [{ AWS: 'arn:aws:iam::444455556666:role/Reader' }, SESSION, true],
    [{ AWS: 'arn:aws:iam::444455556666:role/Writer' }, SESSION, false],
    [{ Service: 'apigateway.amazonaws.com' }, USER, false],
  ])('the principal %j is for %s: %s', (Principal, principal, expected) => {
    expect(decide(statement({ Principal }), { principal })).toBe(expected ? 'allow' : 'implicitDeny');
    const others = { ...statement({ Effect: 'Deny' }), Principal: undefined, NotPrincipal: Principal } as never;
    expect(decide([statement(), others], { principal })).toBe(expected ? 'allow' : 'explicitDeny');
  });

  test('policies of authorizers have no principals; resource policies need them', () => {
    const own = { Effect: 'Allow', Action: '*', Resource: '*' };
    expect(evaluatePolicy({ Statement: own }, GET, false).decision).toBe('allow');
    expect(evaluatePolicy({ Statement: own }, GET, true).decision).toBe('implicitDeny');
  });

  test('the verdict names the statement', () => {
    const statements = [statement({ Resource: 'x' }), statement(), statement()];
    expect(evaluatePolicy({ Statement: statements }, GET, true)).toEqual({ decision: 'allow', statement: 1 });
    expect(evaluatePolicy({ Statement: [...statements, statement({ Effect: 'Deny' })] }, GET, true).statement).toBe(3);
  });
});

test('a Deny that fits wins wherever it stands, whatever else is there', () => {
  const some = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.constantFrom<Json>('*', { AWS: 'arn:aws:iam::1:root' }),
    Action: fc.constantFrom('execute-api:*', 's3:*', '*'),
    Resource: fc.constantFrom('*', 'execute-api:/prod/*', 'execute-api:/test/*'),
    Condition: fc.constantFrom<Json>({}, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { Null: { x: 'false' } }),
  });
  const conditions = { 'aws:sourceip': '10.0.0.1' };
  const fitsAlone = (each: JsonObject): boolean => decide([{ ...each, Effect: 'Allow' }], { conditions }) === 'allow';
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), (statements) => {
      const fitting = statements.filter(fitsAlone).map(({ Effect }) => Effect);
      const expected = fitting.includes('Deny') ? 'explicitDeny' : fitting.length > 0 ? 'allow' : 'implicitDeny';
      expect(decide(statements, { conditions })).toBe(expected);
    }),
  );
});

test.each([null, 'x', {}, { Statement: null }, { Statement: ['x', 1] }])('%j lets nobody in', (policy) => {
  expect(evaluatePolicy(policy as Json, GET, false)).toEqual({ decision: 'implicitDeny' });
});
