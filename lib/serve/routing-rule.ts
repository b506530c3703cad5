import { trimmed } from './mapped';
import { type RoutingCondition, type RoutingRule } from '../template/model/domains';
import { isKnown } from '../template/model/value';
import { basePathIn } from './base-path';
import { type IncomingRequest } from './exchange';

/**
 * Whether all conditions of a rule hold for a request, and the base path that one of them found.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html
 */
export function ruleMatch(
  { conditions }: RoutingRule,
  request: Pick<IncomingRequest, 'headers' | 'target'>,
): { readonly basePath: string } | undefined {
  if (!isKnown(conditions)) return undefined;
  let basePath = '';
  for (const condition of conditions) {
    if (!headersHold(condition, request)) return undefined;
    const { basePaths } = condition;
    if (!isKnown(basePaths)) return undefined;
    if (basePaths.length === 0) continue;
    const [found] = basePaths.flatMap((each) => basePathIn(request.target, trimmed(each)) ?? []);
    if (found === undefined) return undefined;
    basePath = found;
  }
  return { basePath };
}

function headersHold({ headers }: RoutingCondition, request: Pick<IncomingRequest, 'headers'>): boolean {
  if (!isKnown(headers)) return false;
  if (headers.length === 0) return true;
  return headers.some(({ header, valueGlob }) => {
    if (!isKnown(header) || !isKnown(valueGlob) || header === undefined || valueGlob === undefined) return false;
    const name = header.toLowerCase();
    return request.headers.some(([each, value]) => each.toLowerCase() === name && fitsGlob(valueGlob, value));
  });
}

/** `*` is allowed only at the ends: `a*`, `*a`, `*a*`. */
function fitsGlob(glob: string, value: string): boolean {
  const [isOpenBefore, isOpenBehind] = [glob.startsWith('*'), glob.length > 1 && glob.endsWith('*')];
  const text = glob.slice(isOpenBefore ? 1 : 0, isOpenBehind ? -1 : undefined);
  if (isOpenBefore && isOpenBehind) return value.includes(text);
  if (isOpenBefore) return value.endsWith(text);
  return isOpenBehind ? value.startsWith(text) : value === text;
}
