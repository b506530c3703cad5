import { Token } from 'aws-cdk-lib';
import { WEBSOCKET_ROUTES } from '../facts/names';
import { type Owner } from '../authoring/errors';
import { suggest } from '../lookup/nearest';
import { rejectLostNames } from '../document/lost-names';

/** A checked route key of a WebSocket API. */
export interface WebSocketRouteKey {
  readonly key: string;
  /** What calls the route: a client that connects, one that disconnected, or a message. */
  readonly event: 'connect' | 'disconnect' | 'message';
}

const EXAMPLE =
  'write the value that messages have there, e.g. "sendMessage", or one of $connect, $disconnect, $default';

/**
 * Checks a route key: one of the predefined routes, or the result of the route selection expression for a message.
 * @throws if no message could ever have it
 */
export function parseRouteKey(text: string, owner: Owner): WebSocketRouteKey {
  if (Token.isUnresolved(text)) {
    throw owner.error('the key of a route must be written out, since ids are made of it');
  }
  const where = owner.part(`route "${text}"`);
  const predefined: readonly string[] = WEBSOCKET_ROUTES;
  if (predefined.includes(text)) {
    return { key: text, event: text === '$connect' ? 'connect' : text === '$disconnect' ? 'disconnect' : 'message' };
  }
  if (text.startsWith('$')) {
    throw where.error(`"$" begins the names of the predefined routes only.${suggest(text, predefined)}`);
  }
  if (/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) \//.test(text)) {
    throw where.error(`is the route of a REST or HTTP API; messages have no method and no path: ${EXAMPLE}`);
  }
  if (text.trim() === '') throw where.error(`is empty, and no message would ever be routed to it: ${EXAMPLE}`);
  if (text !== text.trim()) throw where.error(`has white space around it; write "${text.trim()}"`);
  rejectLostNames({ [text]: {} }, where, 'the settings of a stage');
  return { key: text, event: 'message' };
}

/** `SendMessage` for `send-message`, `Default` for `$default`: a route key as used in names. */
export function wordsOf(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
