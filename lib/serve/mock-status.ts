import { isObject, parsedJson } from './json';

/** The status of a mock: its template is JSON, or nearly so: `{statusCode: 200}` and single quotes are taken too. */
export function mockStatus(text: string): number | undefined {
  const strict = parsedJson(text);
  const value = strict === undefined ? parsedJson(asJson(text)) : strict;
  const status = isObject(value) ? value.statusCode : undefined;
  return typeof status === 'number' && Number.isInteger(status) ? status : undefined;
}

const asJson = (text: string): string =>
  text
    .replace(/'([^'"\\]*)'/g, '"$1"')
    .replace(/([{,]\s*)([A-Za-z_]\w*)\s*:/g, '$1"$2":')
    .replace(/,(\s*[}\]])/g, '$1');
