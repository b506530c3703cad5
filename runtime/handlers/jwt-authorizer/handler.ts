import { type JwtConfig } from './config';
import { Issuer, type IssuerOptions } from './issuer';
import { type AuthorizerRequest, type AuthorizerResponse, decide } from './policy';
import { tokenOf } from './token';
import { TokenRejectedError, verifyToken } from './verify';

/** One line of the log. */
export interface LogEntry {
  /** `stale`: the issuer cannot be reached, and requests continue with the known keys for up to two hours. */
  readonly event: 'rejected' | 'denied' | 'failed' | 'stale';
  readonly reason: string;
  readonly [detail: string]: string | undefined;
}

/** What the authorizer needs from outside. */
export interface AuthorizerEnvironment extends IssuerOptions {
  readonly log: (entry: LogEntry) => void;
  readonly now?: () => Date;
}

export type Authorizer = (request: AuthorizerRequest) => Promise<AuthorizerResponse>;

/** A wrong token gives 401, one without the scopes 403, and an unknown result 500; the same for WebSocket handshakes. */
export function createAuthorizer(config: JwtConfig, env: AuthorizerEnvironment): Authorizer {
  const issuer = new Issuer(config.issuer, env, (error) => env.log({ event: 'stale', reason: messagesOf(error) }));
  return async (request) => {
    const about = aboutOf(request);
    try {
      const token = tokenOf(request, config.sources ?? config.header);
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

function aboutOf(request: AuthorizerRequest): Readonly<Record<string, string | undefined>> {
  const { requestId, httpMethod, resourcePath, routeKey, connectionId } = request.requestContext ?? {};
  if (routeKey !== undefined) return { requestId, route: routeKey, connectionId };
  return { requestId, route: httpMethod && resourcePath ? `${httpMethod} ${resourcePath}` : undefined };
}

function messagesOf(error: unknown): string {
  const messages: string[] = [];
  for (let at = error; at instanceof Error && messages.length < 5; at = at.cause) messages.push(at.message);
  return messages.join(': ') || 'unknown';
}
