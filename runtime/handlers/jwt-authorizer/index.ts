import { configFromEnvironment } from './config';
import { type Authorizer, createAuthorizer } from './handler';
import { type AuthorizerRequest, type AuthorizerResponse } from './policy';

export { configFromEnvironment, createAuthorizer };

let authorizer: Authorizer | undefined;

/** The Lambda authorizer; keys are kept from one invocation to the next. */
export async function handler(request: AuthorizerRequest): Promise<AuthorizerResponse> {
  authorizer ??= createAuthorizer(configFromEnvironment(process.env), { log: (entry) => console.log(entry) });
  return authorizer(request);
}
