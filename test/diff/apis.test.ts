import { between, type Loose, shop, sourceWith } from './shop';

const edited = (properties: Loose) => {
  const resources = shop();
  Object.assign(resources.Api.Properties, properties);
  return sourceWith(resources);
};
const seen = (before: Loose, after: Loose) =>
  between(edited(before), edited(after)).map((one) => `${one.class} | ${one.aspect}`);

test('a private API has TLS 1.2 if the template does not say, others have TLS 1.0', () => {
  const isPrivate = { EndpointConfiguration: { Types: ['PRIVATE'] } };
  expect(seen(isPrivate, { ...isPrivate, SecurityPolicy: 'TLS_1_2' })).toEqual([]);
  expect(seen({}, { SecurityPolicy: 'TLS_1_2' })).toEqual(['breaking | security policy']);
  expect(seen({}, { SecurityPolicy: 'TLS_1_0' })).toEqual([]);
});
