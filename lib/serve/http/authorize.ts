import { knownOr } from '../../template/model/value';
import { type V2Authorizer } from '../../template/model/v2';
import { TokenError } from '../jwt';
import { type JsonObject } from '../json';
import { type Told } from '../recorder';
import { misconfigured, Refusal } from '../refusal';
import { signatureNote, signerOf } from '../signature';
import { byFunction } from './authorize-by-function';
import { type AuthorizerParts, type AuthorizerRequest } from './authorizer-request';
import { valueOf } from './expressions';
import { claimTexts, type Identity } from './identity';

/** Lets the authorizer of the route decide; undefined for open routes. @throws Refusal */
export async function authorize(
  parts: AuthorizerParts,
  request: AuthorizerRequest,
  tell: (told: Told) => void,
): Promise<Identity | undefined> {
  const { authorizationType, authorizer, source } = request.route;
  const because = [source.location, ...(authorizer ? [authorizer.location] : [])];
  if (authorizationType === 'NONE') return undefined;
  if (authorizationType === 'AWS_IAM') return signed(parts, request, tell);
  if (!authorizer) {
    throw misconfigured(`The route has the authorization type ${authorizationType} and no known authorizer`, because);
  }
  return authorizationType === 'JWT'
    ? byToken(parts, request, authorizer, tell)
    : byFunction(parts, request, authorizer, tell);
}

function signed({ environment }: AuthorizerParts, request: AuthorizerRequest, tell: (told: Told) => void): Identity {
  const because = [request.route.source.location];
  const signer = signerOf(request.incoming, environment, because);
  tell({ note: signatureNote(environment, signer), because });
  return { kind: 'iam', ...signer };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
async function byToken(
  { environment, tokens }: AuthorizerParts,
  { route, sources }: AuthorizerRequest,
  authorizer: V2Authorizer,
  tell: (told: Told) => void,
): Promise<Identity> {
  const because = [route.source.location, authorizer.location];
  const [source = '$request.header.Authorization'] = knownOr(authorizer.identitySource, []);
  const written = valueOf(source, sources);
  if (!written) {
    const headers = [['www-authenticate', 'Bearer']] as const;
    throw new Refusal('UNAUTHORIZED', { reason: `${source} is missing`, because, headers });
  }
  const issuer = environment.text(authorizer.jwt?.issuer ?? '');
  const audiences = knownOr(authorizer.jwt?.audience, []).map((each) => environment.text(each));
  let claims: JsonObject;
  try {
    claims = await tokens.verify(written.replace(/^Bearer /i, ''), { issuer, audiences });
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const headers = [challenge(route.scopes, 'invalid_token', error.description)];
    throw new Refusal('UNAUTHORIZED', { reason: error.message, because, headers });
  }
  const scopes = scopesOf(claims);
  if (route.scopes.length > 0 && !route.scopes.some((scope) => scopes.includes(scope))) {
    const headers = [challenge(route.scopes, 'insufficient_scope', 'the token does not have a valid scope')];
    const reason = `The token has none of the scopes ${route.scopes.join(', ')}`;
    throw new Refusal('ACCESS_DENIED', { reason, because, headers });
  }
  tell({ note: `The token of ${issuer} is valid`, because, output: { claims } });
  return { kind: 'jwt', claims: claimTexts(claims), scopes: route.scopes.length > 0 ? scopes : null };
}

const challenge = (scopes: readonly string[], error: string, description: string): readonly [string, string] => [
  'www-authenticate',
  `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description.replaceAll('"', "'")}"`,
];

/** The scopes of a token: a text with spaces, or a list. */
function scopesOf({ scp, scope }: JsonObject): string[] {
  const given = scp ?? scope ?? [];
  if (Array.isArray(given)) return given.map(String);
  return typeof given === 'string' ? given.split(' ').filter((each) => each !== '') : [];
}
