import { type Rule } from '../../rule';
import { apiLabel, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM20',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'A WebSocket API has no domain with mutual TLS',
  why: 'WebSocket APIs do not support mutual TLS: either no client has to present a certificate, or the mapping is rejected.',
  fix: {
    library: 'Give the WebSocket API an `ApiDomain` without `mutualTls`, and an authorizer on `$connect`.',
    l2: 'Give the `WebSocketApi` a `DomainName` without `mtls`, and a `WebSocketLambdaAuthorizer` on `$connect`.',
    cloudFormation:
      'Omit `MutualTlsAuthentication` on the `AWS::ApiGatewayV2::DomainName` of a WebSocket API, and give `$connect` an authorizer.',
  },
  link: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-websocketapi.html',
  *check(model) {
    for (const { domain, api, location } of domainsOf(model).paths) {
      if (domain?.mutualTls && api.kind === 'websocket') {
        yield { location, message: `${apiLabel(api)} is behind ${domainLabel(domain)}, which has mutual TLS` };
      }
    }
  },
};
