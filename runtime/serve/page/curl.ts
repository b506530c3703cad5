import { type TraceView } from './wire';

/** A text as one word of a POSIX shell. */
const quoted = (text: string): string => (/^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Headers that curl adds. */
const OWN = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'transfer-encoding', 'expect']);

/** The request as a command; secrets were never here, so they are words to be replaced. */
export function curlOf({ method, target, request, stage }: TraceView, stageUrl: string): string {
  const headers = request.headers
    .filter(([name]) => !OWN.has(name.toLowerCase()))
    .map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  const { text } = request.body;
  const hasBody = text !== undefined && text !== '';
  const url = quoted(urlOf(stageUrl, stage, target));
  const sends = method === 'HEAD' ? '-I' : `-X ${quoted(method)}`;
  return [`curl ${sends} ${url}`, ...headers, ...(hasBody ? [`--data-binary ${quoted(text)}`] : [])].join(' \\\n  ');
}

/** The URL of the stage has the stage if the target has it too. */
function urlOf(stageUrl: string, stage: string, target: string): string {
  const { origin, pathname } = new URL(stageUrl);
  const isPart = pathname.replace(/\/$/, '').endsWith(`/${stage}`);
  return isPart && !target.startsWith(`/${stage}`)
    ? `${origin}${pathname.replace(/\/$/, '')}${target}`
    : origin + target;
}
