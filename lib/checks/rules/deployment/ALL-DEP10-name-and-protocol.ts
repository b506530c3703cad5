import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';
import { v2ApisOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-DEP10',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'An API has a name and a protocol type',
  why: 'Without a Body there is no title that could serve as the name: API Gateway rejects the API, and the stack rolls back. HTTP and WebSocket APIs share one resource type, so it must state the protocol.',
  fix: {
    library: 'Set `apiName`, or omit it: the gateway names its API after its path.',
    l2:
      'Set `restApiName` on the `RestApi`, `apiName` on the `HttpApi` or `WebSocketApi`; each sets its ' +
      '`protocolType` itself.',
    cloudFormation:
      'Set `Name` on the `AWS::ApiGateway::RestApi`, and `Name` and `ProtocolType` on the `AWS::ApiGatewayV2::Api`.',
  },
  link: cloudFormation('resource-apigateway-restapi'),
  sameAs: { 'cfn-lint': ['E3660'] },
  *check(model) {
    for (const { form, name, location } of model.restApis) {
      if (form === 'resources' && name === undefined) {
        yield { location, message: 'the API has neither a Name nor a Body' };
      }
    }
    for (const { form, name, protocolType, location } of v2ApisOf(model)) {
      const given = { Name: name, ProtocolType: protocolType };
      const missing = Object.entries(given).flatMap(([property, value]) => (value === undefined ? property : []));
      if (form === 'resources' && missing.length > 0) {
        yield { location, message: `the API has neither a Body nor a ${missing.join(' and a ')}` };
      }
    }
  },
};
