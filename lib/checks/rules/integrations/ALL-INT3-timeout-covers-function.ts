import { type AnyApi, type AnyIntegration, type AnyRoute, type ApiModel } from '../../../template/model/model';
import {
  HTTP_INTEGRATION_TIMEOUT_MAX_MS,
  INTEGRATION_TIMEOUT_MAX_MS,
  INTEGRATION_TIMEOUT_MIN_MS,
  LAMBDA_DEFAULT_TIMEOUT_SECONDS,
} from '../../../facts/quotas';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, listed, onRoute, resourceKey, routeOf } from '../../queries/common';
import { allCallsOf } from '../../queries/v2';

/** Milliseconds that API Gateway waits; undefined if it does not wait, or if that is unknown. */
function waits({ kind }: AnyApi, integration: AnyIntegration): number | undefined {
  const { timeoutInMillis, requestParameters } = integration;
  const responseTransferMode = 'responseTransferMode' in integration ? integration.responseTransferMode : undefined;
  const isAsync =
    !isKnown(requestParameters) || Object.keys(requestParameters).some((name) => /invocation-type$/i.test(name));
  if (isAsync || timeoutInMillis === UNKNOWN || responseTransferMode === UNKNOWN || responseTransferMode === 'STREAM') {
    return undefined;
  }
  const waited = timeoutInMillis ?? (kind === 'http' ? HTTP_INTEGRATION_TIMEOUT_MAX_MS : INTEGRATION_TIMEOUT_MAX_MS);
  // A shorter wait is refused, which is a finding of REST-INT1 and V2-INT2.
  return waited < INTEGRATION_TIMEOUT_MIN_MS ? undefined : waited;
}

/** Seconds that functions may run, by resource; only known values. */
function timeouts(model: ApiModel): Map<string, number> {
  const seconds = new Map<string, number>();
  for (const { timeoutInSeconds, location } of model.functions) {
    if (timeoutInSeconds !== UNKNOWN) {
      seconds.set(resourceKey(location), timeoutInSeconds ?? LAMBDA_DEFAULT_TIMEOUT_SECONDS);
    }
  }
  return seconds;
}

export const rule: Rule = {
  id: 'ALL-INT3',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'The integration timeout is at least that of the function',
  why: 'When the integration times out, the caller gets 504 while the function continues: its work is done and billed, and done again when the caller retries.',
  fix: {
    library: 'Set the `timeout` of the function below that of the integration, or do the long work asynchronously.',
    l2: 'Set `timeout` on the `Function` below `timeout` of the integration, or do the long work asynchronously.',
    cloudFormation:
      'Set `Timeout` on the function below `TimeoutInMillis` of the integration, or do the long work asynchronously.',
  },
  link: guide('api-gateway-execution-service-limits-table'),
  *check(model) {
    const seconds = timeouts(model);
    const late = new Map<string, { name: string; runs: number; waited: number; methods: AnyRoute[] }>();
    for (const { api, route, integration } of allCallsOf(model)) {
      const fn = integration.lambda?.function;
      const runs = fn && seconds.get(resourceKey(fn));
      const waited = runs === undefined ? undefined : waits(api, integration);
      if (fn && runs !== undefined && waited !== undefined && runs * 1000 > waited) {
        const key = `${resourceKey(fn)} ${waited}`;
        const entry = late.get(key) ?? { name: fn.logicalId, runs, waited, methods: [] };
        entry.methods.push(route);
        late.set(key, entry);
      }
    }
    for (const { name, runs, waited, methods } of late.values()) {
      const others = methods.length > 1 ? ` (as do ${listed(methods.slice(1).map(routeOf))})` : '';
      yield onRoute(methods[0], `waits ${waited} ms for ${name}, which may run for ${runs} s${others}`);
    }
  },
};
