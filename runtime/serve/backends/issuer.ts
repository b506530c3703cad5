import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type HttpReply } from '../../../lib/serve/backends';
import { type LocalFunction } from '../../../lib/serve/functions';
import { type JsonObject } from '../../../lib/serve/json';
import { issuerOf } from '../../../lib/serve/rest/authorize';
import { type ApiModel } from '../../../lib/template/model/model';
import { type Text } from '../../../lib/template/model/text';

const KEY_ID = 'local';
/** Seconds. */
const VALID_FOR = 3600;

/** Stands for the issuers of tokens in the templates: it publishes one key, and signs any token. */
export class LocalIssuer {
  /** @param standsFor the `iss` of the pools and providers; asked anew, since a change of the templates brings others */
  constructor(
    private readonly standsFor: () => readonly string[],
    private readonly now: () => number = Date.now,
  ) {}

  public get issuers(): readonly string[] {
    return this.standsFor();
  }

  /** All that it publishes, by URL, as JSON. */
  public get documents(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.issuers.flatMap((issuer) => {
        const base = issuer.replace(/\/$/, '');
        const [configuration, jwks] = [`${base}/.well-known/openid-configuration`, `${base}/.well-known/jwks.json`];
        const key = keys().publicKey.export({ format: 'jwk' }) as JsonObject;
        return [
          [configuration, JSON.stringify({ issuer, jwks_uri: jwks })],
          [jwks, JSON.stringify({ keys: [{ ...key, kid: KEY_ID, alg: 'RS256', use: 'sig' }] })],
        ];
      }),
    );
  }

  /** A token with these claims; `iss`, `iat` and `exp` are set unless they are among them. */
  public token(claims: JsonObject = {}): string {
    const at = Math.floor(this.now() / 1000);
    const [issuer = 'http://localhost'] = this.issuers;
    const payload = { iss: issuer, sub: 'local-user', iat: at, exp: at + VALID_FOR, token_use: 'id', ...claims };
    const text = `${encoded({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${encoded(payload)}`;
    return `${text}.${sign('sha256', Buffer.from(text), keys().privateKey).toString('base64url')}`;
  }

  /** The documents of an issuer; undefined for other URLs. */
  public answer(url: string): HttpReply | undefined {
    const { documents } = this;
    if (!Object.hasOwn(documents, url)) return undefined;
    return {
      status: 200,
      headers: [['Content-Type', 'application/json']],
      body: Buffer.from(documents[url]),
    };
  }
}

let made: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

/** The key of this process: to make one takes longer than all else that a gateway does to start. */
const keys = (): NonNullable<typeof made> => (made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The issuers whose tokens the authorizers of the templates accept. A function has its own in the variable `ISSUER`, as the JWT
 * authorizers of this library do.
 */
export function issuersOf(
  model: ApiModel,
  text: (text: Text) => string,
  functions: readonly Pick<LocalFunction, 'environment'>[],
): string[] {
  const pools = model.restApis.flatMap(({ authorizers }) => authorizers.flatMap(({ providerArns }) => providerArns));
  const configured = model.httpApis.flatMap(({ authorizers }) => authorizers.flatMap(({ jwt }) => jwt?.issuer ?? []));
  const own = functions.flatMap(({ environment: { ISSUER = '' } }) => (ISSUER.startsWith('https://') ? [ISSUER] : []));
  return [...new Set([...pools.map((arn) => issuerOf(text(arn))), ...configured.map(text), ...own])];
}
