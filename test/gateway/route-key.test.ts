import { posix } from 'node:path';
import * as fc from 'fast-check';
import { HttpAuthorizer, HttpGateway, HttpIntegration, RestIntegration } from '../../lib';
import { Owner } from '../../lib/authoring/errors';
import { parseRouteKey } from '../../lib/gateway/route-key';
import { Stack } from 'aws-cdk-lib';
import { gateway } from '../support/stacks';

const owner = new Owner('Gateway');
const why = (path: string) =>
  `clients remove "." and ".." from a path before they send it, so no request would reach this route; write "${path}"`;

test.each([
  ['/a/../b', '/b'],
  ['/..', '/'],
  ['/a/./{id}', '/a/{id}'],
  ['/a/b/{id}/..', '/a/b'],
  ['/a/../../..', '/'],
  ['/a/.', '/a'],
])('%s is the path %s to clients', (path, meant) => {
  expect(() => parseRouteKey(`GET ${path}`, owner)).toThrow(`Gateway: route "GET ${path}": ${why(meant)}`);
});

test('a path that is taken is the one that clients send', () => {
  const segment = fc.oneof(
    fc.constantFrom('.', '..', '...', '.well-known', 'a.', '..a', '-', '$'),
    fc.stringMatching(/^[a-z]+$/),
  );
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
      const path = `/${segments.join('/')}`;
      const sent = posix.normalize(path).replace(/(.)\/$/, '$1');
      const taken = () => parseRouteKey(`GET ${path}`, owner).path;
      if (sent === path) expect(taken()).toBe(sent);
      else expect(taken).toThrow(why(sent));
    }),
    { numRuns: 500 },
  );
});

test('REST and HTTP gateways say so where the route is written', () => {
  const { api } = gateway();
  expect(() => api.addRoute('GET /a/../b', { integration: RestIntegration.mock() })).toThrow(
    `RestGateway 'Api': route "GET /a/../b": ${why('/b')}`,
  );
  const http = new HttpGateway(new Stack(), 'Api', { defaultAuthorizer: HttpAuthorizer.iam(), stages: { prod: {} } });
  expect(() => http.addRoute('GET /a/../b', { integration: HttpIntegration.http('https://a.b') })).toThrow(
    `HttpGateway 'Api': route "GET /a/../b": ${why('/b')}`,
  );
});
