import { RestAuthorizer, RestIntegration, type RestJwtAuthorizerOptions, type RestRouteOptions } from '../../lib';
import { configFromEnvironment, type JwtConfig } from '../../runtime/handlers/jwt-authorizer/config';
import { type Json, resource } from '../support/stacks';

export const ISSUER = 'https://login.example.com/';
export const mock = RestIntegration.mock();
export const jwt = (more: Partial<RestJwtAuthorizerOptions> = {}) =>
  RestAuthorizer.jwt({ issuer: ISSUER, audience: ['https://api.example.com'], ...more });
export const routes = (map: Record<string, Partial<RestRouteOptions>>) =>
  Object.fromEntries(Object.entries(map).map(([key, options]) => [key, { integration: mock, ...options }]));

export const functionOf = (template: Json) => resource(template, 'AWS::Lambda::Function', /Authorizer/).Properties;
export const schemesOf = (template: Json) =>
  resource(template, 'AWS::ApiGateway::RestApi').Properties.Body.components.securitySchemes;
export const configOf = (template: Json): JwtConfig =>
  configFromEnvironment(functionOf(template).Environment.Variables);
