import { type Dict, isDict } from '../template/reader/scope';
import { type Verdict } from './change';
import { harmless, uncertain } from './rules';
import { type Subject } from './trait';
import { type TraitChange } from './traits-compare';
import { functionIn } from './written';

/** Keys that callers cannot tell. */
const UNSEEN = ['description', 'summary', 'tags', 'operationId', 'OperationName', 'Metadata', 'DependsOn', 'responses'];
const DEEPEST = 100;

/** Keys of routes that the traits compare; of all else they compare nearly everything. */
const COMPARED = [
  ...['security', 'parameters', 'requestBody', 'uri', 'type', 'httpMethod', 'requestParameters', 'requestTemplates'],
  ...['timeoutInMillis', 'credentials', 'connectionId', 'x-amazon-apigateway-request-validator'],
  ...['x-amazon-apigateway-auth', 'passthroughBehavior', 'contentHandling', 'AuthorizationType', 'AuthorizerId'],
  ...[
    'AuthorizationScopes',
    'ApiKeyRequired',
    'RequestParameters',
    'RequestModels',
    'RequestValidatorId',
    'Uri',
    'Type',
  ],
  ...['IntegrationHttpMethod', 'TimeoutInMillis', 'IntegrationResponses', 'Target', 'RouteKey'],
  ...['Auth', 'Method', 'Path', 'RequestModel'], // Of SAM
];

/**
 * What is written otherwise, and is none of the traits: it is not known what it means, so it is not passed over.
 * @param isTold whether the traits tell differences already
 */
export function definitionChange(before: Subject, after: Subject, isTold: boolean): TraitChange[] {
  const [was, is] = [before.written, after.written];
  // Resources and documents say the same in different words.
  const isOfResource = isResource(after);
  if (!isDict(was) || !isDict(is) || isResource(before) !== isOfResource) return [];
  const differences = [...differencesOf(was, is, [], 0)];
  const isCompared = ({ path: keys }: Difference): boolean =>
    after.kind !== 'route' || keys.some((key) => COMPARED.includes(key));
  const found = differences.find((one) => isSameText(one) || !isTold || !isCompared(one));
  if (!found) return [];
  const verdict = verdictOn(found, isOfResource);
  const { path, before: old, after: now } = found;
  const name = `definition: ${path.filter((key) => key !== 'Properties').join('.')}`;
  return [{ verdict, name, before: shortJson(old), after: shortJson(now), location: after.location, side: 'after' }];
}

interface Difference {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

const isSameText = ({ before, after }: Difference): boolean =>
  isScalar(before) && isScalar(after) && String(before) === String(after);

function verdictOn(found: Difference, isOfResource: boolean): Verdict {
  if (isSameText(found) && isOfResource) return harmless('CloudFormation reads both as the same value');
  return isSameText(found)
    ? uncertain('the same value as another type of JSON, which an import may refuse')
    : uncertain('this part is not compared in detail');
}

function* differencesOf(a: unknown, b: unknown, path: readonly string[], depth: number): Iterable<Difference> {
  if (a === b || depth > DEEPEST) return;
  // The traits compare what is referred to.
  if (functionIn(a) !== undefined && functionIn(b) !== undefined) return;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  ) {
    yield { path, before: a, after: b };
    return;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!Array.isArray(a) && UNSEEN.includes(key)) continue;
    const [inA, inB] = [a, b].map((one) => (Object.hasOwn(one, key) ? (one as Dict)[key] : undefined));
    yield* differencesOf(inA, inB, [...path, key], depth + 1);
  }
}

/** Parts of a document are deeper than the properties of a resource. */
const isResource = ({ location }: Subject): boolean => location.path.length <= 1;
const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const MAX_TEXT = 80;

function shortJson(value: unknown): string | undefined {
  const text = JSON.stringify(value) as string | undefined;
  return text !== undefined && text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
