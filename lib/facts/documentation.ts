/** Where a documentation part belongs. @see https://docs.aws.amazon.com/apigateway/latest/api/API_DocumentationPartLocation.html */

const OF_REQUEST = ['PATH_PARAMETER', 'QUERY_PARAMETER', 'REQUEST_HEADER', 'REQUEST_BODY'];
const OF_RESPONSE = ['RESPONSE', 'RESPONSE_HEADER', 'RESPONSE_BODY'];

export const DOCUMENTED_TYPES = [
  'API',
  'AUTHORIZER',
  'MODEL',
  'RESOURCE',
  'METHOD',
  ...OF_REQUEST,
  ...OF_RESPONSE,
] as const;

/** The types that a field of the location is for. */
export const DOCUMENTED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Path: ['RESOURCE', 'METHOD', ...OF_REQUEST, ...OF_RESPONSE],
  Method: ['METHOD', ...OF_REQUEST, ...OF_RESPONSE],
  // The page has REQUEST_BODY among them.
  Name: ['AUTHORIZER', 'MODEL', ...OF_REQUEST, 'RESPONSE_HEADER'],
  StatusCode: OF_RESPONSE,
};

/** The types that have no meaning without a name. */
export const DOCUMENTED_BY_NAME = [
  'AUTHORIZER',
  'MODEL',
  'PATH_PARAMETER',
  'QUERY_PARAMETER',
  'REQUEST_HEADER',
  'RESPONSE_HEADER',
];
