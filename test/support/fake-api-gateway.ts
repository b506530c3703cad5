import { type FakeAnswer, type FakeServer, fakeServer } from './fake-http';

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

export interface FakeApiGateway extends FakeServer {
  /** The role of the account. */
  role: string | undefined;
  /** Answers given before the real ones, one a request, by method. */
  readonly scripted: { GET: FakeAnswer[]; PATCH: FakeAnswer[] };
  /** Runs before each request is answered. */
  before: (method: string) => void;
  /** Takes the role on PATCH, but goes on showing the old one. */
  forgetful: boolean;
  /** `GET`, or `PATCH <patch operations>`: what the service was asked, in order. */
  asked(): string[];
}

/** Plays GET /account and PATCH /account. */
export async function fakeApiGateway(role?: string): Promise<FakeApiGateway> {
  const server = await fakeServer(({ method, path, body }) => {
    if (path !== '/account' || (method !== 'GET' && method !== 'PATCH')) {
      return apiGatewayError(404, 'NotFoundException', `${method} ${path}`);
    }
    fake.before(method);
    const scripted = fake.scripted[method].shift();
    if (scripted) return scripted;
    if (method === 'PATCH' && !fake.forgetful) {
      for (const operation of JSON.parse(body).patchOperations) fake.role = operation.value;
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ cloudwatchRoleArn: fake.role, throttleSettings: { burstLimit: 5000, rateLimit: 10000 } }),
    };
  });
  const fake: FakeApiGateway = {
    ...server,
    role,
    scripted: { GET: [], PATCH: [] },
    before: () => undefined,
    forgetful: false,
    asked: () =>
      server.seen.map(({ method, body }) =>
        method === 'PATCH' ? `PATCH ${JSON.stringify(JSON.parse(body).patchOperations)}` : method,
      ),
  };
  return fake;
}
