import { type RestApi } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, inside, listed, sameResource } from '../../queries/common';

/** Keywords that are dropped, though a document that has them means something by them. */
const DROPPED = new Set(['discriminator', 'exclusiveMinimum', 'readOnly']);
/** Keywords that contain schemas by name; their keys are not keywords. */
const NAMED = new Set(['properties', 'definitions', 'patternProperties']);
/** Keywords that hold data, whatever it looks like. */
const DATA = new Set(['example', 'default', 'enum']);
const MAX_DEPTH = 60;

function collect(schema: unknown, into: Set<string>, depth: number): void {
  if (typeof schema !== 'object' || schema === null || depth > MAX_DEPTH) {
    return;
  }
  if (Array.isArray(schema)) {
    schema.forEach((item) => collect(item, into, depth + 1));
    return;
  }
  const keywords = schema as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(keywords)) {
    const value = keywords[key];
    if (DROPPED.has(key) && value !== false) {
      into.add(key);
    } else if (typeof value === 'object' && value !== null && !DATA.has(key)) {
      (NAMED.has(key) ? Object.values(value) : [value]).forEach((one) => collect(one, into, depth + 1));
    }
  }
}

function* unsupported(api: RestApi): Iterable<Violation> {
  const version = api.openApiVersion;
  if (isKnown(version) && !/^(2\.|3\.0)/.test(version)) {
    yield { location: inside(api.location, 'Body'), message: `the document is OpenAPI ${version}` };
  }
  for (const model of api.models) {
    const found = new Set<string>();
    collect(model.schema, found, 0);
    if (found.size > 0 && sameResource(model.location, api.location)) {
      yield { location: model.location, message: `schema "${String(model.name)}" has ${listed([...found])}` };
    }
  }
}

export const rule: Rule = {
  id: 'OAS3',
  appliesTo: ['rest', 'http'],
  severity: 'warning',
  title: 'A definition uses only what API Gateway supports',
  why: 'REST APIs are imported from OpenAPI 2.0 and 3.0, HTTP APIs from 3.0 alone. In schemas, API Gateway supports neither `discriminator` nor `exclusiveMinimum` nor `readOnly`. It does not check what it drops, although the document says so.',
  fix: {
    library:
      'Rewrite it: `oneOf` with an `enum` in each, `minimum` with the next number, a separate schema for requests.',
    l2:
      'Rewrite it in the document that `ApiDefinition` reads: `oneOf` with an `enum` in each, `minimum` with the ' +
      'next number, a separate schema for requests.',
    cloudFormation:
      'Rewrite it in the schemas of the Body: `oneOf` with an `enum` in each, `minimum` with the next number, a ' +
      'separate schema for requests.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const api of model.restApis) {
      if (api.form === 'body' || api.form === 'mixed') {
        yield* unsupported(api);
      }
    }
    for (const { openApiVersion: version, location } of model.httpApis) {
      if (isKnown(version) && !version.startsWith('3.0')) {
        const message = `the document is OpenAPI ${version}; an HTTP API is imported from OpenAPI 3.0`;
        yield { location: inside(location, 'Body'), message };
      }
    }
  },
};
