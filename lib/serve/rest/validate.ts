import { Refusal } from '../refusal';
import { type Told } from '../recorder';
import { type Models } from '../models';
import { type Environment } from '../environment';
import { type CompiledMethod } from './compile';
import { mappedValues, type MappingSources } from '../mapping/mappings';

/** Checks a request as the validator of its method says. @throws Refusal */
export function validate(
  method: CompiledMethod,
  mediaType: string,
  sources: MappingSources,
  models: Models,
  environment: Environment,
  tell: (told: Told) => void,
): void {
  const { because } = method;
  const missing = method.required.filter(
    ([where, name]) => !mappedValues(`method.request.${where}.${name}`, sources).at(-1),
  );
  if (missing.length > 0) {
    const names = missing.map(([, name]) => name).join(', ');
    throw new Refusal('BAD_REQUEST_PARAMETERS', {
      reason: `Missing: ${missing.map(([where, name]) => `${name} (${where})`).join(', ')}`,
      message: `Missing required request parameters: [${names}]`,
      because,
    });
  }
  if (method.required.length > 0) tell({ note: 'All required parameters are there', because });
  if (!method.validatesBody) return;
  const name = modelOf(method, mediaType, environment);
  if (name === undefined) {
    tell({ note: `No model for ${mediaType}, so any body is taken`, because });
    return;
  }
  const faults = models.validate(name, sources.body());
  if (faults === undefined) {
    tell({
      note: `The model ${name} cannot be used here: ${models.fault(name) ?? 'it is not in the template'}`,
      because,
    });
    return;
  }
  if (faults.length > 0) {
    const details = `[${faults.join(', ')}]`;
    throw new Refusal('BAD_REQUEST_BODY', { reason: `The model ${name}: ${details}`, validation: details, because });
  }
  tell({ note: `The body fits the model ${name}`, because });
}

function modelOf({ requestModels }: CompiledMethod, mediaType: string, environment: Environment): string | undefined {
  const models = Object.entries(requestModels);
  const [, model] =
    models.find(([type]) => type.toLowerCase() === mediaType) ?? models.find(([type]) => type === '$default') ?? [];
  return model === undefined ? undefined : environment.text(model);
}
