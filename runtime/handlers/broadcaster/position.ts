/** Whom a message is for. */
export type Target =
  | { readonly to: 'all' }
  | { readonly to: 'user'; readonly userId: string }
  | { readonly to: 'connections'; readonly connectionIds: readonly string[] };

/** The key of an item in the table, or in the index by user. */
export type ItemKey = Readonly<Record<string, { readonly S: string }>>;

/** Where a run stands. */
export interface Position {
  /** Read from the table and not sent yet. */
  readonly pending: readonly string[];
  /** There is more to read, after `after` or from the start. */
  readonly more: boolean;
  readonly after?: ItemKey;
}

/** Only keys that the service gave are kept, since DynamoDB does not promise to go on from any other. */
export function encodeCursor({ pending, more, after }: Position, target: Target): string {
  return Buffer.from(JSON.stringify({ for: nameOf(target), pending, more, after })).toString('base64url');
}

/** @throws if it is not a cursor of a run for this target */
export function decodeCursor(cursor: unknown, target: Target): Position {
  const value = parse(cursor);
  const { pending, more, after } = value;
  const isPosition =
    Array.isArray(pending) &&
    pending.every((id) => typeof id === 'string') &&
    typeof more === 'boolean' &&
    (after === undefined || isKey(after));
  if (!isPosition) throw new Error('"cursor" is not one that an unfinished run returned.');
  if (value.for !== nameOf(target)) {
    throw new Error(
      `"cursor" belongs to a run for ${String(value.for)}, but this event is for ${nameOf(target)}: repeat the original event.`,
    );
  }
  return { pending, more, after: after as ItemKey | undefined };
}

function nameOf(target: Target): string {
  if (target.to === 'user') return `the user "${target.userId}"`;
  return target.to === 'all' ? 'all connections' : 'given connections';
}

function parse(cursor: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(String(cursor), 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((part: unknown) => typeof (part as { S?: unknown } | null)?.S === 'string');
}
