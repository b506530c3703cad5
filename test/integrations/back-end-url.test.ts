import { App, Aws, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { HttpIntegration, RestIntegration, WebSocketIntegration } from '../../lib';
import { checkBackEndUrl, checkPort } from '../../lib/integrations/back-end-url';
import { Owner } from '../../lib/authoring/errors';
import { gateway as http } from '../http/support';
import { gateway as rest } from '../support/stacks';
import { gateway as webSocket } from '../websocket/support';

const owner = new Owner('X');
const check = (url: string) => {
  checkBackEndUrl(url, 'https://a.example', owner);
  checkPort(url, owner);
};

describe('the URL of a back-end', () => {
  test.each([
    'https://x.example',
    'http://x.example:8080/a?b=c&d=%C3%BC',
    'https://x.example/{id}/{proxy+}',
    'https://${stageVariables.host}/v1/${stageVariables.path}?q={q}',
    "https://user:pw@x.example/~a!$&'()*+,;=:@",
    'https://[2001:db8::1]:443/',
    'https://x.example:65535?a=b',
    'http://x.example:80',
    `https://${Aws.ACCOUNT_ID}.example/a`,
    Aws.URL_SUFFIX,
    `http://${Stack.of(new Stack(new App(), 'S')).region}:1024/{id}`,
  ])('%s is taken', (url) => expect(() => check(url)).not.toThrow());

  test.each([
    ['https://x.example/a b', 'the URL "https://x.example/a b" contains " ", which a URL cannot contain; write "%20"'],
    ['https://x.example/?q=ü', 'contains "ü", which a URL cannot contain; write "%C3%BC"'],
    ['https://x.example/👩', 'contains "👩", which a URL cannot contain; write "%F0%9F%91%A9"'],
    [`https://${Aws.ACCOUNT_ID}.example/a b`, 'contains " "'],
    ['https://${stageVariables.host}/a"b', 'contains "\"", which a URL cannot contain; write "%22"'],
    ['https://x.example/a<b', 'write "%3C"'],
    ['https://x.example/a\\b', 'write "%5C"'],
    ['https://x.example/\n', 'write "%0A"'],
    ['https://x.example/100%', 'contains "%", which begins two hexadecimal digits; for the sign itself, write "%25"'],
    ['https://x.example/%zz', 'for the sign itself, write "%25"'],
    ['https://x.example/#top', 'contains "#", and the fragment after it is for browsers; leave it out'],
    [
      'https://x.example/{id',
      'contains "{", which encloses the name of a path variable; write both braces, e.g. "{id}"',
    ],
    ['https://x.example:8/a', 'has the port 8; API Gateway calls 80, 443 and 1024 to 65535'],
    ['https://x.example:1023', 'has the port 1023'],
    ['https://x.example:65536/', 'has the port 65536'],
    ['x.example', 'must be absolute, e.g. "https://a.example"'],
    ['https:///a', 'must be absolute'],
    ['https://?a', 'must be absolute'],
    ['ftp://x.example', 'must be absolute'],
  ])('%j is an error', (url, message) => {
    expect(() => check(url)).toThrow(message);
  });

  test('of any text: what is taken is a URI', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webPath(), fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const url = `https://x.example/${text}`;
        try {
          check(url);
        } catch {
          return;
        }
        expect(url).toMatch(/^[\x21-\x7e]+$/);
        expect(() => new URL(url.replace(/[{}]/g, ''))).not.toThrow();
      }),
    );
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true }), (url) => expect(() => check(url)).not.toThrow()));
  });

  test('is checked on every kind of API', () => {
    const bad = 'https://x.example/a b';
    const at = (make: () => unknown) => expect(make).toThrow('contains " ", which a URL cannot contain; write "%20"');
    const responses = [{ statusCode: 200 }];
    at(() => rest({ routes: { 'GET /x': { integration: RestIntegration.http(bad) } } }));
    at(() =>
      rest({
        routes: {
          'GET /x': { integration: RestIntegration.httpCustom(bad, { requestTemplates: { 'a/b': '' }, responses }) },
        },
      }),
    );
    at(() => http({ routes: { 'GET /x': { integration: HttpIntegration.http(bad) } } }));
    at(() => webSocket({ routes: { $connect: { integration: WebSocketIntegration.http(bad) } } }));
  });

  test('has a port that a REST API calls', () => {
    const bad = 'https://x.example:25/a';
    const responses = [{ statusCode: 200 }];
    const custom = { requestTemplates: { 'a/b': '' }, responses };
    for (const integration of [RestIntegration.http(bad), RestIntegration.httpCustom(bad, custom)]) {
      expect(() => rest({ routes: { 'GET /x': { integration } } })).toThrow('has the port 25');
    }
  });
});
