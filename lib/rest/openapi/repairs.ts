import { sharedRepairs } from '../../openapi/repairs';
import { type Report } from '../../openapi/report';
import { type OpenApiTarget } from '../../openapi/target';

/** A REST API, as messages about a document name it. */
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

/** What is changed so that API Gateway takes the document, and what that means. Each kind is one warning. */
export const REPAIRS = {
  Annotations:
    'example, examples, default, xml, externalDocs, deprecated and x-… are not taken in a model and left out; requests are checked as before',
  BodyOfGet: 'a GET or HEAD request has no body that counts, so that its requestBody is left out',
  BodyType:
    'a body of this content type is not checked: API Gateway checks JSON, and one content type of each operation',
  Cookies: 'cookie parameters are unknown to API Gateway and left out; the integration gets the Cookie header as it is',
  Discriminator: 'discriminator is not supported and left out; oneOf and anyOf are checked without it',
  ExclusiveBounds:
    'exclusiveMinimum and exclusiveMaximum with a number are of a later JSON Schema, and are written as draft-04 has them',
  Formats:
    'the number formats int32, int64 and decimal are not supported and left out; give minimum and maximum where the range matters',
  HeadersOfHttp: 'header parameters Accept, Content-Type and Authorization mean nothing in OpenAPI and are left out',
  ModelNames: 'model names have letters and digits only, so that schemas get other names',
  Nullable:
    'null is lost when API Gateway imports a model, so that "type" is left out where null may come; the other keywords still hold',
  Open,
  OptionalBody:
    'the body may be missing by the document, but is checked whenever the operation is called; write required: true',
  ParameterNames: 'API Gateway takes no parameter of this name, so that it is passed on unchecked',
  PathStyles,
  QueryObjects: 'an object in the query has no parameter of its own name, so that it is passed on unchecked',
  ReadOnly: 'readOnly and writeOnly are not supported and left out, and a readOnly property is required of no request',
  RefSiblings: 'what stands beside $ref means nothing in OpenAPI 3.0 and is left out',
  Scopes,
  SecurityAlternatives,
  TrailingSlashes,
} as const;

/** All that is wrong with a document for a REST API, and all that has been changed in it. */
export type RestReport = Report<keyof typeof REPAIRS>;
