export { ApiGatewayAccountLogging, type ApiGatewayAccountLoggingProps } from './account-logging';
export { WebAcl } from './web-acl';
