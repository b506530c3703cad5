/** What a document is read for: a kind of API, in the words of its gateway. */
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
  /** Why the API has no API keys of its own; undefined where it has. */
  readonly noApiKeys?: string;
}
