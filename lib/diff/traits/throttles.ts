import { type AnyRoute, type AnyStage } from '../../template/model/model';
import { type Location } from '../../template/model/place';
import { isKnown, knownOr, UNKNOWN, type Value } from '../../template/model/value';
import { breaking, harmless, limit, onOff, opening, uncertain } from '../rules';
import { type Traits } from './side';

export const LIMIT = limit(
  breaking('callers above it get 429'),
  harmless('more requests are let through'),
  opening('only the limit of the account is left'),
);

const CACHING = onOff(
  uncertain('callers get responses from the cache, if the stage has one'),
  harmless('callers get no responses from the cache'),
);

/** What the settings of a stage say of a route. */
export interface Throttle {
  readonly rate?: Value<number>;
  readonly burst?: Value<number>;
  readonly caching?: Value<boolean>;
  readonly location?: Location;
}

/** The throttles of a stage: of all its routes, and of one. */
export interface Throttles {
  readonly wide: Throttle;
  of(route: AnyRoute): Throttle;
}

interface Setting {
  readonly throttlingRateLimit?: Value<number>;
  readonly throttlingBurstLimit?: Value<number>;
  readonly cachingEnabled?: Value<boolean>;
  readonly location: Location;
}

/** The more specific of several settings holds, for each value. */
const merged = (settings: readonly (Setting | undefined)[]): Throttle =>
  settings.reduce<Throttle>(
    (found, setting) =>
      setting
        ? {
            rate: setting.throttlingRateLimit ?? found.rate,
            burst: setting.throttlingBurstLimit ?? found.burst,
            caching: setting.cachingEnabled ?? found.caching,
            location: setting.location,
          }
        : found,
    {},
  );

const ALL_UNKNOWN: Throttles = {
  wide: { rate: UNKNOWN, burst: UNKNOWN, caching: UNKNOWN },
  of: () => ALL_UNKNOWN.wide,
};

export function throttlesOf(stage: AnyStage): Throttles {
  if ('methodSettings' in stage) {
    if (stage.methodSettings === UNKNOWN) return ALL_UNKNOWN;
    const byKey = new Map<string, Setting>();
    for (const setting of stage.methodSettings) {
      const { httpMethod, resourcePath } = setting;
      // One that is unknown may be for any of them.
      if (!isKnown(httpMethod) || !isKnown(resourcePath)) return ALL_UNKNOWN;
      byKey.set(`${httpMethod} ${resourcePath}`, setting);
    }
    const of = (method: string, path: string) =>
      merged(['* /*', `${method} /*`, `* ${path}`, `${method} ${path}`].map((key) => byKey.get(key)));
    return {
      wide: merged([byKey.get('* /*')]),
      of: (route) =>
        'httpMethod' in route && typeof route.path === 'string'
          ? of(knownOr(route.httpMethod, ''), route.path)
          : of('', ''),
    };
  }
  const { defaultRouteSettings, routeSettings } = stage;
  if (routeSettings === UNKNOWN) return { ...ALL_UNKNOWN, wide: merged([defaultRouteSettings]) };
  const byKey = new Map(routeSettings.map((one) => [one.routeKey, one]));
  return {
    wide: merged([defaultRouteSettings]),
    of: (route) => {
      const key = 'routeKey' in route && isKnown(route.routeKey) ? route.routeKey : undefined;
      return merged([defaultRouteSettings, key === undefined ? undefined : byKey.get(key)]);
    },
  };
}

/** @param where ` in prod` */
export function throttleTraits(traits: Traits, { rate, burst, caching, location }: Throttle, where = ''): void {
  traits.value(`rate limit${where}`, rate, LIMIT, undefined, location);
  traits.value(`burst limit${where}`, burst, LIMIT, undefined, location);
  if (caching !== false) traits.value(`caching${where}`, caching, CACHING, undefined, location);
}
