import { type Subject } from './trait';

type Kind = 'rest' | 'http' | 'websocket';

const DEFAULT_ROUTE = '$default';
const OWN_ROUTES = ['$connect', '$disconnect'];

/** The most specific of the routes that gets the requests of a route that does not exist. @param key that of the route */
export function coveringRoute(key: string, routes: readonly Subject[], kind: Kind): Subject | undefined {
  if (key === DEFAULT_ROUTE) return undefined;
  const fallback = routes.find((one) => one.key === DEFAULT_ROUTE);
  if (kind === 'websocket') return OWN_ROUTES.includes(key) ? undefined : fallback;
  const [method, path] = splitKey(key);
  let best: Subject | undefined;
  let bestRank = '';
  for (const route of routes) {
    if (route.key === key || route.key === DEFAULT_ROUTE) continue;
    const [otherMethod, otherPath] = splitKey(route.key);
    if (otherMethod !== method && otherMethod !== 'ANY') continue;
    const rank = rankOf(segments(path), segments(otherPath));
    if (rank === undefined) continue;
    const whole = `${rank}${otherMethod === 'ANY' ? 0 : 1}`;
    if (best === undefined || whole > bestRank) [best, bestRank] = [route, whole];
  }
  return best ?? fallback;
}

function splitKey(key: string): [method: string, path: string] {
  const at = key.indexOf(' ');
  return at < 0 ? ['', key] : [key.slice(0, at), key.slice(at + 1)];
}

const segments = (path: string): string[] => path.split('/').slice(1);

/** Greater for the more specific; undefined if the pattern does not get all requests of the path. */
function rankOf(path: readonly string[], pattern: readonly string[]): string | undefined {
  let rank = '';
  for (const [index, segment] of pattern.entries()) {
    const here = path.at(index);
    if (here === undefined || (here === '' && segment !== '')) return undefined;
    if (segment === '{+}') return `${rank}1`;
    if (here === '{+}') return undefined;
    if (segment === here && segment !== '{}') rank += '3';
    else if (segment === '{}') rank += '2';
    else return undefined;
  }
  return path.length === pattern.length ? rank : undefined;
}
