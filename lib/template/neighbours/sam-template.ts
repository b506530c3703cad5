import { SAM_TRANSFORM } from '../../facts/sam-globals';
import { at } from '../../lookup/named';
import { own } from '../reader/scope';
import { globalsOf, withGlobals } from '../sam/globals';
import { dict, entriesOf, type Json, text } from '../sam/json';

export const API = 'AWS::Serverless::Api';
export const HTTP_API = 'AWS::Serverless::HttpApi';

/** A template of SAM as it is written, and its resources with `Globals`. */
export class SamTemplate {
  private readonly resources: Json;

  constructor(private readonly template: Json) {
    this.resources = dict(template.Resources) ?? {};
  }

  /** What SAM itself reads; a macro of the account may make anything of it, and a loop adds resources. */
  public get isPlain(): boolean {
    const transforms = [this.template.Transform ?? []].flat();
    const isOfAws = transforms.every((one) => typeof one === 'string' && one.startsWith('AWS::'));
    const hasLoop = Object.keys(this.resources).some((key) => key.startsWith('Fn::'));
    return transforms.includes(SAM_TRANSFORM) && isOfAws && !hasLoop && this.template['Fn::Transform'] === undefined;
  }

  public get globals(): Json {
    return dict(this.template.Globals) ?? {};
  }

  public entries(): [string, Json][] {
    return entriesOf(this.resources).flatMap(([id, body]) => (dict(body) ? [[id, body as Json]] : []));
  }

  public typeOf(logicalId: string): string | undefined {
    return text(own(at(this.resources, logicalId), 'Type'));
  }

  /** Whether another transform of AWS may decide functions before SAM. */
  public get isExtended(): boolean {
    return [this.template.Transform ?? []].flat().some((one) => one !== SAM_TRANSFORM);
  }

  /** The properties of an API, or those of the implicit one. */
  public api(logicalId: string | undefined, type: string): Json {
    const body = logicalId === undefined ? {} : (dict(at(this.resources, logicalId)) ?? {});
    const globals = globalsOf(this.template, type === API ? 'Api' : 'HttpApi');
    return withGlobals(globals, body.IgnoreGlobals, dict(body.Properties) ?? {});
  }
}

/** What there is instead. */
export const definedOf = (names: readonly string[]): string =>
  names.length > 0 ? `its API defines ${names.join(', ')}` : 'its API defines none';
