import { type Json } from '../json';
import { inputOf, type MappingInput } from './input';
import { UTIL } from './util';
import { type Node } from '../vtl/ast';
import { render } from '../vtl/render';
import { TemplateError } from '../vtl/scanner';
import { parseTemplate } from '../vtl/template';
import { readJson } from '../vtl/json';
import { ContextMap, type HostObject, JavaMap, type Value, type Variables } from '../vtl/values';
import { misconfigured } from '../refusal';
import { type Location } from '../../template/model/place';
import { type RequestContext } from '../context';

/** A template of a mapping, read once. */
export class MappingTemplate {
  private read?: readonly Node[];

  constructor(
    public readonly source: string,
    private readonly location: Location,
  ) {}

  /** @throws Refusal if the service returns an internal error */
  public render(variables: Variables): string {
    try {
      this.read ??= parseTemplate(this.source);
      return render(this.read, variables);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw misconfigured(`The mapping template cannot be rendered: ${error.message}`, [this.location]);
    }
  }
}

/** What templates of one request share: `$context` with the overrides that they set, and the stage variables. */
export class TemplateScope {
  /** Made when a template reads it, with the overrides: most do not. */
  private made?: { readonly context: ContextMap; readonly request: ContextMap; readonly response: ContextMap };
  private variables?: JavaMap;

  constructor(
    private readonly given: RequestContext,
    private readonly stageVariables: Readonly<Record<string, string>>,
  ) {}

  public render(template: MappingTemplate, input: MappingInput): string {
    let read: HostObject | undefined;
    return template.render({
      input: () => (read ??= inputOf(input)),
      util: UTIL,
      context: () => this.context,
      stageVariables: () => (this.variables ??= JavaMap.of(this.stageVariables)),
    });
  }

  private get context(): ContextMap {
    if (this.made) return this.made.context;
    const context = contextMap(this.given as Readonly<Record<string, Json | undefined>>);
    const [request, response] = [overrides(['path', 'header', 'querystring']), overrides(['header'])];
    context.put('requestOverride', request);
    context.put('responseOverride', response);
    this.made = { context, request, response };
    return context;
  }

  public requestOverrides(kind: 'path' | 'header' | 'querystring'): ReadonlyArray<readonly [string, string]> {
    return this.made ? texts(this.made.request.get(kind)) : [];
  }

  public get responseHeaders(): ReadonlyArray<readonly [string, string]> {
    return this.made ? texts(this.made.response.get('header')) : [];
  }

  public get responseStatus(): number | undefined {
    const status = this.made?.response.get('status') ?? null;
    const text = status === null ? undefined : textOf(status);
    return text !== undefined && /^[1-5]\d\d$/.test(text) ? Number(text) : undefined;
  }
}

/** What a template overrides: the service takes each parameter once. */
class OverrideMap extends ContextMap {
  public override put(key: Value, value: Value): Value {
    if (this.has(key) && !(this.get(key) instanceof JavaMap)) {
      const name = typeof key === 'string' ? key : 'one parameter';
      throw new TemplateError(
        `An override is final, and this one of ${name} is the second: set a variable first, and the override once from it`,
      );
    }
    return super.put(key, value);
  }
}

const overrides = (names: readonly string[]): ContextMap =>
  new OverrideMap(names.map((name) => [name, new OverrideMap()]));

function contextMap(values: Readonly<Record<string, Json | undefined>>): ContextMap {
  return new ContextMap(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, Value] => [name, valueOf(value as Json)]),
  );
}

function valueOf(value: Json): Value {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'object' && !Array.isArray(value)) return contextMap(value as Record<string, Json>);
  // Booleans of the context are texts to templates; its times are numbers, which templates count with.
  return typeof value === 'boolean' ? String(value) : readJson(JSON.stringify(value));
}

function texts(map: Value): ReadonlyArray<readonly [string, string]> {
  if (!(map instanceof JavaMap)) return [];
  return map.entries.flatMap(([name, value]) => {
    const values = typeof value === 'object' && value !== null && 'items' in value ? value.items : [value];
    return values.flatMap((each) => {
      const text = textOf(each);
      return typeof name === 'string' && text !== undefined ? [[name, text] as const] : [];
    });
  });
}

function textOf(value: Value): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && 'type' in value) return String(value.value);
  if (typeof value === 'object' && 'items' in value) {
    return value.items.map((each) => textOf(each) ?? '').join(',');
  }
  return typeof value === 'boolean' ? String(value) : undefined;
}
