import { type JwtConfig } from './config';
import { Issuer, type IssuerOptions } from './issuer';
import { type AuthorizerRequest, type AuthorizerResponse, decide } from './policy';
import { bearerToken, TokenRejectedError, verifyToken } from './verify';

/** One line of the log. */
export interface LogEntry {
  readonly event: 'rejected' | 'denied' | 'failed';
  readonly reason: string;
  readonly [detail: string]: string | undefined;
}

/** What the authorizer needs from outside. */
export interface AuthorizerEnvironment extends IssuerOptions {
  readonly log: (entry: LogEntry) => void;
  readonly now?: () => Date;
}

export type Authorizer = (request: AuthorizerRequest) => Promise<AuthorizerResponse>;

/** A token that is wrong is answered 401, one without the scopes 403, and 500 is what cannot be known. */
export function createAuthorizer(config: JwtConfig, env: AuthorizerEnvironment): Authorizer {
  const issuer = new Issuer(config.issuer, env);
  return async (request) => {
    const { requestId, httpMethod, resourcePath } = request.requestContext ?? {};
    const about = { requestId, route: httpMethod && resourcePath ? `${httpMethod} ${resourcePath}` : undefined };
    try {
      const token = bearerToken(headerOf(request, config.header));
      const claims = await verifyToken(token, issuer, config, env.now?.() ?? new Date());
      const response = decide(request, claims, config);
      if (response.policyDocument.Statement[0].Effect === 'Deny') {
        env.log({ event: 'denied', reason: 'the token has none of the scopes', ...about });
      }
      return response;
    } catch (error) {
      if (error instanceof TokenRejectedError) {
        env.log({ event: 'rejected', ...error.rejection, ...about });
        // The one message that API Gateway answers 401 to; all others are 500.
        throw new Error('Unauthorized');
      }
      env.log({ event: 'failed', reason: messagesOf(error), ...about });
      throw error;
    }
  };
}

function headerOf(request: AuthorizerRequest, name: string): string | undefined {
  const [all, one] = [request.multiValueHeaders, request.headers].map((headers) =>
    Object.entries(headers ?? {}).filter(([header]) => header.toLowerCase() === name),
  );
  // Which of them the decision would be kept for is not documented.
  if (all.flatMap(([, values]) => values ?? []).length > 1)
    throw new TokenRejectedError({ reason: 'the header with the token is there twice' });
  const value = one[0]?.[1];
  return typeof value === 'string' ? value : undefined;
}

function messagesOf(error: unknown): string {
  const messages: string[] = [];
  for (let at = error; at instanceof Error && messages.length < 5; at = at.cause) messages.push(at.message);
  return messages.join(': ') || 'unknown';
}
