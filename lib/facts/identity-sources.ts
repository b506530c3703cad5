/** Where the identity of a caller is, as one kind of API writes it. */
interface IdentitySourceForm {
  /** What comes before `header.X` and `querystring.x`. */
  readonly request: string;
  /** What comes before `context.x` and `stageVariables.x`. */
  readonly value: string;
  readonly source: RegExp;
}

type Kind = 'rest' | 'http' | 'websocket';

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html#apigw-CreateAuthorizer-request-identitySource
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html
 */
export const IDENTITY_SOURCES: Readonly<Record<Kind, IdentitySourceForm>> = {
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
};

/** A source as this kind of API writes it, whichever kind it was written for: `$request.header.X` is `method.request.header.X`. */
export function asWrittenFor(kind: Kind, source: string): string {
  const { request, value } = IDENTITY_SOURCES[kind];
  return source
    .replace(/^(?:method\.|route\.|\$)request\./, () => request)
    .replace(/^\$?(context|stageVariables)\./, (_, name: string) => `${value}${name}.`);
}
