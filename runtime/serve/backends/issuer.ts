import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type HttpReply } from '../../../lib/serve/backends';
import { type JsonObject } from '../../../lib/serve/json';
import { issuerOf } from '../../../lib/serve/rest/authorize';
import { type ApiModel } from '../../../lib/template/model/model';
import { type Text } from '../../../lib/template/model/text';

const KEY_ID = 'local';
/** Seconds. */
const VALID_FOR = 3600;

/** Stands for the issuers of tokens in the templates: it publishes one key, and signs any token. */
export class LocalIssuer {
  private readonly publicKey: KeyObject;
  private readonly privateKey: KeyObject;

  /** @param issuers the `iss` of the pools and providers that it stands for */
  constructor(
    public issuers: readonly string[],
    private readonly now: () => number = Date.now,
  ) {
    ({ publicKey: this.publicKey, privateKey: this.privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 }));
  }

  /** A token with these claims; `iss`, `iat` and `exp` are set unless they are among them. */
  public token(claims: JsonObject = {}): string {
    const at = Math.floor(this.now() / 1000);
    const [issuer = 'http://localhost'] = this.issuers;
    const payload = { iss: issuer, sub: 'local-user', iat: at, exp: at + VALID_FOR, token_use: 'id', ...claims };
    const text = `${encoded({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${encoded(payload)}`;
    return `${text}.${sign('sha256', Buffer.from(text), this.privateKey).toString('base64url')}`;
  }

  /** The documents of an issuer; undefined for other URLs. */
  public answer(url: string): HttpReply | undefined {
    const [, base, file] = /^(.*)\/\.well-known\/(openid-configuration|jwks\.json)$/.exec(url) ?? [];
    const issuer = this.issuers.find((each) => each.replace(/\/$/, '') === base);
    if (issuer === undefined) return undefined;
    if (file === 'openid-configuration') return json({ issuer, jwks_uri: `${base}/.well-known/jwks.json` });
    const key = this.publicKey.export({ format: 'jwk' }) as JsonObject;
    return json({ keys: [{ ...key, kid: KEY_ID, alg: 'RS256', use: 'sig' }] });
  }
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const json = (value: object): HttpReply => ({
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from(JSON.stringify(value)),
});

/** The issuers whose tokens the authorizers of the templates accept. */
export function issuersOf(model: ApiModel, text: (text: Text) => string): string[] {
  const pools = model.restApis.flatMap(({ authorizers }) => authorizers.flatMap(({ providerArns }) => providerArns));
  const configured = model.httpApis.flatMap(({ authorizers }) => authorizers.flatMap(({ jwt }) => jwt?.issuer ?? []));
  return [...new Set([...pools.map((arn) => issuerOf(text(arn))), ...configured.map(text)])];
}
