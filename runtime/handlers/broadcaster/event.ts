import { suggest } from '../../../lib/lookup/nearest';
import { type BroadcastEvent, MESSAGE_MAX_BYTES } from './contract';
import { decodeCursor, type Position, type Target } from './position';

/** An event that is right. */
export interface Broadcast {
  readonly data: Uint8Array;
  readonly target: Target;
  readonly exclude: ReadonlySet<string>;
  readonly start: Position;
  readonly allowPartial: boolean;
}

const FIELDS: readonly (keyof BroadcastEvent)[] = [
  'message',
  'userId',
  'connectionIds',
  'exclude',
  'cursor',
  'allowPartial',
];

/** @throws with what is wrong with the event */
export function parseEvent(event: unknown): Broadcast {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new Error(`The event must be an object, e.g. {"message":"hello"}, not ${shown(event)}.`);
  }
  for (const field of Object.keys(event)) {
    if (!FIELDS.includes(field as keyof BroadcastEvent)) {
      throw new Error(`The event has an unknown field "${field}".${suggest(field, FIELDS)}`);
    }
  }
  const { message, userId, connectionIds, exclude, cursor, allowPartial } = event as Record<string, unknown>;
  if (allowPartial !== undefined && typeof allowPartial !== 'boolean') {
    throw new Error(`"allowPartial" must be true or false, not ${shown(allowPartial)}.`);
  }
  const target = targetOf(userId, connectionIds);
  const excluded = new Set(exclude === undefined ? [] : ids('exclude', exclude));
  return {
    data: dataOf(message),
    target,
    exclude: excluded,
    start: cursor === undefined ? startOf(target, excluded) : decodeCursor(cursor, target),
    allowPartial: allowPartial === true,
  };
}

function dataOf(message: unknown): Uint8Array {
  if (message === undefined || message === '') {
    throw new Error('The event has no "message": it must be a non-empty string, or a value that is sent as JSON.');
  }
  const data = new TextEncoder().encode(typeof message === 'string' ? message : JSON.stringify(message));
  if (data.length > MESSAGE_MAX_BYTES) {
    throw new Error(
      `The message has ${data.length} bytes, but API Gateway accepts at most ${MESSAGE_MAX_BYTES} (128 KB): send less, several messages, or a link.`,
    );
  }
  return data;
}

function targetOf(userId: unknown, connectionIds: unknown): Target {
  if (userId !== undefined && connectionIds !== undefined) {
    throw new Error(
      'The event has "userId" and "connectionIds": use one of them, or neither to reach all connections.',
    );
  }
  if (connectionIds !== undefined) return { to: 'connections', connectionIds: ids('connectionIds', connectionIds) };
  if (userId === undefined) return { to: 'all' };
  // Left out by mistake or made empty by a template, it must not become a message to everybody.
  if (typeof userId !== 'string' || userId === '') {
    throw new Error(`"userId" must be a non-empty string, not ${shown(userId)}.`);
  }
  return { to: 'user', userId };
}

function startOf(target: Target, exclude: ReadonlySet<string>): Position {
  if (target.to !== 'connections') return { pending: [], more: true };
  return { pending: [...new Set(target.connectionIds)].filter((id) => !exclude.has(id)), more: false };
}

function ids(field: string, value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string' && id !== '')) {
    throw new Error(`"${field}" must be a list of connection ids, not ${shown(value)}.`);
  }
  return value;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 100);
}
