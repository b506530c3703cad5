import { type CorsConfiguration } from '../../template/model/v2';
import { UNKNOWN, type Value } from '../../template/model/value';
import { breaking, element, harmless, onOff, opening } from '../rules';
import { type Traits } from './side';

export const CORS_ORIGIN = element(
  opening('pages of this origin can read responses'),
  breaking('pages of this origin can no longer read responses'),
);
const OFFERED = element(harmless('pages can use it'), breaking('pages can no longer use it'));
const CREDENTIALS = onOff(
  opening('pages can send cookies and credentials'),
  breaking('pages can no longer send cookies and credentials'),
);
const AGE = { judge: () => harmless('browsers keep preflight responses for another time'), isForAll: true };

/** `*` is every origin; `https://*` every one of its scheme. */
export const coversOrigin = (wide: string, narrow: string): boolean =>
  wide === '*' || (/^https?:\/\/\*$/.test(wide) && narrow.startsWith(wide.slice(0, -1)));

const coversAny = (wide: string, narrow: string): boolean =>
  wide === '*' || wide.toLowerCase() === narrow.toLowerCase();

/** CORS of an HTTP API. */
export function corsTraits(traits: Traits, cors: Value<CorsConfiguration> | undefined): void {
  if (cors === UNKNOWN) {
    traits.list('CORS origin', UNKNOWN, CORS_ORIGIN);
    return;
  }
  const { location } = cors ?? traits;
  traits.list('CORS origin', cors?.allowOrigins, CORS_ORIGIN, coversOrigin, location);
  traits.list('CORS method', cors?.allowMethods, OFFERED, coversAny, location);
  traits.list('CORS request header', cors?.allowHeaders, OFFERED, coversAny, location);
  traits.list('CORS exposed header', cors?.exposeHeaders, OFFERED, coversAny, location);
  traits.value('CORS credentials', cors?.allowCredentials, CREDENTIALS, false, location);
  traits.value('CORS max age', cors?.maxAge, AGE, undefined, location);
}
