import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A value that a recording expects; matchers are objects with one key that begins with `$`. */
export type Expected = unknown;

export interface Recording {
  readonly id: string;
  readonly title: string;
  readonly confidence?: 'likely';
  readonly kind: 'REST' | 'HTTP' | 'WEBSOCKET';
  readonly template: Record<string, unknown>;
  readonly backends: Readonly<Record<string, Backend>>;
  readonly requests: readonly RecordedRequest[];
  readonly notes?: string;
}

export interface Backend {
  readonly type: 'lambda' | 'http' | 'aws' | 'issuer';
  readonly service?: string;
  readonly answer?: unknown;
  readonly echo?: string;
  readonly throw?: Thrown;
  readonly answers?: readonly { readonly when?: unknown; readonly answer?: unknown; readonly throw?: Thrown }[];
  readonly delayMs?: number;
  readonly postToConnection?: string;
  readonly statusFromPath?: boolean;
}

export interface Thrown {
  readonly errorType?: string;
  readonly errorMessage?: string;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly stage?: string | null;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly connection?: string;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly status?: Expected;
  readonly headers?: Readonly<Record<string, Expected>>;
  readonly headerNames?: readonly string[];
  readonly body?: Expected;
  readonly backendEvent?: Readonly<Record<string, Expected>>;
  readonly backendCalls?: Readonly<Record<string, number>>;
  readonly withinMs?: number;
  readonly messages?: readonly Expected[];
  readonly connectionMessages?: Readonly<Record<string, readonly Expected[]>>;
  readonly closed?: readonly string[];
}

/** All recordings of the files and folders, by their names. */
export function readRecordings(places: readonly string[]): Recording[] {
  const files = places.flatMap((place) =>
    statSync(place).isDirectory()
      ? readdirSync(place)
          .filter((name) => name.endsWith('.json'))
          .sort()
          .map((name) => join(place, name))
      : [place],
  );
  return files
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Recording)
    .filter(({ requests, template }) => Array.isArray(requests) && template !== undefined);
}

/** The bytes of a body as recordings write it. */
export function bytesOfBody(body: unknown): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  const { base64, repeat, times } = body as { base64?: string; repeat?: string; times?: number };
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  return repeat === undefined ? Buffer.from(JSON.stringify(body)) : Buffer.from(repeat.repeat(times ?? 1));
}

/** The path on the wire: the stage goes before it. */
export const targetOf = ({ path, stage }: RecordedRequest): string =>
  stage === undefined || stage === null || stage === '$default' ? path : `/${stage}${path}`;
