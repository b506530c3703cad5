import { adviseHttp, type HttpAdvice, SAVING_PER_MILLION } from '../../lib/checks/advice';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { nameOf } from './api-names';
import { grouped } from '../../lib/lookup/grouped';
import { type CliIo, type Format } from './io';
import { json, line, shown, type Shown } from './shown';
import { type Cell, count, table } from './table';

/** `apigw advise`: which REST APIs could be HTTP APIs, and which features prevent it for the others. */
export function advise(sources: readonly TemplateSource[], format: Format, io: CliIo): number {
  const advice = adviseHttp(readModel(sources));
  if (format === 'json') {
    const listed = advice.map(({ api, ...rest }) => ({
      name: nameOf(api),
      template: api.location.template,
      logicalId: api.location.logicalId,
      ...rest,
      savingPerMillion: rest.verdict === 'possible' ? SAVING_PER_MILLION : undefined,
    }));
    io.stdout(json(listed));
    return 0;
  }
  io.stdout(
    advice.length === 0
      ? line(`No REST API in ${count(sources.length, 'template')}.`)
      : shown([...advice.flatMap((one) => [adviceText(one, io), line('')]), line(PRICE_NOTE)]),
  );
  return 0;
}

const PRICE_NOTE =
  'Prices: list price of the first tier in us-east-1, for requests only. An HTTP API is billed in steps of 512 KB per request.';

function adviceText(advice: HttpAdvice, io: CliIo): Shown {
  const { api, obstacles } = advice;
  const title = `${nameOf(api)} (${api.location.template}, ${api.location.logicalId}): ${verdictText(advice)}`;
  // What stands in the way first; one row for what several routes have in common.
  const ordered = [...obstacles].sort((a, b) => Number(b.blocks) - Number(a.blocks));
  const groups = grouped(ordered, ({ blocks, what }) => `${blocks} ${what}`);
  const rows = [...groups.values()].map((same): Cell[] => [
    same[0].blocks ? 'uses' : 'changes',
    [same[0].what, ...same.flatMap(({ route }) => (route === undefined ? [] : [`  ${route}`]))],
    same[0].instead.replaceAll('`', ''),
  ]);
  return shown([line(title), ...(rows.length === 0 ? [] : [table(io, ['', 'uses', 'an HTTP API offers'], rows)])]);
}

function verdictText({ verdict, routes, blockingRoutes, obstacles }: HttpAdvice): string {
  switch (verdict) {
    case 'unknown':
      return 'the definition is not in the template, so this cannot be determined.';
    case 'possible':
      return `could be an HTTP API, $${SAVING_PER_MILLION.toFixed(2)} less per million requests.`;
    case 'blocked': {
      const whole = obstacles.some(({ blocks, route }) => blocks && route === undefined);
      const part = blockingRoutes.length > 0 ? `${blockingRoutes.length} of ${count(routes, 'route')}` : '';
      return `needs a REST API for ${[whole ? 'the API as a whole' : '', part].filter(Boolean).join(' and ')}.`;
    }
  }
}
