import { rule as AUTH7 } from '../../../lib/checks/rules/authorization/ALL-AUTH7-authorizer-only-with-its-type';
import { rule as AUTH30 } from '../../../lib/checks/rules/authorization/ALL-AUTH30-credentials-in-stage-variable';
import { rule as AUTH25 } from '../../../lib/checks/rules/authorization/V2-AUTH25-http-route-api-key';
import { rule as CORS5 } from '../../../lib/checks/rules/cors/REST-CORS5-mock-preflight-binary-json';
import { rule as DEP22 } from '../../../lib/checks/rules/deployment/HTTP-DEP22-body-settings-not-repeated';
import { rule as INT21 } from '../../../lib/checks/rules/integrations/ALL-INT21-private-integration-link-and-target';
import { rule as LOG18 } from '../../../lib/checks/rules/logging/ALL-LOG18-log-group-region-and-account';
import { type Rule } from '../../../lib/checks/rule';
import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/reader/read';
import { resourcesOf } from '../corpus/bases';
import { patched, type Value } from '../corpus/patch';
import { source } from '../support';

/** The severities of what the rule finds in a changed base. */
function severities(rule: Rule, base: string, change: Value): string[] {
  const template = { Resources: patched(resourcesOf(base), change) };
  const model = readModel([source(template, 'api.template.json', { region: 'eu-west-1' })]);
  return runRules(model, [rule]).map(({ severity }) => severity);
}

const properties = (id: string, values: Value): Value => ({ [id]: { Properties: values } });
const LOGS = 'arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-orders';

describe('an error is what is documented or reported, a warning what is expected', () => {
  test.each<[string[], string]>([
    [['*/*'], 'error'],
    [['application/json', '*/*'], 'error'],
    [['application/json'], 'warning'],
    [['application/*'], 'warning'],
  ])('REST-CORS5: %p is an %s', (types, severity) => {
    expect(severities(CORS5, 'rest-raw', properties('Api', { BinaryMediaTypes: types }))).toEqual([severity]);
  });

  test('ALL-LOG18: the log of a web ACL, and an access log', () => {
    const waf = { WafLogs: null, ...(properties('WafLog', { LogDestinationConfigs: [LOGS] }) as object) };
    const access = properties('Stage', { AccessLogSetting: { DestinationArn: LOGS } });
    expect(severities(LOG18, 'rest-waf-log-raw', waf)).toEqual(['error']);
    expect(severities(LOG18, 'rest-raw', access)).toEqual(['warning']);
  });

  test('ALL-INT21: a WebSocket API through a link V2, and an HTTP API through a link V1', () => {
    const through = (type: string): Value => ({
      ...(properties('Integration', {
        IntegrationType: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: { Ref: 'Link' },
      }) as object),
      Link: { Type: type, Properties: { Name: 'link' } },
    });
    expect(severities(INT21, 'websocket-raw', through('AWS::ApiGatewayV2::VpcLink'))).toEqual(['error']);
    expect(severities(INT21, 'http-raw', through('AWS::ApiGateway::VpcLink'))).toEqual(['warning']);
  });

  test('HTTP-DEP22: a name and a description', () => {
    expect(severities(DEP22, 'http-body', properties('Api', { Name: 'orders', Description: 'x' }))).toEqual(['error']);
    expect(severities(DEP22, 'http-body', properties('Api', { Description: 'x' }))).toEqual(['warning']);
  });

  test.each([
    ['NONE', 'error'],
    ['AWS_IAM', 'warning'],
  ])('V2-AUTH25: an API key that is not checked, on a route with AuthorizationType %s', (type, severity) => {
    const route = { AuthorizationType: type, AuthorizerId: null, AuthorizationScopes: null, ApiKeyRequired: true };
    expect(severities(AUTH25, 'http-raw', properties('ListOrders', route))).toEqual([severity]);
  });

  test.each([
    ['NONE', 'error'],
    ['AWS_IAM', 'warning'],
  ])('ALL-AUTH7: an authorizer beside AuthorizationType %s', (type, severity) => {
    const method = { AuthorizationType: type, AuthorizerId: { Ref: 'Authorizer' } };
    expect(severities(AUTH7, 'rest-raw', properties('ListOrders', method))).toEqual([severity]);
  });

  test('ALL-AUTH30: a value that is a credential, and one that has the name of one', () => {
    const variables = { a: 'AKIAABCDEFGHIJKLMNOP', dbPassword: 'correct horse' };
    expect(severities(AUTH30, 'rest-raw', properties('Stage', { Variables: variables }))).toEqual(['error', 'warning']);
  });
});
