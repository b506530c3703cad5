import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-TLS1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The default endpoint requires TLS 1.2 or newer',
  why: 'Regional and edge-optimized APIs accept TLS 1.0 by default, on the default endpoint even if a custom domain is stricter.',
  fix: {
    library: 'Omit `securityPolicy`, or set a newer one: the gateway sets a policy with TLS 1.2.',
    l2:
      'Set it on the L1: `(api.node.defaultChild as CfnRestApi).securityPolicy = ' +
      '"SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"`, with `endpointAccessMode`.',
    cloudFormation:
      'Set `SecurityPolicy` on the RestApi, e.g. to `SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09` with ' +
      '`EndpointAccessMode`.',
  },
  link: guide('apigateway-security-policies'),
  setting: 'TLS 1.2',
  *check(model) {
    for (const {
      securityPolicy: policy,
      endpointTypes,
      disableExecuteApiEndpoint: disabled,
      location,
      stages: [stage],
    } of model.restApis) {
      // Private APIs have TLS 1.2 by default, and a disabled endpoint negotiates nothing.
      const reachable = isKnown(endpointTypes) && !endpointTypes.includes('PRIVATE') && disabled !== true;
      if (reachable && (policy === undefined || policy === 'TLS_1_0')) {
        yield {
          location,
          stage,
          message: `the API accepts TLS 1.0 (SecurityPolicy ${policy === undefined ? 'is not set' : 'TLS_1_0'})`,
        };
      }
    }
  },
};
