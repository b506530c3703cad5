import { type Evaluated } from './evaluated';
import { Expression, type Part, type Reference } from '../model/expression';
import { type App, own, type Scope } from './scope';

const pseudo = (name: string): Reference => ({ kind: 'pseudo', template: '', logicalId: `AWS::${name}` });

const FUNCTION = 'AWS::Lambda::Function';
const VERSION = 'AWS::Lambda::Version';

/** Types whose `Ref` holds no colon, so a split at colons cannot cut it. */
const PLAIN_NAMES = new Set([
  FUNCTION,
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
    case FUNCTION:
      return head('lambda', ':function:');
    case 'AWS::Logs::LogGroup':
      return [...head('logs', ':log-group:'), ':*'];
    default:
      return [part];
  }
}

/** The same, and `Ref` of an alias or a version: the ARN of its function, and itself behind it. */
export function expandToSplit(
  part: Part,
  app: App,
  evaluate: (raw: unknown, scope: Scope) => Evaluated,
): readonly Part[] {
  const typeOf = (ref: Reference): string | undefined => app.typeOf(ref);
  const scope = typeof part === 'object' && part.attribute === undefined ? app.scopes.get(part.template) : undefined;
  const type = typeof part === 'object' && scope ? app.typeOf(part) : undefined;
  if (typeof part === 'string' || !scope || (type !== 'AWS::Lambda::Alias' && type !== VERSION)) {
    return expandArn(part, typeOf);
  }
  const properties = own(scope.resources.get(part.logicalId), 'Properties');
  const name = evaluate(own(properties, 'FunctionName'), scope);
  const of = name instanceof Expression ? name.resource : undefined;
  const qualifier = type === VERSION ? { ...part, attribute: 'Version' } : evaluate(own(properties, 'Name'), scope);
  const isTold = typeof qualifier === 'string' || (type === VERSION && typeof qualifier === 'object');
  return of && app.typeOf(of) === FUNCTION && isTold
    ? [...expandArn({ ...of, attribute: 'Arn' }, typeOf), ':', qualifier as Part]
    : [part];
}

/** Whether a split at the delimiter leaves the reference whole. */
export function survivesSplit(part: Reference, delimiter: string, type: string | undefined): boolean {
  if (part.kind === 'pseudo') {
    return /[:/]/.test(delimiter);
  }
  const isPlain =
    part.attribute === undefined ? PLAIN_NAMES.has(type ?? '') : type === VERSION && part.attribute === 'Version';
  return part.kind === 'resource' && isPlain && delimiter.includes(':');
}
