import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

export const rule: Rule = {
  id: 'TPL1',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A template with resources of AWS SAM names its transform',
  why:
    'Without the transform CloudFormation rejects the template: "Template format error: Unrecognized resource types". ' +
    'These checks cannot read such resources either.',
  fix: {
    library: 'Use `RestGateway`, `HttpGateway` or `WebSocketGateway` instead of resources of SAM.',
    l2: 'Set `stack.addTransform("AWS::Serverless-2016-10-31")`, or include the template with CfnInclude.',
    cloudFormation: 'Add the line "Transform: AWS::Serverless-2016-10-31" at the top of the template.',
  },
  link: cloudFormation('transform-aws-serverless'),
  *check({ untransformed }) {
    for (const { location, types } of untransformed) {
      yield {
        location,
        message: `the template has no Transform, which its resources of AWS SAM need: ${types.join(', ')}`,
      };
    }
  },
};
