import { Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { HttpAuthorizer, HttpGateway, HttpIntegration } from '../../lib';
import { Owner } from '../../lib/authoring/errors';
import { httpRouteArn, HttpRoutes, isCatchAll, parseHttpRouteKey } from '../../lib/gateway/http-route-key';
import { covering, patternOf } from '../../lib/integrations/source-arn';
import { fn, ids, resource, templateOf, testApp } from '../support/stacks';
import { bodyOf, gateway, integrationOf } from './support';

const OWNER = new Owner('Test');
const http = HttpIntegration.http('https://example.com/');
const segment = fc.oneof(
  fc.stringMatching(/^[a-z0-9._-]{1,6}$/).filter((text) => !/^\.\.?$/.test(text)),
  fc.stringMatching(/^\{[a-z]{1,4}\}$/),
);
const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`);
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'ANY');

describe('route keys', () => {
  test('of any legal method and path are taken as they are', () => {
    fc.assert(
      fc.property(method, path, (verb, at) => {
        const names = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        fc.pre(new Set(names).size === names.length);
        const key = parseHttpRouteKey(`${verb} ${at}`, OWNER);
        expect(key).toMatchObject({ key: `${verb} ${at}`, method: verb, path: at, variables: names, isDefault: false });
      }),
    );
  });

  test('clash where callers could not tell the paths apart, and nowhere else', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(method, path), { maxLength: 6 }), (keys) => {
        const routes = new HttpRoutes();
        const shapes = new Map<string, string>();
        const seen = new Set<string>();
        for (const [verb, at] of keys) {
          const shape = at.replace(/\{\w+\}/g, '{}');
          const clashes = seen.has(`${verb} ${at}`) || (shapes.get(shape) ?? at) !== at;
          const key = { key: `${verb} ${at}`, method: verb, path: at, variables: [], isDefault: false };
          if (clashes) expect(() => routes.add(key, OWNER)).toThrow();
          else routes.add(key, OWNER);
          if (!clashes) {
            seen.add(`${verb} ${at}`);
            shapes.set(shape, at);
          }
        }
      }),
    );
  });

  test('$default and ANY on everything are catch-alls', () => {
    const caught = (key: string) => isCatchAll(parseHttpRouteKey(key, OWNER));
    expect(['$default', 'ANY /{proxy+}', 'ANY /{rest+}'].map(caught)).toEqual([true, true, true]);
    expect(['GET /{proxy+}', 'ANY /a/{proxy+}', 'ANY /{id}', 'ANY /'].map(caught)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('source ARNs', () => {
  const arns = (...keys: string[]) =>
    patternOf(keys.map((key) => httpRouteArn(parseHttpRouteKey(key, OWNER))).reduce(covering));

  test('of the route $default have no method and path', () => {
    expect(arns('$default')).toBe('$default');
    expect(arns('$default', 'GET /orders')).toBe('*');
    expect(arns('GET /orders', '$default', 'GET /orders/{id}')).toBe('*');
    expect(arns('ANY /a/{proxy+}')).toBe('*/a/*');
  });

  test('cover each of their routes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.tuple(method, path), fc.constant(undefined)), { minLength: 1 }), (keys) => {
        const routes = keys.map((key) =>
          key
            ? { method: key[0] === 'ANY' ? '*' : key[0], path: key[1].replace(/\{\w+\}/g, '*') }
            : { method: '$default', path: '' },
        );
        const pattern = patternOf(routes.reduce(covering));
        const regex = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`);
        for (const { method: verb, path: at } of routes) expect(`${verb}${at}`).toMatch(regex);
      }),
    );
  });
});

describe('in the document', () => {
  test('are $default, ANY and variables under other names than those beside them', () => {
    const { stack } = gateway({
      routes: {
        $default: { integration: http },
        'ANY /files/{proxy+}': { integration: http },
        'GET /files/{id}': { integration: http },
        'GET /files/{file}/versions': { integration: http },
      },
    });
    const { paths, components } = bodyOf(stack);
    // Without the slash the import warns, and warnings fail it.
    expect(paths['/$default']['x-amazon-apigateway-any-method'].isDefaultRoute).toBe(true);
    expect(paths['/files/{proxy+}']['x-amazon-apigateway-any-method'].isDefaultRoute).toBeUndefined();
    expect(components.parameters['proxy-greedy'].name).toBe('proxy+');
    expect(Object.keys(components.parameters)).toEqual(['file', 'id', 'proxy-greedy']);
  });

  test('integrations are named by their kind or function, and equal ones are one', () => {
    const stack = new Stack(testApp(), 'Stack');
    const first = fn(stack, 'Handler');
    const build = (order: readonly number[]) => {
      const routes = [
        ['GET /a', { integration: HttpIntegration.lambda(first) }],
        ['GET /b', { integration: HttpIntegration.lambda(first) }],
        ['GET /c', { integration: HttpIntegration.http('https://example.com/c') }],
        ['GET /d', { integration: HttpIntegration.http('https://example.com/d') }],
        ['GET /e', { integration: HttpIntegration.http('https://example.com/c') }],
      ] as const;
      const api = new HttpGateway(stack, `Api${order.join('')}`, { defaultAuthorizer: HttpAuthorizer.iam() });
      for (const [key, options] of order.map((index) => routes[index])) api.addRoute(key, options);
      return api;
    };
    build([0, 1, 2, 3, 4]);
    build([4, 3, 2, 1, 0]);
    const template = templateOf(stack);
    const [a, b] = ids(template, 'AWS::ApiGatewayV2::Api').map((id) => template.Resources[id].Properties.Body);
    expect(Object.keys(a.components['x-amazon-apigateway-integrations'])).toEqual(['Handler', 'http', 'http-2']);
    expect(JSON.stringify(a.paths)).toBe(JSON.stringify(b.paths));
    expect(integrationOf(a, '/e')).toEqual(integrationOf(a, '/c'));
    expect(integrationOf(a, '/d').uri).toBe('https://example.com/d');
  });
});

describe('an open catch-all', () => {
  const open = HttpAuthorizer.none('legacy');

  test('beside open routes only is the API itself', () => {
    const { stack } = gateway({
      routes: { $default: { integration: http, authorizer: open }, 'GET /a': { integration: http, authorizer: open } },
    });
    expect(() => templateOf(stack)).not.toThrow();
  });

  test('beside authorized routes has to be allowed by name', () => {
    const { stack } = gateway({
      routes: {
        'ANY /{proxy+}': { integration: http, authorizer: open, allowOpenCatchAll: true },
        'GET /a': { integration: http },
      },
    });
    const api = resource(templateOf(stack), 'AWS::ApiGatewayV2::Api');
    expect(api.Properties.Body.paths['/{proxy+}']['x-amazon-apigateway-any-method'].security).toBeUndefined();
  });
});
