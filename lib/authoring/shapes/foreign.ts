import { type StructShape } from './data';
import { CONFIG_LACKS } from './foreign/configs';
import { HTTP_LACKS } from './foreign/http';
import { type Foreign } from './foreign/props';
import { RENAMED } from './foreign/renamed';
import { REST_LACKS } from './foreign/rest';
import { WEBSOCKET_LACKS } from './foreign/websocket';

const LACKS: Foreign = { ...REST_LACKS, ...HTTP_LACKS, ...WEBSOCKET_LACKS, ...CONFIG_LACKS };

/** The alternative to an option that another kind of API has, or that had another name; undefined for any other. */
export function adviceOn(struct: StructShape, option: string): string | undefined {
  const names = [struct.name, ...struct.bases];
  const tables = [LACKS, RENAMED].flatMap((all) => names.map((name) => all[name] ?? {}));
  return tables.find((table) => Object.hasOwn(table, option))?.[option];
}

/** The members that the class or struct of another kind of API has, or that had another name → the alternative. */
export function adviceFor(type: string): Readonly<Record<string, string>> {
  return { ...RENAMED[type], ...LACKS[type] };
}
