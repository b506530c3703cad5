import { adviseHttp, type HttpAdvice, type Obstacle, SAVING_PER_MILLION } from '../../lib/checks/advice';
import { readModel } from '../../lib/template/read';
import { type TemplateSource } from '../../lib/template/source';
import { nameOf } from './api-names';
import { type CliIo, type Format } from './io';
import { count, table } from './table';

/** `apigw advise`: which REST APIs could be HTTP APIs, and what stands in the way of the others. */
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
    io.stdout(`${JSON.stringify(listed, null, 2)}\n`);
    return 0;
  }
  const none = `No REST API in ${count(sources.length, 'template')}.\n`;
  io.stdout(advice.length === 0 ? none : `${advice.map((one) => adviceText(one, io)).join('\n')}\n${PRICE_NOTE}`);
  return 0;
}

const PRICE_NOTE = `Prices: list price of the first tier in us-east-1, requests alone. An HTTP API meters a request in steps of 512 KB.\n`;

function adviceText(advice: HttpAdvice, io: CliIo): string {
  const { api, obstacles } = advice;
  const title = `${nameOf(api)} (${api.location.template}, ${api.location.logicalId}): ${verdictText(advice)}\n`;
  const rows = [...grouped(obstacles)].map(([, same]) => [
    same[0].blocks ? 'stands in the way' : 'changes',
    [same[0].what, ...same.flatMap(({ route }) => (route === undefined ? [] : [`  ${route}`]))].join('\n'),
    same[0].instead.replaceAll('`', ''),
  ]);
  return rows.length === 0 ? title : `${title}${table(io, ['', 'uses', 'an HTTP API has'], rows)}\n`;
}

function verdictText({ verdict, routes, blockingRoutes, obstacles }: HttpAdvice): string {
  switch (verdict) {
    case 'unknown':
      return 'the definition is not in the template, so it cannot be told.';
    case 'possible':
      return `could be an HTTP API, $${SAVING_PER_MILLION.toFixed(2)} less per million requests.`;
    case 'blocked': {
      const whole = obstacles.some(({ blocks, route }) => blocks && route === undefined);
      const part = blockingRoutes.length > 0 ? `${blockingRoutes.length} of ${count(routes, 'route')}` : '';
      return `needs a REST API for ${[whole ? 'the API as a whole' : '', part].filter(Boolean).join(' and ')}.`;
    }
  }
}

/** One row for what several routes have in common; what stands in the way first. */
function grouped(obstacles: readonly Obstacle[]): Map<string, Obstacle[]> {
  const groups = new Map<string, Obstacle[]>();
  for (const obstacle of [...obstacles].sort((a, b) => Number(b.blocks) - Number(a.blocks))) {
    const key = `${obstacle.blocks} ${obstacle.what}`;
    groups.set(key, [...(groups.get(key) ?? []), obstacle]);
  }
  return groups;
}
