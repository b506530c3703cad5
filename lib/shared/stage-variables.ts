import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_NAME, STAGE_VARIABLE_VALUE } from '../facts/names';
import { STAGE_VARIABLES_PER_STAGE } from '../facts/quotas';
import { type Owner, show } from './errors';

/** @throws where a name or value has characters or a length that a stage variable cannot have */
export function validateStageVariables(variables: Readonly<Record<string, string>>, owner: Owner): void {
  const names = Object.keys(variables);
  if (names.length > STAGE_VARIABLES_PER_STAGE) {
    throw owner.error(`has ${names.length} variables; a stage takes ${STAGE_VARIABLES_PER_STAGE}`);
  }
  for (const name of names) {
    if (Token.isUnresolved(name)) throw owner.error('the name of a stage variable must be written out, not a token');
    if (!STAGE_VARIABLE_NAME.test(name)) {
      throw owner.error(`variable ${show(name)}: a name takes A-Z a-z 0-9 and _, up to 64 characters`);
    }
    const value = variables[name];
    if (Token.isUnresolved(value)) continue;
    if (!STAGE_VARIABLE_VALUE.test(value)) {
      throw owner.error(
        `variable "${name}": the value ${show(value)} must be 1 to 512 of the characters A-Z a-z 0-9 - . _ ~ : / ? # & = , ` +
          '(no spaces); URL-encode what else it must hold, or pass it to the back-end in another way',
      );
    }
  }
}
