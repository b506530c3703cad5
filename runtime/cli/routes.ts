import { describeRoutes, describeStages, type RouteRow, type StageRow } from '../../lib/template/describe';
import { type ApiModel, type RestApi } from '../../lib/template/model';
import { readModel } from '../../lib/template/read';
import { type TemplateSource } from '../../lib/template/source';
import { nameOf } from './api-names';
import { type CliIo, type Format } from './io';
import { count, table } from './table';

const ROUTE_COLUMNS = ['method', 'path', 'authorizer', 'integration', 'validation', 'throttle'] as const;
const STAGE_COLUMNS = ['name', 'url', 'throttle', 'cache', 'logs', 'tracing'] as const;

interface ApiListing {
  readonly name: string;
  readonly template: string;
  readonly logicalId: string;
  readonly form: RestApi['form'];
  readonly routes: RouteRow[];
  readonly stages: StageRow[];
}

/** `apigw routes`: the routes and stages of each API, and how big the templates are. */
export function routes(sources: readonly TemplateSource[], format: Format, io: CliIo): number {
  const model = readModel(sources);
  const apis = model.restApis.map((api) => listingOf(api, model));
  const templates = model.templates.map(({ file, resourceCount, bytes }) => ({
    file,
    resources: resourceCount,
    bytes,
  }));
  io.stdout(
    format === 'json'
      ? `${JSON.stringify({ apis, templates }, null, 2)}\n`
      : [...apis.map((api) => apiText(api, io)), templateText(templates, apis.length, io)].join('\n'),
  );
  return 0;
}

function listingOf(api: RestApi, model: ApiModel): ApiListing {
  const { template, logicalId } = api.location;
  const region = model.templates.find(({ file }) => file === template)?.region;
  return {
    name: nameOf(api),
    template,
    logicalId,
    form: api.form,
    routes: describeRoutes(api),
    stages: describeStages(api, region),
  };
}

function apiText({ name, template, logicalId, form, routes, stages }: ApiListing, io: CliIo): string {
  const elsewhere = form === 'opaque' ? 'The definition is not in the template: its routes cannot be told.\n' : '';
  return [
    `${name} (${template}, ${logicalId}): ${count(routes.length, 'route')}, ${count(stages.length, 'stage')}\n${elsewhere}`,
    routes.length > 0 ? `${table(io, ROUTE_COLUMNS, rowsOf(routes, ROUTE_COLUMNS))}\n` : '',
    stages.length > 0 ? `${table(io, ['stage', ...STAGE_COLUMNS.slice(1)], rowsOf(stages, STAGE_COLUMNS))}\n` : '',
  ].join('');
}

function rowsOf<K extends string>(rows: readonly Readonly<Record<K, string>>[], columns: readonly K[]): string[][] {
  return rows.map((row) => columns.map((column) => row[column]));
}

function templateText(
  templates: readonly { file: string; resources: number; bytes: number }[],
  apis: number,
  io: CliIo,
): string {
  const rows = templates.map(({ file, resources, bytes }) => [file, String(resources), String(bytes)]);
  const none = apis === 0 ? `No REST API in ${count(templates.length, 'template')}.\n` : '';
  return `${none}${table(io, ['template', 'resources', 'bytes'], rows)}\n`;
}
