import { type FakeAnswer } from '../fake-http';

/** An error as the REST-JSON protocol of API Gateway writes it. */
export function apiGatewayError(status: number, type: string, message: string, headers = {}): FakeAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': type, ...headers },
    body: JSON.stringify({ message }),
  };
}

export const throttled = apiGatewayError(429, 'TooManyRequestsException', 'Too Many Requests');
export const roleNotReady = apiGatewayError(
  400,
  'BadRequestException',
  'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.',
);
export const accessDenied = apiGatewayError(
  403,
  'AccessDeniedException',
  'User: arn:aws:sts::123456789012:assumed-role/handler/fn is not authorized to perform: apigateway:GET on resource: arn:aws:apigateway:eu-west-1::/account',
);
export const unavailable = apiGatewayError(500, 'InternalFailure', 'Internal failure');

/** What a service of the fake answers with: thrown by the operation, written by the protocol. */
export class ServiceFault extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

export const badRequest = (message: string) => new ServiceFault(400, 'BadRequestException', message);
export const notFound = (message: string) => new ServiceFault(404, 'NotFoundException', message);
