import { describeRoutes, describeStages, type RouteRow, type StageRow } from '../../lib/template/describe/rest';
import { describeV2Routes, describeV2Stages, type V2RouteRow, type V2StageRow } from '../../lib/template/describe/v2';
import { stackOf } from '../../lib/template/model/stack-of';
import { withLiveUrls } from '../../lib/template/describe/stage-urls';
import { type AnyApi, type ApiModel } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { nameOf } from './api-names';
import { type CliIo, type Format } from './io';
import { json, line, lines, shown, type Shown } from './shown';
import { count, table } from './table';

const ROUTE_COLUMNS = ['method', 'path', 'authorizer', 'integration', 'validation', 'throttle'] as const;
const STAGE_COLUMNS = ['name', 'url', 'throttle', 'cache', 'logs', 'tracing'] as const;
const V2_ROUTE_COLUMNS = ['route', 'authorizer', 'integration', 'throttle'] as const;
const V2_STAGE_COLUMNS = ['name', 'url', 'deployment', 'throttle', 'logs'] as const;

interface Listed {
  readonly name: string;
  readonly template: string;
  readonly logicalId: string;
  readonly form: AnyApi['form'];
}

interface RestListing extends Listed {
  readonly kind: 'rest';
  readonly routes: RouteRow[];
  readonly stages: StageRow[];
}

interface V2Listing extends Listed {
  readonly kind: 'http' | 'websocket';
  readonly routes: V2RouteRow[];
  readonly stages: V2StageRow[];
}

type ApiListing = RestListing | V2Listing;

/** `apigw routes`: the routes and stages of each API, and how big the templates are. */
export function routes(sources: readonly TemplateSource[], format: Format, io: CliIo): number {
  const model = readModel(sources);
  const apis = [...model.restApis, ...model.httpApis, ...model.webSocketApis].map((api) => listingOf(api, model));
  const templates = model.templates.map(({ file, resourceCount, bytes }) => ({
    file,
    resources: resourceCount,
    bytes,
  }));
  io.stdout(
    format === 'json'
      ? json({ apis, templates })
      : shown([...apis.flatMap((api) => [apiText(api, io), line('')]), templateText(templates, apis.length, io)]),
  );
  return 0;
}

function listingOf(api: AnyApi, model: ApiModel): ApiListing {
  const { template, logicalId } = api.location;
  const region = stackOf(model, api.location)?.region;
  const listed = { name: nameOf(api), template, logicalId, form: api.form };
  return api.kind === 'rest'
    ? {
        kind: api.kind,
        ...listed,
        routes: describeRoutes(api),
        stages: withLiveUrls(api, describeStages(api, region), model),
      }
    : {
        kind: api.kind,
        ...listed,
        routes: describeV2Routes(api),
        stages: withLiveUrls(api, describeV2Stages(api, region), model),
      };
}

/** What is said of an API that is not whole. */
const ELSEWHERE: Readonly<Partial<Record<AnyApi['form'], readonly string[]>>> = {
  opaque: ['The definition is not in the template: its routes are unknown.'],
  partial: ['The API is not in the templates: it may have more routes and stages.'],
};

function apiText(listing: ApiListing, io: CliIo): Shown {
  const { name, template, logicalId, form, routes, stages } = listing;
  const elsewhere = ELSEWHERE[form] ?? [];
  const title = `${name} (${template}, ${logicalId}): ${count(routes.length, 'route')}, ${count(stages.length, 'stage')}`;
  return shown([
    lines([title, ...elsewhere]),
    ...(listing.kind === 'rest'
      ? [tableOf(io, listing.routes, ROUTE_COLUMNS), tableOf(io, listing.stages, STAGE_COLUMNS)]
      : [tableOf(io, listing.routes, V2_ROUTE_COLUMNS), tableOf(io, listing.stages, V2_STAGE_COLUMNS)]),
  ]);
}

function tableOf<K extends string>(
  io: CliIo,
  rows: readonly Readonly<Record<K, string>>[],
  columns: readonly K[],
): Shown {
  const head = columns.map((column) => (column === 'name' ? 'stage' : column));
  return rows.length === 0 ? shown([]) : table(io, head, rowsOf(rows, columns));
}

function rowsOf<K extends string>(rows: readonly Readonly<Record<K, string>>[], columns: readonly K[]): string[][] {
  return rows.map((row) => columns.map((column) => row[column]));
}

function templateText(
  templates: readonly { file: string; resources: number; bytes: number }[],
  apis: number,
  io: CliIo,
): Shown {
  const rows = templates.map(({ file, resources, bytes }) => [file, String(resources), String(bytes)]);
  const none = apis === 0 ? [`No API in ${count(templates.length, 'template')}.`] : [];
  return shown([lines(none), table(io, ['template', 'resources', 'bytes'], rows)]);
}
