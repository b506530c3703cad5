import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { ids, fn, templateOf } from '../support/stacks';
import { type Guard, type Kind } from './kind';
import { anyRoute, type Cases, make, newStack } from './support';
import { ACKNOWLEDGED_RULES } from '../../lib/checks/acknowledgements';

/** The guard of the first route, where its authorizer is the given one. */
function guardOf(kind: Kind, authorizer: object): Guard {
  const { stack } = make(kind, { routes: { [kind.keys[0]]: anyRoute(kind, { authorizer }) } });
  return kind.guard(templateOf(stack), kind.keys[0]);
}

/** All that is acknowledged in the gateway. */
function acknowledged(kind: Kind, authorizer: object): string {
  const { stack, gateway } = make(kind, { routes: { [kind.keys[0]]: anyRoute(kind, { authorizer }) } });
  templateOf(stack);
  const entries = gateway.node.findAll().flatMap(({ node }) => node.metadata);
  return JSON.stringify(entries.filter(({ type }) => type === ACKNOWLEDGED_RULES));
}

const ISSUER = 'https://login.example.com/';
const TENANT = '11111111-2222-3333-4444-555555555555';
const audience = ['orders'];

export const routeCases: Cases = {
  'routes: those of the map and those of addRoute are the same, in every order': (kind) => {
    const built = (order: readonly string[], later: readonly string[]) => {
      const stack = newStack();
      const handlers = Object.fromEntries(kind.keys.map((key, index) => [key, fn(stack, `Handler${index}`)]));
      const route = (key: string) => ({ integration: kind.integrations.lambda(handlers[key]) });
      const routes = Object.fromEntries(order.map((key) => [key, route(key)]));
      const { addRoute } = make(kind, { routes, stages: { prod: kind.deployed } }, stack);
      later.forEach((key) => addRoute(key, route(key)));
      const template = templateOf(stack);
      return Object.entries(template.Resources).sort(([a], [b]) => (a < b ? -1 : 1));
    };
    const [a, b, c] = kind.keys;
    const expected = built([a, b, c], []);
    expect(built([c, b, a], [])).toEqual(expected);
    expect(built([], [a, b, c])).toEqual(expected);
    expect(built([b], [c, a])).toEqual(expected);
  },

  'routes: a second one of the same key is refused': (kind) => {
    const { addRoute } = make(kind);
    expect(() => addRoute(kind.keys[0], anyRoute(kind))).toThrow(
      `${kind.name} 'Api': route "${kind.keys[0]}": is defined twice; a route has one integration`,
    );
  },

  'routes: a gateway without any is an error at synth': (kind) => {
    const { stack } = make(kind, { routes: {} });
    const message = `${kind.name} 'Api': has no route; give it routes: {`;
    expect(() => templateOf(stack)).toThrow(message);
    const bare = newStack();
    new { RestGateway, HttpGateway, WebSocketGateway }[kind.name](bare, 'Api');
    expect(() => templateOf(bare)).toThrow(message);
  },

  'routes: one without authorizer is refused by its name': (kind) => {
    const word = kind.name.replace('Gateway', 'Authorizer');
    expect(() => make(kind, { defaultAuthorizer: undefined })).toThrow(
      new RegExp(
        `^${kind.name} 'Api': route "${kind.keys[0].replace(/[$]/g, '\\$&')}": has no authorizer, and the gateway has no defaultAuthorizer; ` +
          `set one, or ${word}\\.none\\('why it may be open'\\) if everyone may `,
      ),
    );
  },

  'authorizers: the default one is for the routes that do not say': (kind) => {
    const { stack } = make(kind, { defaultAuthorizer: kind.authorizers.iam() });
    expect(kind.guard(templateOf(stack), kind.keys[0])).toBe('iam');
    expect(guardOf(kind, kind.authorizers.none('a probe'))).toBe('nobody');
  },

  'authorizers: a function decides, and the authorizers of the API may ask it': (kind) => {
    const stack = newStack();
    const authorizer = kind.authorizers.lambda(fn(stack, 'Decide'));
    make(kind, { routes: { [kind.keys[0]]: anyRoute(kind, { authorizer }) } }, stack);
    const template = templateOf(stack);
    expect(kind.guard(template, kind.keys[0])).toBe('function');
    const [permission, ...more] = ids(template, 'AWS::Lambda::Permission');
    expect(more).toEqual([]);
    expect(JSON.stringify(template.Resources[permission].Properties.SourceArn)).toContain('/authorizers/');
  },

  'authorizers: tokens of an issuer, and of those that have a word of their own': (kind) => {
    const { jwt, auth0, okta, entraId } = words(kind);
    expect([jwt, auth0, okta, entraId].map((authorizer) => guardOf(kind, authorizer))).toEqual(
      Array.from({ length: 4 }, () => 'token'),
    );
  },

  'authorizers: what an issuer cannot be is refused in the same words': (kind) => {
    const { authorizers } = kind;
    const word = kind.name.replace('Gateway', 'Authorizer');
    expect(() => authorizers.jwt({ issuer: ISSUER, audience: [] })).toThrow(`${word}.jwt: audience is empty`);
    expect(() => authorizers.jwt({ issuer: 'http://x.example.com', audience })).toThrow(/must begin with https:\/\//);
    expect(() => authorizers.auth0({ domain: 'https://x.auth0.com', audience })).toThrow(`${word}.auth0: domain`);
    expect(() => authorizers.okta({ domain: 'x-admin.okta.com', audience })).toThrow(/admin console/);
    expect(() => authorizers.entraId({ tenantId: 'common', audience })).toThrow(/stands for many tenants/);
  },

  'authorizers and integrations: those of other kinds are refused, for whom no compiler stops': (kind) => {
    const own = kind.name.replace('Gateway', '');
    const others = [
      [RestAuthorizer.iam(), RestIntegration.http('https://example.com/')],
      [HttpAuthorizer.iam(), HttpIntegration.http('https://example.com/')],
      [WebSocketAuthorizer.iam(), WebSocketIntegration.http('https://example.com/')],
    ].filter(([{ constructor }]) => constructor.name !== `${own}Authorizer`);
    expect(others).toHaveLength(2);
    for (const [authorizer, integration] of others) {
      expect(() => make(kind, { routes: { [kind.keys[0]]: anyRoute(kind, { authorizer }) } })).toThrow(
        new RegExp(
          `its authorizer is a ${authorizer.constructor.name}, which .* APIs do not accept\\. .*se ${own}Authorizer`,
        ),
      );
      expect(() => make(kind, { routes: { [kind.keys[0]]: { integration } } })).toThrow(
        new RegExp(
          `its integration is a ${integration.constructor.name}, which .* APIs do not accept\\. Use ${own}Integration`,
        ),
      );
    }
  },

  'authorizers: an open route has a reason, which answers the finding': (kind) => {
    const word = kind.name.replace('Gateway', 'Authorizer');
    for (const reason of ['', ' ']) {
      expect(() => kind.authorizers.none(reason)).toThrow(`${word}.none: the reason is empty; write why `);
    }
    expect(acknowledged(kind, kind.authorizers.none('the load balancer asks'))).toContain('the load balancer asks');
    expect(acknowledged(kind, kind.authorizers.iam())).not.toContain('AUTH');
  },
};

function words({ authorizers }: Kind) {
  return {
    jwt: authorizers.jwt({ issuer: ISSUER, audience }),
    auth0: authorizers.auth0({ domain: 'x.eu.auth0.com', audience }),
    okta: authorizers.okta({ domain: 'x.okta.com', audience }),
    entraId: authorizers.entraId({ tenantId: TENANT, audience }),
  };
}
