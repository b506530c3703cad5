import { KINDS } from '../../lib/facts/kinds';
import { type ApiModel } from '../../lib/template/model/model';
import { type Note } from './note';
import { count } from './table';

/** The most APIs that are named. */
const NAMED = 5;

/** APIs that are in the templates only in part, and what was checked. */
export function seenInPart({ apisInPart }: ApiModel): string[] {
  const judged = apisInPart.filter(({ isUnjudged }) => !isUnjudged);
  if (judged.length === 0) return [];
  return [
    `Seen in part: ${named(judged)}; no given template has the API itself, so only these resources were checked, not what they may lack.`,
  ];
}

/** APIs that could not be checked at all. */
export function unjudged({ apisInPart }: ApiModel): Note[] {
  const apis = apisInPart.filter(({ isUnjudged }) => isUnjudged);
  if (apis.length === 0) return [];
  return [{ what: named(apis), reason: 'no given template says whether it is an HTTP or a WebSocket API' }];
}

function named(apis: ApiModel['apisInPart']): string {
  const texts = apis.slice(0, NAMED).map(({ kind, label, resources, location }) => {
    const what = kind === undefined ? 'API' : `${KINDS[kind].name} API`;
    return `${count(resources, 'resource')} of the ${what} by ${label} (${location.template})`;
  });
  return [...texts, ...(apis.length > NAMED ? [`and ${apis.length - NAMED} more`] : [])].join(', ');
}
