import { type Trace } from '../../lib/serve/trace';

/** One request as one line: its status, and why it was refused. */
export function requestLine({ method, target, status, tookInMs, route, steps }: Trace): string {
  const refused = steps.find((step) => step.refused !== undefined);
  const [because] = refused?.because ?? [];
  const at = because ? ` (${[because.logicalId, ...because.path].join('.')})` : '';
  const why = refused ? `  ${refused.stage}: ${refused.note ?? refused.refused}${at}` : '';
  return `${method} ${target.split('?')[0]} ${status} ${tookInMs.toFixed(1)} ms${route && route !== `${method} ${target}` ? `  ${route}` : ''}${why}`;
}
