import { type FakeAnswer, type FakeServer, fakeServer } from '../fake-http';
import { apiGatewayError } from './errors';

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
