import { Document, isScalar, visit } from 'yaml';
import { type HttpApi, type RestApi } from '../../lib/template/model/model';
import { type ExportedOpenApi, exportedOpenApi } from '../../lib/template/openapi/document-of';
import { type Loss } from '../../lib/template/openapi/losses';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { nameOf } from './api-names';
import { type CliIo, type DocumentFormat, UsageError } from './io';
import { nearMiss } from './near-miss';
import { isUnsafe, json, lines, type Shown, written } from './shown';

/** WebSocket APIs have no OpenAPI. */
type ExportedApi = RestApi | HttpApi;

/** What to write of which API. */
export interface OpenApiChoice {
  /** Name or logical id; required if there are several. */
  readonly api?: string;
  readonly clean: boolean;
}

/** `apigw openapi`: the OpenAPI document of one API; 1 if it does not have all of it. */
export function openapi(
  sources: readonly TemplateSource[],
  format: DocumentFormat,
  io: CliIo,
  choice: OpenApiChoice,
): number {
  const { name, document, losses } = documentOf(sources, choice);
  io.stdout(format === 'yaml' ? yaml(document) : json(document));
  if (losses.length === 0) return 0;
  io.stderr(lines(toldLosses(name, losses)));
  return 1;
}

/** The document of the chosen API. @throws if there is none, or several */
export function documentOf(
  sources: readonly TemplateSource[],
  { api: wanted, clean }: OpenApiChoice,
): ExportedOpenApi & { readonly name: string } {
  const { restApis, httpApis } = readModel(sources);
  const api = chosen(
    [...restApis, ...httpApis].filter(({ reference }) => !reference),
    wanted,
  );
  return { name: nameOf(api), ...exported(sources, api, clean) };
}

/** What the document does not have, for standard error. */
export function toldLosses(name: string, losses: readonly Loss[]): string[] {
  const count = losses.length === 1 ? '1 part is' : `${losses.length} parts are`;
  return [
    `apigw: the document of "${name}" is not complete. ${count} left out:`,
    ...losses.map(({ place, reason }) => `  ${place} ${reason}`),
  ];
}

/** Texts with control characters are in quotes, which allow escapes. */
function yaml(value: unknown): Shown {
  // Readers of YAML 1.1 take "yes" and "0x1f" for something else, and OpenAPI tools are among them.
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_key, node) => {
      if (isScalar(node) && typeof node.value === 'string' && node.value.split('\n').some(isUnsafe))
        node.type = 'QUOTE_DOUBLE';
    },
  });
  return written(document.toString({ lineWidth: 0, doubleQuotedAsJSON: true }));
}

function exported(sources: readonly TemplateSource[], api: ExportedApi, clean: boolean) {
  if (api.form === 'opaque') {
    throw new UsageError(
      `the definition of "${nameOf(api)}" is not in the template: it is in S3, created by a transform, or a reference.`,
    );
  }
  return exportedOpenApi(sources, api, { clean });
}

function chosen(apis: readonly ExportedApi[], wanted: string | undefined): ExportedApi {
  if (apis.length === 0) throw new UsageError('there is no REST or HTTP API in the templates.');
  if (wanted === undefined && apis.length > 1)
    throw new UsageError(`there are ${apis.length} APIs; choose one with --api:`, false, listOf(apis));
  const found =
    wanted === undefined ? apis : apis.filter((api) => nameOf(api) === wanted || api.location.logicalId === wanted);
  if (found.length > 1)
    throw new UsageError(
      `there are ${found.length} APIs "${wanted}"; give the logical id, or one template:`,
      false,
      listOf(found),
    );
  if (found.length === 0) {
    throw new UsageError(
      `there is no API "${wanted}".${nearMiss(
        wanted ?? '',
        apis.flatMap((api) => [nameOf(api), api.location.logicalId]),
      )}`,
    );
  }
  return found[0];
}

function listOf(apis: readonly ExportedApi[]): string[] {
  return apis.map((api) => `  ${nameOf(api)} (${api.location.template}, ${api.location.logicalId})`);
}
