import { Token } from 'aws-cdk-lib';
import { type Owner, show } from '../authoring/errors';

/** Where the identity of a caller is, in the syntax of each kind of API. */
const KINDS = {
  rest: {
    request: 'method.request.',
    value: '',
    source: /^(method\.request\.(header|querystring)\.[\w$.!#%&'*+^`|~-]+|stageVariables\.\w+|context\.[\w.]+)$/,
  },
  http: {
    request: '$request.',
    value: '$',
    source: /^\$(request\.(header|querystring)\.[\w$.!#%&'*+^`|~-]+|stageVariables\.\w+|context\.[\w.]+)$/,
  },
  websocket: {
    request: 'route.request.',
    value: '',
    source: /^(route\.request\.(header|querystring)\.[\w$.!#%&'*+^`|~-]+|stageVariables\.\w+|context\.[\w.]+)$/,
  },
} as const;

/**
 * A source in the syntax of this kind of API, whichever kind it was written for: `$request.header.X` is
 * `method.request.header.X`.
 */
export function asWrittenFor(kind: keyof typeof KINDS, source: string): string {
  const { request, value } = KINDS[kind];
  return source
    .replace(/^(?:method\.|route\.|\$)request\./, () => request)
    .replace(/^\$?(context|stageVariables)\./, (_, name: string) => `${value}${name}.`);
}

/** @throws if it is not a source of this kind of API; one of another kind is shown in this kind's syntax */
export function checkIdentitySource(source: string, kind: keyof typeof KINDS, owner: Owner): string {
  const { request, value, source: pattern } = KINDS[kind];
  if (Token.isUnresolved(source) || pattern.test(source)) return source;
  const meant = asWrittenFor(kind, source);
  throw owner.error(
    `the identity source ${show(source)} must be ${request}header.X, ${request}querystring.x, ${value}stageVariables.x or ${value}context.x` +
      (pattern.test(meant) ? `; write ${show(meant)}` : ''),
  );
}
