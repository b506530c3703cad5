import { STATUS_CODES } from 'node:http';
import { Token } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { type Document } from '../document/skeleton';
import { type JsonSchema } from '../json-schema/json-schema';
import { type ModelRegistry } from '../json-schema/registry';
import { modelName, type RouteKey } from './route-key';

/**
 * A response of a route, as callers and generated clients read it in the OpenAPI document. It changes no response, and API Gateway
 * does not check responses.
 *
 * @example
 * const order: RouteResponseOptions = {
 *   description: 'The order',
 *   body: JsonSchema.fromObject({ type: 'object', required: ['id'] }, { modelName: 'Order' }),
 *   headers: { ETag: 'Version of the order' },
 * };
 */
export interface RouteResponseOptions {
  /**
   * What the response means.
   *
   * @default - the name of the status, e.g. `Not Found`
   */
  readonly description?: string;

  /**
   * JSON Schema of the body. Routes that share a schema share its model.
   *
   * @default - not documented
   */
  readonly body?: JsonSchema;

  /**
   * Content type of the body.
   *
   * @default 'application/json'
   */
  readonly contentType?: string;

  /**
   * Headers: name → description.
   *
   * @default - not documented
   */
  readonly headers?: { [name: string]: string };
}

/** What a route of any kind says for readers of the document. */
export interface RouteDocumentationOptions {
  readonly responses?: { readonly [status: string]: RouteResponseOptions };
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
}

/** Checked. */
export interface RouteDocumentation {
  readonly responses: Readonly<Record<string, RouteResponseOptions>>;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
}

/** Of routes that the library adds. */
export const NOT_DOCUMENTED: RouteDocumentation = { responses: {}, tags: [], deprecated: false };

/** @throws if a status is none, or a tag is empty */
export function defineDocumentation(options: RouteDocumentationOptions, owner: Owner): RouteDocumentation {
  const { responses = {}, tags = [], deprecated = false } = options;
  for (const [status, { contentType, body }] of Object.entries(responses)) {
    const where = owner.part(`responses["${status}"]`);
    if (Token.isUnresolved(status) || !/^[1-5]\d\d$/.test(status)) {
      throw where.error('is not a status; write three digits, e.g. "404", and one entry for each status');
    }
    if (contentType !== undefined && !body) throw where.error('contentType is that of the body; set body as well');
  }
  for (const tag of tags) {
    if (!Token.isUnresolved(tag) && tag.trim() === '') throw owner.error('tags has an empty tag; remove it');
  }
  return { responses, tags, deprecated };
}

/** Names the models of responses in the order of their statuses. @throws if another schema has such a name already */
export function addResponseModels(
  { documentation, route }: DocumentedRoute,
  models: ModelRegistry,
  owner: Owner,
): void {
  for (const [status, { body }] of inOrder(documentation.responses))
    if (body) models.add(body, modelName(route, `Response${status}`), owner);
}

interface DocumentedRoute {
  readonly route: Pick<RouteKey, 'key'>;
  readonly documentation: RouteDocumentation;
}

/**
 * The responses of an operation: those that API Gateway needs, with what is documented of them, and those that are only documented.
 *
 * @param declared status → the response with its headers
 */
export function documentedResponses(
  { route, documentation }: DocumentedRoute,
  declared: Readonly<Record<string, Document>>,
  models: ModelRegistry,
  owner: Owner,
): Document {
  const { responses } = documentation;
  const statuses = [...new Set([...Object.keys(declared), ...Object.keys(responses)])].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const told = responses[status] as RouteResponseOptions | undefined;
      const needed = declared[status] as Document | undefined;
      if (!told) return [status, needed];
      const { description, body, contentType = 'application/json' } = told;
      return [
        status,
        {
          description: description ?? STATUS_CODES[status] ?? `Status ${status}`,
          headers: headersOf((needed?.headers ?? {}) as Document, told.headers),
          content: body && {
            [contentType]: {
              schema: {
                $ref: `#/components/schemas/${models.add(body, modelName(route, `Response${status}`), owner)}`,
              },
            },
          },
        },
      ];
    }),
  );
}

/** Names have no case, and the integration maps the names that are needed. */
function headersOf(needed: Document, told: Readonly<Record<string, string>> = {}): Document | undefined {
  const headers: Document = { ...needed };
  for (const [name, description] of Object.entries(told)) {
    const known = Object.keys(needed).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    headers[known] = { description, schema: { type: 'string' } };
  }
  if (Object.keys(headers).length === 0) return undefined;
  return Object.fromEntries(Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `tags` and `deprecated` of an operation. */
export function documentedOperation({ tags, deprecated }: RouteDocumentation): Document {
  return { tags: tags.length > 0 ? tags : undefined, deprecated: deprecated ? true : undefined };
}

const inOrder = (responses: RouteDocumentation['responses']) =>
  Object.entries(responses).sort(([a], [b]) => (a < b ? -1 : 1));
