import { Token } from 'aws-cdk-lib';
import { type Owner, show } from '../../authoring/errors';
import { HEADER_NAME } from '../../facts/names';
import { faultOfPattern } from '../../authoring/regular-expression';
import { type Document } from '../../document/skeleton';
import { type RestIntegrationContext } from '../binding';
import { PASSED_ON, passedOn, type TextOnly } from '../content-handling';
import { corsHeaders } from '../preflight';
import { checkAnswerType } from '../media-type';
import { type RestIntegrationResponse } from './response-options';
import { checkTemplateType } from './service';
import { put } from '../../lookup/named';

const MAPPING =
  /^(integration\.response\.(header|multivalueheader)\.[\w!#$%&'*+.^`|~-]+|integration\.response\.body(\..+)?|context\.[\w.-]+|stageVariables\.\w+|'[^']*')$/;

type ResponseContext = Pick<RestIntegrationContext, 'owner' | 'cors' | 'useStageVariable'>;

/** The responses of an integration. */
export interface RenderedResponses {
  /** The integration's `responses`. */
  readonly responses: Document;
  /** The matching method responses. */
  readonly declared: Record<string, string[]>;
  readonly textOnly: readonly TextOnly[];
}

/** The responses of an integration with the CORS headers of the gateway, and the matching method responses. */
export function renderResponses(
  given: readonly RestIntegrationResponse[],
  isMock: boolean,
  context: ResponseContext,
): RenderedResponses {
  const { owner } = context;
  const cors = corsHeaders(context.cors);
  const responses: Document = {};
  const declared: Record<string, string[]> = {};
  const declare = (status: number, names: readonly string[]): void => {
    const known = (declared[String(status)] ??= []);
    for (const name of names) if (!known.some((other) => other.toLowerCase() === name.toLowerCase())) known.push(name);
  };
  for (const response of given) {
    const pattern = checkPattern(response, context);
    if (Object.hasOwn(responses, pattern)) {
      throw owner.error(
        pattern === 'default'
          ? 'two responses have no selectionPattern, but there can be only one default response; give one of them a pattern, e.g. "4\\\\d{2}"'
          : `two responses have the selectionPattern ${show(pattern)}, so one would never be sent; join them, or change one pattern`,
      );
    }
    checkStatus(response.statusCode, 'statusCode', owner);
    for (const status of response.statusOverrides ?? []) {
      checkStatus(status, 'statusOverrides', owner);
      declare(status, cors.names);
    }
    const headers = checkHeaders(response, context);
    const own = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
    const corsParameters = Object.entries(cors.parameters).filter(
      ([name]) => !own.has(name.replace('method.response.header.', '').toLowerCase()),
    );
    const mapped = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]);
    const parameters = Object.fromEntries([...corsParameters, ...mapped]);
    declare(response.statusCode, [...Object.keys(headers), ...cors.names]);
    const templates = templatesOf(response, cors.template, isMock, context);
    put(responses, pattern, {
      statusCode: String(response.statusCode),
      responseParameters: Object.keys(parameters).length > 0 ? parameters : undefined,
      responseTemplates: templates,
      ...(response.contentHandling === undefined ? {} : { contentHandling: response.contentHandling }),
    });
  }
  if (!Object.hasOwn(responses, 'default')) {
    throw owner.error(
      'has no default response, so anything that no selectionPattern matches becomes a 500 without CORS headers; ' +
        'add one without selectionPattern, e.g. { statusCode: 500, templates: { "application/json": \'{"message":"Internal server error"}\' } }',
    );
  }
  const isPassedOn =
    cors.template !== '' && !isMock && given.some(({ templates = {} }) => Object.keys(templates).length === 0);
  return { responses, declared, textOnly: isPassedOn ? [PASSED_ON] : [] };
}

function checkStatus(status: number, name: string, owner: Owner): void {
  if (!(Number.isInteger(status) && status >= 100 && status <= 599))
    throw owner.error(`${name} must be a whole number from 100 to 599, got: ${status}`);
}

function checkPattern({ selectionPattern: pattern }: RestIntegrationResponse, { owner }: ResponseContext): string {
  if (pattern === undefined) return 'default';
  if (pattern === '' || pattern === 'default') {
    throw owner.error(`selectionPattern ${show(pattern)} stands for the default response; remove it there`);
  }
  const why = faultOfPattern(pattern);
  if (why !== undefined) {
    throw owner.error(
      `selectionPattern ${show(pattern)} is not a regular expression (${why}); write e.g. "4\\\\d{2}" for every 4xx status`,
    );
  }
  return pattern;
}

function checkHeaders({ headers = {} }: RestIntegrationResponse, context: ResponseContext): Record<string, string> {
  const { owner } = context;
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) throw owner.error(`headers has ${show(name)}, which is not a header name`);
    if (seen.has(name.toLowerCase())) throw owner.error(`headers has "${name}" twice; header names ignore case`);
    seen.add(name.toLowerCase());
    if (!Token.isUnresolved(value) && !MAPPING.test(value)) {
      throw owner.error(
        `header "${name}" has the value ${show(value)}; write integration.response.header.X, integration.response.body.x, context.x, stageVariables.x, ` +
          `or text in single quotes: "'${value.replaceAll("'", '')}'"`,
      );
    }
    const variable = /^stageVariables\.(\w+)$/.exec(value)?.[1];
    if (variable !== undefined) context.useStageVariable(variable);
  }
  return headers;
}

function templatesOf(
  response: RestIntegrationResponse,
  cors: string,
  isMock: boolean,
  context: ResponseContext,
): Record<string, string> | undefined {
  const entries = Object.entries(response.templates ?? {});
  for (const [type] of entries) {
    if (isMock) checkAnswerType(type, 'templates', context.owner);
    else checkTemplateType(type, 'templates', context);
  }
  if (entries.length > 0) return Object.fromEntries(entries.map(([type, template]) => [type, cors + template]));
  if (cors === '') return undefined;
  if (response.contentHandling !== undefined) {
    throw context.owner.error(
      'a response with contentHandling and without a template cannot pick one of several CORS origins; give cors one origin, or give the response a template',
    );
  }
  return { 'application/json': isMock ? cors : passedOn(cors) };
}
