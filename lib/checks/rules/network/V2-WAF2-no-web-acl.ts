import { type WebAclAssociation } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { cloudFormation, inside, resourceKey } from '../../queries/common';
import { v2ApisOf } from '../../queries/v2';
import { outline } from '../../../template/model/text';

/** Whether the ARN is one of an HTTP or WebSocket API, or of its stage. */
function isOfV2({ api, resourceArn }: WebAclAssociation, v2Apis: ReadonlySet<string>): boolean {
  return api === undefined ? /:\/apis\//.test(outline(resourceArn)) : v2Apis.has(resourceKey(api));
}

export const rule: Rule = {
  id: 'V2-WAF2',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'An HTTP or WebSocket API has no web ACL',
  why: 'AWS WAF protects only stages of REST APIs. It rejects the ARN of another kind of API, and the stack rolls back.',
  fix: {
    library:
      'Put a CloudFront distribution with the web ACL in front of the API, and set `disableExecuteApiEndpoint`; or ' +
      'use the REST gateway.',
    l2:
      'Put a `Distribution` with `webAclId` in front of the API, and set `disableExecuteApiEndpoint` on the ' +
      '`HttpApi`; or use a `RestApi`.',
    cloudFormation:
      'Delete the `AWS::WAFv2::WebACLAssociation`, put a CloudFront distribution with the web ACL in front of the ' +
      'API, and set `DisableExecuteApiEndpoint`; or use a REST API.',
  },
  link: cloudFormation('resource-wafv2-webaclassociation'),
  *check(model) {
    const v2Apis = new Set(v2ApisOf(model).map(({ location }) => resourceKey(location)));
    for (const association of model.webAclAssociations) {
      if (isOfV2(association, v2Apis)) {
        yield {
          location: inside(association.location, 'ResourceArn'),
          message: `${association.location.logicalId} associates a web ACL with an HTTP or WebSocket API`,
        };
      }
    }
  },
};
