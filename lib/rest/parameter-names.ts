import { REST_PARAMETER_NAME } from '../facts/names';
import { type Owner, show } from '../authoring/errors';
import { type RequestParameter } from '../integrations/request-value';

const PLACES = { path: 'a path variable', query: 'a query parameter', header: 'a header' } as const;

/**
 * What a method declares, whatever requires it: the user, the integration, or the key of the cache.
 * @throws if API Gateway would reject a name
 */
export function checkParameterNames(parameters: readonly RequestParameter[], owner: Owner): void {
  const places = new Map<string, RequestParameter['in']>();
  for (const { name, in: place } of parameters) {
    const other = places.get(name);
    if (other !== undefined && other !== place) {
      throw owner.error(
        `${show(name)} is the name of ${PLACES[other]} and of ${PLACES[place]}, but a method can use each name only once among path, query and headers; ` +
          `rename ${other === 'path' ? 'the path variable' : 'one of them'}, or leave ${other === 'path' ? `the ${place === 'query' ? 'query parameter' : 'header'}` : 'one'} out: a proxy integration gets it undeclared`,
      );
    }
    places.set(name, place);
    // No header has a colon in its name.
    if (!REST_PARAMETER_NAME.test(name) || (place === 'header' && name.includes(':')))
      throw owner.error(wrongName(name, place));
  }
}

function wrongName(name: string, place: RequestParameter['in']): string {
  const meant = name.replace(/\[([^[\]]*)\]/g, (_, inside: string) => (inside === '' ? '' : `.${inside}`));
  return (
    `${show(name)} cannot be the name of ${PLACES[place]} that a method declares; allowed: A-Z a-z 0-9 ${place === 'header' ? '' : ': '}. _ $ -. ` +
    'Remove it, since a proxy integration gets it undeclared' +
    (meant !== name && REST_PARAMETER_NAME.test(meant) ? `, or name it ${show(meant)}` : '')
  );
}
