import { Owner, show } from '../authoring/errors';

/** The variable of a field. @throws if it is not one, e.g. with a leading `$context.` */
export function accessLogVariable(variable: string, type: string): string {
  if (/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/.test(variable)) return variable;
  throw new Owner(`${type}.of`).error(
    `${show(variable)} is not the name of a variable; write it without $context., e.g. "identity.sourceIp"`,
  );
}
