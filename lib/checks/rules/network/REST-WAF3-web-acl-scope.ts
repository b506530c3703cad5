import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { stageWebAcls } from '../../queries/web-acls';
import { outline } from '../../../template/model/text';

export const rule: Rule = {
  id: 'REST-WAF3',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The web ACL of a stage has the scope REGIONAL',
  why: 'A stage requires a web ACL in its own Region. A web ACL for CloudFront is rejected, and the stack rolls back.',
  fix: {
    library: 'Use `WebAcl.managed(…)`, which creates a regional one.',
    l2: 'Set `scope: "REGIONAL"` on the `CfnWebACL`, in the Region of the API.',
    cloudFormation: 'Set `Scope: REGIONAL` on the `AWS::WAFv2::WebACL`, in the Region of the API.',
  },
  link: guide('apigateway-control-access-aws-waf'),
  *check(model) {
    for (const { association, webAcl } of stageWebAcls(model)) {
      const isGlobal = webAcl?.scope === 'CLOUDFRONT' || outline(association.webAclArn).includes(':global/webacl/');
      if (isGlobal) {
        const name = webAcl?.location.logicalId ?? association.webAclArn ?? '';
        yield { location: association.location, message: `${name} is a web ACL for CloudFront` };
      }
    }
  },
};
