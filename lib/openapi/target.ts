/** The target of a document: a kind of API, with the terms of its gateway. */
export interface OpenApiTarget {
  /** `RestGateway` */
  readonly gateway: string;
  /** `a REST API` */
  readonly api: string;
  /** `RestIntegration` */
  readonly integration: string;
  /** `RestAuthorizer` */
  readonly authorizer: string;
  /** Kinds of authorizers that check scopes. */
  readonly scopedBy: readonly string[];
  /** The same in words: `Cognito` */
  readonly scopedByWords: string;
  /** Whether the operations of `/$default` are the route for all that no other route takes. */
  readonly hasDefaultRoute: boolean;
  /** The reason why the API has no API keys; undefined if it has. */
  readonly noApiKeys?: string;
}
