import { RESOURCE_PROPERTIES, SPECIFICATION } from '../../../facts/resource-properties';
import { SAM_TYPES } from '../../../facts/sam-properties';
import { nearest } from '../../../lookup/nearest';
import { at } from '../../../lookup/named';
import { type Rule } from '../../rule';
import { TYPE_REFERENCE } from '../../queries/odd-properties';

const TYPES = [...Object.keys(RESOURCE_PROPERTIES), ...SAM_TYPES];

/** The type that was meant: of the other version, or with other letters. */
function meantBy(type: string): string | undefined {
  const [, version, name = ''] = type.split('::');
  const other = `AWS::${version === 'ApiGateway' ? 'ApiGatewayV2' : 'ApiGateway'}::${name}`;
  if (at(RESOURCE_PROPERTIES, other) !== undefined) return other;
  // The names alone: what all types begin with would make any two of them near.
  const prefix = type.slice(0, type.length - name.length);
  const names = TYPES.filter((known) => known.startsWith(prefix)).map((known) => known.slice(prefix.length));
  const meant = nearest(name, names)[0];
  return meant === undefined ? undefined : `${prefix}${meant}`;
}

export const rule: Rule = {
  id: 'ALL-PROP4',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  severity: 'error',
  title: 'The type of a resource of API Gateway exists',
  why:
    'CloudFormation rejects a template with an unrecognized resource type. A name that is not near another one may be newer ' +
    `than the specification that the rule uses (${SPECIFICATION}), and is a warning.`,
  fix: {
    library: 'Remove the override of the type.',
    l2: 'Use an L1 of `aws-cdk-lib/aws-apigateway` or `aws-cdk-lib/aws-apigatewayv2`.',
    cloudFormation: 'Write a type of `AWS::ApiGateway` or `AWS::ApiGatewayV2` as the type reference has it.',
  },
  link: TYPE_REFERENCE,
  sameAs: { 'cfn-lint': ['E3006'] },
  *check(model) {
    for (const resource of model.gatewayResources) {
      const { type } = resource;
      if (TYPES.includes(type)) continue;
      const meant = meantBy(type);
      yield {
        location: { ...resource.location, path: ['Type'] },
        message:
          meant === undefined
            ? `there is no resource type ${type} in the specification of ${SPECIFICATION}`
            : `there is no resource type ${type}; did you mean ${meant}?`,
        ...(meant === undefined && { severity: 'warning' }),
      };
    }
  },
};
