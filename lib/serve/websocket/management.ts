import { type Environment } from '../environment';
import { type Answer, type IncomingRequest } from '../exchange';
import { opaqueId } from '../ids';
import { Recorder } from '../recorder';
import { signerOf } from '../signature';
import { type Trace } from '../trace';
import { type WebSocketConnection } from './connection';
import { answerWith, asRefusal } from './failure';
import { LIMITS } from './limits';
import { type WebSocketStage } from './stage';

const PATH = /^\/@connections\/([^/]+)$/;

/**
 * The API for back ends: posts to a connection, describes it, or closes it. Signatures are only looked at if they can be verified.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export async function manageConnections(
  stage: WebSocketStage,
  connections: ReadonlyMap<string, WebSocketConnection>,
  request: IncomingRequest,
  prefix: string,
): Promise<{ answer: Answer; trace: Trace }> {
  const { environment, apiId } = stage.options;
  const startedAt = environment.now();
  const from = performance.now();
  const recorder = new Recorder(() => performance.now());
  const requestId = environment.newId();
  const path = pathOf(request.target, prefix);
  const [, id] = PATH.exec(path) ?? [];
  const answer = await recorder.run('request', (tell) => {
    const made =
      id === undefined
        ? notFound(requestId)
        : (unsigned(request, environment, requestId) ?? managed(request, connections.get(id), requestId));
    const about = id === undefined ? `${path} is not a path of this API` : `Connection ${id}`;
    tell({ note: `${about}: status ${made.status}`, input: { headers: request.headers } });
    return made;
  });
  return {
    answer,
    trace: {
      ...{ requestId, api: apiId, stage: stage.stageName, startedAt, tookInMs: performance.now() - from },
      ...(id === undefined ? {} : { route: `${request.method} /@connections/{connectionId}` }),
      ...{ method: request.method, target: request.target, status: answer.status, steps: recorder.steps },
    },
  };
}

/** Below the stage, decoded: clients may write `%40connections` and `…%3D`. */
function pathOf(target: string, prefix: string): string {
  const [path] = target.replace(/^\/+/, '/').split('?');
  const below = path.startsWith(prefix) ? path.slice(prefix.length) : path;
  try {
    return decodeURIComponent(below);
  } catch {
    return below;
  }
}

const notFound = (requestId: string): Answer =>
  answerWith(
    403,
    `{"message": "Forbidden", "connectionId":"${opaqueId(requestId)}", "requestId":"${requestId}"}`,
    requestId,
    'ForbiddenException',
  );

/** The answer to a request with a wrong signature. */
function unsigned(request: IncomingRequest, environment: Environment, requestId: string): Answer | undefined {
  if (!environment.credentials) return undefined;
  try {
    signerOf(request, environment, []);
    return undefined;
  } catch (error) {
    const { status, text, errorType } = asRefusal(error);
    return answerWith(status, JSON.stringify({ message: text }), requestId, errorType);
  }
}

function managed(request: IncomingRequest, connection: WebSocketConnection | undefined, requestId: string): Answer {
  const { method, body } = request;
  if (!['GET', 'POST', 'DELETE'].includes(method)) {
    return answerWith(
      403,
      '{"message":"Missing Authentication Token"}',
      requestId,
      'MissingAuthenticationTokenException',
    );
  }
  if (!connection) return answerWith(410, '', requestId, 'GoneException');
  if (method === 'DELETE') {
    connection.shut('deleted');
    return answerWith(204, '', requestId);
  }
  if (method === 'GET') return answerWith(200, JSON.stringify(described(connection)), requestId);
  if (body.length > LIMITS.messageBytes) {
    const text = JSON.stringify({ message: `The message has ${body.length} bytes, more than ${LIMITS.messageBytes}` });
    return answerWith(413, text, requestId, 'PayloadTooLargeException');
  }
  connection.send(Buffer.from(body).toString('utf8'));
  return answerWith(200, '', requestId);
}

const described = ({ facts, lastActiveAt }: WebSocketConnection): object => ({
  connectedAt: new Date(facts.connectedAt).toISOString(),
  identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
  lastActiveAt: new Date(lastActiveAt).toISOString(),
});
