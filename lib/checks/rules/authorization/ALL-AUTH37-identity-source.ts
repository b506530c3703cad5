import { asWrittenFor, IDENTITY_SOURCES } from '../../../facts/identity-sources';
import { type GatewayKind } from '../../../facts/kinds';
import { type AnyApi, type AnyAuthorizer, type Location } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { apiReference, inside } from '../../queries/common';
import { allApisOf } from '../../queries/v2';
import { type Rule } from '../../rule';

/** A source in the place of the name of a header. */
const TWICE = /request\.\w+\.(method|route|integration)\.request\./;
/** The only source of a token or Cognito authorizer. */
const HEADER = /^method\.request\.header\.[\w$.!#%&'*+^`|~-]+$/;
const ONE_HEADER: readonly unknown[] = ['TOKEN', 'COGNITO_USER_POOLS'];

/** The sources of an authorizer; those of a REST API are one text with commas. */
function sourcesOf({ identitySource }: AnyAuthorizer): readonly string[] {
  if (!isKnown(identitySource)) {
    return [];
  }
  const sources = typeof identitySource === 'string' ? identitySource.split(',') : identitySource;
  return sources.map((source) => source.trim());
}

function wrongSource(kind: GatewayKind, sources: readonly string[]): string | undefined {
  const { source: pattern, request, value } = IDENTITY_SOURCES[kind];
  const wrong = sources.find((source) => !pattern.test(source.replace(/^\$\{(.*)\}$/, '$$$1')));
  if (wrong === undefined) {
    return undefined;
  }
  const meant = asWrittenFor(kind, wrong);
  const instead = pattern.test(meant)
    ? `write "${meant}"`
    : `allowed are ${request}header.X, ${request}querystring.x, ${value}stageVariables.x and ${value}context.x`;
  return `has the identity source "${wrong}"; ${instead}`;
}

/** The property, or the scheme of a document as a whole. */
const sourceIn = (location: Location): Location =>
  location.path.length > 1 ? location : inside(location, 'IdentitySource');

function problem({ kind }: AnyApi, authorizer: AnyAuthorizer): string | undefined {
  const { type, identitySourceIsList: isList } = authorizer;
  // HTTP-AUTH19 reports the source of a JWT authorizer.
  if (type === 'JWT') {
    return undefined;
  }
  if (isList !== undefined && isList !== (kind !== 'rest')) {
    return isList
      ? 'has a list of identity sources; a REST API takes one text with commas'
      : 'has a text as its identity sources; an HTTP or WebSocket API takes a list';
  }
  const sources = sourcesOf(authorizer);
  const text = sources.join(', ');
  if (text === '') {
    return undefined;
  }
  const twice = sources.find((source) => TWICE.test(source));
  if (twice !== undefined) {
    return `has the identity source "${twice}", whose header is "${twice.replace(/^\$?(?:\w+\.)?request\.\w+\./, '')}"`;
  }
  return ONE_HEADER.includes(type) && !HEADER.test(text)
    ? `of type ${String(type)} has the identity source "${text}"; allowed is one header, method.request.header.X`
    : wrongSource(kind, sources);
}

export const rule: Rule = {
  id: 'ALL-AUTH37',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'Identity sources are written as the kind of API expects',
  why: 'Each kind of API has its own syntax for a header or a query parameter. API Gateway rejects others, e.g. with "Invalid request identity source expression", and the stack rolls back.',
  fix: {
    library:
      'Set `identitySources` of `RestAuthorizer.lambda(…)`, `HttpAuthorizer.lambda(…)` or ' +
      '`WebSocketAuthorizer.lambda(…)`, which are checked when the app is synthesized.',
    l2:
      'Use `IdentitySource.header(…)` and the like in `identitySources` of the `RequestAuthorizer`; ' +
      '`$request.header.X` in `identitySource` of the `HttpLambdaAuthorizer`, and `route.request.header.X` of the ' +
      '`WebSocketLambdaAuthorizer`.',
    cloudFormation:
      'Set `IdentitySource` of a REST API to a text such as `method.request.header.Authorization, context.path`, of a ' +
      'TOKEN or COGNITO_USER_POOLS authorizer to one header; of an HTTP API to a list such as ' +
      '`$request.header.Authorization`, and of a WebSocket API to a list such as `route.request.header.Authorization`.',
  },
  link: apiReference('CreateAuthorizer'),
  *check(model) {
    for (const api of allApisOf(model)) {
      for (const authorizer of api.authorizers) {
        const what = problem(api, authorizer);
        if (what !== undefined) {
          const { location, key } = authorizer;
          yield { location: sourceIn(location), message: `authorizer "${key}" ${what}`, key };
        }
      }
    }
  },
};
