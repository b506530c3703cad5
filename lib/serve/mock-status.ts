import { isObject } from './json';
import { permissiveJson } from './permissive-json';

/** The status of a mock: its template is JSON, or nearly so: `{statusCode: 200}` and single quotes are taken too. */
export function mockStatus(text: string): number | undefined {
  const value = permissiveJson(text);
  const status = isObject(value) && Object.hasOwn(value, 'statusCode') ? value.statusCode : undefined;
  return typeof status === 'number' && Number.isInteger(status) ? status : undefined;
}
