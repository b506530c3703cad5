import { put } from '../../lookup/named';
import { Expression } from '../../template/model/expression';
import { type Resolved } from '../../template/model/resolved';
import { type PlainResource } from '../../template/reader/plain-resources';
import { type PropText } from './prop-text';
import { literal } from './values';

type Fields = Readonly<Record<string, Resolved>>;

/** No value, so the code does not compile until it is filled in. */
const AS_BEFORE = '/* as before */';

/** The limits of a plan as options of the gateway: a plan that loses them lets its callers use all that the account has. */
export function planLimits({ properties }: PlainResource, stages: readonly Resolved[]): Record<string, PropText> {
  const { Throttle, Quota } = properties;
  const routes: Record<string, PropText> = {};
  for (const stage of stages) {
    for (const [key, throttle] of Object.entries(fieldsOf(fieldsOf(stage)?.Throttle) ?? {})) {
      const [, path, method] = /^(.*)\/([A-Z]+)$/.exec(key) ?? [];
      if (path !== undefined) put(routes, `${method} ${path || '/'}`, { throttle: throttleText(throttle) });
    }
  }
  return {
    ...(Throttle === undefined ? {} : { throttle: throttleText(Throttle) }),
    ...(Quota === undefined ? {} : { quota: quotaText(Quota) }),
    ...(Object.keys(routes).length === 0 ? {} : { routes }),
  };
}

const throttleText = (throttle: Resolved): PropText => optionsOf(throttle, ['RateLimit', 'BurstLimit']);

function quotaText(quota: Resolved): PropText {
  const options = optionsOf(quota, ['Limit', 'Offset']);
  if (typeof options === 'string') return options;
  const period = literal(fieldsOf(quota)?.Period);
  return { ...options, period: period === undefined ? AS_BEFORE : `Period.${period}` };
}

function optionsOf(value: Resolved, names: readonly string[]): PropText {
  const fields = fieldsOf(value);
  if (!fields) return AS_BEFORE;
  const given = names.filter((name) => fields[name] !== undefined);
  return Object.fromEntries(
    given.map((name) => [`${name[0].toLowerCase()}${name.slice(1)}`, literal(fields[name]) ?? AS_BEFORE]),
  );
}

function fieldsOf(value: Resolved | undefined): Fields | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Expression || Array.isArray(value))
    return undefined;
  return value as Fields;
}
