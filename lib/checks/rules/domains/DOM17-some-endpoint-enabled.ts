import { domainsOf } from '../../queries/domains';
import { type Rule } from '../../rule';
import { guide, resourceKey } from '../../queries/common';

export const rule: Rule = {
  id: 'DOM17',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'An API without a default endpoint has a domain',
  why: 'No one can reach it: the default endpoint is disabled, and no mapping in these templates leads to it.',
  fix: {
    library: 'Map it with `domain` of the gateway or `ApiDomain.map`; acknowledge the finding if another app maps it.',
    l2:
      'Map it with `domainName` of the `RestApi`, `defaultDomainMapping` of the `HttpApi` or `domainMapping` of a ' +
      'stage; acknowledge the finding if another app maps it.',
    cloudFormation: 'Add an `AWS::ApiGatewayV2::ApiMapping`; acknowledge the finding if another template maps it.',
  },
  link: guide('rest-api-disable-default-endpoint'),
  *check(model) {
    const behind = [
      ...domainsOf(model).paths.map(({ api }) => api),
      ...domainsOf(model).rules.flatMap(({ apis }) => apis),
    ];
    // An unknown one may be any.
    if (behind.some(({ ref }) => !ref)) {
      return;
    }
    const mapped = new Set(behind.flatMap(({ ref }) => (ref ? resourceKey(ref) : [])));
    for (const { location, disableExecuteApiEndpoint: off } of [
      ...model.restApis,
      ...model.httpApis,
      ...model.webSocketApis,
    ]) {
      if (off === true && !mapped.has(resourceKey(location))) {
        yield { location, message: `the API ${location.logicalId} has no default endpoint, and no domain leads to it` };
      }
    }
  },
};
