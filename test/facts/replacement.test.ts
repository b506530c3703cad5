import { API_PARTS, REPLACING } from '../../lib/facts/replacement';
import { replacingProperties } from '../support/service-spec';

describe('properties whose change replaces a resource', () => {
  test.each(Object.entries(REPLACING))('%s has those of the specification', (type, properties) => {
    expect([...properties].sort()).toEqual([...replacingProperties(type)].sort());
  });
});

test('the parts of APIs are types of the specification that belong to one API', () => {
  for (const [kind, types] of Object.entries(API_PARTS)) {
    for (const type of types) expect(replacingProperties(type)).toContain(kind === 'rest' ? 'RestApiId' : 'ApiId');
  }
});
