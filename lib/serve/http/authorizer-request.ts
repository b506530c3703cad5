import { type Environment } from '../environment';
import { type IncomingRequest } from '../exchange';
import { type JsonObject } from '../json';
import { type TokenVerifier } from '../jwt';
import { type DecisionCache, type PolicyAnswer } from '../lambda-authorizer';
import { type CompiledRoute } from './compile';
import { type EventSources } from './events';
import { type Sources } from './expressions';

/** What the function of an authorizer decided. */
export type FunctionDecision =
  | { readonly kind: 'simple'; readonly isAuthorized: boolean; readonly context: JsonObject }
  | ({ readonly kind: 'policy' } & PolicyAnswer);

/** What authorizers of a stage share. */
export interface AuthorizerParts {
  readonly environment: Environment;
  readonly decisions: DecisionCache<FunctionDecision>;
  readonly tokens: TokenVerifier;
}

/** A request that an authorizer judges. */
export interface AuthorizerRequest extends EventSources {
  readonly sources: Sources;
  readonly route: CompiledRoute;
  readonly routeArn: string;
  /** As it was sent: signatures are about this. */
  readonly incoming: IncomingRequest;
}
