import { type RestApi } from '../../../template/model';
import { isKnown } from '../../../template/value';
import { type Rule, type Violation } from '../../rule';
import { guide, inside, listed, sameResource } from '../../support';

/** Keywords that are dropped, though a document that has them means something by them. */
const DROPPED = ['discriminator', 'exclusiveMinimum', 'readOnly'];
/** Keywords that hold schemas by name; there a key is no keyword. */
const NAMED = ['properties', 'definitions', 'patternProperties'];
const MAX_DEPTH = 60;

function collect(schema: unknown, into: Set<string>, depth: number): void {
  if (typeof schema !== 'object' || schema === null || depth > MAX_DEPTH) {
    return;
  }
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.includes(key) && value !== false && !Array.isArray(schema)) {
      into.add(key);
    } else if (NAMED.includes(key) && typeof value === 'object' && value !== null) {
      Object.values(value).forEach((one) => collect(one, into, depth + 1));
    } else if (typeof value === 'object' && key !== 'example' && key !== 'default' && key !== 'enum') {
      collect(value, into, depth + 1);
    }
  }
}

function* unsupported(api: RestApi): Iterable<Violation> {
  const version = api.openApiVersion;
  if (isKnown(version) && !/^(2\.|3\.0)/.test(version)) {
    yield { location: inside(api.location, 'Body'), message: `the document is OpenAPI ${version}` };
  }
  for (const { schema, name, location } of api.models) {
    if (sameResource(location, api.location)) {
      const found = new Set<string>();
      collect(schema, found, 0);
      if (found.size > 0) {
        yield { location, message: `schema "${String(name)}" has ${listed([...found])}` };
      }
    }
  }
}

export const rule: Rule = {
  id: 'OAS3',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A definition holds what API Gateway understands',
  why: 'API Gateway takes OpenAPI 2.0 and 3.0, and of their schemas neither `discriminator` nor `exclusiveMinimum` nor `readOnly`. What it drops is not checked, though the document says so.',
  fix: {
    library:
      'Say it in other words: `oneOf` with an `enum` in each, `minimum` with the next number, a schema of its own for ' +
      'requests.',
    l2:
      'Say it in other words in the document that `ApiDefinition` takes: `oneOf` with an `enum` in each, `minimum` with ' +
      'the next number, a schema of its own for requests.',
    cloudFormation:
      'Say it in other words in the schemas of the Body: `oneOf` with an `enum` in each, `minimum` with the next ' +
      'number, a schema of its own for requests.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const api of model.restApis) {
      if (api.form === 'body' || api.form === 'mixed') {
        yield* unsupported(api);
      }
    }
  },
};
