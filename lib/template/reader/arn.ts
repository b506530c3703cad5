import { type Part, type Reference } from '../model/expression';

const pseudo = (name: string): Reference => ({ kind: 'pseudo', template: '', logicalId: `AWS::${name}` });

/** Types whose `Ref` holds no colon, so a split at colons cannot cut it. */
const PLAIN_NAMES = new Set([
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
]);

/** An ARN attribute written out as CloudFormation will, for the types whose ARN is cut apart in templates. */
export function expandArn(part: Part, typeOf: (ref: Reference) => string | undefined): readonly Part[] {
  if (typeof part === 'string' || part.kind !== 'resource' || part.attribute !== 'Arn') {
    return [part];
  }
  const name: Reference = { kind: 'resource', template: part.template, logicalId: part.logicalId };
  const head = (service: string, rest: string): Part[] => [
    'arn:',
    pseudo('Partition'),
    `:${service}:`,
    pseudo('Region'),
    ':',
    pseudo('AccountId'),
    rest,
    name,
  ];
  switch (typeOf(part)) {
    case 'AWS::Lambda::Function':
      return head('lambda', ':function:');
    case 'AWS::Logs::LogGroup':
      return [...head('logs', ':log-group:'), ':*'];
    default:
      return [part];
  }
}

/** Whether a split at the delimiter leaves the reference whole. */
export function survivesSplit(part: Reference, delimiter: string, type: string | undefined): boolean {
  if (part.kind === 'pseudo') {
    return /[:/]/.test(delimiter);
  }
  return (
    part.kind === 'resource' && part.attribute === undefined && PLAIN_NAMES.has(type ?? '') && delimiter.includes(':')
  );
}
