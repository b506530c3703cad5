import { type Rule } from '../../rule';

/**
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1378
 * @see https://github.com/serverless/serverless/issues/8370
 */
export const rule: Rule = {
  id: 'TPL4',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  severity: 'error',
  title: 'A template has no null',
  why:
    "CloudFormation rejects a template with null in a property, also inside a document or a policy (`'null' values are not allowed " +
    'in templates`). The CDK leaves out `undefined`, and writes null.',
  fix: {
    library:
      'Leave the key out. `fromOpenApi` leaves out examples and writes `enum` without null; correct what an override adds.',
    l2:
      'Leave the key out, or write `undefined`, also in `addPropertyOverride`. In a document `example: null` and `default: null` are the same ' +
      'without it; remove null from `enum`.',
    cloudFormation:
      'Leave the key out, or write a Ref to AWS::NoValue. A definition that needs null can be in a file: `BodyS3Location`.',
  },
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html#cfn-pseudo-param-novalue',
  *check({ gatewayResources }) {
    for (const { nulls, type } of gatewayResources) {
      for (const { location } of nulls) {
        const place = location.path.slice(1).join('.');
        yield { location, message: `${place} of ${type} is null, which CloudFormation does not accept in a template` };
      }
    }
  },
};
