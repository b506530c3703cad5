import { sharedRepairs } from '../../openapi/repairs';
import { type Report } from '../../openapi/report';
import { type OpenApiTarget } from '../../openapi/target';
import { HTTP_LACKS } from '../../authoring/shapes/foreign/http';

/** An HTTP API, as messages about a document name it. */
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

/** What is changed so that API Gateway takes the document, and what that means. Each kind is one warning. */
export const REPAIRS = {
  NotValidated:
    'HTTP APIs do not validate requests, so that parameters, bodies and their schemas are left out, and requests reach the integration as they are; check them there, or use RestGateway',
  Open,
  PathStyles,
  Scopes,
  SecurityAlternatives,
  TrailingSlashes,
} as const;

/** All that is wrong with a document for an HTTP API, and all that has been changed in it. */
export type HttpReport = Report<keyof typeof REPAIRS>;
