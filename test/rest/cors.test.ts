import { Duration, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { type CorsOptions, RestAuthorizer, type RestGatewayProps, RestIntegration } from '../../lib';
import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import { bodyOf, gateway, type Json, templateOf } from '../support/stacks';
import { renderTemplate } from '../support/velocity';

const INTEGRATION = 'x-amazon-apigateway-integration';
const mock = RestIntegration.mock();

function body(cors: CorsOptions, props: Partial<RestGatewayProps> = {}): Json {
  return bodyOf(gateway({ cors, ...props }).stack);
}

/** Headers of the answer to a preflight request, as API Gateway makes them from mapping and template. */
function answer(operation: Json, headers: Record<string, string>): Record<string, string> {
  const { responseParameters, responseTemplates } = operation[INTEGRATION].responses.default;
  const template = responseTemplates?.['application/json'];
  const set = template === undefined ? {} : renderTemplate(template, { header: headers }).headers;
  const fixed = Object.entries<string>(responseParameters).map(([name, value]) => [
    name.replace('method.response.header.', ''),
    value.slice(1, -1),
  ]);
  return { ...Object.fromEntries(fixed), ...set };
}

test.each(['allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders'] as const)(
  'a token for the whole list %s is refused, since templates have each value',
  (name) => {
    const values = Token.asList({ Ref: 'Values' });
    expect(() => body({ allowOrigins: ['https://app.example.com'], [name]: values })).toThrow(
      `RestGateway 'Api': cors: ${name} is a token for a whole list, but a REST API needs to know each value; write [a, b], whose values may be tokens, or use HttpGateway`,
    );
  },
);

describe('preflight', () => {
  const one = body(
    { allowOrigins: ['https://app.example.com'], maxAge: Duration.minutes(5) },
    {
      routes: {
        'GET /a': { integration: mock },
        'PUT /a': { integration: mock },
        'ANY /b/{proxy+}': { integration: mock },
        'OPTIONS /c': { integration: mock },
      },
    },
  );

  test('stands on every path that has no OPTIONS of its own, open, and declares what it answers', () => {
    expect(one.paths['/a'].options).not.toHaveProperty('security');
    expect(one.paths['/b/{proxy+}']).toHaveProperty('options');
    expect(one.paths['/c'].options.security).toEqual([{ sigv4: [] }]);
    const declared = Object.keys(one.paths['/a'].options.responses['204'].headers);
    const mapped = Object.keys(one.paths['/a'].options[INTEGRATION].responses.default.responseParameters);
    expect(mapped).toEqual(declared.map((name) => `method.response.header.${name}`));
  });

  test('answers 204 with the methods of the path', () => {
    expect(one.paths['/a'].options[INTEGRATION].requestTemplates).toEqual({
      'application/json': '{"statusCode": 204}',
    });
    expect(answer(one.paths['/a'].options, {})).toEqual({
      'Access-Control-Allow-Origin': 'https://app.example.com',
      'Access-Control-Allow-Methods': 'GET,OPTIONS,PUT',
      'Access-Control-Allow-Headers':
        'Content-Type,Authorization,X-Amz-Date,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
      'Access-Control-Max-Age': '300',
      Vary: 'Origin',
    });
    expect(answer(one.paths['/b/{proxy+}'].options, {})['Access-Control-Allow-Methods']).toBe(
      'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT',
    );
  });

  test('takes methods, headers and credentials that the user names', () => {
    const { paths } = body({
      allowOrigins: ['https://a.b'],
      allowMethods: ['GET'],
      allowHeaders: ['X-A'],
      allowCredentials: true,
    });
    expect(answer(paths['/'].options, {})).toMatchObject({
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Headers': 'X-A',
      'Access-Control-Allow-Credentials': 'true',
    });
  });

  test('of every origin does not vary', () => {
    expect(answer(body({ allowOrigins: ['*'] }).paths['/'].options, {})).not.toHaveProperty('Vary');
  });

  test.each(['allowHeaders', 'exposeHeaders', 'allowMethods'])(
    'takes no quote in %s, which would end the value',
    (name) => {
      expect(() => body({ allowOrigins: ['https://a.b'], [name]: ['X', "a'b"] })).toThrow(
        `RestGateway 'Api': cors: ${name} has "a'b", but a REST API allows no single quote in the value of a header; remove it`,
      );
      expect(() => body({ allowOrigins: ['https://a.b'], [name]: ['X', 'a!#$%&*+.^_`|~b'] })).not.toThrow();
    },
  );

  test('converts its template to text where every payload is binary', () => {
    const cors = { allowOrigins: ['https://a.b'] };
    expect(body(cors, { binaryMediaTypes: ['*/*'] }).paths['/'].options[INTEGRATION].contentHandling).toBe(
      'CONVERT_TO_TEXT',
    );
    expect(body(cors, { binaryMediaTypes: ['image/png'] }).paths['/'].options[INTEGRATION]).not.toHaveProperty(
      'contentHandling',
    );
  });
});

describe('several origins', () => {
  const allowed = ['https://app.example.com', 'https://admin.example.com', 'http://localhost:3000'];
  const several = body({ allowOrigins: allowed, allowCredentials: true });
  const { options, get } = several.paths['/'];

  test.each(allowed)('%s gets itself back, whatever the case of the header', (origin) => {
    expect(answer(options, { Origin: origin })['Access-Control-Allow-Origin']).toBe(origin);
    expect(answer(options, { origin })['Access-Control-Allow-Origin']).toBe(origin);
    expect(answer(get, { Origin: origin })).toMatchObject({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
    });
  });

  test('no other origin gets a header, whatever it writes', () => {
    const near = fc
      .constantFrom(...allowed)
      .chain((origin) =>
        fc.constantFrom(
          `${origin}.evil.com`,
          `${origin}/`,
          origin.toUpperCase(),
          ` ${origin}`,
          `${origin}" || "a" == "a`,
        ),
      );
    fc.assert(
      fc.property(fc.oneof(fc.string(), near, fc.constant('null'), fc.constant('$origin')), (origin) => {
        fc.pre(!allowed.includes(origin));
        expect(answer(options, { Origin: origin })).not.toHaveProperty('Access-Control-Allow-Origin');
      }),
    );
    expect(answer(options, {})).not.toHaveProperty('Access-Control-Allow-Origin');
  });

  test('of gateway responses are given back, without credentials', () => {
    expect(several['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters).toEqual({
      'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
      'gatewayresponse.header.Vary': "'Origin'",
    });
  });
});

describe('gateway responses', () => {
  test('of both classes carry the origin', () => {
    const responses = body({ allowOrigins: ['https://a.b'], allowCredentials: true })[
      'x-amazon-apigateway-gateway-responses'
    ];
    const parameters = {
      'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'",
      'gatewayresponse.header.Access-Control-Allow-Origin': "'https://a.b'",
      'gatewayresponse.header.Vary': "'Origin'",
    };
    expect(responses).toEqual({
      DEFAULT_4XX: { responseParameters: parameters },
      DEFAULT_5XX: { responseParameters: parameters },
    });
  });

  test('of the user keep the CORS headers, which a type of its own does not inherit', () => {
    const responses = body(
      { allowOrigins: ['*'] },
      {
        gatewayResponses: {
          THROTTLED: {
            statusCode: 429,
            headers: { 'Retry-After': '1', 'X-Path': 'method.request.path.id', 'X-Q': "'q'" },
            templates: { 'text/plain': 'slow down' },
          },
        },
      },
    )['x-amazon-apigateway-gateway-responses'];
    expect(Object.keys(responses)).toEqual(['DEFAULT_4XX', 'DEFAULT_5XX', 'THROTTLED']);
    expect(responses.THROTTLED).toEqual({
      statusCode: '429',
      responseParameters: {
        'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
        'gatewayresponse.header.Retry-After': "'1'",
        'gatewayresponse.header.X-Path': 'method.request.path.id',
        'gatewayresponse.header.X-Q': "'q'",
      },
      responseTemplates: { 'text/plain': 'slow down' },
    });
  });

  test('without CORS are only those that the user wrote', () => {
    const { stack } = gateway({ gatewayResponses: { THROTTLED: { statusCode: 429 } } });
    expect(bodyOf(stack)['x-amazon-apigateway-gateway-responses']).toEqual({
      THROTTLED: { responseParameters: {}, statusCode: '429' },
    });
    expect(bodyOf(gateway().stack)).not.toHaveProperty('x-amazon-apigateway-gateway-responses');
  });
});

describe('a mock', () => {
  test('exposes headers and carries the origin, and its body comes after', () => {
    const { paths } = body(
      { allowOrigins: ['https://a.b', 'https://c.d'], exposeHeaders: ['X-Id'] },
      {
        routes: {
          'GET /': {
            integration: RestIntegration.mock({ statusCode: 201, body: '{"ok":true}' }),
            authorizer: RestAuthorizer.none('x'),
          },
        },
      },
    );
    const operation = paths['/'].get;
    expect(answer(operation, { Origin: 'https://c.d' })).toEqual({
      'Access-Control-Allow-Origin': 'https://c.d',
      'Access-Control-Expose-Headers': 'X-Id',
      Vary: 'Origin',
    });
    expect(Object.keys(operation.responses)).toEqual(['201']);
    expect(operation[INTEGRATION].responses.default.responseTemplates['application/json']).toMatch(/\{"ok":true\}$/);
  });
});

describe('origins with a wildcard', () => {
  const allowed = (allowOrigins: string[], origin: string) =>
    answer(body({ allowOrigins }).paths['/'].options, { Origin: origin })['Access-Control-Allow-Origin'];

  test.each<[string, string[], string[]]>([
    [
      'https://*.example.com',
      ['https://a.example.com', 'https://a-1.b.example.com'],
      [
        'https://example.com',
        'https://.example.com',
        'http://a.example.com',
        'https://a.example.com:8443',
        'https://a.example.com.evil.test',
        'https://evil.test/.example.com',
        'https://evil.test?.example.com',
        'https://evil.test#.example.com',
        'https://aXexample.com',
        'https://a.exampleXcom',
        'https://a.example.com\r\nX-Y: 1',
        'xhttps://a.example.com',
      ],
    ],
    [
      'http://*.example.com:8080',
      ['http://a.example.com:8080'],
      ['http://a.example.com', 'http://a.example.com:80801'],
    ],
    ['https://*', ['https://a.b', 'https://a.b:1'], ['http://a.b', 'https://', 'https://a.b/c', 'null']],
    ['http://*', ['http://localhost:3000'], ['https://a.b']],
  ])('%s', (pattern, good, bad) => {
    for (const origin of good) expect(allowed([pattern], origin)).toBe(origin);
    for (const origin of bad) expect(allowed([pattern], origin)).toBeUndefined();
    for (const origin of [...good, 'https://other.test'])
      expect(allowed([pattern, 'https://other.test'], origin)).toBe(origin);
  });

  test('the answers of the gateway itself give the origin back, without credentials', () => {
    const made = body({ allowOrigins: ['https://*.example.com'], allowCredentials: true });
    expect(made['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters).toEqual({
      'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
      'gatewayresponse.header.Vary': "'Origin'",
    });
  });

  test.each([
    ['https://*', true],
    ['http://*', true],
    ['https://*.example.com', false],
  ])('%s: every origin is a finding, the names below one are not', (origin, found) => {
    const template = templateOf(gateway({ cors: { allowOrigins: [origin] } }).stack);
    const findings = runRules(readModel([{ file: 'Stack', template, bytes: 1 }]));
    expect(findings.map(({ id }) => id).includes('ALL-CORS7')).toBe(found);
  });
});
