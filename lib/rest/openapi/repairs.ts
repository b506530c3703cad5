import { sharedRepairs } from '../../openapi/repairs';
import { type Report } from '../../openapi/report';
import { type OpenApiTarget } from '../../openapi/target';

/** A REST API, as named in messages about a document. */
export const REST: OpenApiTarget = {
  gateway: 'RestGateway',
  api: 'a REST API',
  integration: 'RestIntegration',
  authorizer: 'RestAuthorizer',
  scopedBy: ['cognito'],
  scopedByWords: 'Cognito',
  hasDefaultRoute: false,
};

const { Open, PathStyles, Scopes, SecurityAlternatives, TrailingSlashes } = sharedRepairs(REST);

/** Changes that make API Gateway accept the document, and their effect. Each kind is one warning. */
export const REPAIRS = {
  Annotations:
    'example, examples, default, xml, externalDocs, deprecated and x-… are not supported in a model and are removed; requests are checked as before',
  BodyOfGet: 'the body of a GET or HEAD request has no meaning, so its requestBody is removed',
  BodyType:
    'a body of this content type is not checked: API Gateway checks JSON, and one content type of each operation',
  Cookies:
    'cookie parameters are unknown to API Gateway and are removed; the integration gets the Cookie header unchanged',
  Discriminator: 'discriminator is not supported and is removed; oneOf and anyOf are checked without it',
  ExclusiveBounds:
    'exclusiveMinimum and exclusiveMaximum with a number belong to a later JSON Schema, and are rewritten as in draft-04',
  Formats:
    'the number formats int32, int64 and decimal are not supported and are removed; give minimum and maximum if the range matters',
  HeadersOfHttp: 'header parameters Accept, Content-Type and Authorization have no meaning in OpenAPI and are removed',
  ModelNames: 'model names may have letters and digits only, so some schemas are renamed',
  Nullable:
    'null is lost when API Gateway imports a model, so "type" is removed if null is allowed; the other keywords still apply. Without "type" in the same schema, nullable has no meaning in OpenAPI 3.0',
  Open,
  OptionalBody:
    'the body is optional in the document, but is checked whenever the operation is called; write required: true',
  ParameterNames: 'API Gateway does not accept a parameter of this name, so it is passed on unchecked',
  PathStyles,
  QueryObjects: 'an object in the query has no parameter of that name, so it is passed on unchecked',
  ReadOnly:
    'readOnly and writeOnly are not supported and are removed, and a readOnly property is not required in requests',
  RefSiblings: 'siblings of $ref have no meaning in OpenAPI 3.0 and are removed',
  Scopes,
  SecurityAlternatives,
  TrailingSlashes,
} as const;

/** All problems of a document for a REST API, and all changes to it. */
export type RestReport = Report<keyof typeof REPAIRS>;
