import { type StructShape } from './data';
import { CONFIG_LACKS } from './foreign/configs';
import { HTTP_LACKS } from './foreign/http';
import { type Foreign } from './foreign/props';
import { REST_LACKS } from './foreign/rest';
import { WEBSOCKET_LACKS } from './foreign/websocket';

const LACKS: Foreign = { ...REST_LACKS, ...HTTP_LACKS, ...WEBSOCKET_LACKS, ...CONFIG_LACKS };

/** What to do instead of an option that another kind of API has; undefined for any other. */
export function adviceOn(struct: StructShape, option: string): string | undefined {
  const table = [struct.name, ...struct.bases].find((name) => Object.hasOwn(LACKS[name] ?? {}, option));
  return table === undefined ? undefined : LACKS[table][option];
}
