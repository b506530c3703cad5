import { type Json, type JsonObject } from './json';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As the Common Log Format writes times: `30/Nov/2026:12:00:00 +0000`. */
export function clfTime(at: number): string {
  const second = Math.floor(at / 1000);
  if (second !== last.second) last = { second, text: written(new Date(at)) };
  return last.text;
}

/** Many requests come within one second. */
let last = { second: NaN, text: '' };

function written(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time} +0000`;
}

/** A value of the context by its name with dots, as texts write it; undefined if there is none. */
export function contextValue(context: Readonly<Record<string, Json | undefined>>, name: string): string | undefined {
  let value: Json | undefined = context as Json;
  for (const key of name.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, key)) {
      return undefined;
    }
    value = (value as JsonObject)[key];
  }
  if (value === null || value === undefined) return undefined;
  return typeof value === 'object' ? undefined : String(value);
}
