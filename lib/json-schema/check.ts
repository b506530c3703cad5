import { show } from '../authoring/errors';
import { isToken } from '../document/skeleton';
import { suggest } from '../lookup/nearest';
import { type Problem } from './copy';
import { DRAFT_04, FOREIGN_KEYWORDS, KEYWORDS, LOST_FORMATS, LOST_KEYWORDS } from './keywords';
import { definitionName, isObject, eachSubschema, pointer, type Schema } from './subschemas';
import { at } from '../lookup/named';

/** The content that API Gateway rejects or loses, in addition to what draft-04 itself forbids. */
export interface Verdict {
  readonly problems: Problem[];
  /** Content that is legal, but documented as not checked by API Gateway. */
  readonly warnings: Problem[];
}

const KNOWN_KEYWORDS: ReadonlySet<string> = new Set(KEYWORDS);

/** Walks the schema; every problem names its keyword by path. */
export function check(root: Schema): Verdict {
  const verdict: Verdict = { problems: [], warnings: [] };
  const definitions = isObject(root.definitions) ? Object.keys(root.definitions) : [];
  visit(root, [], definitions, verdict);
  return verdict;
}

function visit(part: unknown, path: readonly string[], definitions: readonly string[], verdict: Verdict): void {
  if (isToken(part)) return;
  if (!isObject(part)) {
    if (typeof part === 'boolean') {
      const instead = part ? '{}, which accepts everything' : '{ "not": {} }, which accepts nothing';
      verdict.problems.push({ path, message: `is ${part}: such a schema belongs to draft-06; write ${instead}` });
    }
    return;
  }
  for (const keyword of Object.keys(part)) {
    const value = part[keyword];
    const refuse = (message: string) => verdict.problems.push({ path: [...path, keyword], message });
    const warn = (message: string) => verdict.warnings.push({ path: [...path, keyword], message });
    if (!KNOWN_KEYWORDS.has(keyword)) {
      refuse(at(FOREIGN_KEYWORDS, keyword) ?? unknownKeyword(keyword));
    } else if (keyword === 'definitions' && isToken(value)) {
      refuse('is a token; its names must be known at synth, because each is a separate model');
    } else if (!isToken(value)) {
      const message = refusal(keyword, value, part, path, definitions);
      if (message) refuse(message);
      else if (LOST_KEYWORDS[keyword] && value !== false) warn(LOST_KEYWORDS[keyword]);
      else if (keyword === 'items' && Array.isArray(value)) warn(`is a list: ${LOST_KEYWORDS.additionalItems}`);
      else if (keyword === 'format' && LOST_FORMATS.includes(value as string)) {
        warn(`${show(value)} is documented as not supported; write "minimum" and "maximum" instead`);
      }
    }
  }
  eachSubschema(part, (child, below) => visit(child, [...path, ...below], definitions, verdict));
}

function unknownKeyword(keyword: string): string {
  const nature = keyword.startsWith('x-') ? 'is an extension' : 'is not a keyword of draft-04';
  const near = suggest(keyword, KEYWORDS);
  return `${nature}, and API Gateway rejects unknown keywords.${near.includes('Did you mean') ? near : ' Leave it out.'}`;
}

/** Why the value of a legal keyword is not accepted; undefined if it is. */
function refusal(
  keyword: string,
  value: unknown,
  schema: Schema,
  path: readonly string[],
  definitions: readonly string[],
): string | undefined {
  switch (keyword) {
    case '$schema':
      if (value === DRAFT_04 || value === DRAFT_04.slice(0, -1)) return undefined;
      return `is ${show(value)}, but models use draft-04; write "${DRAFT_04}" and convert the schema, or leave it out`;
    case '$ref':
      return typeof value === 'string' ? refRefusal(value, schema, definitions) : undefined;
    case 'definitions':
      return path.length > 0 ? 'is inside the schema; move it to the root, as #/definitions' : undefined;
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return typeof value === 'number' ? numericBound(keyword, value) : undefined;
    case 'required':
      return requiredRefusal(value, path);
    case 'type':
      return typeRefusal(value);
    case 'enum':
      return hasNull(value) ? NULL_IN_TEMPLATE : undefined;
    case 'pattern':
      return typeof value === 'string' ? patternRefusal(value) : undefined;
    case 'patternProperties':
      return isObject(value) ? Object.keys(value).map(patternRefusal).find(Boolean) : undefined;
    default:
      return undefined;
  }
}

function numericBound(keyword: string, value: number): string {
  const bound = keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum';
  return `is a number, as in draft-06; in draft-04 write "${bound}": ${value}, "${keyword}": true`;
}

function requiredRefusal(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'boolean') {
    const name = path[path.length - 1];
    const instead = value && path[path.length - 2] === 'properties' ? `"required": [${show(name)}]` : 'a list of names';
    return `is ${value}, as in draft-03; in draft-04 the object around it has ${instead}`;
  }
  return Array.isArray(value) && value.length === 0
    ? 'is empty, which draft-04 does not allow; leave it out if nothing is required'
    : undefined;
}

/**
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1378
 * @see https://github.com/serverless/serverless/issues/8370
 */
const NULL_IN_TEMPLATE =
  'has null, and CloudFormation rejects a template that has null anywhere; leave out "enum" if null is possible, or do not ' +
  'send the property';

const hasNull = (value: unknown, depth = 0): boolean =>
  value === null ||
  (typeof value === 'object' && depth < 100 && Object.values(value).some((part) => hasNull(part, depth + 1)));

/**
 * The import of an API reduces a list of types to one of them or to none, and null with it.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/27344
 * @see https://github.com/aws/serverless-application-model/issues/2374
 */
function typeRefusal(value: unknown): string | undefined {
  const lost = 'is not kept when API Gateway imports the API';
  const instead = 'leave out "type" if null is possible, or do not send the property';
  if (value === 'null') return `is "null", which ${lost}; ${instead}`;
  if (!Array.isArray(value)) return undefined;
  if (value.includes('null')) return `is ${show(value)}, and null ${lost}; ${instead}`;
  if (value.length === 1) return `is a list, which ${lost}; write ${show(value[0])}`;
  return `is a list, which ${lost}; write "anyOf": ${show(value.map((type: unknown) => ({ type })))}`;
}

function patternRefusal(pattern: string): string | undefined {
  if (isToken(pattern)) return undefined;
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    return `has ${show(pattern)}, which is not a regular expression: ${(error as Error).message}`;
  }
}

function refRefusal(ref: string, schema: Schema, definitions: readonly string[]): string | undefined {
  const beside = Object.keys(schema).filter(
    (keyword) => !['$ref', '$schema', 'definitions', 'description', 'title'].includes(keyword),
  );
  if (beside.length > 0) {
    return `makes draft-04 ignore its sibling keywords (${beside.join(', ')}); write "allOf": [{ "$ref": ${show(ref)} }] and keep the rest`;
  }
  if (ref === '#') return undefined;
  const name = definitionName(ref);
  if (name === undefined) {
    return `is ${show(ref)}; a reference must point to a schema in the root's "definitions", "#/definitions/<Name>", or to the root, "#"`;
  }
  if (definitions.includes(name)) return undefined;
  return `is ${show(ref)}, but ${pointer(['definitions'])} has no ${show(name)}.${definitions.length > 0 ? suggest(name, definitions) : ''}`;
}
