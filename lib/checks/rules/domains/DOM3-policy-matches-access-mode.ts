import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainLabel, domainsOf, isEnhanced } from '../../queries/domains';
import { strictLeft } from '../../strict-left';

export const rule: Rule = {
  id: 'DOM3',
  appliesTo: ['rest', 'domain'],
  severity: 'error',
  title: 'The security policy and the endpoint access mode match',
  why:
    'A policy that starts with SecurityPolicy_ requires an endpoint access mode, and an older one does not allow it: ' +
    'otherwise the deployment is rejected. Leaving STRICT takes about 15 minutes, during which calls fail, and the ' +
    'endpoint type cannot change under STRICT; this is reported if there is a previous assembly.',
  fix: {
    library:
      'Let the gateway or `ApiDomain` set both; do not override only one of them. To leave STRICT, deploy ' +
      '`endpointAccessMode: EndpointAccessMode.BASIC` first.',
    l2:
      'Set `endpointAccessMode: EndpointAccessMode.STRICT` on the `DomainName` with a policy of 2025, and omit it ' +
      'with `SecurityPolicy.TLS_1_2`; for a `RestApi` set both on its `CfnRestApi`. To leave STRICT, deploy BASIC ' +
      'first.',
    cloudFormation:
      'Set `EndpointAccessMode: STRICT` (or `BASIC`) with a `SecurityPolicy_…`, and omit it with `TLS_1_2` and ' +
      '`TLS_1_0`. To leave STRICT, deploy BASIC first.',
  },
  link: guide('apigateway-security-policies'),
  *check(model) {
    for (const it of [...model.restApis, ...domainsOf(model).all]) {
      const { securityPolicy: policy, endpointAccessMode: mode, location } = it;
      if (!isKnown(policy)) {
        continue;
      }
      const what = 'kind' in it ? 'the API' : domainLabel(it);
      if (isEnhanced(policy) && mode === undefined) {
        yield { location, message: `${what} has the policy ${policy} without EndpointAccessMode` };
      } else if (!isEnhanced(policy) && isKnown(mode)) {
        yield {
          location: inside(location, 'EndpointAccessMode'),
          message: `${what} has the policy ${policy}, which does not allow an EndpointAccessMode, and ${mode}`,
        };
      }
    }
    yield* strictLeft(model);
  },
};
