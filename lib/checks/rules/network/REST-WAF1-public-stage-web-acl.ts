import { type ApiModel, type RestApi, type Stage } from '../../../template/model/model';
import { isLiteral, isUnknownText, referenceTo, splitText, textKey } from '../../../template/model/text';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, resourceKey, stageLabel } from '../../queries/common';

interface Associations {
  /** Stage resources, and `api/stage name` if a name is literal. */
  readonly known: Set<string>;
  /** One of them may be for any stage. */
  readonly undecided: boolean;
}

function associations(model: ApiModel): Associations {
  const known = new Set<string>();
  let undecided = false;
  for (const { stage, resourceArn = '' } of model.webAclAssociations) {
    const [, api, name] = splitText(resourceArn, ['/restapis/', '/stages/']);
    if (stage) {
      known.add(resourceKey(stage));
    } else if (isLiteral(name)) {
      known.add(`${textKey(api)}/${name}`);
    } else if (isUnknownText(resourceArn) || name !== undefined) {
      undecided = true;
    }
  }
  return { known, undecided };
}

function isAssociated({ known }: Associations, api: RestApi, stage: Stage): boolean {
  return (
    known.has(resourceKey(stage.location)) ||
    known.has(`${textKey(referenceTo(api.location))}/${knownOr(stage.stageName, '')}`)
  );
}

export const rule: Rule = {
  id: 'REST-WAF1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A public stage has a web ACL',
  why: 'Throttles count requests; they do not distinguish good from bad ones: scanners, floods from single addresses and known exploits reach the back end.',
  fix: {
    library: 'Set `webAcl: WebAcl.managed({ rateLimit: 2000 })` (AWS WAF is billed), or `WebAcl.none("reason")`.',
    l2:
      'Associate a web ACL: `new CfnWebACLAssociation(this, "Association", { resourceArn: api.deploymentStage.stageArn, ' +
      'webAclArn: acl.attrArn })`.',
    cloudFormation: 'Add an `AWS::WAFv2::WebACLAssociation` with the ARN of the stage.',
  },
  link: guide('apigateway-control-access-aws-waf'),
  sameAs: {
    'cdk-nag': ['AwsSolutions-APIG3', 'NIST.800.53.R5-APIGWAssociatedWithWAF', 'PCI.DSS.321-APIGWAssociatedWithWAF'],
    checkov: ['CKV2_AWS_29'],
    kics: ['fcbf9019'],
    'security-hub': ['APIGateway.4'],
    'aws-config': ['api-gw-associated-with-waf'],
  },
  setting: 'web ACL',
  profiles: { development: 'info' },
  *check(model) {
    const found = associations(model);
    for (const api of found.undecided ? [] : model.restApis) {
      const isPublic = isKnown(api.endpointTypes) && !api.endpointTypes.includes('PRIVATE');
      for (const stage of isPublic ? api.stages : []) {
        if (!isAssociated(found, api, stage)) {
          yield { location: stage.location, stage, message: `${stageLabel(stage)} is public but has no web ACL` };
        }
      }
    }
  },
};
