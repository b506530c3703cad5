export { ApiGatewayAccountLogging, type ApiGatewayAccountLoggingProps } from './account-logging';
export { WebAcl, type WebAclManagedOptions } from './web-acl';
