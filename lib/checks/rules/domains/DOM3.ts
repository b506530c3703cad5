import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainLabel, domainsOf, isEnhanced } from '../../queries/domains';
import { strictLeft } from '../../strict-left';

export const rule: Rule = {
  id: 'DOM3',
  appliesTo: ['rest', 'domain'],
  severity: 'error',
  title: 'A security policy and the endpoint access mode go together',
  why:
    'A policy that starts with SecurityPolicy_ must have an endpoint access mode, and an older one must not: the deployment is refused. Leaving ' +
    'STRICT takes about 15 minutes, during which calls fail, and the endpoint type cannot change under STRICT; the previous assembly, if there is one, ' +
    'shows it.',
  fix: {
    library:
      'Leave both to the gateway or `ApiDomain`; do not override one of them. To leave STRICT, deploy `endpointAccessMode: EndpointAccessMode.BASIC` ' +
      'first.',
    l2:
      'Set `endpointAccessMode: EndpointAccessMode.STRICT` of the `DomainName` beside a policy of 2025, and leave it ' +
      'out beside `SecurityPolicy.TLS_1_2`; of a `RestApi` set both on its `CfnRestApi`. To leave STRICT, deploy BASIC first.',
    cloudFormation:
      'Set `EndpointAccessMode: STRICT` (or `BASIC`) beside a `SecurityPolicy_…`, and none beside `TLS_1_2` and ' +
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
          message: `${what} has the policy ${policy}, which takes no EndpointAccessMode, and ${mode}`,
        };
      }
    }
    yield* strictLeft(model);
  },
};
