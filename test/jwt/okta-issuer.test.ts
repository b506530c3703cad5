import { HttpAuthorizer, RestAuthorizer, WebSocketAuthorizer } from '../../lib';

const audience = ['a'];

describe.each([
  ['RestAuthorizer', (domain: string) => RestAuthorizer.okta({ domain, audience })],
  ['HttpAuthorizer', (domain: string) => HttpAuthorizer.okta({ domain, audience })],
  ['WebSocketAuthorizer', (domain: string) => WebSocketAuthorizer.okta({ domain, audience })],
])('%s.okta', (word, okta) => {
  test.each(['okta.com', 'oktapreview.com', 'okta-emea.com', 'okta-gov.com', 'okta.mil'])(
    'refuses the admin console of %s',
    (domain) => {
      expect(() => okta(`x-admin.${domain}`)).toThrow(
        new Error(`${word}.okta: domain "x-admin.${domain}" belongs to the admin console; write "x.${domain}"`),
      );
      expect(() => okta(`X-Admin.${domain}`)).toThrow(`write "x.${domain}"`);
      expect(() => okta(`my-admin-x.${domain}`)).not.toThrow();
      expect(() => okta(`admin.${domain}`)).not.toThrow();
    },
  );

  test('refuses what looks like one of a custom domain, and says what to write where it is none', () => {
    expect(() => okta('login-admin.example.com')).toThrow(
      new Error(
        `${word}.okta: domain "login-admin.example.com" belongs to the admin console; write "login.example.com", ` +
          'or, if that is your custom domain, pass "https://login-admin.example.com/oauth2/default" to `jwt` as its issuer',
      ),
    );
    expect(() => okta('login.my-admin.example.com')).not.toThrow();
  });
});
