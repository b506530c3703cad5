import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { stageWebAcls } from '../../queries/web-acls';
import { outline } from '../../../template/model/text';

export const rule: Rule = {
  id: 'REST-WAF3',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The web ACL of a stage is a regional one',
  why: 'A stage takes a web ACL of its own Region. One for CloudFront is refused, and the stack rolls back.',
  fix: {
    library: 'Use `WebAcl.managed(…)`, which makes a regional one.',
    l2: 'Set `scope: "REGIONAL"` of the `CfnWebACL`, in the Region of the API.',
    cloudFormation: 'Set `Scope: REGIONAL` of the `AWS::WAFv2::WebACL`, in the Region of the API.',
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
