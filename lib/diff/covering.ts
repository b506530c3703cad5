import { grouped } from '../lookup/grouped';
import { type Subject } from './trait';

type Kind = 'rest' | 'http' | 'websocket';

const DEFAULT_ROUTE = '$default';
const OWN_ROUTES = ['$connect', '$disconnect'];
const VARIABLES = ['{}', '{+}'];

interface Pattern {
  readonly route: Subject;
  readonly method: string;
  readonly segments: readonly string[];
}

/** The routes of an API, of which each may get the requests of one that does not exist. */
export class Coverage {
  private readonly fallback: Subject | undefined;
  /** By their first segment, because most routes of an API differ in it. */
  private readonly patterns: ReadonlyMap<string, readonly Pattern[]>;

  constructor(
    routes: readonly Subject[],
    private readonly kind: Kind,
  ) {
    this.fallback = routes.find(({ key }) => key === DEFAULT_ROUTE);
    const patterns = routes.filter(({ key }) => key !== DEFAULT_ROUTE).map(patternOf);
    this.patterns = grouped(patterns, ({ segments: [first = ''] }) => first);
  }

  /**
   * The most specific of the routes that gets the requests of another one. A path without the method does not count, in REST APIs
   * either: their paths and methods are matched as pairs, as measured on the service. In an HTTP API, a path that matches as a whole
   * goes before a greedy one, whatever its beginning.
   *
   * @see https://github.com/ministackorg/ministack/pull/1423
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
   * @param key that of the other route
   */
  public of(key: string): Subject | undefined {
    if (key === DEFAULT_ROUTE) return undefined;
    if (this.kind === 'websocket') return OWN_ROUTES.includes(key) ? undefined : this.fallback;
    const [method, path] = splitKey(key);
    const segments = segmentsOf(path);
    let best: Subject | undefined;
    let bestRank = '';
    for (const first of new Set([segments[0] ?? '', ...VARIABLES])) {
      for (const pattern of this.patterns.get(first) ?? []) {
        if (pattern.route.key === key || (pattern.method !== method && pattern.method !== 'ANY')) continue;
        const rank = rankOf(segments, pattern.segments);
        if (rank === undefined) continue;
        const greedyLast = this.kind === 'http' && rank.endsWith(GREEDY) ? 0 : 1;
        const whole = `${greedyLast}${rank}${pattern.method === 'ANY' ? 0 : 1}`;
        if (best === undefined || whole > bestRank) [best, bestRank] = [pattern.route, whole];
      }
    }
    return best ?? this.fallback;
  }
}

function patternOf(route: Subject): Pattern {
  const [method, path] = splitKey(route.key);
  return { route, method, segments: segmentsOf(path) };
}

function splitKey(key: string): [method: string, path: string] {
  const at = key.indexOf(' ');
  return at < 0 ? ['', key] : [key.slice(0, at), key.slice(at + 1)];
}

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const GREEDY = '1';

/** Greater for the more specific; undefined if the pattern does not get all requests of the path. */
function rankOf(path: readonly string[], pattern: readonly string[]): string | undefined {
  let rank = '';
  for (const [index, segment] of pattern.entries()) {
    const here = path.at(index);
    if (here === undefined || (here === '' && segment !== '')) return undefined;
    if (segment === '{+}') return rank + GREEDY;
    if (here === '{+}') return undefined;
    if (segment === here && segment !== '{}') rank += '3';
    else if (segment === '{}') rank += '2';
    else return undefined;
  }
  return path.length === pattern.length ? rank : undefined;
}
