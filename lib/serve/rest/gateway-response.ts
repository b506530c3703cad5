import { isKnown, knownOr } from '../../template/model/value';
import { type GatewayResponse, type RestApi } from '../../template/model/rest';
import { type Environment } from '../environment';
import { type Answer } from '../exchange';
import { type Location } from '../../template/model/place';
import { type Refusal } from '../refusal';
import { type Mapping, mappings } from '../mapping/mapping';
import { mappedValues, type MappingSources } from '../mapping/mappings';
import { valueOfHeader } from '../multi-values';

interface Custom {
  readonly location: Location;
  readonly status?: number;
  readonly parameters: readonly Mapping[];
  readonly templates: Readonly<Record<string, string>>;
}

/** The gateway responses of a REST API. */
export class GatewayResponses {
  private readonly custom = new Map<string, Custom>();

  constructor(api: RestApi, environment: Environment) {
    for (const response of api.gatewayResponses) {
      if (isKnown(response.responseType)) this.custom.set(response.responseType, compiled(response, environment));
    }
  }

  /** @param sources what is known of the request so far */
  public answer(refusal: Refusal, sources: MappingSources): Answer & { readonly because: readonly Location[] } {
    const general = refusal.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
    // The service does not let anybody customize this one.
    const isFixed = refusal.type === 'REQUEST_TOO_LARGE';
    const own = isFixed ? undefined : (this.custom.get(refusal.type) ?? this.custom.get(general));
    const message = refusal.text;
    const variables = {
      message,
      messageString: message === null ? null : JSON.stringify(message),
      responseType: refusal.type,
      validationErrorString: refusal.facts.validation ?? '',
    };
    const template = own && templateFor(own.templates, valueOfHeader(sources.headers, 'accept'));
    const key = refusal.type === 'ACCESS_DENIED' ? 'Message' : 'message';
    const text = template ? filledIn(template.text, variables, sources) : JSON.stringify({ [key]: message });
    const headers = (own?.parameters ?? []).flatMap(({ name, expression }) =>
      mappedValues(expression.replace(/^method\.input\.params\./, 'method.request.querystring.'), sources)
        .slice(-1)
        .map((value) => [name, value] as const),
    );
    const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type');
    return {
      status: own?.status ?? refusal.status,
      headers: [
        ...(isTyped ? [] : [['Content-Type', template?.type ?? 'application/json'] as const]),
        ['x-amzn-ErrorType', refusal.errorType],
        ...headers,
      ],
      body: Buffer.from(text, 'utf8'),
      because: own ? [own.location] : [],
    };
  }
}

function compiled(response: GatewayResponse, environment: Environment): Custom {
  const status = isKnown(response.statusCode) ? Number(response.statusCode) : undefined;
  return {
    location: response.location,
    ...(status === undefined || Number.isNaN(status) ? {} : { status }),
    parameters: mappings(response.parameters, /^gatewayresponse\.(header)\.(.+)$/, environment),
    templates: Object.fromEntries(
      Object.entries(knownOr(response.templates, {})).map(([type, text]) => [type, environment.text(text)]),
    ),
  };
}

function templateFor(
  templates: Readonly<Record<string, string>>,
  accept: string | undefined,
): { readonly type: string; readonly text: string } | undefined {
  const wanted = accept?.split(',')[0].split(';')[0].trim() ?? '';
  const type = [wanted, 'application/json', ...Object.keys(templates)].find((each) => Object.hasOwn(templates, each));
  return type === undefined ? undefined : { type, text: templates[type] };
}

const NAME = String.raw`context\.[\w.$-]*\w|stageVariables\.[\w-]+|method\.request\.(?:header|querystring|path)\.[\w-]+`;
const VARIABLE = new RegExp(String.raw`\$\{(${NAME})\}|\$(${NAME})|\$input\.params\(\s*'([^']*)'\s*\)`, 'g');

/** Only variables are put in: these templates are not rendered with Velocity. */
function filledIn(template: string, error: Readonly<Record<string, string | null>>, sources: MappingSources): string {
  return template.replace(VARIABLE, (_, inBraces?: string, plain?: string, parameter?: string) => {
    if (parameter !== undefined) {
      const places = ['path', 'querystring', 'header'];
      return places.flatMap((place) => mappedValues(`method.request.${place}.${parameter}`, sources)).at(0) ?? '';
    }
    const name = inBraces ?? plain ?? '';
    const [, ofError] = /^context\.error\.(\w+)$/.exec(name) ?? [];
    if (ofError !== undefined) return Object.hasOwn(error, ofError) ? String(error[ofError]) : '';
    return mappedValues(name, sources).at(-1) ?? '';
  });
}
