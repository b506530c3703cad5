import { type Located, type ResourceRef } from './place';
import { type Text } from './text';
import { type Value } from './value';

export interface UserPool extends Located {
  readonly name?: Value<string>;
}

/** What belongs to a user pool, in the templates or elsewhere. */
export interface OfUserPool extends Located {
  readonly userPoolId?: Text;
  /** The pool; unknown if it is not in the templates. */
  readonly userPool?: Value<ResourceRef>;
}

export interface UserPoolClient extends OfUserPool {
  readonly name?: Value<string>;
  readonly generateSecret?: Value<boolean>;
  /** `ALLOW_USER_PASSWORD_AUTH`… Empty where the template does not say. */
  readonly authFlows: Value<string[]>;
  /** `code`, `implicit`, `client_credentials`. */
  readonly oAuthFlows: Value<string[]>;
  readonly oAuthScopes: Value<Text[]>;
}

export interface UserPoolDomain extends OfUserPool {
  /** The prefix of a domain of Cognito, or the whole name of a custom domain. */
  readonly domain?: Text;
  readonly isCustom: boolean;
}

export interface ResourceServer extends OfUserPool {
  readonly identifier?: Text;
  /** Names without the identifier. */
  readonly scopes: Value<Text[]>;
}

/** What the templates say about Amazon Cognito; read on first use. */
export interface CognitoParts {
  readonly userPools: readonly UserPool[];
  readonly clients: readonly UserPoolClient[];
  readonly domains: readonly UserPoolDomain[];
  readonly resourceServers: readonly ResourceServer[];
}
