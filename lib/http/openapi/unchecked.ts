import { isObject } from '../../json-schema/subschemas';
import { type Operation } from '../../openapi/operations';
import { type Parameter, parametersOf } from '../../openapi/parameters';
import { type References } from '../../openapi/references';
import { type HttpReport } from './repairs';

/** Lists what the document requires of requests without a check: parameters and bodies. */
export function reportUnchecked(operation: Operation, references: References, report: HttpReport): void {
  for (const parameter of parametersOf(operation, references, report)) {
    if (asksMoreThanRoute(parameter)) report.repair('NotValidated', parameter.path, ` (${parameter.name})`);
  }
  if (operation.value.requestBody === undefined) return;
  const body = references.follow(operation.value.requestBody, [...operation.place, 'requestBody']);
  if (body) report.repair('NotValidated', body.path);
}

/** The variable of a path always exists, as text. */
function asksMoreThanRoute({ in: place, value: { schema, content } }: Parameter): boolean {
  if (place !== 'path' || content !== undefined) return true;
  return (
    isObject(schema) && Object.entries(schema).some(([keyword, value]) => keyword !== 'type' || value !== 'string')
  );
}
