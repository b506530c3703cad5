import { createHash } from 'node:crypto';
import { type FakeAnswer, type FakeServer, fakeServer } from '../fake-http';
import { Crash, type CrashPoint } from '.';

/** Buckets with objects, as S3 answers for them over HTTP in the path style. */
export class FakeBuckets {
  /** `bucket/key` → content. */
  readonly objects = new Map<string, string>();
  /** `GET bucket/key`: every request, in order. */
  readonly calls: string[] = [];
  /** Answers given instead of the real ones, to requests that match. */
  readonly scripted: { match: RegExp; answer: FakeAnswer }[] = [];
  /** What may be done, as `GET bucket/key` with `*` for any characters; everything by default. */
  allowed?: readonly string[];
  crashAt?: CrashPoint;

  readonly answer = (method: string, path: string, body: string, headers: Record<string, unknown>): FakeAnswer => {
    const name = decodeURIComponent(path.split('?')[0].slice(1));
    const call = `${method} ${name}`;
    const number = this.calls.push(call) - 1;
    if (this.crashAt?.call === number && this.crashAt.side === 'before') return 'reset';
    const scripted = this.scripted.findIndex(({ match }) => match.test(call));
    const reply = scripted >= 0 ? this.scripted.splice(scripted, 1)[0].answer : this.reply(method, name, body, headers);
    return this.crashAt?.call === number ? 'reset' : reply;
  };

  private reply(method: string, name: string, body: string, headers: Record<string, unknown>): FakeAnswer {
    const mayDo = this.allowed?.some((pattern) => isLike(pattern, `${method} ${name}`)) ?? true;
    if (!mayDo) return s3Error(403, 'AccessDenied', `not authorized to perform: ${method} on ${name}`);
    if (method === 'PUT') {
      const sent = headers['x-amz-checksum-crc32'];
      if (typeof sent !== 'string') return s3Error(400, 'InvalidRequest', 'a checksum is missing');
      this.objects.set(name, body);
      return { status: 200, headers: { etag: `"${createHash('md5').update(body).digest('hex')}"` } };
    }
    if (method !== 'GET') return s3Error(405, 'MethodNotAllowed', method);
    const content = this.objects.get(name);
    if (content === undefined) return s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
    return { status: 200, headers: { 'content-type': 'application/json' }, body: content };
  }

  serve(): Promise<FakeServer> {
    return fakeServer(({ method, path, body, headers }) => this.answer(method, path, body, headers));
  }
}

export function isLike(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 's').test(text);
}

/** An error as the REST-XML protocol of S3 writes it. */
export function s3Error(status: number, code: string, message: string): FakeAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>r</RequestId></Error>`,
  };
}

export { Crash };
