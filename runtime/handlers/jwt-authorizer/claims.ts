/**
 * A claim as API Gateway takes it from an authorizer: text, a number or a boolean. Lists of words become `[a b]`, as HTTP APIs
 * print them; other lists and objects become JSON. Undefined for null.
 */
export function plain(claim: unknown): string | number | boolean | undefined {
  if (typeof claim === 'string' || typeof claim === 'boolean') return claim;
  if (typeof claim === 'number') return Number.isFinite(claim) ? claim : undefined;
  if (typeof claim !== 'object' || claim === null) return undefined;
  if (Array.isArray(claim) && claim.every(isWord)) return `[${claim.join(' ')}]`;
  return jsonOf(claim);
}

/** Contains nothing that a back end that splits the list could read as two values. */
function isWord(value: unknown): value is string | number | boolean {
  return typeof value === 'string'
    ? /^[^\s,"[\]{}]+$/.test(value)
    : typeof value === 'number' || typeof value === 'boolean';
}

/** White space and commas inside of strings are escaped: who splits at them must not find a group `admin` in `"not admin"`. */
function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, held]) => `${jsonOf(name)}:${jsonOf(held)}`)
      .join(',')}}`;
  return JSON.stringify(value).replace(/[\s,]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
