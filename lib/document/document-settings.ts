import { isPlain } from './merged';
import { type Document } from './skeleton';

const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';
/** Properties → the corresponding keys of `info`. */
const INFO: Readonly<Record<string, string>> = { Name: 'title', Description: 'description', Version: 'version' };

/** Whether it is definitely an OpenAPI 3 document, whatever set it. */
export function isDocument(value: unknown): value is Document {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Document).openapi === 'string' &&
    !hasFunction(value)
  );
}

/** A document with an include may contain more than can be seen. */
function hasFunction(document: object): boolean {
  return Object.keys(document).some((key) => key.startsWith('Fn::'));
}

/** The `info` of a document after changes of the properties of the API; keys that OpenAPI requires are kept if they were removed. */
export function infoChanges({ info }: Document, changed: ReadonlyMap<string, unknown>): Document {
  const names = Object.keys(INFO).filter((name) => changed.has(name));
  if (names.length === 0) return {};
  const made: Document = { ...(isPlain(info) ? info : {}) };
  for (const name of names) {
    const value = changed.get(name);
    if (value !== undefined) made[INFO[name]] = value;
    else if (name === 'Description') delete made.description;
  }
  return { info: made };
}

/** The `servers` of a document after changes of the endpoint settings, which OpenAPI 3 has under a server. */
export function endpointChanges({ servers }: Document, changed: ReadonlyMap<string, unknown>): Document {
  if (changed.size === 0) return {};
  const [first = { url: '/' }, ...others] = (Array.isArray(servers) ? servers : []) as Document[];
  const { [ENDPOINT]: known, ...server } = first;
  const configuration: Document = { ...(known as Document | undefined) };
  for (const [name, value] of changed) {
    if (value === undefined || value === false) delete configuration[name];
    else configuration[name] = value;
  }
  if (Object.keys(configuration).length > 0) return { servers: [{ ...server, [ENDPOINT]: configuration }, ...others] };
  // A server without other keys exists for its settings only.
  const isOurs = Object.keys(server).join() === 'url' && server.url === '/';
  const left = isOurs ? others : [server, ...others];
  return { servers: left.length > 0 ? left : undefined };
}
