import { Document, isScalar, visit } from 'yaml';
import { type HttpApi, type RestApi } from '../../lib/template/model/model';
import { openApiOf } from '../../lib/template/openapi/document-of';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { nameOf } from './api-names';
import { type CliIo, type DocumentFormat, UsageError } from './io';
import { nearMiss } from './near-miss';
import { isUnsafe, json, type Shown, written } from './shown';

/** WebSocket APIs have no OpenAPI. */
type ExportedApi = RestApi | HttpApi;

/** What to write of which API. */
export interface OpenApiChoice {
  /** Name or logical id; required if there are several. */
  readonly api?: string;
  readonly clean: boolean;
}

/** `apigw openapi`: the OpenAPI document of one API. */
export function openapi(
  sources: readonly TemplateSource[],
  format: DocumentFormat,
  io: CliIo,
  choice: OpenApiChoice,
): number {
  const { restApis, httpApis } = readModel(sources);
  const api = chosen(
    [...restApis, ...httpApis].filter(({ reference }) => !reference),
    choice.api,
  );
  const document = documentOf(sources, api, choice.clean);
  io.stdout(format === 'yaml' ? yaml(document) : json(document));
  return 0;
}

/** Texts with control characters are in quotes, which allow escapes. */
function yaml(value: unknown): Shown {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, node) => {
      if (isScalar(node) && typeof node.value === 'string' && node.value.split('\n').some(isUnsafe))
        node.type = 'QUOTE_DOUBLE';
    },
  });
  return written(document.toString({ lineWidth: 0, doubleQuotedAsJSON: true }));
}

function documentOf(sources: readonly TemplateSource[], api: ExportedApi, clean: boolean) {
  if (api.form === 'opaque') {
    throw new UsageError(
      `the definition of "${nameOf(api)}" is not in the template: it is in S3, created by a transform, or a reference.`,
    );
  }
  return openApiOf(sources, api, { clean });
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
