import { Stack } from 'aws-cdk-lib';
import { HttpAuthorizer, RestAuthorizer, WebSocketAuthorizer } from '../../lib';
import { asWrittenFor } from '../../lib/gateway/identity-source';
import { fn } from '../support/stacks';

/** One source as REST, HTTP and WebSocket APIs write it. */
const SOURCES = [
  ['method.request.header.X-Key', '$request.header.X-Key', 'route.request.header.X-Key'],
  ['method.request.querystring.key', '$request.querystring.key', 'route.request.querystring.key'],
  ['context.identity.sourceIp', '$context.identity.sourceIp', 'context.identity.sourceIp'],
  ['stageVariables.tenant', '$stageVariables.tenant', 'stageVariables.tenant'],
] as const;

describe('the identity source of another kind', () => {
  const handler = fn(new Stack(), 'Decide');
  const lambda = {
    rest: (source: string) => RestAuthorizer.lambda(handler, { identitySources: [source] }),
    http: (source: string) => HttpAuthorizer.lambda(handler, { identitySources: [source] }),
    websocket: (source: string) => WebSocketAuthorizer.lambda(handler, { identitySources: [source] }),
  };

  test.each(SOURCES.flatMap((written) => Object.keys(lambda).map((kind, own) => [kind, own, written] as const)))(
    '%s %#: is shown as this kind writes it',
    (kind, own, written) => {
      const make = lambda[kind as keyof typeof lambda];
      expect(() => make(written[own])).not.toThrow();
      for (const source of written) {
        expect(asWrittenFor(kind as keyof typeof lambda, source)).toBe(written[own]);
        if (source === written[own]) continue;
        expect(() => make(source)).toThrow(`the identity source "${source}" must be `);
        expect(() => make(source)).toThrow(`; write "${written[own]}"`);
      }
    },
  );

  test('what is in no words has no hint', () => {
    for (const make of Object.values(lambda))
      for (const source of ['Authorization', 'method.header.X', 'context', '$request.body.x', 'request.header.X'])
        expect(() => make(source)).toThrow(/ontext\.x$/);
  });

  test('a token of HTTP APIs is shown as REST APIs write it, and the other way round', () => {
    const options = { issuer: 'https://login.example.com/', audience: ['orders'] };
    expect(() => RestAuthorizer.jwt({ ...options, identitySource: '$request.header.Token' })).toThrow(
      'identitySource "$request.header.Token" must be one header: "method.request.header.Token"',
    );
    expect(() => HttpAuthorizer.jwt({ ...options, identitySource: 'method.request.header.Token' })).toThrow(
      'identitySource "method.request.header.Token" must be one header or query parameter: "$request.header.Token"',
    );
    expect(() => HttpAuthorizer.jwt({ ...options, identitySource: 'context.x' })).toThrow(
      'identitySource "context.x" must be one header or query parameter: "$request.header.Authorization"',
    );
  });
});
