import { createHmac, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { join } from 'node:path';
import type * as Bundle from '../../runtime/handlers/jwt-authorizer';
import { type JwtConfig } from '../../runtime/handlers/jwt-authorizer/config';
import { type LogEntry } from '../../runtime/handlers/jwt-authorizer/handler';
import { type AuthorizerRequest } from '../../runtime/handlers/jwt-authorizer/policy';
import { type FakeAnswer, fakeServer, type FakeServer } from '../support/fake-http';

/** What is deployed, with the library for tokens inside. */
export const bundle = require(join(__dirname, '../../assets/jwt-authorizer/index.js')) as typeof Bundle;

/** A key pair of an issuer, made with Node's own cryptography and not with the library under test. */
export interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function rsaKey(kid: string, alg = 'RS256'): SigningKey {
  return { alg, kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export function ecKey(kid: string): SigningKey {
  return { alg: 'ES256', kid, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}

export function edKey(kid: string): SigningKey {
  return { alg: 'EdDSA', kid, ...generateKeyPairSync('ed25519') };
}

export function jwk(key: SigningKey): JsonWebKey {
  return { ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: key.alg, use: 'sig' };
}

export type Claims = Record<string, unknown>;

const base64url = (value: string | Buffer) => Buffer.from(value).toString('base64url');

function input(header: object, claims: Claims): string {
  return `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
}

/** A token signed with the key; `header` overrides what it says of itself. */
export function signed(key: SigningKey, claims: Claims, header: object = {}): string {
  const text = input({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header }, claims);
  const options =
    key.alg === 'ES256'
      ? { key: key.privateKey, dsaEncoding: 'ieee-p1363' as const }
      : key.alg === 'PS256'
        ? { key: key.privateKey, padding: 6, saltLength: 32 }
        : key.privateKey;
  const signature = sign(key.alg === 'EdDSA' ? null : 'sha256', Buffer.from(text), options);
  return `${text}.${base64url(signature)}`;
}

export function unsigned(claims: Claims, alg = 'none'): string {
  return `${input({ alg, typ: 'JWT' }, claims)}.`;
}

/** The classic forgery: the public key, which everybody has, as the secret of an HMAC. */
export function hmac(secret: string | Buffer, claims: Claims, header: object): string {
  const text = input({ alg: 'HS256', typ: 'JWT', ...header }, claims);
  return `${text}.${base64url(createHmac('sha256', secret).update(text).digest())}`;
}

/** An OpenID Connect issuer on this machine; what it answers can be changed while it runs. */
export interface FakeIssuer {
  readonly server: FakeServer;
  readonly issuer: string;
  keys: SigningKey[];
  answer?: (path: string) => FakeAnswer | 'hang' | undefined;
  /** How often a document was fetched. */
  fetched(path: string): number;
  reset(): void;
}

const CONFIGURATION = '/.well-known/openid-configuration';

export async function fakeIssuer(tail: string, keys: SigningKey[]): Promise<FakeIssuer> {
  const server = await fakeServer(({ path }) => {
    const own = it.answer?.(path);
    if (own) return own;
    const json = (body: object) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (path === `${tail.replace(/\/$/, '')}${CONFIGURATION}`)
      return json({ issuer: it.issuer, jwks_uri: `${server.url}/keys` });
    if (path === '/keys') return json({ keys: it.keys.map(jwk) });
    return { status: 404 };
  });
  const it: FakeIssuer = {
    server,
    issuer: `${server.url}${tail}`,
    keys,
    fetched: (path) => server.seen.filter((request) => request.path.endsWith(path)).length,
    reset: () => {
      server.seen.length = 0;
      it.keys = keys;
      it.answer = undefined;
    },
  };
  return it;
}

export function configOf(issuer: string, more: Partial<JwtConfig> = {}): JwtConfig {
  return {
    issuer,
    audience: ['https://api.example.com'],
    scopes: [],
    header: 'authorization',
    clockToleranceSeconds: 30,
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
    requiredClaims: {},
    ...more,
  };
}

export const STAGE = 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod';

/** A request as API Gateway sends it to a REQUEST authorizer. */
export function request(token: string | undefined, route = 'GET /orders/{id}', path = '/orders/42'): AuthorizerRequest {
  const [method, resourcePath] = route.split(' ');
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return {
    methodArn: `${STAGE}/${method === 'ANY' ? 'PATCH' : method}${path}`,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: { requestId: 'request-1', httpMethod: method === 'ANY' ? 'PATCH' : method, resourcePath },
  };
}

/** A log that the test can look into. */
export function logOf(): { readonly entries: LogEntry[]; readonly log: (entry: LogEntry) => void } {
  const entries: LogEntry[] = [];
  return { entries, log: (entry) => entries.push(entry) };
}
