import { isUnknownText, mayHoldAnything, outline, type Text } from '../../../template/model/text';
import { type Rule } from '../../rule';
import { inside, resourceKey } from '../../queries/common';

const STAGE = /^arn:[^:]*:apigateway:[^:]*::\/restapis\/[^/]+\/stages\/[^/]+$/;
const OF_API_GATEWAY = /^arn:[^:]*:(apigateway|execute-api):/;

/** Whether it is an ARN of API Gateway, but not of a stage. */
function isOther(arn: Text | undefined): boolean {
  const text = outline(arn);
  return !isUnknownText(arn) && OF_API_GATEWAY.test(text) && !STAGE.test(text);
}

/** @see https://repost.aws/questions/QUnQJh0Dl-Qju5SeV_Kz4sCA for an ARN of execute-api, which is rejected */
export const rule: Rule = {
  id: 'REST-WAF70',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A web ACL is associated with the ARN of a stage',
  why: 'AWS WAF takes a stage as arn:aws:apigateway:region::/restapis/api/stages/stage, without an account. It rejects any other ARN of API Gateway, and the stack rolls back.',
  fix: {
    library: 'Set `webAcl` on the stage, which makes the association.',
    l2: 'Pass `stage.stageArn` of the REST API as `resourceArn` to the `CfnWebACLAssociation`.',
    cloudFormation:
      'Write "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}" with `Fn::Sub` as `ResourceArn`.',
  },
  link: 'https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html',
  *check(model) {
    const rest = new Set(model.restApis.map(({ location }) => resourceKey(location)));
    for (const { location, resourceArn, api } of model.webAclAssociations) {
      // Those of HTTP and WebSocket APIs are findings of V2-WAF2.
      const isV2 = outline(resourceArn).includes('/apis/') && !(api && rest.has(resourceKey(api)));
      if (!isV2 && !mayHoldAnything(resourceArn) && isOther(resourceArn)) {
        yield {
          location: inside(location, 'ResourceArn'),
          message: `${location.logicalId} is for ${resourceArn}, which is not a stage: arn:aws:apigateway:<region>::/restapis/<api>/stages/<stage>`,
        };
      }
    }
  },
};
