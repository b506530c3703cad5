import { type AnyAuthorizer, type AnyRoute } from '../../template/model/model';
import { isKnown, knownOr, UNKNOWN } from '../../template/model/value';
import { breaking, byValue, element, harmless, onOff, opening, presence, uncertain } from '../rules';
import { type Rule, type Shown, type Subject } from '../trait';
import { type Side, type Traits } from './side';

const AUTHORIZATION: Rule = byValue((before, after) =>
  after === 'NONE'
    ? opening('anyone can call it')
    : before === 'NONE'
      ? breaking('callers without credentials are refused')
      : breaking('callers need other credentials'),
);

const AUTHORIZER: Rule = {
  isForBoth: true,
  judge(before, after) {
    const [was, is] = [before?.data, after?.data] as [Compared | undefined, Compared | undefined];
    if (was?.key === is?.key) return undefined;
    return was?.type === 'CUSTOM' || was?.isFunction || is?.isFunction
      ? uncertain('another function decides')
      : breaking('other tokens are accepted');
  },
};

/** What is compared of an authorizer that has another name. */
interface Compared {
  readonly key: string;
  readonly type?: string;
  readonly isFunction: boolean;
}

const ANY_SCOPE: Shown = { key: '*', text: '(any)', isSure: true };
const SCOPES: Rule = {
  ...element(
    opening('callers whose token has this scope are let in'),
    breaking('callers whose token has only this scope are refused'),
  ),
  isForBoth: true,
};

/**
 * Without scopes, a user pool's identity token is expected; with them, an access token.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
const TOKEN: Rule = { judge: () => breaking('callers need the other kind of token'), isForBoth: true };

const API_KEY = onOff(
  breaking('callers without an API key are refused'),
  opening('callers need no API key, so no usage plan limits them'),
);

/** Who may call a route. */
export function authorizationTraits(traits: Traits, route: AnyRoute): void {
  const { side, location } = traits;
  const { authorizationType, authorizer, scopes, apiKeyRequired } = route;
  traits.value('authorization', authorizationType, AUTHORIZATION, 'NONE');
  if (authorizer !== undefined && authorizationType !== 'NONE') {
    const value = isKnown(authorizer) ? namedAuthorizer(side, authorizer) : side.unknown(location);
    traits.add({ name: 'authorizer', rule: AUTHORIZER, value });
  }
  if (authorizationType === 'COGNITO_USER_POOLS' || authorizationType === 'JWT') {
    if (scopes === UNKNOWN) traits.list('scope', UNKNOWN, SCOPES);
    else {
      const elements = scopes.map((text): Shown => ({ key: text, text, isSure: true }));
      traits.add({
        name: 'scope',
        rule: SCOPES,
        elements: elements.length > 0 ? elements : [ANY_SCOPE],
        isDefault: elements.length === 0,
        covers: (wide) => wide === ANY_SCOPE,
      });
    }
    if (authorizationType === 'COGNITO_USER_POOLS' && isKnown(scopes)) {
      const text = scopes.length > 0 ? 'access token' : 'identity token';
      traits.add({ name: 'token', rule: TOKEN, value: { key: text, text, isSure: true } });
    }
  }
  traits.value('API key required', apiKeyRequired, API_KEY, false);
}

/** The key has only the name: a change of the authorizer is reported once, not at each of its routes. */
function namedAuthorizer(side: Side, authorizer: AnyAuthorizer): Shown {
  const { key, name, type, lambda } = authorizer;
  const content = authorizerTraits(side, authorizer).map((one) => [
    one.name,
    one.value?.key ?? one.elements?.map((each) => each.key).sort(),
  ]);
  const data: Compared = {
    key: JSON.stringify(content),
    isFunction: lambda !== undefined,
    ...(isKnown(type) && { type }),
  };
  return { key, text: knownOr(name, key), isSure: true, data };
}

const POOLS = element(opening('its users are let in'), breaking('its users are refused'));
const AUDIENCE = element(opening('tokens for it are accepted'), breaking('tokens for it are refused'));
const OTHER_FUNCTION = presence(
  uncertain('another function decides'),
  uncertain('another function decides'),
  uncertain('another function decides'),
);

function authorizerTraits(side: Side, authorizer: AnyAuthorizer): Traits['all'] {
  const { type, uri, lambda, identitySource, identityValidationExpression, resultTtlInSeconds } = authorizer;
  const traits = side.of(authorizer.location);
  traits.value('type', type, presence(NEEDS_OTHER, NEEDS_OTHER, NEEDS_OTHER));
  traits.text('function', lambda?.text ?? uri, OTHER_FUNCTION);
  const source = Array.isArray(identitySource) ? identitySource.join(', ') : identitySource;
  traits.value('identity source', source as string | typeof UNKNOWN | undefined, presence(MOVED, MOVED, MOVED));
  traits.value('token pattern', identityValidationExpression, {
    judge: (_, after) => (after ? uncertain('tokens that do not match are refused') : harmless('all tokens are tried')),
  });
  if ('providerArns' in authorizer) traits.list('user pool', authorizer.providerArns, POOLS);
  if ('jwt' in authorizer && authorizer.jwt) {
    traits.text('issuer', authorizer.jwt.issuer, presence(NEEDS_OTHER, NEEDS_OTHER, NEEDS_OTHER));
    traits.list('audience', authorizer.jwt.audience, AUDIENCE);
  }
  traits.value('TTL of decisions', resultTtlInSeconds, {
    judge: () => harmless('decisions are kept for another time'),
    isForAll: true,
  });
  return traits.all;
}

const NEEDS_OTHER = breaking('callers need other credentials');
const MOVED = breaking('callers must send their credentials in another place');

/** Added and removed ones are reported at the routes. */
export function authorizerSubject(side: Side, authorizer: AnyAuthorizer): Subject {
  const { key, name, location } = authorizer;
  return {
    kind: 'authorizer',
    key,
    label: knownOr(name, key),
    location,
    traits: authorizerTraits(side, authorizer),
    written: side.written.at(location),
  };
}
