import { type ApiModel } from '../../lib/template/model/model';
import { KINDS } from '../../lib/facts/kinds';
import { count } from './table';

/** At most so many APIs are named. */
const NAMED = 5;

/** What the checks did not see whole, and why: a sentence for each reason. */
export function seenInPart({ apisInPart }: ApiModel): string[] {
  const judged = apisInPart.filter(({ isUnjudged }) => !isUnjudged);
  const others = apisInPart.filter(({ isUnjudged }) => isUnjudged);
  return [
    ...(judged.length > 0
      ? [
          `Seen in part: ${named(judged)}; no given template has the API itself, so only these resources were checked, not what they may lack.`,
        ]
      : []),
    ...(others.length > 0
      ? [`Not checked: ${named(others)}; no given template says whether it is an HTTP or a WebSocket API.`]
      : []),
  ];
}

function named(apis: ApiModel['apisInPart']): string {
  const texts = apis.slice(0, NAMED).map(({ kind, label, resources, location }) => {
    const what = kind === undefined ? 'API' : `${KINDS[kind].name} API`;
    return `${count(resources, 'resource')} of the ${what} by ${label} (${location.template})`;
  });
  return [...texts, ...(apis.length > NAMED ? [`and ${apis.length - NAMED} more`] : [])].join(', ');
}
