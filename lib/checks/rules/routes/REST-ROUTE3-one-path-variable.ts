import { type Method, type RestApi } from '../../../template/model/model';
import { type Rule, type Violation } from '../../rule';
import { guide, onMethod, resourceKey } from '../../queries/common';
import { type PathResource } from '../../../template/model/neighbours';
import {
  isLiteral,
  isSameText,
  isUnknownText,
  outline,
  splitText,
  type Text,
  textKey,
} from '../../../template/model/text';

/** One violation for each variable that comes second under its parent. */
function* siblings(api: RestApi): Iterable<Violation> {
  const first = new Map<string, { segment: Text; method: Method }>();
  const told = new Set<string>();
  let last: Text | undefined;
  for (const method of api.methods) {
    // The methods of one path follow each other. Two paths of which nothing can be said are not the same.
    if (isSameText(method.path, last) || isUnknownText(method.path)) {
      continue;
    }
    last = method.path;
    let parent = '';
    let shown = '';
    for (const segment of splitText(method.path, '/').slice(1)) {
      const path = `${parent}/${textKey(segment)}`;
      if (outline(segment).startsWith('{')) {
        const other = first.get(parent);
        if (!other) {
          first.set(parent, { segment, method });
        } else if (!isSameText(other.segment, segment) && !told.has(path)) {
          told.add(path);
          yield onMethod(
            method,
            `has ${segment} where ${other.method.path} has ${other.segment}: only one variable is allowed under "${shown || '/'}"`,
          );
        }
      }
      parent = path;
      shown = `${shown}/${segment}`;
    }
  }
}

/** The paths of methods, and those above them. */
function pathsTo(methods: readonly Method[]): Set<string> {
  const paths = new Set<string>();
  for (const method of methods) {
    let path = outline(method.path);
    while (path !== '' && !paths.has(path)) {
      paths.add(path);
      path = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    }
  }
  return paths;
}

/** Resources, if one of the two leads to no method: the others are reported by their routes. */
function* unusedSiblings({ pathResources, methods }: RestApi): Iterable<Violation> {
  let used: ReadonlySet<string> | undefined;
  const isUsed = (path: Text): boolean => (used ??= pathsTo(methods)).has(outline(path));
  const first = new Map<string, PathResource>();
  for (const resource of pathResources) {
    const { parent, pathPart, path, conditional, location } = resource;
    if (conditional || isUnknownText(path) || !isLiteral(pathPart) || !pathPart.startsWith('{')) continue;
    const key = parent ? resourceKey(parent) : textKey(path).slice(0, -pathPart.length);
    const other = first.get(key);
    if (!other) {
      first.set(key, resource);
    } else if (other.pathPart !== pathPart && !(isUsed(path) && isUsed(other.path))) {
      yield { location, message: `${path} is next to ${other.path}: only one variable is allowed there` };
    }
  }
}

export const rule: Rule = {
  id: 'REST-ROUTE3',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A resource has one path variable below it',
  why: 'API Gateway rejects the second one: "A sibling ({id}) of this resource already has a variable path part -- only one is allowed".',
  fix: {
    library: 'Use the same name in every key of `routes` at that place (`/orders/{id}` and `/orders/{id}/items`).',
    l2: 'Use the same `Resource` for everything below the variable: one `addResource("{id}")`.',
    cloudFormation:
      'Keep one `AWS::ApiGateway::Resource` with a variable as `PathPart`; in OpenAPI use the same name in every ' +
      'path.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const api of model.restApis) {
      yield* siblings(api);
      yield* unusedSiblings(api);
    }
  },
};
