import { DOCUMENTED_BY_NAME, DOCUMENTED_FIELDS, DOCUMENTED_TYPES } from '../../../facts/documentation';
import { grouped } from '../../../lookup/grouped';
import { at } from '../../../lookup/named';
import { nearest } from '../../../lookup/nearest';
import { type DocumentationPart, type DocumentationVersion } from '../../../template/model/documentation';
import { isLiteral } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, inside, resourceKey, sameResource } from '../../queries/common';

function* faultsOf({ type, fields, properties }: DocumentationPart): Iterable<string> {
  if (isKnown(type) && !(DOCUMENTED_TYPES as readonly string[]).includes(type)) {
    const [meant] = nearest(type, DOCUMENTED_TYPES);
    yield `is of the type "${type}"; ${meant === undefined ? `there are ${DOCUMENTED_TYPES.join(', ')}` : `did you mean ${meant}?`}`;
  } else if (isKnown(type)) {
    for (const name of Object.keys(fields)) {
      if (!(at(DOCUMENTED_FIELDS, name) ?? []).includes(type))
        yield `of the type ${type} has a ${name}, which is not valid there`;
    }
    if (DOCUMENTED_BY_NAME.includes(type) && !('Name' in fields)) yield `of the type ${type} has no Name`;
  }
  if (isLiteral(properties) && !isMap(properties)) {
    yield `has Properties that are no JSON object: "${properties.slice(0, 60)}"; write e.g. '{"description": "…"}'`;
  }
}

function isMap(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The API, and the template, in which one can wait for another; undefined for a part of a document. */
function placeOf({ api, location }: DocumentationPart | DocumentationVersion): string | undefined {
  return isKnown(api) && !sameResource(location, api) ? `${resourceKey(api)} ${location.template}` : undefined;
}

export const rule: Rule = {
  id: 'OAS8',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A documentation part has a location and JSON content, and precedes its version',
  why: 'API Gateway rejects a part with another location or text, and the stack rolls back. A version that does not wait for the parts is a snapshot without them.',
  fix: {
    library: 'Set `summary` and `description` of the routes, and `documentationVersion` of the gateway.',
    cloudFormation:
      'Write the `Location` as in the reference, `Properties` as a JSON text, and add the parts to `DependsOn` of the `AWS::ApiGateway::DocumentationVersion`.',
  },
  link: apiReference('DocumentationPartLocation'),
  *check(model) {
    for (const part of model.documentationParts) {
      for (const fault of faultsOf(part)) {
        yield { location: part.location, message: `the documentation part ${fault}` };
      }
    }
    const parts = new Map(
      [...grouped(model.documentationParts, placeOf)].map(([place, list]) => [
        place,
        new Set(list.map(({ location }) => location.logicalId)),
      ]),
    );
    for (const version of model.documentationVersions) {
      const { location, reachesOneOf } = version;
      const place = placeOf(version);
      const ids = place === undefined ? undefined : parts.get(place);
      if (ids && !reachesOneOf(ids)) {
        yield {
          location: inside(location, 'RestApiId'),
          message: `the documentation version does not wait for the documentation parts, e.g. ${[...ids][0]}`,
          severity: 'warning',
        };
      }
    }
  },
};
