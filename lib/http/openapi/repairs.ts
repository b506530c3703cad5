import { sharedRepairs } from '../../openapi/repairs';
import { type Report } from '../../openapi/report';
import { type OpenApiTarget } from '../../openapi/target';
import { HTTP_LACKS } from '../../authoring/shapes/foreign/http';

/** An HTTP API, as named in messages about a document. */
export const HTTP: OpenApiTarget = {
  gateway: 'HttpGateway',
  api: 'an HTTP API',
  integration: 'HttpIntegration',
  authorizer: 'HttpAuthorizer',
  scopedBy: ['jwt'],
  scopedByWords: 'Cognito and JWT',
  hasDefaultRoute: true,
  noApiKeys: HTTP_LACKS.HttpGatewayOptions.apiKeys,
};

const { Open, PathStyles, Scopes, SecurityAlternatives, TrailingSlashes } = sharedRepairs(HTTP);

/** Changes that make API Gateway accept the document, and their effect. Each kind is one warning. */
export const REPAIRS = {
  NotValidated:
    'HTTP APIs do not validate requests, so parameters, bodies and their schemas are ignored, and requests reach the integration unchecked; check them there, or use RestGateway',
  Open,
  PathStyles,
  Scopes,
  SecurityAlternatives,
  TrailingSlashes,
} as const;

/** All problems of a document for an HTTP API, and all changes to it. */
export type HttpReport = Report<keyof typeof REPAIRS>;
