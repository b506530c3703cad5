import { mockStatus } from '../../../lib/serve/mock-status';
import { permissiveJson } from '../../../lib/serve/permissive-json';

describe('the status of a mock', () => {
  test.each([
    '{"statusCode": 204}',
    '{statusCode: 204}',
    "{'statusCode': 204, '': ''}",
    '{statusCode: 204, a{ b}c: [d e]}',
    "{statusCode: 204, it's}: {x: 1}}",
    '{statusCode: 204, }, what comes behind',
    '{, statusCode: 204 ,, }',
    '{"statusCode": 1, "statusCode": 204}',
    '\n{ "a": "\\"{,}\\u0041", "b": [[1,,], {}], statusCode : 204\n}\n',
  ])('is read from %j', (text) => {
    expect(mockStatus(text)).toBe(204);
  });

  test.each([
    '{"statusCode": "204"}',
    '{"statusCode": 204',
    '{"statusCode": 20.5}',
    '{"statusCode": 204 OK}',
    '{"statusCode\': 204}',
    'statusCode: 204',
    '{statusCode: 204, {a: 1}',
    '{statusCode: 204, a}',
    '{statusCode: 204, a: [1}',
    '[204]',
    '{}',
    '',
  ])('is not there in %j', (text) => {
    expect(mockStatus(text)).toBeUndefined();
  });

  test.each([0, -1000])('may be %i', (status) => {
    expect(mockStatus(`{"statusCode": ${status}}`)).toBe(status);
  });
});

test('JSON is read as JSON', () => {
  const value = { a: [1, -2.5, 1e3, true, false, null, 'x "y" \\ \n é'], b: { c: {}, d: [] }, __proto__x: 'p' };
  for (const text of [JSON.stringify(value), JSON.stringify(value, undefined, 2)])
    expect(permissiveJson(text)).toEqual(value);
});
