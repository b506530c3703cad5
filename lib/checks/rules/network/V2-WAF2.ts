import { type WebAclAssociation } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { cloudFormation, inside, resourceKey } from '../../queries/common';
import { v2ApisOf } from '../../queries/v2';
import { outline } from '../../../template/model/text';

/** Whether the ARN is one of an HTTP or WebSocket API, or of its stage. */
function isOfV2({ api, resourceArn }: WebAclAssociation, v2Apis: ReadonlySet<string>): boolean {
  return /:\/apis\//.test(outline(resourceArn)) || (api !== undefined && v2Apis.has(resourceKey(api)));
}

export const rule: Rule = {
  id: 'V2-WAF2',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'A web ACL is not put before an HTTP or WebSocket API',
  why: 'AWS WAF guards stages of REST APIs alone. It refuses the ARN of another kind of API, and the stack rolls back.',
  fix: {
    library:
      'Put a CloudFront distribution with the web ACL before the API, and set `disableExecuteApiEndpoint`; or use the ' +
      'REST gateway.',
    l2:
      'Put a `Distribution` with `webAclId` before the API, and set `disableExecuteApiEndpoint` of the `HttpApi`; or ' +
      'use a `RestApi`.',
    cloudFormation:
      'Delete the `AWS::WAFv2::WebACLAssociation`, put a CloudFront distribution with the web ACL before the API, and ' +
      'set `DisableExecuteApiEndpoint`; or use a REST API.',
  },
  link: cloudFormation('resource-wafv2-webaclassociation'),
  *check(model) {
    const v2Apis = new Set(v2ApisOf(model).map(({ location }) => resourceKey(location)));
    for (const association of model.webAclAssociations) {
      if (isOfV2(association, v2Apis)) {
        yield {
          location: inside(association.location, 'ResourceArn'),
          message: `${association.location.logicalId} puts a web ACL before an HTTP or WebSocket API`,
        };
      }
    }
  },
};
