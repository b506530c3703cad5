import { ref, resource } from '../template/source-of';
import { type Edit, type Loose } from './shop';

const body = (r: Loose): Loose => r.Api.Properties.Body;
const orders = (r: Loose): Loose => body(r).paths['/orders'];
const schema = (r: Loose): Loose => body(r).components.schemas.Order;
const props = (name: string) => (r: Loose) => r[name].Properties as Loose;
const GET = { kind: 'route', subject: 'GET /orders' } as const;
const POST = { kind: 'route', subject: 'POST /orders' } as const;
const STAGE = { kind: 'stage', subject: 'prod' } as const;
const REST = { kind: 'API', subject: 'REST API' } as const;
const HTTP = { kind: 'API', subject: 'HTTP API' } as const;
const PLAN = { kind: 'usage plan', subject: 'basic' } as const;
const DOMAIN = { kind: 'domain', subject: 'api.example.com' } as const;

/** Each changes something that no other does, so any of them can be made together. */
export const EDITS: readonly Edit[] = [
  {
    ...{ name: 'a route loses its authorizer', kind: 'route', subject: 'DELETE /orders/{id}', aspect: 'authorization' },
    edit: (r) => delete body(r).paths['/orders/{id}'].delete.security,
    ...{ class: 'opening', back: 'breaking' },
  },
  {
    ...{ name: 'a route is removed', kind: 'route', subject: 'GET /health' },
    edit: (r) => delete body(r).paths['/health'],
    // It is open, so to add it opens something.
    ...{ class: 'breaking', back: 'opening' },
  },
  {
    ...{ name: 'a scope is removed', ...GET, aspect: 'scope' },
    edit: (r) => orders(r).get.security[0].pool.pop(),
    ...{ class: 'breaking', back: 'opening' },
  },
  {
    ...{ name: 'a query parameter becomes required', ...GET, aspect: 'query parameter page' },
    edit: (r) => (orders(r).get.parameters[0].required = true),
    ...{ class: 'breaking', back: 'harmless' },
  },
  {
    ...{ name: 'no API key is needed', ...POST, aspect: 'API key required' },
    edit: (r) => delete orders(r).post.security[0].key,
    ...{ class: 'opening', back: 'breaking' },
  },
  {
    ...{ name: 'a property becomes required', ...POST, aspect: 'body application/json' },
    edit: (r) => (schema(r).required = ['sku']),
    ...{ class: 'breaking', back: 'harmless' },
  },
  {
    ...{ name: 'a route gets a lower throttle', ...POST, aspect: 'rate limit in prod' },
    edit: (r) => (r.Prod.Properties.MethodSettings[1].ThrottlingRateLimit = 9),
    ...{ class: 'breaking', back: 'harmless' },
  },
  {
    ...{ name: 'a stage gets a lower throttle', ...STAGE, aspect: 'burst limit' },
    edit: (r) => (r.Prod.Properties.MethodSettings[0].ThrottlingBurstLimit = 49),
    ...{ class: 'breaking', back: 'harmless' },
  },
  {
    ...{ name: 'a route is cached', ...GET, aspect: 'caching in prod' },
    edit: (r) =>
      r.Prod.Properties.MethodSettings.push({ HttpMethod: 'GET', ResourcePath: '/~1orders', CachingEnabled: true }),
    ...{ class: 'unknown', back: 'harmless' },
  },
  {
    ...{ name: 'a timeout is shorter', ...GET, aspect: 'timeout in ms' },
    edit: (r) => (orders(r).get['x-amazon-apigateway-integration'].timeoutInMillis = 100),
    ...{ class: 'breaking', back: 'harmless' },
  },
  {
    ...{ name: 'a number becomes a text', ...POST },
    aspect: 'definition: x-amazon-apigateway-integration.timeoutInMillis',
    edit: (r) => (orders(r).post['x-amazon-apigateway-integration'].timeoutInMillis = '20000'),
    ...{ class: 'unknown', back: 'unknown' },
  },
  {
    ...{ name: 'a variable is another text', ...STAGE, aspect: 'variable version' },
    edit: (r) => (r.Prod.Properties.Variables.version = '1.1'),
    ...{ class: 'unknown', back: 'unknown' },
  },
  {
    ...{ name: 'a statement is wider', ...REST, aspect: 'policy' },
    edit: (r) => r.Api.Properties.Policy.Statement[0].Resource.push('execute-api:/dev/*'),
    ...{ class: 'opening', back: 'breaking' },
  },
  {
    ...{ name: 'the default endpoint is turned off', ...REST, aspect: 'default endpoint disabled' },
    edit: (r) => (r.Api.Properties.DisableExecuteApiEndpoint = true),
    ...{ class: 'breaking', back: 'opening' },
  },
  {
    ...{ name: 'another binary type', ...REST, aspect: 'binary media type' },
    edit: (r) => r.Api.Properties.BinaryMediaTypes.push('image/gif'),
    ...{ class: 'unknown', back: 'breaking' },
  },
  {
    ...{ name: 'an error has another status', kind: 'gateway response', subject: 'THROTTLED', aspect: 'status' },
    edit: (r) => (body(r)['x-amazon-apigateway-gateway-responses'].THROTTLED.statusCode = 503),
    ...{ class: 'breaking', back: 'breaking' },
  },
  {
    ...{ name: 'the web ACL is gone', ...STAGE, aspect: 'web ACL' },
    edit: (r) => delete r.Acl,
    ...{ class: 'opening', back: 'unknown' },
  },
  {
    ...{ name: 'a lower quota', ...PLAN, aspect: 'quota' },
    edit: (r) => (r.Plan.Properties.Quota.Limit = 999),
    ...{ class: 'breaking', back: 'harmless' },
  },
  {
    ...{ name: 'no throttle of a plan', ...PLAN, aspect: 'rate limit' },
    edit: (r) => delete r.Plan.Properties.Throttle.RateLimit,
    ...{ class: 'opening', back: 'breaking' },
  },
  {
    ...{ name: 'a key leaves its plan', ...PLAN, aspect: 'key' },
    edit: (r) => delete r.PlanKey,
    ...{ class: 'breaking', back: 'opening' },
  },
  {
    ...{ name: 'a key is disabled', kind: 'API key', subject: 'partner', aspect: 'enabled' },
    edit: (r) => (r.Key.Properties.Enabled = false),
    ...{ class: 'breaking', back: 'opening' },
  },
  {
    ...{ name: 'any origin', ...HTTP, aspect: 'CORS origin' },
    edit: (r) => r.Web.Properties.CorsConfiguration.AllowOrigins.push('*'),
    ...{ class: 'opening', back: 'breaking' },
  },
  {
    ...{ name: 'a CORS method more', ...HTTP, aspect: 'CORS method' },
    edit: (r) => r.Web.Properties.CorsConfiguration.AllowMethods.push('POST'),
    ...{ class: 'harmless', back: 'breaking' },
  },
  {
    ...{ name: 'an audience less', kind: 'authorizer', subject: 'jwt', aspect: 'audience' },
    edit: (r) => r.Jwt.Properties.JwtConfiguration.Audience.pop(),
    ...{ class: 'breaking', back: 'opening' },
  },
  {
    ...{ name: 'another issuer', kind: 'authorizer', subject: 'jwt', aspect: 'issuer' },
    edit: (r) => (r.Jwt.Properties.JwtConfiguration.Issuer = 'https://other.example.com'),
    ...{ class: 'breaking', back: 'breaking' },
  },
  {
    ...{ name: 'a handshake without authorization', kind: 'route', subject: '$connect', aspect: 'authorization' },
    edit: (r) => (r.ChatConnect.Properties.AuthorizationType = 'NONE'),
    ...{ class: 'opening', back: 'breaking' },
  },
  {
    ...{ name: 'a message is gone', kind: 'route', subject: 'send' },
    edit: (r) => delete r.ChatSend,
    ...{ class: 'breaking', back: 'harmless' },
  },
  {
    ...{ name: 'a stage is gone', kind: 'stage', subject: '$default' },
    edit: (r) => delete r.WebStage,
    ...{ class: 'breaking', back: 'harmless' },
  },
  {
    ...{ name: 'an older TLS', ...DOMAIN, aspect: 'security policy' },
    edit: (r) => (r.Domain.Properties.SecurityPolicy = 'TLS_1_0'),
    ...{ class: 'opening', back: 'breaking' },
  },
  {
    ...{ name: 'no mutual TLS', ...DOMAIN, aspect: 'mutual TLS' },
    edit: (r) => delete r.Domain.Properties.MutualTlsAuthentication,
    ...{ class: 'opening', back: 'breaking' },
  },
  {
    ...{ name: 'another path of a domain', kind: 'mapping', subject: 'api.example.com/more' },
    edit: (r) =>
      (r.More = resource('AWS::ApiGateway::BasePathMapping', {
        ...{ ...props('Mapping')(r), BasePath: 'more' },
        RestApiId: ref('Api'),
      })),
    ...{ class: 'harmless', back: 'breaking' },
  },
];
